"""The title of a work in two wordings that nearly agree: 《电力统计调查制度》 beside 《电力行业统计调查制度》.

Only where one has a word of no weight within that the other lacks, or joins by another of 和, 与 and 及.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan

ID = "wavering-title"
SEVERITY = Severity.WARNING
SOURCE = "实务：引用文件用全称，前后一致"
BAD = """\
kind: tasks
items:
  - {title: 加强统计, text: 落实《电力统计调查制度》，宣传《电力行业统计调查制度》。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强统计, text: 落实《电力统计调查制度》，宣传《电力统计调查制度》。, units: 区教育局}
"""

_TITLE = re.compile("《([^《》\\n]{6,})》")
#: Words of no weight within a title, and those that join.
_LIGHT = re.compile("(?<=.)(?:行业|领域|工作|相关|有关|的)(?=.)")
_JOIN = str.maketrans("与及", "和和")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the first place of each wording but the most frequent one, with the first place of that."""
    places: dict[str, dict[str, list[Span]]] = {}
    for text in texts(plan):
        for found in _TITLE.finditer(text.text) if text.kind in (TextKind.TITLE, TextKind.TEXT) else ():
            core = _LIGHT.sub("", found[1]).translate(_JOIN)
            places.setdefault(core, {}).setdefault(found[1], []).append(text.part(*found.span(1)))
    for wordings in places.values():
        usual = max(wordings, key=lambda title: len(wordings[title]))
        for title, spans in wordings.items():
            if title != usual:
                arguments: dict[str, str | int] = {"title": title, "usual": usual}
                related = (Related("wavering-title.first", wordings[usual][0], arguments),)
                yield Diagnostic(ID, spans[0], arguments, SEVERITY, related=related)
