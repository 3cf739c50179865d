"""A page as it was printed: glyphs with their em boxes, and its ink. Millimetres from the page's top left corner."""

from __future__ import annotations

import statistics
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL import Image

#: One point in millimetres.
POINT = 25.4 / 72
#: The em box of a 汉字 below its baseline, as share of the size: what Chinese faces agree on.
DESCENT = 0.12


@dataclass(frozen=True, slots=True)
class Font:
    """A font by the name the file gives it; ``descent`` is the em box's part below the baseline, as share of the size."""

    name: str
    embedded: bool
    descent: float = DESCENT


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: ``x`` and ``baseline`` are its origin, ``advance`` its width before any spacing; ``size`` in points."""

    text: str
    x: float
    baseline: float
    advance: float
    size: float
    font: Font
    colour: tuple[int, int, int]

    @property
    def right(self) -> float:
        """Where its em box ends."""
        return self.x + self.advance

    @property
    def top(self) -> float:
        """The upper edge of its em box."""
        return self.bottom - self.size * POINT

    @property
    def bottom(self) -> float:
        """The lower edge of its em box."""
        return self.baseline + self.font.descent * self.size * POINT

    @property
    def is_wide(self) -> bool:
        """Whether it is as wide as a 汉字."""
        return unicodedata.east_asian_width(self.text) in "WFA"

    @property
    def is_red(self) -> bool:
        """Whether it is printed in red."""
        red, green, blue = self.colour
        return red - max(green, blue) > 60  # noqa: PLR2004 - of 255: neither grey nor brown


@dataclass(frozen=True, slots=True)
class GlyphLine:
    """Glyphs on one baseline from left to right, without the blanks at both ends."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters, blanks left out."""
        return "".join(glyph.text for glyph in self.glyphs if not glyph.text.isspace())

    @property
    def baseline(self) -> float:
        """The baseline that most of its glyphs share."""
        return statistics.median_low(glyph.baseline for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its glyphs in points."""
        return statistics.mode(round(glyph.size, 2) for glyph in self.glyphs)

    @property
    def main(self) -> Glyph:
        """A glyph of that size: a wide one where there is one, since its em box is that of the 字."""
        alike = [glyph for glyph in self.glyphs if round(glyph.size, 2) == self.size]
        return next((glyph for glyph in alike if glyph.is_wide), alike[0])

    @property
    def left(self) -> float:
        """Where its first em box begins."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Where its last em box ends."""
        return self.glyphs[-1].right

    @property
    def top(self) -> float:
        """The upper edge of its em boxes."""
        return self.baseline + self.main.top - self.main.baseline

    @property
    def bottom(self) -> float:
        """The lower edge of its em boxes."""
        return self.baseline + self.main.bottom - self.main.baseline


class Paper(Protocol):
    """A page that can be looked at."""

    def picture(self, box: Box, dots: int) -> Image.Image:
        """What is printed within ``box`` in RGB, at ``dots`` to the inch."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its size, its lines from top to bottom, and its ink."""

    number: int
    width: float
    height: float
    lines: tuple[GlyphLine, ...]
    paper: Paper

    @property
    def is_upright(self) -> bool:
        """Whether it is taller than wide; a wide page holds a table that the grid says nothing of (clause 8)."""
        return self.height >= self.width
