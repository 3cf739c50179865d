"""发文机关标志: how tall and how narrow its characters are, so that the names fill one line and stay within it.

GB/T 9704 7.2.4 asks for a mark that is striking and dignified, and gives no size. Short names have their natural width; long
ones are narrowed rather than made small, as offices do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.lengths import Em, Pt, em_to_pt
from workplan.page.dimensions import MEASURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.view.blocks import Masthead

#: The largest size of type; the 1999 edition allowed characters of 22 mm × 15 mm at most.
_LARGEST = Pt(50.0)
#: The size that long names keep as long as narrowing alone makes them fit.
_TALL = Pt(36.0)
#: The least size of a name in one line; a name that would be smaller stands in two.
_SMALLEST = Pt(24.0)
#: The size of 文件 beside several names, in multiples of their size.
_GROWN = 1.5
#: The least width of a character, as a share of its natural width; narrower ones are hard to read.
_NARROWEST = 0.6
#: Spare width, so that rounding never turns the last character over.
_SPARE = Em(0.1)


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name: its text, its natural width in 字, and the space in points after each character but the last."""

    text: str
    width: Em
    spacing: Pt


@dataclass(frozen=True, slots=True)
class Fitted:
    """A masthead that fits: its ``size`` of type in points, ``squeeze`` (width to natural width, at most 1), its lines.

    ``suffix`` is 文件; it follows the last line or, ``beside`` several names, stands to their right in ``suffix_size``, in
    the middle of their height. ``names`` is the natural width of the longest line, ``width`` that of the whole, both in
    points and before squeezing. ``left`` is where the whole must begin, from the left edge of the text block (negative: to
    the left of it), to stand centred once it is squeezed about its middle.
    """

    size: Pt
    squeeze: float
    lines: tuple[NameLine, ...]
    suffix: str
    suffix_size: Pt
    names: Pt
    width: Pt
    left: Pt
    beside: bool

    def may_break(self, lines: int) -> bool:
        """Whether the name, set in one line, should stand in two: the author asks for two ``lines``, or it is too small."""
        return not self.beside and (lines == 2 or (lines == 0 and self.size < _SMALLEST))  # noqa: PLR2004 - two lines


def size_for(width: Em, measure: Pt = MEASURE) -> tuple[Pt, float]:
    """The size and the squeeze of a line that is ``width`` 字 long: natural, then narrowed, then smaller."""
    natural = Pt(measure / max(width, 1.0))
    if natural >= _TALL:
        return min(_LARGEST, natural), 1.0
    size = Pt(min(_TALL, natural / _NARROWEST))
    return size, natural / size


def fit(masthead: Masthead, measure: Pt = MEASURE, *, words: Sequence[str] = (), lines: int = 0) -> Fitted:
    """Fit the issuers' names and 文件 into a line of the width ``measure``.

    One name and 文件 are one line, or two where one would be too small: ``words`` are the name's, between which it may be
    broken, and ``lines`` (1 or 2) is the author's choice. Several names are stacked, the shorter ones spread to the width
    of the longest, with 文件 to their right, larger, in the middle of their height (7.2.4).
    """
    if len(masthead.names) > 1:
        return _beside(masthead, measure)
    in_one_line = _stacked(masthead.names, masthead.suffix, measure)
    if len(words) < 2 or not in_one_line.may_break(lines):  # noqa: PLR2004 - two words
        return in_one_line
    return _stacked(_halves(words, masthead.suffix), masthead.suffix, measure)


def _stacked(names: Sequence[str], suffix: str, measure: Pt) -> Fitted:
    """Lines one above the other, each centred, 文件 at the end of the last."""
    widest = max(map(cells, (*names[:-1], names[-1] + suffix)))
    total = Em(widest + _SPARE)
    size, squeeze = size_for(total, measure)
    width = em_to_pt(total, size)
    return Fitted(
        size=size,
        squeeze=squeeze,
        lines=tuple(NameLine(name, cells(name), Pt(0.0)) for name in names),
        suffix=suffix,
        suffix_size=size,
        names=em_to_pt(widest, size),
        width=width,
        left=Pt((measure - width) / 2),
        beside=False,
    )


def _beside(masthead: Masthead, measure: Pt) -> Fitted:
    """Names one above the other, spread to one width, 文件 to their right."""
    names, suffix = masthead.names, masthead.suffix
    widest = max(cells(name) for name in names)
    total = Em(widest + (cells(suffix) * _GROWN + 1 if suffix else 0) + _SPARE)
    size, squeeze = size_for(total, measure)
    width = em_to_pt(total, size)
    return Fitted(
        size=size,
        squeeze=squeeze,
        lines=tuple(NameLine(name, cells(name), _spacing(name, widest, size)) for name in names),
        suffix=suffix,
        suffix_size=Pt(size * _GROWN),
        names=em_to_pt(widest, size),
        width=width,
        left=Pt((measure - width) / 2),
        beside=True,
    )


def _spacing(name: str, widest: Em, size: Pt) -> Pt:
    """The space after each character but the last that spreads a name to the width of the widest."""
    return Pt((widest - cells(name)) * size / (len(name) - 1) if len(name) > 1 else 0.0)


def _halves(words: Sequence[str], suffix: str) -> tuple[str, str]:
    """The name in two lines, broken between words where the longer line is shortest; 文件 ends the second line."""
    ends = tuple(accumulate(map(cells, words)))
    second = ends[-1] + cells(suffix)
    place = min(range(1, len(words)), key=lambda place: max(ends[place - 1], second - ends[place - 1]))
    return "".join(words[:place]), "".join(words[place:])
