"""Measures the end and the foot of pages: signature, 版记 and page numbers (7.3.5, 7.4, 7.5)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.lengths import Em, Mm, em_to_pt, pt_to_mm
from workplan.measure import ink, letter, standard, tables
from workplan.measure.body import BELOW, DASHES, imprint_lines
from workplan.measure.breaks import DATE
from workplan.measure.faces import shown_face
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge
from workplan.page.dimensions import DATE_SHIFT, SEALED_INDENT, UNSEALED_INDENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement, Requirement

#: Greatest distance between the first rule of the 版记 and its first line.
_ABOVE = Mm(8.0)
#: A line that begins further from the left edge, in 字, is none of a paragraph.
_TEXT_INDENT = 3
#: Distance from the lowest line within which ink is its own.
_CLEAR = Mm(1.5)
#: Least width of a dash beside a page number, which should be one 字.
_DASH = Em(0.8)


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on them."""
    return (*_signature(document), *_ending(document), *_imprint(document), *_folios(document))


def _ending(document: MeasuredDocument) -> Iterator[Measurement]:
    """The number of lines on the last page with text, where they are very few for a page."""
    _, imprint = imprint_lines(document.pages)
    apart = [*imprint, *document.folios]
    texts = [
        [line for line in page.lines if line not in apart and line.baseline < standard.BOTTOM]
        for page in document.pages
    ]
    last = max((number for number, lines in enumerate(texts) if lines), default=0)
    if not last:
        return
    page, lines = document.pages[last], texts[last]
    count = len({round(line.baseline) for line in lines})
    if tables.is_lone_row(page, lines):
        yield from judge(standard.LAST_PAGE, [Sample(page.number, 1, reading="row")])
    elif _is_signature(lines, document.margins.flush(page.number)):
        yield from judge(standard.LAST_PAGE, [Sample(page.number, 0, reading="signature")])
    elif count < standard.LAST_LINES:
        yield from judge(standard.LAST_PAGE, [Sample(page.number, count)])


def _is_signature(lines: Sequence[GlyphLine], flush: Mm) -> bool:
    """Whether nothing but names and a date, which all begin further to the right than text does, stand on a page (7.3.3)."""
    beside = Mm(flush + _TEXT_INDENT * standard.CHARACTER)
    return any(DATE.fullmatch(line.text) for line in lines) and all(line.left > beside for line in lines)


# ------------------------------------------------------------------------------------------------- signature


def _signature(document: MeasuredDocument) -> Iterator[Measurement]:
    """The distance of the date or the name from the right edge, in the reading that is closest to the file."""
    moved = document.grid is not None
    for name, date in (pair for run in document.runs for pair in pairwise((None, *run.lines))):
        if date is None or not DATE.fullmatch(date.text):
            continue
        _, right = document.edges(date.page)
        gap = right - date.right
        if gap > standard.WIDTH / 2:
            continue
        sealed, unsealed = _indent(SEALED_INDENT, document), _indent(UNSEALED_INDENT, document)
        readings = [(sealed, gap), (unsealed, gap)]
        shift = DATE_SHIFT * standard.CHARACTER
        if name is not None and abs(date.left - name.left - shift) < standard.CHARACTER / 2:
            readings.append((unsealed, right - name.right))
        asked, measured = min(readings, key=lambda pair: pair[0].deviation(pair[1]))
        reading = "grid-of-libreoffice" if moved else ""
        yield from judge(asked, [Sample(date.page, measured, spared=moved, reading=reading)])


def _indent(width: Em, document: MeasuredDocument) -> Requirement:
    """An indent in 字, which may be as wide as the 28 of a line or as the type."""
    return replace(standard.SIGNATURE, required=(width * standard.CHARACTER, pt_to_mm(em_to_pt(width, document.size))))


# ------------------------------------------------------------------------------------------------- 版记


def _imprint(document: MeasuredDocument) -> Iterator[Measurement]:
    page, lines = imprint_lines(document.pages)
    if page is None:
        return
    number = page.number
    if document.is_letter:
        yield from letter.imprint(page, lines)
    else:
        yield from _ruled(page, lines, moved=document.grid is not None)
    yield from judge(standard.IMPRINT_SIZE, [Sample(number, line.size) for line in lines])
    names = [line.main.font.name for line in lines if line.main.font.name]
    yield from judge(standard.IMPRINT_FACE, [Sample(number, shown_face(name)) for name in names])
    if document.grid is None:
        left = document.margins.left(number)
        sides = [min(line.left for line in lines) - left]
        sides += [left + standard.WIDTH - line.right for line in lines if line.text.endswith("印发")]
        yield from judge(standard.IMPRINT_INDENT, [Sample(number, side) for side in sides])


