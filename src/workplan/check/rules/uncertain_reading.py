"""Words in a phrase that names units which were not understood; the phrase was read all the same, and it is told how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import spots
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Doubt, Mention, Name, Phrase

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
    for mention, phrase in (*everyone, *((spot.mention, spot.phrase) for spot in spots(plan))):
        for doubt in phrase.doubts:
            yield _told(mention, phrase, doubt)


def _told(mention: Mention, phrase: Phrase, doubt: Doubt) -> Diagnostic:
    place = mention.scalar.part(mention.offset + doubt.start, mention.offset + doubt.end)
    words = _written(mention, doubt)
    if doubt.kind == "name":
        return Diagnostic(ID, place, {"words": words}, SEVERITY, variant="name")
    if doubt.kind == "label":
        name = next(iter(phrase.names), None)
        return Diagnostic(ID, place, {"words": words, "name": _written(mention, name)}, SEVERITY, variant="label")
    before = [name for name in phrase.names if name.end <= doubt.start]
    name = before[-1] if before else None
    arguments: dict[str, str | int] = {"words": words, "name": _written(mention, name)}
    if doubt.kind == "mark":
        return Diagnostic(ID, place, arguments, SEVERITY, variant="mark")
    return Diagnostic(ID, place, arguments, SEVERITY)


def _written(mention: Mention, part: Name | Doubt | None) -> str:
    """A part of a phrase as it is written."""
    return mention.scalar.text[mention.offset + part.start : mention.offset + part.end] if part else ""
