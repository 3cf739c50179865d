"""What stands on a page that was drawn for a PDF: text by glyphs, and areas and lines of one colour, in millimetres from the top left.

The operations are those of PDF (ISO 32000-1, annex A), of which WeasyPrint's own templates need few. Whatever else is drawn,
pictures, patterns, shadings, slanted clippings, is not told here but that it is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from workplan.lengths import Pt, pt_to_mm
from workplan.render.ofd.paths import THIN, as_box, bounds, covered, has_area, moved, of_box, overlap, parts, times

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workplan.render.ofd.paths import Box, Matrix, Step
    from workplan.render.pdf.drawn import Face, Sheet

Colour = tuple[int, int, int]

_BLACK: Colour = (0, 0, 0)
_SHOWN = re.compile(rb"<([0-9a-f]*)>|(-?[0-9.]+)")
_ALPHA = re.compile(rb"/[aA]([0-9.]+)")
_UNITS = 1000
_HEX = 4


@dataclass(frozen=True, slots=True)
class Text:
    """Glyphs of one face and size: the ``matrix`` turns their places into those on the page, ``size`` is in its unit.

    Each glyph is its text, its place along the line, and its width.
    """

    face: bytes
    size: float
    matrix: Matrix
    colour: Colour
    alpha: float
    glyphs: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled or drawn along (``width`` in mm, else 0) in one colour."""

    steps: tuple[Step, ...]
    colour: Colour
    alpha: float
    width: float = 0.0
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    fill: Colour = _BLACK
    stroke: Colour = _BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    #: What of the page is drawn on; None for all of it.
    clip: Box | None = None
    #: Whether something is drawn that cannot be told: in a pattern, or within a slanted clipping.
    foreign: bool = False


