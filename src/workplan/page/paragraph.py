"""Composes a paragraph into lines. Knows no back end: it takes widths and returns text and spacing.

Two grids. ``strict``: 28 字 of 15.79 pt fill 156 mm (GB/T 9704 5.2.3), no space is added around digits, and marks are
squeezed only to pull a forbidden mark back into its line. ``natural`` is how word processors set the same page: 16 pt to the
字, a quarter of a 字 between 字 and digit, marks squeezed to gain a character, and stops that hang at the line's end.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, cast

from workplan.chinese.characters import (
    CLOSING,
    HANGING,
    OPENING,
    STOPS,
    breaks,
    cells,
    is_mark,
    joints,
    meetings,
    within_words,
)
from workplan.lengths import Em, Pt, em_to_pt
from workplan.page.dimensions import BODY, CHARACTERS, INDENT, MEASURE

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Grid:
    """How a line is filled.

    ``size`` is the size of type and ``measure`` the width of a line; ``tracking`` is added after every character, ``gap``
    between 字 and digit or letter; ``adjacent`` is taken away between a closing mark and an opening one. A whole line may be
    squeezed by ``gain`` to take one more character, and each of its marks by ``pull`` to keep a character together with the
    mark that must not be separated from it. ``hang`` lets a stop hang.
    """

    pull: Em
    tracking: Pt = Pt(0.0)
    gap: Em = Em(0.0)
    adjacent: Em = Em(0.0)
    gain: Em = Em(0.0)
    hang: bool = False
    size: Pt = BODY
    measure: Pt = MEASURE

    @property
    def pitch(self) -> Pt:
        """The width of a 字 with the space after it."""
        return Pt(self.size + self.tracking)


STRICT = Grid(tracking=Pt(MEASURE / CHARACTERS - BODY), pull=Em(0.5))
NATURAL = Grid(gap=Em(0.25), adjacent=Em(0.5), gain=Em(0.65), pull=Em(1 / 3), hang=True)
GRIDS = {"strict": STRICT, "natural": NATURAL}
#: The blank part of a mark's em box, which can be squeezed away.
_HALF = Em(0.5)


@dataclass(frozen=True, slots=True)
class SpacedRun:
    """Characters with the same spacing: ``spacing`` is added after each of them."""

    text: str
    spacing: Pt


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """One line: ``start`` is the index of its first character in the paragraph, ``indent`` the space before it.

    ``hung`` says that its last mark stands beyond the measure, wholly or in part.
    """

    start: int
    runs: tuple[SpacedRun, ...]
    indent: Pt
    hung: bool

    @property
    def text(self) -> str:
        """The line's characters, with any blank at its end."""
        return "".join(run.text for run in self.runs)


def compose(text: str, grid: Grid, indent: Em = INDENT, widths: Sequence[Em] | None = None) -> tuple[ComposedLine, ...]:
    """The lines of a paragraph.

    ``indent`` is the space before the first line; ``widths`` are the advances of the characters (by default half a 字 for
    narrow characters and one for all others).
    """
    advances = [cells(character) for character in text] if widths is None else list(widths)
    paragraph = _Paragraph(text, advances, grid)
    bounds = paragraph.bounds()
    lines: list[ComposedLine] = []
    place = 0
    while place < len(bounds) - 1:
        before = em_to_pt(indent, grid.pitch) if not lines else Pt(0.0)
        last = paragraph.fill(bounds, place, Pt(grid.measure - before))
        lines.append(paragraph.line(bounds[place], bounds[last], before, final=last == len(bounds) - 1))
        place = last
    return tuple(lines)


