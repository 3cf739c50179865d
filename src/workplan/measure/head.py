"""Measures the head and the titles: 发文机关标志, 发文字号, 红色分隔线, 标题 (7.2.4 to 7.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, pt_to_mm
from workplan.measure import ink, standard
from workplan.measure.faces import shown_face
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge
from workplan.page.dimensions import NUMBER_TO_RULE

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
#: The blank lines above a title that stands on the grid: more than one, less than three; its own line adds an eighth.
_LEAST_BLANK, _MOST_BLANK = 1.1, 3.0
#: Greatest part of a line by which a title on the grid may miss it.
_ON = 0.05


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on the head; without a red rule, only where the title stands below 发文字号."""
    if document.rule is not None:
        return (*_head(document, document.rule), *_gap(document, document.rule.bottom, ""))
    if document.number is not None:
        return tuple(_gap(document, Mm(document.number.bottom + NUMBER_TO_RULE), "preprinted"))
    return ()


def _head(document: MeasuredDocument, rule: Rule) -> Iterator[Measurement]:
    page = document.pages[0]
    yield from _masthead(page, rule)
    number = _number(page, rule)
    if number is not None:
        yield from judge(standard.NUMBER_RULE, [Sample(1, rule.top - number.bottom)])
    # On a character grid LibreOffice makes the text block, and the rule with it, as wide as its own grid.
    moved = document.grid is not None
    reading = "grid-of-libreoffice" if moved else ""
    yield from judge(standard.RED_RULE_WIDTH, [Sample(1, rule.width, spared=moved, reading=reading)])
    centre = standard.LEFT + standard.WIDTH / 2
    off = (rule.left + rule.right) / 2 - centre
    yield from judge(standard.RED_RULE_CENTRE, [Sample(1, off, spared=moved, reading=reading)])


def _masthead(page: Page, rule: Rule) -> Iterator[Measurement]:
    """Its ink: the upper edge, and how far it extends beyond the text block on either side.

    In a face that LibreOffice put in place of another, its edges are not those of the document.
    """
    end = Mm(rule.top - _CLEAR)
    top = ink.first_red(page, Box(Mm(0), _FIRST, page.width, end))
    if top is None:
        return
    mark = [glyph.font for line in page.lines if line.baseline < rule.top for glyph in line.glyphs if glyph.is_red]
    replaced = any(font.printed for font in mark)
    yield from judge(standard.MASTHEAD_TOP, [Sample(1, top, spared=replaced, reading="replaced" if replaced else "")])
    around = ink.bounds(page, Box(Mm(0), Mm(top - _CLEAR), page.width, end), red=True)
    if around is not None and not replaced:
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
    faces = [(line.page, line.main.font.name) for line in document.titles if line.main.font.name]
    yield from judge(standard.TITLE_FACE, [Sample(page, shown_face(name)) for page, name in faces])


def _gap(document: MeasuredDocument, above: Mm, reading: str) -> Iterator[Measurement]:
    """空二行: the lines between rule and title, and half of what a title's own line is taller than a line of text."""
    first = next(iter(document.titles), None)
    if first is not None and first.page == 1:
        yield from judge(standard.TITLE_GAP, [below(document, first, above, reading)])


def below(document: MeasuredDocument, title: GlyphLine, above: Mm, reading: str = "") -> Sample:
    """The blank lines between a height and a title.

    A title on the grid of the text cannot stand wherever two blank lines end: up to a line more, or half a line less, is right.
    """
    pitch = document.pitch or Mm(pt_to_mm(document.size) * _ASSUMED_PITCH)
    lines = (title.top - above) / pitch
    grid = _LEAST_BLANK < lines < _MOST_BLANK and _is_on_grid(document, title)
    off = standard.TITLE_GAP.deviation(lines) > standard.TITLE_GAP.tolerance
    return Sample(1, lines, spared=grid, reading="on-grid" if grid and off else reading)


def _is_on_grid(document: MeasuredDocument, title: GlyphLine) -> bool:
    """Whether the title's line is one of the grid's: its 字 in the middle of the line's height, or on the baseline of others."""
    run = next((run for run in document.runs if run.page == title.page), None)
    if run is None or not document.pitch:
        return False
    taller = pt_to_mm(Pt(title.size - document.size))
    lowered = taller * (1 / 2 - title.main.font.descent)
    base = run.phase(document.pitch)
    lines = [(base - title.baseline + down) / document.pitch for down in (0.0, lowered)]
    return any(abs(one - round(one)) < _ON for one in lines)
