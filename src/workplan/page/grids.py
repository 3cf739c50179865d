"""The three grids that a page can be set on: how wide a 字 is, what is squeezed, and what may stand at the end of a line.

``strict``: 28 字 of 15.79 pt fill 156 mm (GB/T 9704 5.2.3), no space is added around digits, and marks are squeezed only to
pull a forbidden mark back into its line. ``natural`` is how Word sets the same page: 16 pt to the 字, a quarter of a 字 between
字 and digit, marks squeezed to gain a character. ``wps`` is the strict grid as WPS fills it: 28 字 of 15.79 pt, with the same
gap and the same gain.

The figures of the last two were read off issued documents: the gap and the half of a mark that stands in the margin from the
places of their characters, the gain from which characters their lines take in and which they leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from workplan.lengths import Em, Pt
from workplan.page.dimensions import BODY, CHARACTERS, MEASURE


class Lone(Enum):
    """What becomes of a 字 that would be the last line of its paragraph, alone but for its marks."""

    STAYS = "stays"
    #: It is squeezed into the line before, by as much as the marks of that line can give.
    SQUEEZED = "squeezed"
    #: The 字 before it comes down to it.
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Grid:
    """How a line is filled.

    ``size`` is the size of type and ``measure`` the width of a line; ``tracking`` is added after every character, ``gap``
    between 字 and digit or letter. ``adjacent`` is taken away where a closing mark meets an opening one, and, if
    ``every_pair``, wherever the blank side of a mark meets another mark. The marks of a whole line may be squeezed to take one
    more 字 that is too wide by ``gain`` at most. ``hang`` lets a mark at a line's end stand in the margin with its blank half.
    ``lone`` says what becomes of a 字 that would be the last line of a paragraph alone.
    """

    tracking: Pt = Pt(0.0)
    gap: Em = Em(0.0)
    adjacent: Em = Em(0.0)
    every_pair: bool = False
    gain: Em = Em(0.0)
    hang: bool = False
    lone: Lone = Lone.STAYS
    size: Pt = BODY
    measure: Pt = MEASURE

    @property
    def pitch(self) -> Pt:
        """The width of a 字 with the space after it."""
        return Pt(self.size + self.tracking)


#: What 28 字 of 三号 give up so that they fill the line: -0.21 pt each.
_TRACKING = Pt(MEASURE / CHARACTERS - BODY)

STRICT = Grid(tracking=_TRACKING)
NATURAL = Grid(gap=Em(0.25), adjacent=Em(0.5), gain=Em(0.65), hang=True, lone=Lone.SQUEEZED)
WPS = Grid(
    tracking=_TRACKING,
    gap=Em(0.25),
    adjacent=Em(0.5),
    every_pair=True,
    gain=Em(0.65),
    hang=True,
    lone=Lone.JOINED,
)
GRIDS = {"strict": STRICT, "natural": NATURAL, "wps": WPS}
