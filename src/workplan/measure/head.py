"""Measures the head and the titles: 发文机关标志, 发文字号, 红色分隔线, 标题 (7.2.4 to 7.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.measure import ink, standard
from workplan.measure.body import em
from workplan.measure.faces import face_class
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement

#: Where the red rule is looked above for the mark: beyond the page number of any scan, above every body text (mm).
_FIRST = 15.0
#: Between the mark's ink and the rule: no part of the rule (mm).
_CLEAR = 1.0
#: How far above the rule its number can stand (mm).
_NUMBER = 25.0


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on the head; nothing where there is no red rule."""
    return (*_head(document, document.rule), *_gap(document, document.rule)) if document.rule else ()


def _head(document: MeasuredDocument, rule: Rule) -> Iterator[Measurement]:
    page = document.pages[0]
    yield from _masthead(page, rule)
    number = _number(page, rule)
    if number is not None:
        yield from judge(standard.NUMBER_RULE, [Sample(1, rule.top - number.bottom)])
    yield from judge(standard.RED_RULE_WIDTH, [Sample(1, rule.width)])
    centre = standard.LEFT + standard.WIDTH / 2
    yield from judge(standard.RED_RULE_CENTRE, [Sample(1, (rule.left + rule.right) / 2 - centre)])


def _masthead(page: Page, rule: Rule) -> Iterator[Measurement]:
    """Its ink: the top, and how far it stands beyond the text block on either side."""
    above = Box(0, _FIRST, page.width, rule.top - _CLEAR)
    top = ink.first_red(page, above)
    if top is None:
        return
    yield from judge(standard.MASTHEAD_TOP, [Sample(1, top)])
    around = ink.bounds(page, Box(0, top - _CLEAR, page.width, rule.top - _CLEAR), red=True)
    if around is not None:
        over = max(standard.LEFT - around.left, around.right - standard.LEFT - standard.WIDTH, 0.0)
        yield from judge(standard.MASTHEAD_WIDTH, [Sample(1, over)])


def _number(page: Page, rule: Rule) -> GlyphLine | None:
    """发文字号: the last black line above the rule."""
    above = [line for line in page.lines if 0 < rule.top - line.baseline < _NUMBER and not line.main.is_red]
    return above[-1] if above else None


def titles(document: MeasuredDocument) -> Iterator[Measurement]:
    """The type of the titles."""
    if not document.titles:
        return
    yield from judge(standard.TITLE_SIZE, [Sample(line.page, line.size) for line in document.titles])
    faces = [(line.page, line.main.font.name) for line in document.titles]
    yield from judge(standard.TITLE_FACE, [Sample(page, face_class(name) or name) for page, name in faces])


def _gap(document: MeasuredDocument, rule: Rule) -> Iterator[Measurement]:
    """空二行: the lines between rule and title; a title's own lines are taller, half of what they are so counts too."""
    first = next(iter(document.titles), None)
    if first is not None and first.page == 1:
        pitch = document.pitch or em(document.size) * 1.875
        yield from judge(standard.TITLE_GAP, [Sample(1, (first.top - rule.bottom) / pitch)])
