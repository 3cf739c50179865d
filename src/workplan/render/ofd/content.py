"""The pages of an OFD: objects of text, of areas and lines, and of pictures (GB/T 33190-2016, 7.7, 9 to 11).

An object has a boundary on the page, and places within it; a matrix is given only where glyphs are narrowed or turned.
"""

from __future__ import annotations

from itertools import count, pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from workplan.render.ofd.ink import Text
from workplan.render.ofd.paths import bounds, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.render.ofd.ink import Colour, Shape
    from workplan.render.ofd.paths import Box

NAMESPACE = "http://www.ofdspec.org/2016"
#: How far glyphs may reach above and below the baseline, and over their own width, in em: more than any does.
_ABOVE, _BELOW, _BESIDE = 1.0, 0.3, 0.1
#: Numbers are in mm to the micrometre.
_PLACES = 3
_BLACK: Colour = (0, 0, 0)
_UPRIGHT = (1.0, 0.0, 0.0, 1.0)
_OPAQUE = 255


class Numbers:
    """The numbers of everything in a document, none twice (GB/T 33190-2016, 7.3)."""

    def __init__(self) -> None:
        self._next = count(1)
        self.last = 0

    def new(self) -> int:
        """A number that nothing has yet."""
        self.last = next(self._next)
        return self.last


def page(
    size: tuple[float, float], items: Iterable[Text | Shape], faces: Mapping[bytes, int], numbers: Numbers, picture: int
) -> str:
    """A page of ``size`` in mm; ``faces`` are the numbers of fonts, ``picture`` that of what lies below everything, or 0."""
    box = f"0 0 {number(size[0])} {number(size[1])}"
    layer = numbers.new()
    below = _picture(size, numbers.new(), picture) if picture else ""
    objects = "".join(
        _text(one, faces[one.face], numbers.new()) if isinstance(one, Text) else _path(one, numbers.new())
        for one in items
    )
    return (
        f'<ofd:Page xmlns:ofd="{NAMESPACE}"><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>'
        f'<ofd:Content><ofd:Layer ID="{layer}" Type="Body">{below}{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def number(length: float) -> str:
    """A length as OFD writes it."""
    return f"{round(length, _PLACES) + 0.0:.{_PLACES}f}".rstrip("0").rstrip(".")


def _text(text: Text, face: int, identity: int) -> str:
    a, b, c, d, _, _ = text.matrix
    unit = (c * c + d * d) ** 0.5
    size, turned = text.size * unit, (a / unit, b / unit, -c / unit, -d / unit)
    first, beside = text.glyphs[0], _BESIDE * text.size
    begins = min(along for _, along, _ in text.glyphs)
    ends = max(along + width for _, along, width in text.glyphs)
    around = bounds(
        moved((x, y * text.size), text.matrix) for x in (begins - beside, ends + beside) for y in (_ABOVE, -_BELOW)
    )
    across, down = moved((first[1], 0), text.matrix)
    left, top, boundary = _boundary(around)
    start, matrix = (across - left, down - top), ""
    if any(abs(one - usual) > 10**-_PLACES for one, usual in zip(turned, _UPRIGHT, strict=True)):
        matrix = (
            f' CTM="{" ".join(f"{round(part, 6) + 0.0:g}" for part in turned)} {number(start[0])} {number(start[1])}"'
        )
        start = (0.0, 0.0)
    places = [round((along - first[1]) * unit, _PLACES) for _, along, _ in text.glyphs]
    words, distances = _words(text, places)
    steps = f' DeltaX="{distances}"' if distances else ""
    return (
        f'<ofd:TextObject ID="{identity}" {boundary}{matrix}{_alpha(text.alpha)} Font="{face}" Size="{number(size)}">'
        f"{_fill(text.colour)}"
        f'<ofd:TextCode X="{number(start[0])}" Y="{number(start[1])}"{steps}>{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _words(text: Text, places: Sequence[float]) -> tuple[str, str]:
    """The characters, and how far each is from the one before it; more that one glyph stands for lie at one place."""
    spread = [place for (words, _, _), place in zip(text.glyphs, places, strict=True) for _ in words]
    distances = " ".join(number(after - before) for before, after in pairwise(spread))
    return "".join(words for words, _, _ in text.glyphs), distances


def _path(shape: Shape, identity: int) -> str:
    box = bounds(point for _, points in shape.steps for point in points)
    wide = shape.width / 2
    left, top, boundary = _boundary((box[0] - wide, box[1] - wide, box[2] + wide, box[3] + wide))
    steps = " ".join(_steps(shape, left, top))
    if shape.width:
        how = f'Stroke="true" Fill="false" LineWidth="{number(shape.width)}"'
        colour = _colour("Stroke", shape.colour)
    else:
        how = 'Stroke="false" Fill="true"' + (' Rule="Even-Odd"' if shape.even_odd else "")
        colour = _colour("Fill", shape.colour)
    return (
        f'<ofd:PathObject ID="{identity}" {boundary}{_alpha(shape.alpha)} {how}>{colour}'
        f"<ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _steps(shape: Shape, left: float, top: float) -> Iterator[str]:
    for kind, points in shape.steps:
        yield kind
        for x, y in points:
            yield number(x - left)
            yield number(y - top)


def _picture(size: tuple[float, float], identity: int, resource: int) -> str:
    width, height = map(number, size)
    return (
        f'<ofd:ImageObject ID="{identity}" Boundary="0 0 {width} {height}" CTM="{width} 0 0 {height} 0 0"'
        f' ResourceID="{resource}"/>'
    )


def _boundary(box: Box) -> tuple[float, float, str]:
    """Left and top of a boundary as they are written, and its attribute."""
    left, top = round(box[0], _PLACES), round(box[1], _PLACES)
    width, height = max(box[2] - left, 10**-_PLACES), max(box[3] - top, 10**-_PLACES)
    return left, top, f'Boundary="{number(left)} {number(top)} {number(width)} {number(height)}"'


def _alpha(alpha: float) -> str:
    return f' Alpha="{round(alpha * _OPAQUE)}"' if alpha < 1 else ""


def _fill(colour: Colour) -> str:
    return _colour("Fill", colour) if colour != _BLACK else ""


def _colour(kind: str, colour: Colour) -> str:
    return f'<ofd:{kind}Color Value="{" ".join(map(str, colour))}"/>'
