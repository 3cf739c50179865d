"""Tells which lines of a page stand in the cells of tables: a rule stands upright on either side of them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from workplan.lengths import Mm
from workplan.measure import ink, scan
from workplan.measure.page import Box
from workplan.measure.standard import TOP, WIDTH
from workplan.page.dimensions import TEXT_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.measure.page import GlyphLine, Page

#: A rule is no thicker; and one beside a line of text is longer than this.
_THICKEST, _SHORTEST = Mm(1.2), Mm(2.0)
#: By how much a cell may be wider than the text block: rules further apart are a frame around the page.
_WIDER = Mm(6.0)
#: Rules of a table with one row below its header, and the share of the text block from which a row is a page's worth.
_RULES, _LOW = 3, 1 / 3


def uprights(page: Any, at: Callable[[float, float], tuple[Mm, Mm]]) -> Iterator[Box]:  # noqa: ANN401 - PDFium's objects have no types
    """The upright rules of a page of PDFium; ``at`` turns its points into ours. Those within forms are not seen."""
    edges = [ctypes.c_float() for _ in range(4)]
    for found, kind, depth in scan.objects(page):
        if kind != raw.FPDF_PAGEOBJ_PATH or depth:
            continue
        raw.FPDFPageObj_GetBounds(found, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        corners = at(left, bottom), at(right, top)
        (one, other), (up, down) = (sorted(side) for side in zip(*corners, strict=True))
        if other - one < _THICKEST and down - up > _SHORTEST:
            yield Box(Mm(one), Mm(up), Mm(other), Mm(down))


def in_cells(pages: Iterable[Page]) -> frozenset[GlyphLine]:
    """The lines that stand between two upright rules no further apart than a text block is wide."""
    return frozenset(line for page in pages if page.uprights for line in page.lines if _is_in_cell(line, page))


def _is_in_cell(line: GlyphLine, page: Page) -> bool:
    middle = (line.top + line.bottom) / 2
    beside = [box for box in page.uprights if box.top < middle < box.bottom]
    before = [box.right for box in beside if box.right <= line.left + _THICKEST]
    after = [box.left for box in beside if box.left >= line.right - _THICKEST]
    return bool(before and after) and min(after) - max(before) < WIDTH + _WIDER


def is_lone_row(page: Page, lines: Sequence[GlyphLine]) -> bool:
    """Whether nothing but one low row of a table, with or without its header, stands on a page; ``lines`` are its text."""
    if not page.uprights or not all(_is_in_cell(line, page) for line in lines):
        return False
    end = max(box.bottom for box in page.uprights)
    return end < TOP + _LOW * TEXT_HEIGHT and len(ink.rules(page, Mm(0), Mm(end + _THICKEST))) <= _RULES
