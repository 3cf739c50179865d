"""How the columns of a table share its width: by what they have to hold, so that the table becomes as low as it can."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import breaks, cells, joints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.view.sequence import Cell

#: The width of a table in 字 of its size, 小四 (12 pt), on an upright page and on one that is turned.
UPRIGHT, TURNED = 36.8, 53.1
#: A 字 of the text in 字 of the table.
_TEXT = 4 / 3
#: What the rules of a cell and the blanks beside its text take away, in 字.
_BLANK = 0.75
#: The narrowest text that looks like a line and not like a column of characters, in 字.
_LEAST = 4.0
#: Dates stay whole in a cell, as numbers and Latin words do anywhere.
DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
#: The gap between 字 and digit, in 字.
_GAP = 0.25
#: Steps of the search for the common measure, which halve what is left of it.
_STEPS = 40


def shares(
    columns: int, rows: Sequence[Sequence[Cell]], given: Sequence[float] = (), *, turned: bool = False
) -> tuple[float, ...]:
    """The share of each column, which together are 1, on an upright page or on one that is ``turned``.

    ``rows`` are all lines of the table, its header among them; ``given`` are widths that the author chose, in 字 of the text,
    0 for none. With ``n`` characters in each cell of a column of width ``w``, the cells are ``n / w`` lines high. The sum of the
    squares of these heights, in which the tall cells count, is least where ``w`` grows as the third root of the sum of ``n²``;
    no column is narrower than its longest word or wider than its text.
    """
    width = TURNED if turned else UPRIGHT
    need, least, most = _needs(columns, rows)
    free = [not (column < len(given) and given[column]) for column in range(columns)]
    chosen = [0.0 if own else given[column] * _TEXT for column, own in enumerate(free)]
    if any(free):
        room = max(width - sum(chosen), sum(low for low, own in zip(least, free, strict=True) if own))
        bounds = ([value for value, own in zip(values, free, strict=True) if own] for values in (need, least, most))
        shared = iter(_within(room, *bounds))
        chosen = [next(shared) if own else one for one, own in zip(chosen, free, strict=True)]
    return _with_whole_words([one * width / sum(chosen) for one in chosen], least)


def _with_whole_words(widths: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """The shares of the widths, those that cannot hold their longest word widened at the cost of the others."""
    short = sum(max(low - one, 0.0) for one, low in zip(widths, least, strict=True))
    spare = sum(max(one - low, 0.0) for one, low in zip(widths, least, strict=True))
    part = min(short / spare, 1.0) if spare else 0.0
    lifted = [
        one - (one - low) * part if one > low else one + (low - one) * min(spare / short, 1.0) if short else one
        for one, low in zip(widths, least, strict=True)
    ]
    return tuple(one / sum(lifted) for one in lifted)


def _needs(columns: int, rows: Sequence[Sequence[Cell]]) -> tuple[list[float], list[float], list[float]]:
    """The sum of squares, the narrowest and the widest sensible width of each column."""
    squares, least, most = [0.0] * columns, [1.0] * columns, [1.0] * columns
    for row in rows:
        for cell in row:
            if cell.colspan > 1 or cell.column >= columns:
                continue
            for line in cell.text.split("\n"):
                long = cells(line) + len(joints(line)) * _GAP
                squares[cell.column] += long**2
                most[cell.column] = max(most[cell.column], long)
                least[cell.column] = max(least[cell.column], min(long, max(_LEAST, longest_word(line))))
    return (
        [max(one, 1.0) ** (1 / 3) for one in squares],
        [one + _BLANK for one in least],
        [one + _BLANK for one in most],
    )


def longest_word(text: str) -> float:
    """The width in 字 of the longest part of a text that must not be broken: a number, a Latin word, a date.

    Word processors keep a gap between 字 and digit.
    """
    whole = [found.span() for found in DATE.finditer(text)]
    places = [place for place in breaks(text) if not any(start < place < end for start, end in whole)]
    words = (text[start:end] for start, end in pairwise([0, *places, len(text)]))
    return max((cells(word) + len(joints(word)) * _GAP for word in words), default=0.0)


def _within(room: float, need: Sequence[float], least: Sequence[float], most: Sequence[float]) -> list[float]:
    """Widths in proportion to ``need`` that fill ``room``, each within its bounds; less where all have what they can use."""

    def at(measure: float) -> list[float]:
        return [min(max(one * measure, low), high) for one, low, high in zip(need, least, most, strict=True)]

    low, high = 0.0, max([room, *most])  # no need is below 1
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(at(middle)) > room else (middle, high)
    return at(low)
