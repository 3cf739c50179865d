"""Composes a paragraph into lines on a grid. Knows no back end: it takes widths and returns text and spacing.

A line takes what fits. It takes one stretch more (a 字 with its marks, a number, a word) if its marks can give up their blank
halves for it: in a grid with a ``gain`` where the 字 is too wide by no more than that, or where only its marks or the rest of
a word are, in one without where only its marks are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from workplan.chinese.characters import OPENING, breaks, cells, is_word, within_words
from workplan.lengths import Em, Pt, em_to_pt
from workplan.page.dimensions import INDENT
from workplan.page.grids import Lone
from workplan.page.spacing import BLANK_BEHIND, SpacedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.page.grids import Grid

_EPSILON = 1e-6


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
class _Paragraph(SpacedText):
    """A text to compose."""

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
        end = len(bounds) - 1
        while last < end and self._squeezes_in(start, bounds[last], bounds[last + 1], available):
            last += 1
            if last < end - 1:  # only what would be left of the paragraph can follow
                break
        if self.grid.lone is Lone.JOINED and last > first + 1 and self._is_lone(bounds[last]):
            last -= not is_word(self.text[bounds[last - 1]])
        return last

    def _is_lone(self, place: int) -> bool:
        """Whether nothing but one 字 and its marks is left of the paragraph."""
        return self._head(place, len(self.text)) == place + 1 and not is_word(self.text[place])

    def _head(self, start: int, end: int) -> int:
        """The end of a stretch without the closing marks and blanks behind it; 0 where there is no stretch."""
        while end > start + 1 and (self.text[end - 1] in BLANK_BEHIND or self.text[end - 1] == " "):
            end -= 1
        return end if end > start else 0

    def _squeezes_in(self, start: int, old: int, end: int, available: Pt) -> bool:
        """Whether a full line from ``start`` to ``old`` can also take the stretch from ``old`` to ``end``."""
        grid = self.grid
        gain = grid.gain * grid.size + _EPSILON
        head = self._head(old, end)
        if not grid.gain:
            fits = self.excess(start, head, available) <= gain
        else:
            over = self.excess(start, old + 1, available)
            # An opening mark that is taken in takes with it what it may not be parted from.
            whole = over if head == old + 1 or self.text[old] in OPENING else self.excess(start, head, available)
            fits = over <= _EPSILON or whole <= gain
            if not fits and grid.lone is Lone.SQUEEZED and end == len(self.text):
                fits = self._is_lone(old)
        return fits and self.excess(start, end, available) <= self.given(start, end) + _EPSILON

    def line(self, start: int, end: int, indent: Pt, *, final: bool) -> ComposedLine:
        """The line from ``start`` to ``end``, spaced to the measure; the ``final`` line only where it is too long."""
        stop = self.without_blanks(start, end)
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
        gaps = {gap: width for gap, width in enumerate(self.sides[start : stop - 1]) if width}
        inside = sum(gaps.values())
        outside = self.outside(stop)
        if excess <= abs(grid.tracking) + _EPSILON or not (gaps or blanks or outside):
            for gap in range(len(spacings) - 1):
                spacings[gap] -= excess / max(len(spacings) - 1, 1)
            return False
        share = min(excess / (inside + outside), 1.0) if inside + outside else 0.0
        rest = excess - (inside + outside) * share
        for gap, width in gaps.items():
            spacings[gap] -= width * share
        for gap, width in blanks.items():
            spacings[gap] -= min(rest / sum(blanks.values()), 1.0) * width
        return bool(outside and share)


def _runs(text: str, spacings: list[Pt]) -> tuple[SpacedRun, ...]:
    """The characters in runs with the same space after each."""
    starts = [place for place in range(1, len(text)) if abs(spacings[place] - spacings[place - 1]) >= _EPSILON]
    return tuple(SpacedRun(text[start:end], spacings[start]) for start, end in pairwise((0, *starts, len(text))))
