"""Pages put together from lines, as if read from a PDF, for what ``measure`` makes of them; nothing else is printed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from workplan.lengths import Mm, Pt, dots_to_mm
from workplan.measure.page import Font, Glyph, GlyphLine, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.measure.page import Box

POINT = 25.4 / 72
#: Equal lines, and the width of a 字 of which 28 fill the text block.
PITCH, STEP = 28.99 * POINT, (156 - 16 * POINT) / 27
TEXT = "贯彻落实党中央关于巩固拓展脱贫攻坚成果同乡村振兴有效衔接重大部署和新时代治理方略"
FACE = Font("FandolFang-Regular", embedded=True)


class White:
    """Paper without ink."""

    def picture(self, box: Box, resolution: int) -> Image.Image:
        width, height = (
            max(1, round(side / dots_to_mm(1, resolution))) for side in (box.right - box.left, box.bottom - box.top)
        )
        return Image.new("RGB", (width, height), "white")


def line(  # noqa: PLR0913 - what a line is
    page: int, left: float, baseline: float, text: str, *, size: float = 16, step: float = STEP, font: Font = FACE
) -> GlyphLine:
    """A line whose 字 begin ``step`` millimetres from each other."""
    glyphs = tuple(
        Glyph(
            text=sign,
            x=Mm(left + place * step),
            baseline=Mm(baseline),
            advance=Mm(size * POINT * (0.5 if sign.isascii() else 1)),
            size=Pt(size),
            font=font,
            colour=(0, 0, 0),
        )
        for place, sign in enumerate(text)
    )
    return GlyphLine(page, glyphs)


def baseline(row: int, pitch: float = PITCH) -> float:
    """The baseline of a row of the grid, from 0, with the 字 in the middle of its height."""
    return 37 + row * pitch + (pitch + 16 * POINT) / 2 - 0.12 * 16 * POINT


def full(page: int, row: int, *, left: float = 28.0, pitch: float = PITCH) -> GlyphLine:
    """A line of 28 字 that goes on."""
    return line(page, left, baseline(row, pitch), (TEXT * 2)[row % 9 : row % 9 + 28])


def opening(page: int, row: int, *, left: float = 28.0) -> GlyphLine:
    """The first line of a paragraph, indented by two 字, that goes on."""
    return line(page, left + 2 * 156 / 28, baseline(row), (TEXT * 2)[:26])


def closing(page: int, row: int, *, left: float = 28.0, count: int = 11) -> GlyphLine:
    """The last line of a paragraph."""
    return line(page, left, baseline(row), TEXT[:count] + "。")


def folio(page: int, *, left: float = 28.0) -> GlyphLine:
    """A page number in its place."""
    text, size = f"—{page}—", 14.0
    edge = left + 156 - 14 * POINT - 2.5 * 14 * POINT if page % 2 else left + 14 * POINT
    ends = {0: edge, 1: edge + 14 * POINT, 2: edge + 1.5 * 14 * POINT}
    glyphs = tuple(
        Glyph(
            text=sign,
            x=Mm(ends[place]),
            baseline=Mm(270.5),
            advance=Mm(size * POINT * (0.5 if sign.isdigit() else 1)),
            size=Pt(size),
            font=Font("FandolSong-Regular", embedded=True),
            colour=(0, 0, 0),
        )
        for place, sign in enumerate(text)
    )
    return GlyphLine(page, glyphs)


def paper(
    number: int, lines: Iterable[GlyphLine], *, width: float = 210, height: float = 297, scan: bool = False
) -> Page:
    """A page with these lines."""
    ordered = sorted(lines, key=lambda one: one.baseline)
    return Page(number=number, width=Mm(width), height=Mm(height), lines=tuple(ordered), paper=White(), is_scan=scan)
