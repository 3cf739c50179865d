"""An item that says who answers for it twice: in ``units`` and in an annotation in its text. Both would print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, Severity
from workplan.language.model import Clause
from workplan.plan.registry import in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import UnitReference

ID = "units-twice"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班（责任单位：区教育局）。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。, units: 区教育局}
  - {title: 讲座, text: 办好讲座（责任单位：区教育局）。}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such item, at the first annotation in its text."""
    for _, numbered in plan.walk():
        in_text = next((reference for reference in numbered.unit_references or () if reference.source == "text"), None)
        if in_text is None or not isinstance(numbered.item, Clause) or numbered.item.units is None:
            continue
        related = (Related("units-twice.first", numbered.item.place("units")),)
        yield Diagnostic(ID, _annotation(in_text, plan), {}, SEVERITY, related=related)


def _annotation(reference: UnitReference, plan: Plan) -> Span:
    bounds = (found for found in in_text(reference.scalar.text, plan.book) if found[0] == reference.offset)
    return reference.scalar.part(*next(bounds))
