"""What the pictures have in common: paper, faces, and inks that a black printer tells apart. Lengths are in points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import drawsvg  # type: ignore[import-untyped]

from workplan.chinese.characters import cells
from workplan.lengths import Mm, mm_to_pt
from workplan.resources.font_families import PREFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Width of A4, and the margin on each side.
WIDTH, MARGIN = mm_to_pt(Mm(210)), mm_to_pt(Mm(15))
#: Sizes of the title, of what stands below it, and of text.
TITLE, SUBTITLE, TEXT = 16.0, 11.0, 8.0
BLACK, GREY = "#1a1a1a", "#d9d9d9"
#: A line and a half of text.
LINE = 12.0
#: What a title has to itself above the drawing.
HEAD = 64.0
#: What no line ends within: figures and Latin words, and a character with the marks before and behind it.
_PIECE = re.compile(r"[（《“‘〔]*(?:[0-9A-Za-z.%]+|[^0-9A-Za-z])[，。、；：！？）》”’〕…．]*")


class Paper:
    """A drawing from the top down; it is as high as what was put on it."""

    def __init__(self, title: str, subtitle: str, told: str) -> None:
        """``told`` is what somebody is told who does not see the picture."""
        self._elements: list[object] = []
        self.defined: list[object] = [hatched()]
        self._titles = title, told
        self.height = HEAD
        self.text(title, WIDTH / 2, 34, size=TITLE, face="小标宋", anchor="middle", widest=WIDTH - 2 * MARGIN)
        self.text(subtitle, WIDTH / 2, 52, size=SUBTITLE, face="楷体", anchor="middle", widest=WIDTH - 2 * MARGIN)

    def text(  # noqa: PLR0913 - what a text is
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = TEXT,
        face: str = "仿宋",
        anchor: str = "start",
        widest: float = 0.0,
    ) -> None:
        """A line of text; one that is wider than ``widest`` is narrowed, never cut."""
        fitted = {"textLength": round(widest, 2), "lengthAdjust": "spacingAndGlyphs"}
        narrow: dict[str, object] = dict(fitted) if widest and width(words, size) > widest else {}
        if face == "小标宋":
            narrow["font_weight"] = "bold"
        families = ", ".join(f"'{family}'" for family in PREFERENCES[face])
        self.add(
            drawsvg.Text(words, size, round(x, 2), round(y, 2), text_anchor=anchor, font_family=families, **narrow)
        )

    def box(self, left: float, top: float, size: tuple[float, float], fill: str = "none") -> None:
        """A rectangle with a thin outline; ``size`` is its width and height."""
        self.add(
            drawsvg.Rectangle(*(round(one, 2) for one in (left, top, *size)), fill=fill, stroke=BLACK, stroke_width=0.5)
        )

    def upright(self, x: float, top: float, bottom: float, thick: float = 0.5) -> None:
        """An upright line."""
        self.add(drawsvg.Line(*(round(one, 2) for one in (x, top, x, bottom)), stroke=BLACK, stroke_width=thick))

    def add(self, element: object) -> None:
        """Put an element on the paper."""
        self._elements.append(element)

    def svg(self) -> bytes:
        """The file."""
        high = round(self.height + MARGIN, 2)
        drawing = drawsvg.Drawing(round(WIDTH, 2), high, id_prefix="workplan", role="img", fill=BLACK)
        drawing.set_render_size("210mm", f"{round(high / WIDTH * 210, 2)}mm")
        title, told = self._titles
        drawing.append_title(title)
        drawing.append(_Description(told))
        drawing.append(drawsvg.Rectangle(0, 0, round(WIDTH, 2), high, fill="#ffffff"))
        for one in self.defined:
            drawing.append_def(one)
        for one in self._elements:
            drawing.append(one)
        return f"{drawing.as_svg()}\n".encode()


class _Description(drawsvg.Title):  # type: ignore[misc]  # drawsvg has no types
    """What is told of the picture to somebody who does not see it."""

    TAG_NAME = "desc"


def hatched() -> object:
    """Slanted strokes, which a black printer tells from grey."""
    pattern = drawsvg.Pattern(4, 4, id="hatched", patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
    pattern.append(drawsvg.Rectangle(0, 0, 4, 4, fill="#ffffff"))
    pattern.append(drawsvg.Line(0, 0, 0, 4, stroke=BLACK, stroke_width=2))
    return pattern


#: What fills an area with those strokes.
HATCHED = "url(#hatched)"


def width(words: str, size: float) -> float:
    """The width of a line of text."""
    return float(cells(words)) * size


def wrapped(words: str, widest: float, size: float = TEXT) -> Iterator[str]:
    """A text in lines of that width; marks and figures stay with what they belong to."""
    line = ""
    for piece in _PIECE.findall(words):
        if line and width(line + piece.rstrip(), size) > widest:
            yield line
            line = ""
        line += piece
    if line:
        yield line
