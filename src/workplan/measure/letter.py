"""Measures the head of a letter (信函, 10.1): its mark, the double rules, the lines below them, and a 版记 without rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.lengths import Mm
from workplan.measure import head, ink, standard
from workplan.measure.body import ASSUMED_PITCH
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement

#: Height from which the mark is looked for: below any header line.
_FIRST = Mm(15.0)
#: Distance from the rule that keeps its ink out of the mark's.
_CLEAR = Mm(1.0)
#: Greatest distance between the two lines of a double rule.
_NEAR = Mm(3.0)
#: The band in which the second rule is looked for, from the lower edge of the page.
_FOOT = (Mm(45.0), Mm(5.0))
#: The middle of the text block; 发文字号 ends to the right of it.
_MIDDLE = Mm(standard.LEFT + standard.WIDTH / 2)


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on the first page of a letter."""
    assert document.rule is not None  # noqa: S101 - that is what makes it a letter
    page = document.pages[0]
    first = _double(page, document.rule) or (document.rule,)
    low = ink.rules(page, Mm(page.height - _FOOT[0]), Mm(page.height - _FOOT[1]), red=True)
    second = _double(page, low[0]) if low else ()
    return (
        *_mark(page, first),
        *_rules(page, first, second),
        *_head(document, first),
        *_above(document, second),
        *judge(standard.LETTER_FOLIO, [Sample(1, line.text) for line in document.folios if line.page == 1]),
    )


def _double(page: Page, line: Rule) -> tuple[Rule, ...]:
    """The lines of the double rule that a line belongs to."""
    return ink.bands(page, Mm(line.top - _NEAR), Mm(line.bottom + _NEAR))


def _mark(page: Page, first: Sequence[Rule]) -> Iterator[Measurement]:
    """The ink of the mark: its upper edge, and the distance from its lower edge to the rule."""
    end = Mm(first[0].top - _CLEAR)
    top = ink.first_red(page, Box(Mm(0), _FIRST, page.width, end))
    around = ink.bounds(page, Box(Mm(0), Mm(top - _CLEAR), page.width, end), red=True) if top else None
    if not top or not around:
        return
    yield from judge(standard.LETTER_MARK, [Sample(1, top)])
    yield from judge(standard.LETTER_RULE, [Sample(1, first[0].top - around.bottom)])
    yield from head.overhang(around)


def _rules(page: Page, first: Sequence[Rule], second: Sequence[Rule]) -> Iterator[Measurement]:
    """Both rules: their length, their place on the page, and which of their lines is the thick one."""
    every = (*first, *second)
    yield from judge(standard.LETTER_WIDTH, [Sample(1, rule.width) for rule in every])
    yield from judge(standard.LETTER_CENTRE, [Sample(1, (rule.left + rule.right) / 2) for rule in every])
    yield from judge(standard.LETTER_ORDER, [Sample(1, f"{_order(first)}、{_order(second)}")])
    if second:
        edges = (page.height - second[-1].bottom, page.height - second[0].top)
        yield from judge(standard.LETTER_FOOT, [Sample(1, min(edges, key=standard.LETTER_FOOT.deviation))])


def _order(lines: Sequence[Rule]) -> str:
    if len(lines) != 2:  # noqa: PLR2004 - a double rule
        return "单线" if lines else "无"
    return "上粗下细" if lines[0].thickness > lines[1].thickness else "上细下粗"


def _head(document: MeasuredDocument, first: Sequence[Rule]) -> Iterator[Measurement]:
    """The lines between the rule and the title: 份号 and other marks at the left, 发文字号 at the right."""
    lines, title = document.head, document.titles[0] if document.titles else None
    if lines:
        yield from judge(standard.LETTER_FIRST, [Sample(1, lines[0].top - first[-1].bottom)])
        gap = standard.RIGHT - lines[0].right
        yield from judge(standard.LETTER_NUMBER, [Sample(1, gap)] if _is_right(lines[0]) else ())
    if title is not None and title.page == 1:
        above = lines[-1].bottom if lines else first[-1].bottom
        yield from judge(standard.LETTER_TITLE, [head.below(document, title, above)])


def _is_right(line: GlyphLine) -> bool:
    return line.right > _MIDDLE


def _above(document: MeasuredDocument, second: Sequence[Rule]) -> Iterator[Measurement]:
    """The line above the second rule, if there is one."""
    lines = [line for line in document.pages[0].lines if line not in document.folios and not line.main.is_red]
    if lines and second:
        gap = second[0].top - lines[-1].bottom
        yield from judge(standard.LETTER_ABOVE, [Sample(1, gap)] if gap < (document.pitch or ASSUMED_PITCH) else ())


def imprint(page: Page, lines: Sequence[GlyphLine]) -> Iterator[Measurement]:
    """版记: it has no rules, and stands at the foot of the last page's text block."""
    rules = ink.rules(page, Mm(lines[0].top - _NEAR), Mm(min(lines[-1].bottom + _NEAR, page.height)))
    black = [rule for rule in rules if rule.width < standard.LETTER_LEAST]
    yield from judge(standard.LETTER_IMPRINT_RULES, [Sample(page.number, str(len(black)))])
    yield from judge(standard.LETTER_IMPRINT, [Sample(page.number, standard.BOTTOM - lines[-1].bottom)])
