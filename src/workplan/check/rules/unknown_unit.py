"""A unit that is named for a task and that units.yaml does not know: it would get no sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Related, Severity
from workplan.plan.registry.book import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name, UnitReference

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
    """One finding for each unknown name, at the first place of it, with the others."""
    found: dict[str, list[tuple[UnitReference, Name]]] = {}
    for reference, name in unknown_names(plan):
        start, end = _bounds(reference, name)
        found.setdefault(reference.scalar.text[start:end].strip(), []).append((reference, name))
    for words, ((reference, name), *others) in found.items():
        arguments = {"name": words}
        related = tuple(
            Related("unknown-unit.also", other.scalar.part(*_bounds(other, again)), arguments)
            for other, again in others
        )
        # A table may have such a column and be no list of tasks: nobody said that it is one.
        inferred = reference.inferred and all(other.inferred for other, _ in others)
        severity = Severity.WARNING if inferred else SEVERITY
        yield replace(
            unknown(reference.scalar, *_bounds(reference, name), plan.book), related=related, severity=severity
        )


def unknown_names(plan: Plan) -> Iterator[tuple[UnitReference, Name]]:
    """Every place at which a name stands that nobody registered."""
    everyone = (plan.everyone,) if plan.everyone else ()
    named = (reference for numbered in plan.naming() for reference in numbered.unit_references or ())
    for reference in (*everyone, *named):
        for phrase in reference.phrases:
            for name in phrase.names:
                if not name.unit:
                    yield reference, name


def _bounds(reference: UnitReference, name: Name) -> tuple[int, int]:
    return reference.offset + name.start, reference.offset + name.end
