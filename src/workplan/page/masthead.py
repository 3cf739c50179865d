"""发文机关标志: how tall and how narrow its characters stand so that the names fill one line and never leave it.

GB/T 9704 7.2.4 asks for a mark that is striking and dignified and gives no size. Short names stand at their natural
width, long ones are narrowed, as offices do, rather than made small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.page.geometry import MEASURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.view.blocks import Masthead

_LARGEST = 50.0  # points; the 1999 edition allowed characters of 22 mm × 15 mm at most
_TALL = 36.0  # long names keep this height as long as narrowing alone makes them fit
_SMALLEST = 24.0  # a name that is smaller in one line stands in two
_GROWN = 1.5  # 文件 beside several names, to their size
_NARROWEST = 0.6  # below this share of their width characters become hard to read


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name: its text, its natural width in 字, and the room in points after each character but the last."""

    text: str
    width: float
    spacing: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A masthead that fits: character ``size`` in points, ``squeeze`` (width to natural width, at most 1), the lines.

    ``suffix`` is 文件, which follows the last line or, ``beside`` several names, stands to their right in the middle of their
    height in ``suffix_size``. ``names`` is the natural width of the longest line and ``width`` that of the whole, in points,
    before they are squeezed; ``left`` is where the whole must begin (negative: left of the text block) to stand centred
    once it is squeezed about its middle.
    """

    size: float
    squeeze: float
    lines: tuple[NameLine, ...]
    suffix: str
    suffix_size: float
    names: float
    width: float
    left: float
    beside: bool

    def may_break(self, lines: int) -> bool:
        """Whether the name, set in one line, is to stand in two: the author says so, or it is too small otherwise."""
        return not self.beside and (lines == 2 or (lines == 0 and self.size < _SMALLEST))  # noqa: PLR2004 - two lines


def size_for(width: float, measure: float = MEASURE) -> tuple[float, float]:
    """The size in points and the squeeze for a line of ``width`` 字: natural, then narrowed, then smaller."""
    natural = measure / max(width, 1.0)
    if natural >= _TALL:
        return min(_LARGEST, natural), 1.0
    size = min(_TALL, natural / _NARROWEST)
    return size, natural / size


def fit(masthead: Masthead, measure: float = MEASURE, *, words: Sequence[str] = (), lines: int = 0) -> Fitted:
    """Fit the issuers' names and 文件 into the measure (points).

    One name and 文件 are one line, or two where one would be too small: ``words`` are the name's, between which it may be
    broken, and ``lines`` (1 or 2) decides for the author. Several names are stacked, the shorter ones spread to the width
    of the longest, with 文件 to their right, larger, in the middle of their height (7.2.4).
    """
    if len(masthead.names) > 1:
        return _beside(masthead, measure)
    one = _stacked(masthead.names, masthead.suffix, measure)
    if len(words) < 2 or not one.may_break(lines):  # noqa: PLR2004 - two words
        return one
    return _stacked(_halves(words, masthead.suffix), masthead.suffix, measure)


def _stacked(names: Sequence[str], suffix: str, measure: float) -> Fitted:
    """Lines one above the other, each centred, 文件 at the end of the last."""
    widest = max(map(cells, (*names[:-1], names[-1] + suffix)))
    # A tenth of a 字 is left over: rounding must never turn the last character over.
    size, squeeze = size_for(widest + 0.1, measure)
    width = (widest + 0.1) * size
    lines = tuple(NameLine(name, cells(name), 0.0) for name in names)
    return Fitted(
        size=size,
        squeeze=squeeze,
        lines=lines,
        suffix=suffix,
        suffix_size=size,
        names=widest * size,
        width=width,
        left=(measure - width) / 2,
        beside=False,
    )


def _beside(masthead: Masthead, measure: float) -> Fitted:
    names, suffix = masthead.names, masthead.suffix
    widest = max(cells(name) for name in names)
    total = widest + (cells(suffix) * _GROWN + 1 if suffix else 0) + 0.1
    size, squeeze = size_for(total, measure)
    lines = tuple(
        NameLine(name, cells(name), (widest - cells(name)) * size / (len(name) - 1) if len(name) > 1 else 0.0)
        for name in names
    )
    width = total * size
    left = (measure - width) / 2
    return Fitted(
        size=size,
        squeeze=squeeze,
        lines=lines,
        suffix=suffix,
        suffix_size=size * _GROWN,
        names=widest * size,
        width=width,
        left=left,
        beside=True,
    )


def _halves(words: Sequence[str], suffix: str) -> tuple[str, str]:
    """The name in two lines, broken between words where the longer of them (文件 ends the second) is shortest."""
    ways = [("".join(words[:place]), "".join(words[place:])) for place in range(1, len(words))]
    return min(ways, key=lambda way: max(cells(way[0]), cells(way[1] + suffix)))
