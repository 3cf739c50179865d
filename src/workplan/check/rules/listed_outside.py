"""``listed`` on a part or table that is no attachment: no list of attachments has a line for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import NumberedPart

ID = "listed-outside"
SEVERITY = Severity.WARNING
SOURCE = "workplan"
BAD = """\
kind: tasks
title: 重点任务
listed: 重点任务清单
items:
  - {title: 办班, text: 办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such key: of a part of the document itself, and of a table among items anywhere."""
    tables = (numbered.table for _, numbered in plan.walk() if numbered.table is not None)
    for numbered in (*plan.parts, *tables):
        yield from _finding(numbered)


def _finding(numbered: NumberedPart) -> Iterator[Diagnostic]:
    part = numbered.part
    if part.listed is not None:
        yield Diagnostic(ID, part.place("listed"), {"name": part.listed.line}, SEVERITY)
