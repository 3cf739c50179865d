"""Reads a PDF through PDFium: the glyphs of every page from its content stream, and its ink on demand."""

from __future__ import annotations

import contextlib
import ctypes
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from workplan.diagnostic import Misuse
from workplan.measure.page import DESCENT, POINT, Box, Font, Glyph, GlyphLine, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

#: Baselines further apart (mm) are of two lines; 0.7 is a tenth of the line pitch and less than any planted subscript.
_ONE_LINE = 0.7
_INCH = 25.4
_LONGEST_NAME = 256
#: Ascent and descent that together are an em (within this share) are the em box; others describe the ink of a face.
_EM_LEEWAY = 0.03


@contextlib.contextmanager
def document(content: bytes, name: str) -> Iterator[Any]:
    """A PDF as PDFium has it, within the context. Raises Misuse where it cannot be read; ``name`` is the user's for it."""
    try:
        held = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise Misuse("measure-locked" if locked else "measure-broken", path=name) from fault
    try:
        yield held
    except pypdfium2.PdfiumError as fault:
        raise Misuse("measure-broken", path=name) from fault
    finally:
        held.close()


@contextlib.contextmanager
def opened(content: bytes, name: str) -> Iterator[tuple[Page, ...]]:
    """The pages of a PDF; their ink can only be read within the context. Raises Misuse where it cannot be read."""
    with document(content, name) as pages:
        yield tuple(_page(pages, number) for number in range(len(pages)))


def _page(pages: Any, number: int) -> Page:  # noqa: ANN401 - PDFium's objects have no types
    page = pages[number]
    sheet = _Sheet(page, _Place.of(page))
    glyphs = sorted(_glyphs(page.get_textpage(), sheet.place), key=lambda glyph: glyph.baseline)
    width, height = (round(length * POINT, 3) for length in page.get_size())
    return Page(number=number + 1, width=width, height=height, lines=tuple(_lines(glyphs, number + 1)), paper=sheet)


@dataclass(frozen=True, slots=True)
class _Place:
    """Turns a page's own coordinates (points, upwards, from wherever its box begins, maybe rotated) into ours."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: Any) -> _Place:  # noqa: ANN401 - likewise
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    def at(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 90:
                across, down = y - self.bottom, x - self.left
            case 180:
                across, down = self.right - x, y - self.bottom
            case 270:
                across, down = self.top - y, self.right - x
            case _:
                across, down = x - self.left, self.top - y
        return across * POINT, down * POINT


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The ink of one page, rendered only where it is asked for."""

    page: Any
    place: _Place

    def picture(self, box: Box, dots: int) -> Image.Image:
        scale = dots / _INCH
        width, height = (max(1, round(length * scale)) for length in (box.right - box.left, box.bottom - box.top))
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        point = dots / 72
        matrix = raw.FS_MATRIX(point, 0, 0, point, -box.left * scale, -box.top * scale)
        clip = raw.FS_RECTF(0, 0, width, height)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, self.page, matrix, clip, raw.FPDF_ANNOT)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture


def _lines(glyphs: Sequence[Glyph], page: int) -> Iterator[GlyphLine]:
    """Glyphs in the order of their baselines, to lines."""
    cuts = [place for place, (one, next_) in enumerate(pairwise(glyphs), 1) if _apart(one, next_)]
    for start, end in pairwise((0, *cuts, len(glyphs))):
        row = sorted(glyphs[start:end], key=lambda glyph: glyph.x)
        while row and row[0].text.isspace():
            row.pop(0)
        while row and row[-1].text.isspace():
            row.pop()
        if row:
            yield GlyphLine(page, tuple(row))


def _apart(one: Glyph, other: Glyph) -> bool:
    return other.baseline - one.baseline > _ONE_LINE


def _glyphs(text: Any, place: _Place) -> Iterator[Glyph]:  # noqa: ANN401 - likewise
    fonts: dict[int, Font] = {}
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1 or not (code := raw.FPDFText_GetUnicode(text, index)):
            continue
        glyph = _glyph(text, index, place, fonts)
        if glyph is not None and chr(code).isprintable():
            yield glyph


def _glyph(text: Any, index: int, place: _Place, fonts: dict[int, Font]) -> Glyph | None:  # noqa: ANN401 - likewise
    """One character; None where it is not part of a text object or stands on its side."""
    thing = raw.FPDFText_GetTextObject(text, index)
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetLooseCharBox(text, index, box)
    if not thing or not raw.FPDFText_GetMatrix(text, index, matrix):
        return None
    font = raw.FPDFTextObj_GetFont(thing)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in fonts:
        fonts[key] = _font(font)
    stretch = math.hypot(matrix.c, matrix.d)
    (left, baseline), (right, _) = place.at(x.value, y.value), place.at(*_end(x.value, y.value, box, place))
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, index, *colour)
    red, green, blue = (part.value for part in colour[:3])
    size = raw.FPDFText_GetFontSize(text, index) * stretch
    unicode = chr(raw.FPDFText_GetUnicode(text, index))
    return Glyph(
        text=unicode,
        x=left,
        baseline=baseline,
        advance=right - left,
        size=size,
        font=fonts[key],
        colour=(red, green, blue),
    )


def _end(x: float, y: float, box: Any, place: _Place) -> tuple[float, float]:  # noqa: ANN401 - likewise
    """Where the em box of a character ends, in the page's own coordinates."""
    match place.rotation:
        case 90:
            return x, box.top
        case 180:
            return box.left, y
        case 270:
            return x, box.bottom
        case _:
            return box.right, y


def _font(font: Any) -> Font:  # noqa: ANN401 - likewise
    if not font:
        return Font("", embedded=False)
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    raw.FPDFFont_GetAscent(font, 1.0, ascent)
    raw.FPDFFont_GetDescent(font, 1.0, descent)
    is_em = abs(ascent.value - descent.value - 1) < _EM_LEEWAY
    below = -descent.value if is_em else DESCENT
    return Font(_decoded(name.value), raw.FPDFFont_GetIsEmbedded(font) == 1, below)


def _decoded(name: bytes) -> str:
    """The name without the mark of a subset; Chinese names stand in UTF-8 or GBK, whichever the printer liked."""
    for encoding in ("utf-8", "gbk"):
        with contextlib.suppress(UnicodeDecodeError):
            plain = name.decode(encoding)
            prefix, plus, rest = plain.partition("+")
            return rest if plus and len(prefix) == 6 and prefix.isupper() else plain  # noqa: PLR2004 - ABCDEF+Name
    return name.decode("latin-1")
