"""Measures the head of a letter (信函, 10.1): its mark, the double rules, what stands below them, and a 版记 without rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.measure import ink, standard
from workplan.measure.body import em
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement

#: Where the mark is looked for: below what a printer's own head line could be (mm).
_FIRST = 15.0
#: Between the mark's ink and the rule: no part of the rule (mm).
_CLEAR = 1.0
#: How far from one line of a double rule the other one can be (mm).
_NEAR = 3.0
#: Where the second rule is looked for, from the lower edge of the page (mm).
_FOOT = (45.0, 5.0)
#: The right half of the text block holds 发文字号 (mm from the left edge of the page).
_MIDDLE = standard.LEFT + standard.WIDTH / 2


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on the first page of a letter."""
    assert document.rule is not None  # noqa: S101 - that is what makes it a letter
    page = document.pages[0]
    first = ink.bands(page, document.rule.top - _NEAR, document.rule.bottom + _NEAR) or (document.rule,)
    low = ink.rules(page, page.height - _FOOT[0], page.height - _FOOT[1], red=True)
    second = ink.bands(page, low[0].top - _NEAR, low[0].bottom + _NEAR) if low else ()
    return (
        *_mark(page, first),
        *_rules(page, first, second),
        *_head(document, first),
        *_above(document, second),
        *judge(standard.LETTER_FOLIO, [Sample(1, line.text) for line in document.folios if line.page == 1]),
    )


def _mark(page: Page, first: Sequence[Rule]) -> Iterator[Measurement]:
    """The ink of the mark: its upper edge, and from its lower edge to the rule."""
    top = ink.first_red(page, Box(0, _FIRST, page.width, first[0].top - _CLEAR))
    around = top and ink.bounds(page, Box(0, top - _CLEAR, page.width, first[0].top - _CLEAR), red=True)
    if not top or not around:
        return
    yield from judge(standard.LETTER_MARK, [Sample(1, top)])
    yield from judge(standard.LETTER_RULE, [Sample(1, first[0].top - around.bottom)])
    over = max(standard.LEFT - around.left, around.right - standard.LEFT - standard.WIDTH, 0.0)
    yield from judge(standard.MASTHEAD_WIDTH, [Sample(1, over)])


def _rules(page: Page, first: Sequence[Rule], second: Sequence[Rule]) -> Iterator[Measurement]:
    """Both rules: their length, their place across and down the page, and which of their lines is the thick one."""
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
    """What stands between the rule and the title: 份号 and the like to the left, 发文字号 to the right."""
    lines, title = document.head, document.titles[0] if document.titles else None
    if lines:
        yield from judge(standard.LETTER_FIRST, [Sample(1, lines[0].top - first[-1].bottom)])
        right = standard.LEFT + standard.WIDTH
        yield from judge(standard.LETTER_NUMBER, [Sample(1, right - lines[0].right)] if _is_right(lines[0]) else ())
    if title is not None and title.page == 1:
        above = lines[-1].bottom if lines else first[-1].bottom
        yield from judge(standard.LETTER_TITLE, [Sample(1, (title.top - above) / (document.pitch or em(30)))])


def _is_right(line: GlyphLine) -> bool:
    return line.right > _MIDDLE


def _above(document: MeasuredDocument, second: Sequence[Rule]) -> Iterator[Measurement]:
    """The line above the second rule, where one stands there."""
    lines = [line for line in document.pages[0].lines if line not in document.folios and not line.main.is_red]
    if lines and second:
        gap = second[0].top - lines[-1].bottom
        yield from judge(standard.LETTER_ABOVE, [Sample(1, gap)] if gap < (document.pitch or em(30)) else ())


def imprint(page: Page, lines: Sequence[GlyphLine]) -> Iterator[Measurement]:
    """版记 has no rules and stands at the foot of the last page's text block."""
    found = ink.rules(page, lines[0].top - _NEAR, min(lines[-1].bottom + _NEAR, page.height))
    black = [rule for rule in found if rule.width < standard.LETTER_LEAST]
    yield from judge(standard.LETTER_IMPRINT_RULES, [Sample(page.number, str(len(black)))])
    yield from judge(standard.LETTER_IMPRINT, [Sample(page.number, standard.BOTTOM - lines[-1].bottom)])
