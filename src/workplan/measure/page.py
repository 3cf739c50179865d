"""A page as printed: glyphs with their em boxes, and its ink. Places are measured from the page's top left corner."""

from __future__ import annotations

import statistics
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from workplan.lengths import Em, Mm, Pt, em_to_pt, pt_to_mm

if TYPE_CHECKING:
    from PIL import Image

#: The part of a 汉字's em box below its baseline, which is the same in all Chinese faces.
DESCENT = Em(0.12)


@dataclass(frozen=True, slots=True)
class Font:
    """A font under the name that the file gives it; ``descent`` is the part of the em box below the baseline.

    ``printed`` is the name of the face that LibreOffice put in its place; "" where it prints itself. A ``name`` of "" is one
    that the file does not say.
    """

    name: str
    embedded: bool
    descent: Em = DESCENT
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: ``x`` and ``baseline`` are its origin, ``advance`` its width without spacing, ``size`` in points."""

    text: str
    x: Mm
    baseline: Mm
    advance: Mm
    size: Pt
    font: Font
    colour: tuple[int, int, int]

    @property
    def right(self) -> Mm:
        """The right edge of its em box."""
        return Mm(self.x + self.advance)

    @property
    def top(self) -> Mm:
        """The upper edge of its em box."""
        return Mm(self.bottom - pt_to_mm(self.size))

    @property
    def bottom(self) -> Mm:
        """The lower edge of its em box."""
        return Mm(self.baseline + pt_to_mm(em_to_pt(self.font.descent, self.size)))

    @property
    def is_wide(self) -> bool:
        """Whether it is as wide as a 汉字."""
        return unicodedata.east_asian_width(self.text) in "WFA"

    @property
    def is_red(self) -> bool:
        """Whether it is printed in red."""
        red, green, blue = self.colour
        return red - max(green, blue) > 60  # noqa: PLR2004 - of 255: neither grey nor brown


@dataclass(frozen=True, eq=False)
class GlyphLine:
    """Glyphs on one baseline from left to right, without blanks at either end; what they have in common is found once."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """The characters without blanks."""
        return "".join(glyph.text for glyph in self.glyphs if not glyph.text.isspace())

    @cached_property
    def baseline(self) -> Mm:
        """The baseline of most of its glyphs."""
        return statistics.median_low(glyph.baseline for glyph in self.glyphs)

    @cached_property
    def size(self) -> Pt:
        """The size of most of its glyphs."""
        return Pt(statistics.mode(round(glyph.size, 2) for glyph in self.glyphs))

    @cached_property
    def main(self) -> Glyph:
        """A glyph of that size: if possible a wide one, since its em box is that of the 字."""
        size = self.size
        alike = [glyph for glyph in self.glyphs if round(glyph.size, 2) == size]
        return next((glyph for glyph in alike if glyph.is_wide), alike[0])

    @property
    def left(self) -> Mm:
        """The left edge of its first em box."""
        return self.glyphs[0].x

    @property
    def right(self) -> Mm:
        """The right edge of its last em box."""
        return self.glyphs[-1].right

    @property
    def top(self) -> Mm:
        """The upper edge of its em boxes."""
        return Mm(self.baseline + self.main.top - self.main.baseline)

    @property
    def bottom(self) -> Mm:
        """The lower edge of its em boxes."""
        return Mm(self.baseline + self.main.bottom - self.main.baseline)


class Paper(Protocol):
    """A page that can be rendered."""

    def picture(self, box: Box, resolution: int) -> Image.Image:
        """The part of the page within ``box`` in RGB, with ``resolution`` dots to the inch."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page: its edges."""

    left: Mm
    top: Mm
    right: Mm
    bottom: Mm


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its size, its lines from top to bottom, its upright rules, and its ink.

    ``is_scan`` says that a picture covers it and what text there is, if any, is a watermark or a layer for searching: such a
    page has no ``lines``.
    """

    number: int
    width: Mm
    height: Mm
    lines: tuple[GlyphLine, ...]
    paper: Paper
    is_scan: bool = False
    uprights: tuple[Box, ...] = ()

    @property
    def is_upright(self) -> bool:
        """Whether it is taller than wide; a wide page has a table, to which the grid does not apply (clause 8)."""
        return self.height >= self.width
