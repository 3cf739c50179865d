"""Half-width brackets around or beside Chinese, or a pair of which one is half-width: （……).

Brackets around nothing but foreign words or figures, away from Chinese, are right as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import CHINESE, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "half-width-bracket"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.9"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班(含夜校)。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班（含夜校）。, units: 区教育局}
"""

_BRACKET = re.compile("[()（）]")
_CHINESE = re.compile(f"[{CHINESE}]")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each pair, at the half-width bracket that comes first."""
    for text in texts(plan):
        for start, end in _pairs(text.text):
            halves = {place: text.text[place] for place in (start, end) if text.text[place] in "()"}
            if not halves or (len(halves) == len("()") and not _in_chinese(text.text, start, end)):
                continue
            place = min(halves)
            fix = text.fix(*((at, at + 1, "（" if half == "(" else "）") for at, half in halves.items()))
            variant = "mixed" if len(halves) == 1 else ""
            arguments = {"words": text.text[start : end + 1]}
            yield Diagnostic(ID, text.part(place, place + 1), arguments, SEVERITY, variant=variant, fix=fix)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """The places of the two halves of each pair."""
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def _in_chinese(text: str, start: int, end: int) -> bool:
    return bool(_CHINESE.search(text, max(start - 1, 0), end + 2))
