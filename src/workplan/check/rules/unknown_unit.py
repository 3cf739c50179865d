"""A unit that is named for a task and that units.yaml does not know: it would get no sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Severity
from workplan.plan.registry.book import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import UnitReference

ID = "unknown-unit"
SEVERITY = Severity.ERROR
SOURCE = "实务"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育据}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each unknown name, at the name."""
    everyone = (plan.everyone,) if plan.everyone else ()
    for reference in (
        *everyone,
        *(reference for _, numbered in plan.walk() for reference in numbered.unit_references or ()),
    ):
        yield from _in_reference(plan, reference)


def _in_reference(plan: Plan, reference: UnitReference) -> Iterator[Diagnostic]:
    for phrase in reference.phrases:
        for name in phrase.names:
            if not name.unit:
                yield unknown(reference.scalar, reference.offset + name.start, reference.offset + name.end, plan.book)
