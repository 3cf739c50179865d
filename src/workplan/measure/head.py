"""Measures the head and the titles: 发文机关标志, 发文字号, 红色分隔线, 标题 (7.2.4 to 7.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.lengths import Mm, pt_to_mm
from workplan.measure import ink, standard
from workplan.measure.faces import face_class
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement

#: Height from which the mark is looked for: below any header line, above all body text.
_FIRST = Mm(15.0)
#: Distance from the rule that keeps its ink out of the mark's.
_CLEAR = Mm(1.0)
#: Greatest distance of 发文字号 above the rule.
_NUMBER = Mm(25.0)
#: The line pitch that is assumed where too few lines show it, in multiples of the size of the text: 30 pt for 三号.
_ASSUMED_PITCH = 1.875


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
    """Its ink: the upper edge, and how far it extends beyond the text block on either side."""
    end = Mm(rule.top - _CLEAR)
    top = ink.first_red(page, Box(Mm(0), _FIRST, page.width, end))
    if top is None:
        return
    yield from judge(standard.MASTHEAD_TOP, [Sample(1, top)])
    around = ink.bounds(page, Box(Mm(0), Mm(top - _CLEAR), page.width, end), red=True)
    if around is not None:
        yield from overhang(around)


def overhang(around: Box) -> Iterator[Measurement]:
    """How far a mark with the bounds ``around`` extends beyond the text block."""
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
    """空二行: the lines between rule and title, and half of what a title's own line is taller than a line of text."""
    first = next(iter(document.titles), None)
    if first is not None and first.page == 1:
        pitch = document.pitch or pt_to_mm(document.size) * _ASSUMED_PITCH
        yield from judge(standard.TITLE_GAP, [Sample(1, (first.top - rule.bottom) / pitch)])
