"""What a spreadsheet cell can show: how many lines a text takes in a given width.

Widths are in halves of a 字: a Latin letter or digit of a Chinese face is one half wide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator


#: A word of Latin letters stays whole on its line; a line may end after any other character.
_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)

#: The width of a 字; no character is wider.
_WIDE = 2
#: Letters that are wider than half a 字 in a proportional Latin face.
_BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")


@lru_cache(maxsize=10_000)
def width(text: str) -> float:
    """Number of halves that a text takes on one line, estimated high rather than low."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return _WIDE
    return 1.8 if character in _BROAD else 1.1


def _starts(text: str, capacity: float) -> Iterator[int]:
    """The index at which each line begins when every line takes as much as it can."""
    yield 0
    if _WIDE * len(text) <= capacity and "\n" not in text:
        return
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
    """Number of lines that a text takes in a cell ``capacity`` halves wide; an empty text takes one."""
    return sum(1 for _ in _starts(text, capacity))


def cut(text: str, capacity: float, most: int) -> tuple[str, ...]:
    """The text cut into parts of at most ``most`` lines, after a sentence where one ends in a part's second half.

    Joined, the parts are the text, except for a line end at a cut.
    """
    parts: list[str] = []
    rest = text
    while True:
        # No line holds more characters than halves, so the next part lies within this window.
        window = rest[: int(most * capacity) + most + 1]
        starts = list(_starts(window, capacity))
        if len(starts) <= most:
            return (*parts, rest)
        end = starts[most]
        stop = max(rest.rfind("。", 0, end), rest.rfind("\n", 0, end)) + 1
        if stop > end // 2:
            end = stop
        parts.append(rest[:end].removesuffix("\n"))
        rest = rest[end:]


def fitted(text: str, capacity: float, most: int) -> str:
    """The text, or as much of it as ``most`` lines hold, with an ellipsis where it is cut."""
    first, *more = cut(text, capacity, most)
    return f"{first[:-1]}…" if more else first
