"""Words in a phrase that names units which were not understood; the phrase was read all the same, and it is told how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Doubt, Name, Phrase, UnitReference

ID = "uncertain-reading"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育局主动跟踪，区财政局配合}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育局牵头，区财政局配合}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each doubt, at the words that were not understood."""
    everyone = [(plan.everyone, phrase) for phrase in plan.everyone.phrases] if plan.everyone else []
    for reference, phrase in (*everyone, *((named.reference, named.phrase) for named in unit_phrases(plan))):
        for doubt in phrase.doubts:
            yield _finding(reference, phrase, doubt)


def _finding(reference: UnitReference, phrase: Phrase, doubt: Doubt) -> Diagnostic:
    place = reference.scalar.part(reference.offset + doubt.start, reference.offset + doubt.end)
    words = _written(reference, doubt)
    if doubt.kind == "name":
        return Diagnostic(ID, place, {"words": words}, SEVERITY, variant="name")
    if doubt.kind == "label":
        name = next(iter(phrase.names), None)
        return Diagnostic(ID, place, {"words": words, "name": _written(reference, name)}, SEVERITY, variant="label")
    before = [name for name in phrase.names if name.end <= doubt.start]
    name = before[-1] if before else None
    arguments: dict[str, str | int] = {"words": words, "name": _written(reference, name)}
    if doubt.kind == "mark":
        return Diagnostic(ID, place, arguments, SEVERITY, variant="mark")
    return Diagnostic(ID, place, arguments, SEVERITY)


def _written(reference: UnitReference, part: Name | Doubt | None) -> str:
    """A part of a phrase as it is written."""
    return reference.scalar.text[reference.offset + part.start : reference.offset + part.end] if part else ""
