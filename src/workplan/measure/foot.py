"""Measures the end and the foot of pages: signature, 版记 and page numbers (7.3.5, 7.4, 7.5)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.lengths import Em, Mm, em_to_pt, pt_to_mm
from workplan.measure import ink, letter, standard
from workplan.measure.body import DASHES
from workplan.measure.faces import face_class
from workplan.measure.page import Box
from workplan.measure.requirement import Sample, judge
from workplan.page.dimensions import DATE_SHIFT, SEALED_INDENT, UNSEALED_INDENT

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
#: Greatest distance between the first rule of the 版记 and its first line.
_ABOVE = Mm(8.0)
#: Greatest distance of a line of the 版记 below the text block; the page number is further below.
_BELOW = Mm(5.0)
#: Least width of a dash beside a page number, which should be one 字.
_DASH = Em(0.8)


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on them."""
    return (*_signature(document), *_imprint(document), *_folios(document))


# ------------------------------------------------------------------------------------------------- signature


def _signature(document: MeasuredDocument) -> Iterator[Measurement]:
    """The distance of the date or the name from the right edge, in the reading that is closest to the file."""
    for name, date in (pair for run in document.runs for pair in pairwise((None, *run.lines))):
        if date is None or not _DATE.fullmatch(date.text):
            continue
        right = document.left(date.page) + standard.WIDTH
        gap = right - date.right
        if gap > standard.WIDTH / 2:
            continue
        sealed, unsealed = _indent(SEALED_INDENT, document), _indent(UNSEALED_INDENT, document)
        readings = [(sealed, gap), (unsealed, gap)]
        shift = DATE_SHIFT * standard.CHARACTER
        if name is not None and abs(date.left - name.left - shift) < standard.CHARACTER / 2:
            readings.append((unsealed, right - name.right))
        asked, measured = min(readings, key=lambda pair: pair[0].deviation(pair[1]))
        yield from judge(asked, [Sample(date.page, measured)])


def _indent(width: Em, document: MeasuredDocument) -> Requirement:
    """An indent in 字, which may be as wide as the 28 of a line or as the type."""
    return replace(standard.SIGNATURE, required=(width * standard.CHARACTER, pt_to_mm(em_to_pt(width, document.size))))


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
    rules = ink.rules(page, Mm(lines[0].top - _ABOVE), Mm(min(lines[-1].bottom + 2 * _ABOVE, page.height)))
    if len(rules) < 2:  # noqa: PLR2004 - the first and the last
        yield from judge(standard.IMPRINT_RULES, [Sample(page.number, str(len(rules)))])
    if rules:
        yield from _rules(page.number, rules)


def _imprint_lines(document: MeasuredDocument) -> tuple[Page | None, Sequence[GlyphLine]]:
    """The last page with a 版记, and the lines from the first one that is known to be part of it."""
    for page in reversed(document.pages):
        lines = [line for line in page.lines if line.baseline < standard.BOTTOM + _BELOW]
        starts = [place for place, line in enumerate(lines) if _IMPRINT.fullmatch(line.text)]
        if starts and page.is_upright:
            return page, lines[starts[0] :]
    return None, ()


def _rules(page: int, rules: Sequence[Rule]) -> Iterator[Measurement]:
    yield from judge(standard.IMPRINT_LAST, [Sample(page, rules[-1].bottom)])
    yield from judge(standard.IMPRINT_WIDTH, [Sample(page, rule.width) for rule in rules])
    outer = (rules[0], rules[-1])
    yield from judge(standard.IMPRINT_OUTER, [Sample(page, rule.thickness) for rule in outer])
    yield from judge(standard.IMPRINT_INNER, [Sample(page, rule.thickness) for rule in rules[1:-1]])


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
    """Whether there is a dash of one 字 on both sides."""
    outer = (line.glyphs[0], line.glyphs[-1])
    least = pt_to_mm(em_to_pt(_DASH, line.size))
    return len(line.glyphs) > 2 and all(glyph.text in DASHES and glyph.advance > least for glyph in outer)  # noqa: PLR2004 - a digit between


def _missing(document: MeasuredDocument) -> Iterator[Sample]:
    """Pages without a number; a page of 版记 after a blank one needs none."""
    numbered = {line.page for line in document.folios}
    imprint, _ = _imprint_lines(document)
    for page in document.pages:
        after_blank = page.number > 1 and not document.pages[page.number - 2].lines
        if page.number in numbered or not page.lines or not page.is_upright or (page is imprint and after_blank):
            continue
        if not (document.is_letter and page.number == 1):
            yield Sample(page.number, "")


def _depth(page: Page, line: GlyphLine) -> Mm | None:
    """The distance from the lower edge of the text block to the upper edge of the first dash, by its ink."""
    dash = line.glyphs[0]
    around = ink.bounds(page, Box(dash.x, dash.top, dash.right, dash.bottom))
    return Mm(around.top - standard.BOTTOM) if around else None


def _side(document: MeasuredDocument, line: GlyphLine) -> Mm:
    """The distance from the number to its edge of the text block: the right one on odd pages, the left one on even pages."""
    number = int(re.sub(r"\D", "", line.text))
    left = document.left(line.page)
    return Mm(left + standard.WIDTH - line.right if number % 2 else line.left - left)