def _ruled(page: Page, lines: Sequence[GlyphLine], *, moved: bool) -> Iterator[Measurement]:
    rules = ink.rules(page, Mm(lines[0].top - _ABOVE), Mm(min(lines[-1].bottom + 2 * _ABOVE, page.height)))
    if len(rules) < 2:  # noqa: PLR2004 - the first and the last
        yield from judge(standard.IMPRINT_RULES, [Sample(page.number, str(len(rules)))])
    if rules:
        yield from _rules(page, rules, moved=moved)


def _rules(page: Page, rules: Sequence[Rule], *, moved: bool) -> Iterator[Measurement]:
    number = page.number
    yield from judge(standard.IMPRINT_LAST, [_at_the_foot(page, rules[-1].bottom)])
    reading = "grid-of-libreoffice" if moved else ""
    widths = [Sample(number, rule.width, spared=moved, reading=reading) for rule in rules]
    yield from judge(standard.IMPRINT_WIDTH, widths)
    outer = (rules[0], rules[-1])
    yield from judge(standard.IMPRINT_OUTER, [Sample(number, rule.thickness) for rule in outer])
    yield from judge(standard.IMPRINT_INNER, [Sample(number, rule.thickness) for rule in rules[1:-1]])


def _at_the_foot(page: Page, value: float) -> Sample:
    """A place at the foot of the text block, which other paper does not have where A4 has it: that is found as such."""
    other = standard.PAPER_HEIGHT.deviation(page.height) > standard.PAPER_HEIGHT.tolerance + standard.PRINTING
    return Sample(page.number, value, spared=other, reading="other-paper" if other else "")


# ------------------------------------------------------------------------------------------------- page numbers


def _folios(document: MeasuredDocument) -> Iterator[Measurement]:
    folios = document.folios
    forms = [
        Sample(line.page, "".join(glyph.text for glyph in line.glyphs), spared=_has_dashes(line)) for line in folios
    ]
    yield from judge(standard.FOLIO, [*forms, *_missing(document)])
    dashed = [line for line in folios if _has_dashes(line)]
    depths = [(page := document.pages[line.page - 1], _depth(page, line)) for line in dashed]
    yield from judge(standard.FOLIO_DEPTH, [_at_the_foot(page, depth) for page, depth in depths if depth is not None])
    yield from judge(standard.FOLIO_SIDE, [Sample(line.page, _side(document, line)) for line in folios])
    yield from judge(standard.FOLIO_SIZE, [Sample(line.page, line.size) for line in folios])
    digits = [(line.page, next(glyph.font.name for glyph in line.glyphs if glyph.text.isdigit())) for line in folios]
    yield from judge(standard.FOLIO_FACE, [Sample(page, shown_face(name)) for page, name in digits if name])


def _has_dashes(line: GlyphLine) -> bool:
    """Whether there is a dash of one 字 on both sides."""
    outer = (line.glyphs[0], line.glyphs[-1])
    least = pt_to_mm(em_to_pt(_DASH, line.size))
    return len(line.glyphs) > 2 and all(glyph.text in DASHES and glyph.advance > least for glyph in outer)  # noqa: PLR2004 - a digit between


def _missing(document: MeasuredDocument) -> Iterator[Sample]:
    """Pages without a number; a page of 版记 after a blank one needs none.

    Where something else is printed at the foot, that may be a number in a form that nobody knows: nothing is said of it.
    """
    numbered = {line.page for line in document.folios}
    imprint, _ = imprint_lines(document.pages)
    for page in document.pages:
        if page.number in numbered or not page.lines or not page.is_upright:
            continue
        spared = (document.is_letter and page.number == 1) or (page is imprint and _is_after_blank(document, page))
        if not spared and not _has_foot(page):
            yield Sample(page.number, "", reading="none")


def _is_after_blank(document: MeasuredDocument, page: Page) -> bool:
    """Whether nothing at all is printed on the page before."""
    if page.number == 1:
        return False
    before = document.pages[page.number - 2]
    return not before.lines and not ink.has_ink(before, Box(Mm(0), Mm(0), before.width, before.height))


def _has_foot(page: Page) -> bool:
    """Whether there is ink below the text block, and below the lines that may extend beyond it."""
    within = [line.bottom for line in page.lines if line.baseline < standard.BOTTOM + BELOW]
    top = Mm(max(standard.BOTTOM, *within, 0.0) + _CLEAR)
    return top < page.height and ink.has_ink(page, Box(Mm(0), top, page.width, page.height))


def _depth(page: Page, line: GlyphLine) -> Mm | None:
    """The distance from the lower edge of the text block to the upper edge of the first dash, by its ink."""
    dash = line.glyphs[0]
    around = ink.bounds(page, Box(dash.x, dash.top, dash.right, dash.bottom))
    return Mm(around.top - standard.BOTTOM) if around else None


def _side(document: MeasuredDocument, line: GlyphLine) -> Mm:
    """The distance from the number to its edge of the text block: the right one on odd pages, the left one on even pages."""
    number = int(re.findall(r"\d+", line.text)[0])
    left, right = document.edges(line.page)
    return Mm(right - line.right if number % 2 else line.left - left)
