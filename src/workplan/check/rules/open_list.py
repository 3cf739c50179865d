"""A list of units that ends in 等: whoever is meant besides gets no sheet.

Where somebody leads the list may stay open, and a document that writes 等 in many of its lists (at least five,
more than a third) does so on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import leads, unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "open-list"
SEVERITY = Severity.WARNING
SOURCE = "实务：责任单位须列全"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局、区财政局等}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局牵头，区财政局等部门配合}
"""

#: Number of open lists, and their share of all lists, from which they count as a habit of the document.
_MANY, _SHARE = 5, 3


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each open list, at its 等."""
    lists = [named for named in unit_phrases(plan) if named.phrase.names]
    opened = [named for named in lists if named.phrase.open]
    if len(opened) >= _MANY and len(opened) * _SHARE > len(lists):
        return
    for named in opened:
        if not leads(plan, named.numbered):
            start = named.reference.offset + next(piece.start for piece in named.phrase.pieces if piece.kind == "open")
            yield Diagnostic(ID, named.reference.scalar.part(start, start + 1), {}, SEVERITY)
