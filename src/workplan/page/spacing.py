"""The widths of a text on a grid before it is in lines: where its characters stand, and what its marks can give.

All widths are in points, all places are indexes of characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from workplan.chinese.characters import CLOSING, OPENING, STOPS, joints, marks, meetings, pairs, slips
from workplan.lengths import Em, Pt

if TYPE_CHECKING:
    from workplan.page.grids import Grid

#: The blank part of a mark's em box, which can be squeezed away.
HALF = Em(0.5)
#: What is left of a character's advance at least where the mark behind it is squeezed, so that a PDF's text keeps its order.
_LEAST = Em(0.05)
#: Marks with their blank half behind them.
BLANK_BEHIND = STOPS | CLOSING


@dataclass(frozen=True)
class SpacedText:
    """A text with the advances of its characters, to be set on a grid."""

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
        for place in slips(self.text) if grid.gap else ():
            # Office faces give it half a 字; others have it narrower, and lines would end elsewhere.
            spaces[place - 1] += max(HALF - self.advances[place - 1], 0.0) * grid.size
        for place in self._closed_up:
            spaces[place - 1] -= grid.adjacent * grid.size
        return spaces

    @cached_property
    def _closed_up(self) -> list[int]:
        """The places before which two marks stand closer."""
        if not self.grid.adjacent:
            return []
        return pairs(self.text) if self.grid.every_pair else meetings(self.text)

    @cached_property
    def edges(self) -> list[float]:
        """Where each character would begin if the text were one line, and the end of the last."""
        size = self.grid.size
        advances = zip(self.advances, self.spaces, strict=True)
        return list(accumulate([advance * size + space for advance, space in advances], initial=0.0))

    def natural(self, start: int, end: int) -> float:
        """The width of a stretch before anything is squeezed; blanks at its end do not count."""
        if self._has_blanks:
            end = self.without_blanks(start, end)
        return self.edges[end] - self.edges[start] - self.spaces[end - 1] + self.grid.tracking

    def excess(self, start: int, end: int, available: Pt) -> float:
        """By how much a stretch is wider than the line if its blanks give way and its marks do not."""
        over = self.natural(start, end) - available
        return over - self._blanks(start, end) if self._has_blanks else over

    @cached_property
    def _has_blanks(self) -> bool:
        return " " in self.text

    def _blanks(self, start: int, end: int) -> float:
        """The width of the blanks in a stretch, which give way first."""
        inside = self.text[start:end].rstrip(" ")
        blanks = (self.advances[start + place] for place, character in enumerate(inside) if character == " ")
        return sum(blanks) * self.grid.size

    def without_blanks(self, start: int, end: int) -> int:
        """The end of a stretch without the blanks behind it."""
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        return end

    @cached_property
    def sides(self) -> list[float]:
        """How much the marks beside each gap can give; a gap has the place of the character before it."""
        given = [0.0] * (len(self.text) + 1)
        for place in marks(self.text):
            given[place - (self.text[place] in OPENING)] += HALF
        for place in self._closed_up:
            given[place - 1] -= self.grid.adjacent
        # What follows may move over a mark's blank half, and never to the left of the character before it.
        least = zip(given, self.advances, strict=False)
        return [max(min(width, advance - _LEAST), 0.0) * self.grid.size if width else 0.0 for width, advance in least]

    @cached_property
    def _all_sides(self) -> list[float]:
        """The sum of ``sides`` before each place."""
        return list(accumulate(self.sides, initial=0.0))

    def given(self, start: int, end: int) -> float:
        """How much the marks of a line can give, the last one by standing in the margin with its blank half."""
        stop = self.without_blanks(start, end)
        return self._all_sides[stop - 1] - self._all_sides[start] + self.outside(stop)

    def outside(self, stop: int) -> float:
        """How much of the last mark of a line that ends at ``stop`` may stand beyond the measure: its blank half."""
        return HALF * self.grid.size if self.grid.hang and self.text[stop - 1] in BLANK_BEHIND else 0.0
