"""The ruling lines of a PDF page: strokes and thin rectangles of its content."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from workplan.importing.readers.layout.grid import MOST_RULES
from workplan.importing.readers.layout.sheet import Rule
from workplan.lengths import Mm, Pt, pt_to_mm

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Greatest thickness of a line, and how much it may lean, in points.
_THICK, _LEAN = 2.5, 0.8
_DEPTH = 8


def rules(page: Any) -> Iterator[Rule]:  # noqa: ANN401 - PDFium's objects have no types
    """The upright and level lines of a page, in mm from its top left corner; none of a page that is turned."""
    if page.get_rotation():
        return
    left, _, _, top = page.get_bbox()
    count = 0
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
        for x1, y1, x2, y2 in _lines(one):
            count += 1
            if count > MOST_RULES:
                return
            yield Rule(_mm(x1 - left), _mm(top - y2), _mm(x2 - left), _mm(top - y1))


def _mm(points: float) -> Mm:
    return pt_to_mm(Pt(points))


def _lines(path: Any) -> Iterator[tuple[float, float, float, float]]:  # noqa: ANN401 - likewise
    """The lines of a path from its lower left to its upper right: its sides where it is stroked, itself where it is thin."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THICK:
        middle = ((left + right) / 2, (bottom + top) / 2)
        if right - left > top - bottom:
            yield left, middle[1], right, middle[1]
        else:
            yield middle[0], bottom, middle[0], top
        return
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(path.raw, mode, stroke) or not stroke.value:
        return
    yield from _sides(path)


def _sides(path: Any) -> Iterator[tuple[float, float, float, float]]:  # noqa: ANN401 - likewise
    matrix = path.get_matrix()
    start = at = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path.raw), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = at = point
            continue
        yield from _straight(at, point)
        at = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(at, start)
            at = start


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    (x1, y1), (x2, y2) = one, other
    if abs(x1 - x2) <= _LEAN or abs(y1 - y2) <= _LEAN:
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
