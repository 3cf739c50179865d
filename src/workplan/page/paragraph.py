"""Composes a paragraph into lines. Knows no back end: it takes widths and gives back text and spacing.

Two grids. ``strict``: 28 字 of 15.79 pt fill 156 mm (GB/T 9704 5.2.3), nothing is added around digits, marks are
squeezed only to pull a forbidden mark back into its line. ``natural``, as word processors set the same page: 16 pt to the
字, a quarter em between 字 and digit, marks squeezed to gain a character, and stops that hang at the line's end.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

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
from workplan.page.geometry import MEASURE

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Grid:
    """How a line is filled; lengths in points, shares in em.

    ``tracking`` is added after every character, ``gap`` between 字 and digit or letter, ``adjacent`` taken between a closing
    mark and an opening one; ``gain`` is how far a whole line may be squeezed to take one more character, ``pull`` how far
    each of its marks to keep a character and the mark that may not be parted from it; ``hang`` lets a stop hang.
    """

    em: float
    measure: float
    tracking: float
    gap: float
    adjacent: float
    gain: float
    pull: float
    hang: bool


STRICT = Grid(16, MEASURE, tracking=MEASURE / 28 - 16, gap=0, adjacent=0, gain=0, pull=0.5, hang=False)
NATURAL = Grid(16, MEASURE, tracking=0, gap=0.25, adjacent=0.5, gain=0.65, pull=1 / 3, hang=True)
GRIDS = {"strict": STRICT, "natural": NATURAL}
#: How much of a mark's em box can be squeezed away.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class SpacedRun:
    """Characters that share one spacing: ``spacing`` in points is added after each of them."""

    text: str
    spacing: float


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """One line: ``start`` is its first character's place in the paragraph, ``indent`` the room before it in points.

    ``hung`` says that its last mark stands beyond the measure, wholly or in part.
    """

    start: int
    runs: tuple[SpacedRun, ...]
    indent: float
    hung: bool

    @property
    def text(self) -> str:
        """The line's characters, a blank at its end included."""
        return "".join(run.text for run in self.runs)


def compose(
    text: str, grid: Grid, indent: float = 2.0, widths: Sequence[float] | None = None
) -> tuple[ComposedLine, ...]:
    """The lines of a paragraph.

    ``indent`` is the room before the first line in 字; ``widths`` are the advances of the characters in em (by default
    half an em for narrow characters and one for all others).
    """
    ems = [cells(one) for one in text] if widths is None else list(widths)
    paragraph = _Paragraph(text, ems, grid)
    bounds = paragraph.bounds()
    lines: list[ComposedLine] = []
    place = 0
    while place < len(bounds) - 1:
        room = indent * (grid.em + grid.tracking) if not lines else 0.0
        last = paragraph.fill(bounds, place, grid.measure - room)
        lines.append(paragraph.line(bounds[place], bounds[last], room, final=last == len(bounds) - 1))
        place = last
    return tuple(lines)


