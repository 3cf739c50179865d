"""发文机关标志: how tall and how narrow its characters stand so that the names fill one line and never leave it.

GB/T 9704 7.2.4 asks for a mark that is striking and dignified and gives no size. Short names stand at their natural
width, long ones are narrowed, as offices do, rather than made small.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.view.blocks import Masthead

#: The width of the text block (版心, 5.2.1) in points: 156 mm.
MEASURE = 156 * 72 / 25.4

_LARGEST = 50.0  # points; the 1999 edition allowed characters of 22 mm × 15 mm at most
_TALL = 36.0  # long names keep this height as long as narrowing alone makes them fit
_NARROWEST = 0.6  # below this share of their width characters become hard to read


@dataclass(frozen=True, slots=True)
class Line:
    """One name: its text, its natural width in 字, and the room in points after each character but the last."""

    text: str
    width: float
    spacing: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A masthead that fits: character ``size`` in points, ``squeeze`` (width to natural width, at most 1), the lines.

    ``suffix_size`` is the size of 文件: as the names' beside one name, larger beside several. ``names`` is the natural
    width of the longest name and ``width`` that of the whole, in points, before they are squeezed; ``left`` is where
    the whole must begin (negative: left of the text block) to stand centred once it is squeezed about its middle.
    """

    size: float
    squeeze: float
    lines: tuple[Line, ...]
    suffix: str
    suffix_size: float
    names: float
    width: float
    left: float


def cells(text: str) -> float:
    """The width of a text in 字: half for narrow characters, one for all others."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def size_for(width: float, measure: float = MEASURE) -> tuple[float, float]:
    """The size in points and the squeeze for a line of ``width`` 字: natural, then narrowed, then smaller."""
    natural = measure / max(width, 1.0)
    if natural >= _TALL:
        return min(_LARGEST, natural), 1.0
    size = min(_TALL, natural / _NARROWEST)
    return size, natural / size


def fit(masthead: Masthead, measure: float = MEASURE) -> Fitted:
    """Fit the issuers' names and 文件 into the measure (points).

    One name and 文件 are one line. Several names are stacked, the shorter ones spread to the width of the longest, with
    文件 to their right, larger, in the middle of their height (7.2.4).
    """
    names, suffix = masthead.names, masthead.suffix
    widest = max(cells(name) for name in names)
    several = len(names) > 1
    grown = 1.5 if several else 1.0
    gap = 1.0 if several and suffix else 0.0
    total = widest + cells(suffix) * grown + gap
    # A tenth of a 字 is left over: rounding must never turn the last character over.
    size, squeeze = size_for(total + 0.1, measure)
    lines = tuple(
        Line(name, cells(name), (widest - cells(name)) * size / (len(name) - 1) if len(name) > 1 else 0.0)
        for name in names
    )
    width = (total + 0.1) * size
    return Fitted(size, squeeze, lines, suffix, size * grown, widest * size, width, (measure - width) / 2)
