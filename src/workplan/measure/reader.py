"""Reads a PDF through PDFium: the glyphs of every page from its content stream, and its ink on demand."""

from __future__ import annotations

import contextlib
import ctypes
import math
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from workplan.diagnostic import Misuse
from workplan.lengths import Em, Mm, Pt, mm_to_dots, pt_to_dots, pt_to_mm
from workplan.measure import scan, tables
from workplan.measure.page import DESCENT, Box, Font, Glyph, GlyphLine, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

#: The greatest distance between baselines of one line: less than a tenth of the line pitch, and less than that of a subscript.
_ONE_LINE = Mm(0.7)
#: The longest side of a page that is measured: a little more than that of A0. The ink of larger ones would fill the memory.
_LONGEST_SIDE = Mm(1300.0)
#: The most by which a line of text may climb, in multiples of its length; text that climbs more is no line of the page.
_LEVEL = 0.02
#: Number of bytes in the longest font name that is read.
_LONGEST_NAME = 256
#: The two halves of a character beyond the first plane.
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
#: How far ascent and descent together may differ from 1 and still be the em box; others describe the ink of a face.
_EM_TOLERANCE = Em(0.03)


@contextlib.contextmanager
def document(content: bytes, name: str) -> Iterator[Any]:
    """A PDF opened by PDFium, within the context. Raises Misuse where it cannot be read; ``name`` is its name for the user."""
    try:
        opened_file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise Misuse("measure-locked" if locked else "measure-broken", path=name) from fault
    try:
        yield opened_file
    except pypdfium2.PdfiumError as fault:
        raise Misuse("measure-broken", path=name) from fault
    finally:
        opened_file.close()


@contextlib.contextmanager
def opened(content: bytes, name: str) -> Iterator[tuple[Page, ...]]:
    """The pages of a PDF, whose ink can be read only within the context. Raises Misuse as ``document`` does.

    Also where a page is larger than any paper.
    """
    with document(content, name) as pages:
        yield tuple(_page(pages, number, name) for number in range(len(pages)))


