"""What a spreadsheet cell can hold and show: clean characters, and how many lines a text takes in a given width.

Widths are in halves: a Latin letter or digit of a Chinese face is half a 字 wide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator


#: A word of Latin letters stays whole on its line; every other character may end one.
_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)

#: Letters that a proportional Latin face sets wider than half a 字.
_BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")


def width(text: str) -> float:
    """How many halves a text takes on one line, rather too many than too few."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 2
    return 1.8 if character in _BROAD else 1.1


def _starts(text: str, capacity: float) -> Iterator[int]:
    """The offset at which each line begins, lines being filled greedily."""
    yield 0
    used = 0.0
    for token in _TOKEN.finditer(text):
        if token[0] == "\n":
            used = 0.0
            yield token.end()
            continue
        wide = width(token[0])
        if used and used + wide > capacity:
            used = 0.0
            yield token.start()
        if wide <= capacity:
            used += wide
            continue
        for place, character in enumerate(token[0], token.start()):
            if used and used + _width(character) > capacity:
                used = 0.0
                yield place
            used += _width(character)


def lines(text: str, capacity: float) -> int:
    """How many lines a text takes in a cell ``capacity`` halves wide; an empty text takes one."""
    return sum(1 for _ in _starts(text, capacity))


def pieces(text: str, capacity: float, most: int) -> tuple[str, ...]:
    """The text in pieces of at most ``most`` lines, cut after a sentence where one ends in the piece's second half.

    Joined, the pieces are the text, save a line end at a cut.
    """
    found: list[str] = []
    rest = text
    while True:
        # No line holds more characters than halves: beyond this window nothing matters for the next piece.
        window = rest[: int(most * capacity) + most + 1]
        starts = list(_starts(window, capacity))
        if len(starts) <= most:
            return (*found, rest)
        cut = starts[most]
        stop = max(rest.rfind("。", 0, cut), rest.rfind("\n", 0, cut)) + 1
        if stop > cut // 2:
            cut = stop
        found.append(rest[:cut].removesuffix("\n"))
        rest = rest[cut:]


def fitted(text: str, capacity: float, most: int) -> str:
    """The text, or as much of it as ``most`` lines show, ended by an ellipsis that says so."""
    first, *more = pieces(text, capacity, most)
    return f"{first[:-1]}…" if more else first