@dataclass(frozen=True)
class _Paragraph:
    """A text to compose; all widths below are in points, all places are indexes of characters."""

    text: str
    advances: list[Em]
    grid: Grid

    @cached_property
    def spaces(self) -> list[float]:
        """The space after each character, as the grid has it where the next one follows in the same line."""
        grid = self.grid
        spaces: list[float] = [grid.tracking] * len(self.text)
        for place in joints(self.text) if grid.gap else ():
            spaces[place - 1] += grid.gap * grid.size
        for place in meetings(self.text) if grid.adjacent else ():
            spaces[place - 1] -= grid.adjacent * grid.size
        return spaces

    @cached_property
    def edges(self) -> list[float]:
        """Where each character would begin if the paragraph were one line, and the end of the last."""
        size = self.grid.size
        advances = zip(self.advances, self.spaces, strict=True)
        return list(accumulate([advance * size + space for advance, space in advances], initial=0.0))

    def bounds(self) -> list[int]:
        """The places where lines may break; a stretch without such a place that no line can hold is cut to measure."""
        bounds = [0]
        # Number of characters that fit into a line even if all are wide: shorter stretches need no measuring.
        short = int(self.grid.measure / self.grid.size / 2)
        for place in (*breaks(self.text), *([len(self.text)] if self.text else ())):
            bounds += self._cuts(bounds[-1], place) if place - bounds[-1] > short else (place,)
        return bounds

    def _cuts(self, start: int, end: int) -> list[int]:
        cuts = []
        available = self.grid.measure - 2 * self.grid.size
        while end - start > 1 and self.natural(start, end) > available:
            stop = start + 1
            while stop < end and self.natural(start, stop + 1) <= available:
                stop += 1
            if stop >= end:
                break
            cuts.append(stop)
            start = stop
        return [*cuts, end]

    def natural(self, start: int, end: int) -> float:
        """The width of a stretch before anything is squeezed; blanks at its end do not count."""
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return self.edges[end] - self.edges[start] - self.spaces[end - 1] + self.grid.tracking

    @cached_property
    def _within(self) -> frozenset[int]:
        return within_words(self.text)

    def fill(self, bounds: list[int], first: int, available: Pt) -> int:
        """The bound at which a line from bound ``first`` ends: as much as fits, and one more stretch if marks allow it."""
        start = bounds[first]
        # A stretch that ends two 字 before the edge fits, even if its marks are not squeezed.
        sure = bisect_right(self.edges, self.edges[start] + available - 2 * self.grid.size) - 1
        last = max(first + 1, bisect_right(bounds, sure) - 1)
        while last < len(bounds) - 1 and self.natural(start, bounds[last + 1]) <= available + _EPSILON:
            last += 1
        if last < len(bounds) - 1 and self._squeezes_in(start, bounds[last], bounds[last + 1], available):
            last += 1
        return last

    def _squeezes_in(self, start: int, old: int, end: int, available: Pt) -> bool:
        """Whether a full line from ``start`` to ``old`` can also take the stretch from ``old`` to ``end``."""
        grid = self.grid
        stretch = self.text[old:end].rstrip(" ")
        # The last mark gives its blank half by standing further out: only where marks may hang.
        marks = sum(map(is_mark, self.text[start : end if grid.hang else end - 1]))
        excess = (self.natural(start, end) - available - self._blanks(start, end)) / grid.size
        if excess <= min(grid.gain, marks * _HALF) + _EPSILON:
            return True
        if len(stretch) == 1 or not any(map(is_mark, stretch)):
            return False
        if grid.hang and stretch[-1] in HANGING and excess - 1 <= grid.gain + _EPSILON:
            return True
        pulled = grid.gain > 0 or self._only_marks_exceed(start, old, end, available)
        return pulled and excess <= marks * grid.pull + _EPSILON

    def _only_marks_exceed(self, start: int, old: int, end: int, available: Pt) -> bool:
        """Whether a stretch would fit without the closing marks at its end."""
        stop = end
        while stop > old + 1 and (
            self.text[stop - 1] in STOPS or self.text[stop - 1] in CLOSING or self.text[stop - 1] == " "
        ):
            stop -= 1
        return stop < end and self.natural(start, stop) <= available + _EPSILON

    def _blanks(self, start: int, end: int) -> float:
        """The width of the blanks in a stretch, which give way first."""
        inside = self.text[start:end].rstrip(" ")
        blanks = (self.advances[start + place] for place, character in enumerate(inside) if character == " ")
        return sum(blanks) * self.grid.size

    def line(self, start: int, end: int, indent: Pt, *, final: bool) -> ComposedLine:
        """The line from ``start`` to ``end``, spaced to the measure; the ``final`` line only where it is too long."""
        stop = end
        while stop > start + 1 and self.text[stop - 1] == " ":
            stop -= 1
        spacings = [*self.spaces[start : stop - 1], self.grid.tracking]
        width = self.edges[stop] - self.edges[start] - self.spaces[stop - 1]
        missing = self.grid.measure - indent - width
        hung = False
        if missing < -_EPSILON:
            hung = self._squeeze(spacings, start, stop, -missing)
        elif not final:
            self._spread(spacings, start, stop, missing)
        spacings += [0.0] * (end - stop)
        return ComposedLine(start, _runs(self.text[start:end], cast("list[Pt]", spacings)), indent, hung)

    def _spread(self, spacings: list[float], start: int, stop: int, missing: float) -> None:
        """Share the missing width among the characters; words stay together where anything else can move."""
        gaps = range(stop - start - 1)
        loose = [gap for gap in gaps if start + gap + 1 not in self._within] if self._within else gaps
        share = missing / max(len(loose or gaps), 1)
        for gap in loose or gaps:
            spacings[gap] += share

    def _squeeze(self, spacings: list[float], start: int, stop: int, excess: float) -> bool:
        """Take the excess from the blank sides of the marks, then from the blanks; returns whether the last mark hangs.

        A last mark gives its blank side by standing further out.
        """
        grid = self.grid
        blanks = {
            gap: self.advances[start + gap] * grid.size
            for gap in range(stop - start - 1)
            if self.text[start + gap] == " "
        }
        gaps = self._blank_sides(start, stop)
        inside = sum(gaps.values())
        last = self.text[stop - 1]
        outside = _HALF * grid.size if grid.hang and (last in STOPS or last in CLOSING) else 0.0
        if excess <= abs(grid.tracking) + _EPSILON or not (gaps or blanks or outside):
            for gap in range(len(spacings) - 1):
                spacings[gap] -= excess / max(len(spacings) - 1, 1)
            return False
        if grid.hang and last in HANGING and excess > grid.gain * grid.size:
            excess, outside = excess - min(excess, grid.size), 0.0
        share = min(excess / (inside + outside), 1.0) if inside + outside else 0.0
        rest = excess - (inside + outside) * share
        for gap, width in gaps.items():
            spacings[gap] -= width * share
        for gap, width in blanks.items():
            spacings[gap] -= min(rest / sum(blanks.values()), 1.0) * width
        return bool(outside and share) or (grid.hang and last in HANGING)

    def _blank_sides(self, start: int, stop: int) -> dict[int, float]:
        """How much the marks beside each gap can give; a gap is named by the place in the line of the character before it."""
        sides: dict[int, float] = {}
        for place in range(start, stop - 1):
            before, after = self.text[place], self.text[place + 1]
            width = 0.0
            if before in STOPS or before in CLOSING:
                width += _HALF
            if after in OPENING:
                width += _HALF
            if width and after in OPENING and (before in STOPS or before in CLOSING):
                width -= self.grid.adjacent
            if width:
                sides[place - start] = width * self.grid.size
        return sides


def _runs(text: str, spacings: list[Pt]) -> tuple[SpacedRun, ...]:
    """The characters in runs with the same space after each."""
    starts = [place for place in range(1, len(text)) if abs(spacings[place] - spacings[place - 1]) >= _EPSILON]
    return tuple(SpacedRun(text[start:end], spacings[start]) for start, end in pairwise((0, *starts, len(text))))