@dataclass(slots=True)
class Ink:
    """Reads the operations of a page. ``foreign`` tells whether something is drawn that is not in ``items``."""

    faces: Mapping[bytes, Face]
    items: list[Text | Shape] = field(default_factory=list)
    foreign: bool = False
    _state: _State = field(default_factory=lambda: _State((1, 0, 0, 1, 0, 0)))
    _states: list[_State] = field(default_factory=list)
    _steps: list[Step] = field(default_factory=list)
    _clipping: bool = False
    _text: Matrix = (1, 0, 0, 1, 0, 0)
    _font: tuple[bytes, float] = (b"", 0.0)

    @classmethod
    def of(cls, sheet: Sheet, faces: Mapping[bytes, Face]) -> Ink:
        """All that stands on a page."""
        ink = cls(faces)
        point = pt_to_mm(Pt(1.0))
        ink._state = _State((point, 0, 0, -point, 0, pt_to_mm(sheet.height)))
        for part in sheet.operations:
            if isinstance(part, bytes):
                ink._do(part)
        return ink

    def _do(self, operation: bytes) -> None:
        if operation.endswith(b"] TJ"):
            self._show(operation[1:-4])
            return
        *given, name = operation.split()
        if (act := self._ACTS.get(name)) is not None:
            act(self, given)
        elif name not in _SILENT:
            self.foreign = True

    def _save(self, _: Sequence[bytes]) -> None:
        self._states.append(self._state)

    def _restore(self, _: Sequence[bytes]) -> None:
        self._state = self._states.pop()

    def _concatenate(self, given: Sequence[bytes]) -> None:
        self._state = replace(self._state, matrix=times(list(map(float, given)), self._state.matrix))

    def _fill_colour(self, given: Sequence[bytes]) -> None:
        self._state = replace(self._state, fill=_colour(given))

    def _stroke_colour(self, given: Sequence[bytes]) -> None:
        self._state = replace(self._state, stroke=_colour(given))

    def _graphics(self, given: Sequence[bytes]) -> None:
        if (found := _ALPHA.fullmatch(given[0])) is None:
            self._state = replace(self._state, foreign=True)
        elif given[0].startswith(b"/a"):
            self._state = replace(self._state, fill_alpha=float(found[1]))
        else:
            self._state = replace(self._state, stroke_alpha=float(found[1]))

    def _line_width(self, given: Sequence[bytes]) -> None:
        self._state = replace(self._state, width=float(given[0]))

    def _begin_text(self, _: Sequence[bytes]) -> None:
        self._text = (1, 0, 0, 1, 0, 0)

    def _text_matrix(self, given: Sequence[bytes]) -> None:
        a, b, c, d, e, f = map(float, given)
        self._text = (a, b, c, d, e, f)

    def _choose_font(self, given: Sequence[bytes]) -> None:
        self._font = given[0][1:], float(given[1])

    def _show(self, shown: bytes) -> None:
        """Glyphs in a row, with numbers between them that move the next ones back."""
        name, size = self._font
        face = self.faces.get(name)
        if face is None:
            self.foreign = True
            return
        matrix, along = times(self._text, self._state.matrix), 0.0
        glyphs = []
        for codes, back in _SHOWN.findall(shown):
            if back:
                along -= float(back) / _UNITS * size
            for at in range(0, len(codes), _HEX):
                code = int(codes[at : at + _HEX], 16)
                width = face.widths[code] / _UNITS * size
                glyphs.append((face.texts.get(code, ""), along, width))
                along += width
        a, b, c, d, _, _ = self._text
        self._text = (a, b, c, d, *moved((along, 0), self._text))
        glyphs = [one for one in glyphs if one[0] and self._is_seen(one, size, matrix)]
        # Readers drop blanks at both ends of a text, and then give its places to other characters.
        while glyphs and glyphs[0][0].isspace():
            glyphs.pop(0)
        while glyphs and glyphs[-1][0].isspace():
            glyphs.pop()
        if glyphs:
            state = self._state
            text = Text(
                face=name,
                size=size,
                matrix=matrix,
                colour=state.fill,
                alpha=state.fill_alpha,
                glyphs=tuple(glyphs),
            )
            self.items.append(text)

    def _is_seen(self, glyph: tuple[str, float, float], size: float, matrix: Matrix) -> bool:
        """Whether a glyph lies within what is drawn on, be it in part."""
        if self._state.clip is None:
            return True
        box = bounds(moved((glyph[1] + x, y), matrix) for x in (0, glyph[2]) for y in (0, size))
        return overlap(box, self._state.clip) is not None

    def _step(self, kind: str, given: Sequence[bytes] = ()) -> None:
        numbers = list(map(float, given))
        points = zip(numbers[::2], numbers[1::2], strict=True)
        self._steps.append((kind, tuple(moved(point, self._state.matrix) for point in points)))

    def _rectangle(self, given: Sequence[bytes]) -> None:
        x, y, width, height = map(float, given)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        first, *others = (moved(corner, self._state.matrix) for corner in corners)
        self._steps += [("M", (first,)), *(("L", (other,)) for other in others), ("C", ())]

    def _clip(self, _: Sequence[bytes]) -> None:
        self._clipping = True

    def _end(self, _: Sequence[bytes] = ()) -> None:
        if self._clipping:
            box = as_box(self._steps)
            if box is None:
                self._state = replace(self._state, foreign=True)
            else:
                whole = self._state.clip
                left = box if whole is None else overlap(box, whole)
                self._state = replace(self._state, clip=left or (0.0, 0.0, 0.0, 0.0))
        self._clipping = False
        self._steps = []

    def _paint(self, *, fill: bool = False, stroke: bool = False, even_odd: bool = False, close: bool = False) -> None:
        state = self._state
        if close:
            self._steps.append(("C", ()))
        if state.foreign:
            self.foreign = True
        elif fill:
            self._fill(even_odd=even_odd)
        if stroke and not state.foreign:
            a, b, c, d, _, _ = state.matrix
            width = state.width * abs(a * d - b * c) ** 0.5
            self._add(Shape(tuple(self._steps), state.stroke, state.stroke_alpha, width))
        self._end()

    def _fill(self, *, even_odd: bool) -> None:
        """Fill the path, without parts that have no area."""
        state = self._state
        filled = [part for part in parts(self._steps) if has_area(part)]
        boxes = [box for part in filled if (box := as_box(part)) is not None]
        if len(boxes) == len(filled):
            for box in covered(boxes, state.clip, even_odd=even_odd) if boxes else ():
                self.items.append(Shape(tuple(of_box(box)), state.fill, state.fill_alpha))
            return
        steps = tuple(step for part in filled for step in part)
        self._add(Shape(steps, state.fill, state.fill_alpha, even_odd=even_odd))

    def _add(self, shape: Shape) -> None:
        """Keep a shape that lies within what is drawn on; one that is cut off is foreign."""
        clip = self._state.clip
        if clip is not None:
            box = bounds(point for _, points in shape.steps for point in points)
            wide = shape.width / 2
            if overlap((box[0] - wide, box[1] - wide, box[2] + wide, box[3] + wide), clip) is None:
                return
            if any(box[side] < clip[side] - THIN for side in (0, 1)) or any(
                box[side] > clip[side] + THIN for side in (2, 3)
            ):
                self.foreign = True
                return
        self.items.append(shape)

    _ACTS: ClassVar[dict[bytes, Callable[[Ink, Sequence[bytes]], None]]] = {
        b"q": _save,
        b"Q": _restore,
        b"cm": _concatenate,
        b"rg": _fill_colour,
        b"g": _fill_colour,
        b"RG": _stroke_colour,
        b"G": _stroke_colour,
        b"gs": _graphics,
        b"w": _line_width,
        b"BT": _begin_text,
        b"Tm": _text_matrix,
        b"Tf": _choose_font,
        b"m": lambda self, given: self._step("M", given),
        b"l": lambda self, given: self._step("L", given),
        b"c": lambda self, given: self._step("B", given),
        b"h": lambda self, _: self._step("C"),
        b"re": _rectangle,
        b"W": _clip,
        b"W*": _clip,
        b"n": _end,
        b"f": lambda self, _: self._paint(fill=True),
        b"f*": lambda self, _: self._paint(fill=True, even_odd=True),
        b"S": lambda self, _: self._paint(stroke=True),
        b"s": lambda self, _: self._paint(stroke=True, close=True),
        b"B": lambda self, _: self._paint(fill=True, stroke=True),
        b"B*": lambda self, _: self._paint(fill=True, stroke=True, even_odd=True),
    }


def _colour(given: Sequence[bytes]) -> Colour:
    parts = [round(float(part) * 255) for part in given]
    return (parts[0], parts[1], parts[2]) if len(parts) == len(_BLACK) else (parts[0], parts[0], parts[0])


#: What changes nothing of the above: marks of the structure, ends of lines where they only end.
_SILENT = frozenset({b"BMC", b"BDC", b"EMC", b"ET", b"J", b"j", b"M", b"i"})
