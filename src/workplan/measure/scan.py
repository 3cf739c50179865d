"""Tells a scanned page from a printed one: a picture covers it, and its text is a watermark or a layer for searching."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.page import GlyphLine

#: Least share of the page that the pictures of a scan cover; scanners cut some pages into strips.
_COVER = 0.6
#: Least share of the page of a picture that counts: smaller ones are seals and figures.
_PICTURE = 0.01
#: Number of lines, and of glyphs in each, that make a page text even above a picture: a letterhead is printed on.
_LINES, _GLYPHS = 3, 10
#: Modes of text that leave nothing on the page: neither filled nor stroked, with and without clipping (ISO 32000-1, 9.3.6).
_UNSEEN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
#: The deepest nesting of forms, and the most objects, that are looked at: more than in any document.
_DEEPEST, _MOST = 12, 200_000


@dataclass(frozen=True, slots=True)
class Pictures:
    """Whether pictures ``cover`` the page, and the addresses of its text objects that nobody sees: invisible or covered."""

    cover: bool
    unseen: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A text or a picture of the page in the order of painting, with its edges in points."""

    kind: int
    address: int
    edges: tuple[float, float, float, float]
    is_shown: bool


def look(page: Any) -> Pictures:  # noqa: ANN401 - PDFium's objects have no types
    """What the objects of a page say."""
    things = list(_things(page))
    left, bottom, right, top = page.get_bbox()
    paper = max((right - left) * (top - bottom), 1.0)
    unseen = {thing.address for thing in things if thing.kind == raw.FPDF_PAGEOBJ_TEXT and not thing.is_shown}
    areas = [_area(thing, (left, bottom, right, top)) / paper for thing in things]
    cover = sum(area for area in areas if area > _PICTURE) >= _COVER
    if cover:
        pictures: list[_Thing] = []
        for thing, area in zip(reversed(things), reversed(areas), strict=True):
            if area > _PICTURE and thing.is_shown:
                pictures.append(thing)
            elif thing.kind == raw.FPDF_PAGEOBJ_TEXT and any(_covers(picture, thing) for picture in pictures):
                unseen.add(thing.address)
    return Pictures(cover, frozenset(unseen))


def is_text(lines: Sequence[GlyphLine]) -> bool:
    """Whether a page that a picture covers has text printed on it all the same."""
    return sum(len(line.glyphs) >= _GLYPHS for line in lines) >= _LINES


def address(pointer: Any) -> int:  # noqa: ANN401 - likewise
    """By which an object is known again."""
    return ctypes.addressof(pointer.contents)


def objects(page: Any) -> Iterator[tuple[Any, int, int]]:  # noqa: ANN401 - likewise
    """The objects of a page in the order of painting, each with its kind and the number of forms that it lies in."""
    waiting = [(raw.FPDFPage_GetObject(page, place), 0) for place in reversed(range(raw.FPDFPage_CountObjects(page)))]
    looked = 0
    while waiting and looked < _MOST:
        found, depth = waiting.pop()
        looked += 1
        kind = raw.FPDFPageObj_GetType(found)
        yield found, kind, depth
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            waiting += [(one, depth + 1) for one in reversed(_inside(found))]


def _inside(form: Any) -> list[Any]:  # noqa: ANN401 - likewise
    return [raw.FPDFFormObj_GetObject(form, place) for place in range(raw.FPDFFormObj_CountObjects(form))]


def _things(page: Any) -> Iterator[_Thing]:  # noqa: ANN401 - likewise
    """The texts and pictures; a form that holds pictures counts as one, since theirs are placed within it."""
    for found, kind, depth in objects(page):
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            if any(raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE for one in _inside(found)):
                yield _thing(raw.FPDF_PAGEOBJ_IMAGE, found)
        elif kind == raw.FPDF_PAGEOBJ_TEXT or (kind == raw.FPDF_PAGEOBJ_IMAGE and depth == 0):
            yield _thing(kind, found)


def _thing(kind: int, found: Any) -> _Thing:  # noqa: ANN401 - likewise
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(found, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        shown = raw.FPDFTextObj_GetTextRenderMode(found) not in _UNSEEN_MODES
    else:
        shown = not raw.FPDFPageObj_HasTransparency(found)
    return _Thing(kind, address(found), (left, bottom, right, top), shown)


def _area(thing: _Thing, paper: tuple[float, float, float, float]) -> float:
    """The part of a picture that is on the paper, in square points; 0 for a text."""
    if thing.kind == raw.FPDF_PAGEOBJ_TEXT:
        return 0.0
    left, bottom, right, top = thing.edges
    width, height = min(right, paper[2]) - max(left, paper[0]), min(top, paper[3]) - max(bottom, paper[1])
    return max(width, 0.0) * max(height, 0.0)


def _covers(picture: _Thing, text: _Thing) -> bool:
    """Whether the middle of a text lies under a picture that is painted after it."""
    left, bottom, right, top = text.edges
    across, up = (left + right) / 2, (bottom + top) / 2
    return picture.edges[0] <= across <= picture.edges[2] and picture.edges[1] <= up <= picture.edges[3]
