"""A character that no face of the plan has: the PDF would be refused for it (☑, emoji).

Faces are only asked about characters beyond GB 2312, which every face of official documents has. Where none is installed
nothing is said: the page is printed elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from workplan import view
from workplan.check.rules.texts import Text, TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "unprintable-character"
SEVERITY = Severity.WARNING
SOURCE = "GB 2312-1980"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 各单位选定一项：☑线上培训。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 各单位选定一项：√线上培训，占½以上，面积为20㎡。, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each place where such a character stands, runs of them taken together."""
    found = (*texts(plan), *_names(plan))
    rare = frozenset("".join(text.text for text in found)) - _common()
    refused = _refused(plan, rare) if rare else frozenset()
    for text in found if refused else ():
        start = 0
        for place, character in enumerate(text.text):
            if character not in refused or place < start:
                continue
            start = place + 1
            while text.text[start : start + 1] == character:
                start += 1
            arguments = {"char": character, "code": f"U+{ord(character):04X}"}
            yield Diagnostic(ID, text.part(place, start), arguments, SEVERITY)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The characters of GB 2312 and ASCII, and line ends."""
    rows = bytes(value for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF) for value in (row, cell))
    return frozenset(rows.decode("gb2312", "ignore")) | frozenset(map(chr, range(32, 127))) | {"\n", "\t"}


def _names(plan: Plan) -> Iterator[Text]:
    """The names that task sheets print, beside those in the document."""
    for unit in plan.registry.units:
        for name in (unit.name, unit.full):
            if name is not None:
                yield Text(name, name.text, TextKind.FRAME)


def _refused(plan: Plan, rare: frozenset[str]) -> frozenset[str]:
    """Those that no installed face of the plan's has."""
    from workplan.resources import fonts  # noqa: PLC0415 - loads C libraries, for characters that few plans have
    from workplan.resources.libraries import LibraryMissingError  # noqa: PLC0415

    choices = view.official(plan).faces
    try:
        served = fonts.serving(fonts.ROLES[0], choices)
        return frozenset(fonts.unprintable(rare, choices)) if served else frozenset()
    except LibraryMissingError:
        return frozenset()