def _page(pages: Any, number: int, name: str) -> Page:  # noqa: ANN401 - PDFium's objects have no types
    page = pages[number]
    width, height = (Mm(round(pt_to_mm(Pt(length)), 3)) for length in page.get_size())
    if max(width, height) > _LONGEST_SIDE:
        raise Misuse(
            "measure-page-size",
            path=name,
            page=number + 1,
            width=round(width),
            height=round(height),
            most=round(_LONGEST_SIDE),
        )
    sheet, pictures = _Sheet(page, _Place.of(page)), scan.look(page)
    glyphs = sorted(_glyphs(page.get_textpage(), sheet.place, pictures.unseen), key=lambda glyph: glyph.baseline)
    lines = tuple(_lines(glyphs, number + 1))
    is_scan = pictures.cover and not scan.is_text(lines)
    return Page(
        number=number + 1,
        width=width,
        height=height,
        lines=() if is_scan else lines,
        paper=sheet,
        is_scan=is_scan,
        uprights=tuple(tables.uprights(page, sheet.place.at)),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Turns a page's own coordinates (upwards, from the corner of its box, possibly rotated) into ours."""

    left: Pt
    bottom: Pt
    right: Pt
    top: Pt
    rotation: int

    @classmethod
    def of(cls, page: Any) -> _Place:  # noqa: ANN401 - likewise
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    def at(self, x: float, y: float) -> tuple[Mm, Mm]:
        """The distances of a point (in points) from the left and the upper edge of the page."""
        match self.rotation:
            case 90:
                across, down = y - self.bottom, x - self.left
            case 180:
                across, down = self.right - x, y - self.bottom
            case 270:
                across, down = self.top - y, self.right - x
            case _:
                across, down = x - self.left, self.top - y
        return pt_to_mm(Pt(across)), pt_to_mm(Pt(down))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The ink of one page, rendered only where it is needed."""

    page: Any
    place: _Place

    def picture(self, box: Box, resolution: int) -> Image.Image:
        lengths = Mm(box.right - box.left), Mm(box.bottom - box.top)
        width, height = (max(1, round(mm_to_dots(length, resolution))) for length in lengths)
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        point = pt_to_dots(Pt(1), resolution)
        left, top = mm_to_dots(box.left, resolution), mm_to_dots(box.top, resolution)
        matrix = raw.FS_MATRIX(point, 0, 0, point, -left, -top)
        clip = raw.FS_RECTF(0, 0, width, height)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, self.page, matrix, clip, raw.FPDF_ANNOT)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture


def _lines(glyphs: Sequence[Glyph], page: int) -> Iterator[GlyphLine]:
    """The lines of glyphs that are sorted by their baselines."""
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


def _glyphs(text: Any, place: _Place, unseen: frozenset[int]) -> Iterator[Glyph]:  # noqa: ANN401 - likewise
    """The glyphs that are printed, apart from those of the text objects at the addresses ``unseen``."""
    fonts: dict[int, Font] = {}
    for index, character in characters(text):
        owner = raw.FPDFText_GetTextObject(text, index)
        if not owner or scan.address(owner) in unseen or not _is_shown(character):
            continue
        glyph = _glyph(text, index, place, fonts)
        if glyph is not None:
            yield replace(glyph, text=character) if glyph.text != character else glyph


def characters(text: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - likewise
    """The characters of a page's text with their indices, without those that PDFium adds; one it does not know is ""."""
    high = 0
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        # A character beyond the first plane comes in two halves, as in UTF-16.
        if code in _HIGH:
            high = code
        elif code in _LOW:
            yield index, chr(0x10000 + (high - _HIGH.start) * len(_LOW) + code - _LOW.start) if high else ""
            high = 0
        else:
            yield index, chr(code) if code else ""


def _is_shown(character: str) -> bool:
    """Whether a character has a glyph: private ones have, and a hyphen at which a word may break is one where it stands."""
    return character != "" and (
        character.isprintable() or character == "\u00ad" or unicodedata.category(character) == "Co"
    )


def _glyph(text: Any, index: int, place: _Place, fonts: dict[int, Font]) -> Glyph | None:  # noqa: ANN401 - likewise
    """One character; None where it stands on its side or on a slope."""
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetLooseCharBox(text, index, box)
    if not raw.FPDFText_GetMatrix(text, index, matrix) or not _is_level(matrix, place):
        return None
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(text, index))
    key = scan.address(font) if font else 0
    if key not in fonts:
        fonts[key] = _font(font)
    stretch = math.hypot(matrix.c, matrix.d)
    (left, baseline), (right, _) = place.at(x.value, y.value), place.at(*_end(x.value, y.value, box, place))
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, index, *colour)
    red, green, blue = (part.value for part in colour[:3])
    return Glyph(
        text=chr(raw.FPDFText_GetUnicode(text, index)),
        x=left,
        baseline=baseline,
        advance=Mm(right - left),
        size=Pt(raw.FPDFText_GetFontSize(text, index) * stretch),
        font=fonts[key],
        colour=(red, green, blue),
    )


def _is_level(matrix: Any, place: _Place) -> bool:  # noqa: ANN401 - likewise
    """Whether text runs from left to right on the page as it is shown."""
    (x, y), (across, down) = place.at(0, 0), place.at(matrix.a, matrix.b)
    along, climb = across - x, down - y
    return along > 0 and abs(climb) <= _LEVEL * along


def _end(x: float, y: float, box: Any, place: _Place) -> tuple[float, float]:  # noqa: ANN401 - likewise
    """The end of a character's em box on its baseline, in the page's own coordinates."""
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
    is_em = abs(ascent.value - descent.value - 1) < _EM_TOLERANCE
    below = Em(-descent.value) if is_em else DESCENT
    return Font(_decoded(name.value), raw.FPDFFont_GetIsEmbedded(font) == 1, below)


def _decoded(name: bytes) -> str:
    """The name without the prefix of a subset; Chinese names are in UTF-8 or in GBK, depending on the program."""
    for encoding in ("utf-8", "gbk"):
        with contextlib.suppress(UnicodeDecodeError):
            plain = name.decode(encoding)
            prefix, plus, rest = plain.partition("+")
            return rest if plus and len(prefix) == 6 and prefix.isupper() else plain  # noqa: PLR2004 - ABCDEF+Name
    return name.decode("latin-1")
