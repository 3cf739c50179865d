"""A unit named twice in one list: by two spellings, with its group, or an empty place where it was struck out.

A unit may lead what its group takes part in.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, unit_phrases
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name

ID = "repeated-unit"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.5；实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局、区财政局、区教委}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 静安寺街道牵头，各街镇、区教育局配合}
"""

_GAP = re.compile("[、，]\\s*[、，]+")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each repetition, with the place of the first name."""
    for named in unit_phrases(plan):
        first: dict[str, Name] = {}
        for name in named.phrase.names:
            if name.unit in first:
                arguments, related = _both(named, first[name.unit], name)
                yield Diagnostic(ID, named.place(name), arguments, SEVERITY, related=related)
            elif name.unit:
                first[name.unit] = name
        yield from _members(named, first, plan)
        yield from _gaps(named)


def _members(named: UnitPhrase, first: dict[str, Name], plan: Plan) -> Iterator[Diagnostic]:
    """Members that stand beside their group with the same role."""
    for name in first.values():
        groups = [first[group] for group in plan.book.groups_of.get(name.unit, ()) if group in first]
        alike = next((group for group in groups if group.role == name.role), None)
        if alike:
            arguments, related = _both(named, alike, name)
            yield Diagnostic(ID, named.place(name), arguments, SEVERITY, variant="group", related=related)


def _both(named: UnitPhrase, first: Name, second: Name) -> tuple[dict[str, str | int], tuple[Related, ...]]:
    """What is said of two names: how they are written, and where the first one is."""
    related = (Related("repeated-unit.first", named.place(first)),)
    return {"name": named.spelling(second), "first": named.spelling(first)}, related


def _gaps(named: UnitPhrase) -> Iterator[Diagnostic]:
    """Two marks with nothing between them, among the names of the phrase."""
    names = named.phrase.names if named.reference.source == "units" else ()  # marks in running text are repeated-word's
    for before, after in pairwise(names):
        start, end = (named.reference.offset + place for place in (before.end, after.start))
        gap = _GAP.search(named.reference.scalar.text, start, max(start, end))
        if gap:
            yield Diagnostic(ID, named.reference.scalar.part(*gap.span()), {"words": gap[0]}, SEVERITY, variant="gap")
