"""Measures what stands at the end and at the foot: signature, 版记 and page numbers (7.3.5, 7.4, 7.5)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.measure import ink, letter, standard
from workplan.measure.body import DASHES, em
from workplan.measure.faces import face_class
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.ink import Rule
    from workplan.measure.page import GlyphLine, Page
    from workplan.measure.requirement import Measurement, Requirement

_DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_IMPRINT = re.compile(r"(主送|抄送|抄报|分送|印送)[:：].*|.*日印发")
#: A 字 of the grid: 28 fill a line.
_GRID = standard.WIDTH / standard.CHARACTERS
#: The first rule of the 版记 is no further above its first line than this (mm).
_ABOVE = 8.0
#: No line of the 版记 stands further below the text block (mm): the page number does.
_BELOW = 5.0


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured there."""
    return (*_signature(document), *_imprint(document), *_folios(document))


# ------------------------------------------------------------------------------------------------- signature


def _signature(document: MeasuredDocument) -> Iterator[Measurement]:
    """The date's and the name's distance from the right edge, read in the way that the file comes closest to."""
    for name, date in (pair for run in document.runs for pair in pairwise((None, *run.lines))):
        if date is None or not _DATE.fullmatch(date.text):
            continue
        right = document.left(date.page) + standard.WIDTH
        gap = right - date.right
        if gap > standard.WIDTH / 2:
            continue
        readings = [(_indent(4, document), gap), (_indent(2, document), gap)]
        if name is not None and abs(date.left - name.left - 2 * _GRID) < _GRID / 2:
            readings.append((_indent(2, document), right - name.right))
        asked, found = min(readings, key=lambda pair: pair[0].deviation(pair[1]))
        yield from judge(asked, [Sample(date.page, found)])


def _indent(count: int, document: MeasuredDocument) -> Requirement:
    """So many 字: as wide as the 28 of a line, or as the type; what lies between is no further off than half of that."""
    return replace(standard.SIGNATURE, required=(count * _GRID, count * em(document.size)))


# ------------------------------------------------------------------------------------------------- 版记


def _imprint(document: MeasuredDocument) -> Iterator[Measurement]:
    page, lines = _imprint_lines(document)
    if page is None:
        return
    number = page.number
    if document.is_letter:
        yield from letter.imprint(page, lines)
    else:
        yield from _ruled(page, lines)
    yield from judge(standard.IMPRINT_SIZE, [Sample(number, line.size) for line in lines])
    names = [line.main.font.name for line in lines]
    yield from judge(standard.IMPRINT_FACE, [Sample(number, face_class(name) or name) for name in names])
    left = document.left(number)
    sides = [min(line.left for line in lines) - left]
    sides += [left + standard.WIDTH - line.right for line in lines if line.text.endswith("印发")]
    yield from judge(standard.IMPRINT_INDENT, [Sample(number, side) for side in sides])


def _ruled(page: Page, lines: Sequence[GlyphLine]) -> Iterator[Measurement]:
    found = ink.rules(page, lines[0].top - _ABOVE, min(lines[-1].bottom + 2 * _ABOVE, page.height))
    if len(found) < 2:  # noqa: PLR2004 - the first and the last
        yield from judge(standard.IMPRINT_RULES, [Sample(page.number, str(len(found)))])
    if found:
        yield from _rules(page.number, found)


def _imprint_lines(document: MeasuredDocument) -> tuple[Page | None, Sequence[GlyphLine]]:
    """The last page with a 版记, and its lines from the first that says what it is."""
    for page in reversed(document.pages):
        lines = [line for line in page.lines if line.baseline < standard.BOTTOM + _BELOW]
        starts = [place for place, line in enumerate(lines) if _IMPRINT.fullmatch(line.text)]
        if starts and page.is_upright:
            return page, lines[starts[0] :]
    return None, ()


def _rules(page: int, found: Sequence[Rule]) -> Iterator[Measurement]:
    yield from judge(standard.IMPRINT_LAST, [Sample(page, found[-1].bottom)])
    yield from judge(standard.IMPRINT_WIDTH, [Sample(page, rule.width) for rule in found])
    outer = (found[0], found[-1])
    yield from judge(standard.IMPRINT_OUTER, [Sample(page, rule.thickness) for rule in outer])
    yield from judge(standard.IMPRINT_INNER, [Sample(page, rule.thickness) for rule in found[1:-1]])


# ------------------------------------------------------------------------------------------------- page numbers


def _folios(document: MeasuredDocument) -> Iterator[Measurement]:
    folios = document.folios
    forms = [
        Sample(line.page, "".join(glyph.text for glyph in line.glyphs), spared=_has_dashes(line)) for line in folios
    ]
    yield from judge(standard.FOLIO, [*forms, *_missing(document)])
    dashed = [line for line in folios if _has_dashes(line)]
    depths = [(line.page, _depth(document.pages[line.page - 1], line)) for line in dashed]
    yield from judge(standard.FOLIO_DEPTH, [Sample(page, depth) for page, depth in depths if depth is not None])
    yield from judge(standard.FOLIO_SIDE, [Sample(line.page, _side(document, line)) for line in folios])
    yield from judge(standard.FOLIO_SIZE, [Sample(line.page, line.size) for line in folios])
    digits = [(line.page, next(glyph.font.name for glyph in line.glyphs if glyph.text.isdigit())) for line in folios]
    yield from judge(standard.FOLIO_FACE, [Sample(page, face_class(name) or name) for page, name in digits])


def _has_dashes(line: GlyphLine) -> bool:
    """A dash of one em on both sides."""
    ends = (line.glyphs[0], line.glyphs[-1])
    return len(line.glyphs) > 2 and all(glyph.text in DASHES and glyph.advance > em(line.size) * 0.8 for glyph in ends)  # noqa: PLR2004


def _missing(document: MeasuredDocument) -> Iterator[Sample]:
    """Pages without a number; a 版记 page after a blank one needs none."""
    numbered = {line.page for line in document.folios}
    imprint, _ = _imprint_lines(document)
    for page in document.pages:
        after_blank = page.number > 1 and not document.pages[page.number - 2].lines
        if page.number in numbered or not page.lines or not page.is_upright or (page is imprint and after_blank):
            continue
        if not (document.is_letter and page.number == 1):
            yield Sample(page.number, "")


def _depth(page: Page, line: GlyphLine) -> float | None:
    """From the lower edge of the text block to the upper edge of the first dash, by its ink."""
    dash = line.glyphs[0]
    box = Box(dash.x, dash.top, dash.right, dash.bottom)
    found = ink.bounds(page, box)
    return found.top - standard.BOTTOM if found else None


def _side(document: MeasuredDocument, line: GlyphLine) -> float:
    """From the number to the edge of the text block it belongs to: the right one on odd pages, the left one on even."""
    number = int(re.sub(r"\D", "", line.text))
    left = document.left(line.page)
    return left + standard.WIDTH - line.right if number % 2 else line.left - left