@dataclass(frozen=True)
class _Paragraph:
    text: str
    ems: list[float]
    grid: Grid

    @cached_property
    def rooms(self) -> list[float]:
        """The room after each character as the grid has it where the next one follows in the same line, in points."""
        grid = self.grid
        rooms = [grid.tracking] * len(self.text)
        for place in joints(self.text) if grid.gap else ():
            rooms[place - 1] += grid.gap * grid.em
        for place in meetings(self.text) if grid.adjacent else ():
            rooms[place - 1] -= grid.adjacent * grid.em
        return rooms

    @cached_property
    def edges(self) -> list[float]:
        """Where each character would begin if the paragraph were one line, in points, and the end of the last."""
        em = self.grid.em
        return list(accumulate([own * em + room for own, room in zip(self.ems, self.rooms, strict=True)], initial=0.0))

    def bounds(self) -> list[int]:
        """Where lines may break; a stretch without a legal break that no line can hold is cut to measure."""
        bounds = [0]
        # Number of characters that fit into a line whatever their widths: shorter stretches need no measuring.
        short = int(self.grid.measure / self.grid.em / 2)
        for place in (*breaks(self.text), *([len(self.text)] if self.text else ())):
            bounds += self._cuts(bounds[-1], place) if place - bounds[-1] > short else (place,)
        return bounds

    def _cuts(self, start: int, end: int) -> list[int]:
        cuts = []
        room = self.grid.measure - 2 * self.grid.em
        while end - start > 1 and self.natural(start, end) > room:
            stop = start + 1
            while stop < end and self.natural(start, stop + 1) <= room:
                stop += 1
            if stop >= end:
                break
            cuts.append(stop)
            start = stop
        return [*cuts, end]

    def natural(self, start: int, end: int) -> float:
        """The width of a stretch in points, before anything is squeezed; blanks at its end do not count."""
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return self.edges[end] - self.edges[start] - self.rooms[end - 1] + self.grid.tracking

    @cached_property
    def _within(self) -> frozenset[int]:
        return within_words(self.text)

    def fill(self, bounds: list[int], first: int, room: float) -> int:
        """How far a line from bound ``first`` reaches: as much as fits, and one more stretch if marks give the room."""
        start = bounds[first]
        # What ends two 字 before the edge fits, whatever its marks give or ask.
        sure = bisect_right(self.edges, self.edges[start] + room - 2 * self.grid.em) - 1
        last = max(first + 1, bisect_right(bounds, sure) - 1)
        while last < len(bounds) - 1 and self.natural(start, bounds[last + 1]) <= room + _EPSILON:
            last += 1
        if last < len(bounds) - 1 and self._squeezes_in(start, bounds[last], bounds[last + 1], room):
            last += 1
        return last

    def _squeezes_in(self, start: int, old: int, end: int, room: float) -> bool:
        """Whether the stretch from ``old`` to ``end`` can be taken into a full line."""
        grid = self.grid
        stretch = self.text[old:end].rstrip(" ")
        # The last mark gives its blank half by standing further out: only where marks may hang.
        marks = sum(map(is_mark, self.text[start : end if grid.hang else end - 1]))
        over = (self.natural(start, end) - room - self._blanks(start, end)) / grid.em
        if over <= min(grid.gain, marks * _HALF) + _EPSILON:
            return True
        if len(stretch) == 1 or not any(map(is_mark, stretch)):
            return False
        if grid.hang and stretch[-1] in HANGING and over - 1 <= grid.gain + _EPSILON:
            return True
        pulled = grid.gain > 0 or self._only_marks_over(start, old, end, room)
        return pulled and over <= marks * grid.pull + _EPSILON

    def _only_marks_over(self, start: int, old: int, end: int, room: float) -> bool:
        """Whether a stretch would fit but for the closing marks at its end."""
        stop = end
        while stop > old + 1 and (
            self.text[stop - 1] in STOPS or self.text[stop - 1] in CLOSING or self.text[stop - 1] == " "
        ):
            stop -= 1
        return stop < end and self.natural(start, stop) <= room + _EPSILON

    def _blanks(self, start: int, end: int) -> float:
        """The width of the blanks in a stretch, in points: they give way first."""
        inside = self.text[start:end].rstrip(" ")
        return sum(self.ems[start + place] for place, one in enumerate(inside) if one == " ") * self.grid.em

    def line(self, start: int, end: int, indent: float, *, final: bool) -> ComposedLine:
        """The line from ``start`` to ``end``, spaced to the measure; a paragraph's last line only where it is too long."""
        stop = end
        while stop > start + 1 and self.text[stop - 1] == " ":
            stop -= 1
        spacings = [*self.rooms[start : stop - 1], self.grid.tracking]
        width = self.edges[stop] - self.edges[start] - self.rooms[stop - 1]
        rest = self.grid.measure - indent - width
        hung = False
        if rest < -_EPSILON:
            hung = self._squeeze(spacings, start, stop, -rest)
        elif not final:
            self._spread(spacings, start, stop, rest)
        spacings += [0.0] * (end - stop)
        return ComposedLine(start, _runs(self.text[start:end], spacings), indent, hung)

    def _spread(self, spacings: list[float], start: int, stop: int, rest: float) -> None:
        """Share what is left among the characters, words kept together where anything else can move."""
        gaps = range(stop - start - 1)
        loose = [gap for gap in gaps if start + gap + 1 not in self._within] if self._within else gaps
        share = rest / max(len(loose or gaps), 1)
        for gap in loose or gaps:
            spacings[gap] += share

    def _squeeze(self, spacings: list[float], start: int, stop: int, over: float) -> bool:
        """Take the room from the blank sides of the marks, then from the blanks.

        What a last mark gives, it gives by standing further out; whether it does is returned.
        """
        grid = self.grid
        blanks = {
            gap: self.ems[start + gap] * grid.em for gap in range(stop - start - 1) if self.text[start + gap] == " "
        }
        gaps = self._blank_sides(start, stop)
        give = sum(gaps.values())
        last = self.text[stop - 1]
        out = _HALF * grid.em if grid.hang and (last in STOPS or last in CLOSING) else 0.0
        if over <= abs(grid.tracking) + _EPSILON or not (gaps or blanks or out):
            for gap in range(len(spacings) - 1):
                spacings[gap] -= over / max(len(spacings) - 1, 1)
            return False
        if grid.hang and last in HANGING and over > grid.gain * grid.em:
            over, out = over - min(over, grid.em), 0.0
        share = min(over / (give + out), 1.0) if give + out else 0.0
        rest = over - (give + out) * share
        for gap, room in gaps.items():
            spacings[gap] -= room * share
        for gap, room in blanks.items():
            spacings[gap] -= min(rest / sum(blanks.values()), 1.0) * room
        return bool(out and share) or (grid.hang and last in HANGING)

    def _blank_sides(self, start: int, stop: int) -> dict[int, float]:
        """By gap (after the character of that place in the line) how much the marks beside it can give."""
        sides: dict[int, float] = {}
        for place in range(start, stop - 1):
            before, after = self.text[place], self.text[place + 1]
            given = 0.0
            if before in STOPS or before in CLOSING:
                given += _HALF
            if after in OPENING:
                given += _HALF
            if given and after in OPENING and (before in STOPS or before in CLOSING):
                given -= self.grid.adjacent
            if given:
                sides[place - start] = given * self.grid.em
        return sides


def _runs(text: str, spacings: list[float]) -> tuple[SpacedRun, ...]:
    """Characters in a row with the same room after them, together."""
    starts = [place for place in range(1, len(text)) if abs(spacings[place] - spacings[place - 1]) >= _EPSILON]
    return tuple(SpacedRun(text[start:end], spacings[start]) for start, end in pairwise((0, *starts, len(text))))
