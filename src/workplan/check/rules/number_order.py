"""A number given by hand that leaves a gap after the one before it, or does not go beyond it. A row may begin anywhere, and again at 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.numbering import Numbered

ID = "number-order"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.3"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, number: 3, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, number: 5, units: 区教育局}
  - {title: 讲座, number: 6, units: 区教育局}
"""


@dataclass(frozen=True, slots=True)
class _Place:
    """Something with a printed number, and the number its author gave it, if any."""

    mark: str
    number: str
    given: Scalar | None


#: By the form of the number (（1）, 1.): how far its rows have counted, the one that is going on last.
_Rows = dict[str, list[int]]


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such number; numbers of one form count in one row, through the whole part where they go on."""
    through: _Rows = {}
    titles = [_Place(part.printed_number, part.number, part.part.number) for part in plan.parts]
    yield from _in_order(titles, plan.style, through, {})
    for part in plan.parts:
        yield from _items(part.items, through)
    for part in plan.attachments:
        yield from _items(part.items, {})


def _items(items: tuple[Numbered, ...], through: _Rows) -> Iterator[Diagnostic]:
    own: _Rows = {}
    for numbered in items:
        if not isinstance(numbered.item, Scalar):
            place = _Place(numbered.printed_number, numbered.number, numbered.item.number)
            yield from _in_order([place], numbered.style, through, own)
            clauses = [
                _Place(c.printed_number, c.number, c.item.number)
                for c in numbered.clauses
                if isinstance(c.item, Clause)
            ]
            yield from _in_order(clauses, numbered.style, through, {})
            yield from _items(numbered.items, through)


def _in_order(places: list[_Place], style: ComputedStyle, through: _Rows, own: _Rows) -> Iterator[Diagnostic]:
    for place in places:
        form, count = place.mark.replace(place.number, "1", 1), numerals.value(place.number)
        if count is None:
            continue
        glyphs = {NUMERAL.sub("1", glyph, count=1) for glyph in style.continuous}
        row = (through if form in glyphs else own).setdefault(form, [])
        before = row[-1] if row else None
        if place.given is not None and before is not None and not _follows(row, count):
            arguments: dict[str, str | int] = {"mark": place.mark, "before": before, "next": before + 1}
            yield Diagnostic(ID, place.given.span, arguments, SEVERITY, variant="" if count > before else "repeated")
        _count(row, count)


def _follows(row: list[int], count: int) -> bool:
    """Whether a number goes on in the row, begins a new one, or goes on in the row that a new one had broken into."""
    return count - 1 in row or (count == 1 and row[-1] != 1)


def _count(row: list[int], count: int) -> None:
    if count == 1 and row and row[-1] != 1:
        row.append(count)
        return
    while len(row) > 1 and row[-1] != count - 1 and count - 1 in row:
        row.pop()
    row[-1:] = [count]
