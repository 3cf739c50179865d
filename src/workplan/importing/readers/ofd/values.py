"""The values of OFD's attributes (GB/T 33190, 7.3 and 11.3): lists of numbers, boxes, matrices, distances of characters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In ``DeltaX="g 4 3.5"`` four characters are 3.5 apart; a damaged file may say four thousand million.
_REPEAT, _MOST_REPEATS = "g", 100_000
#: How far a line of text may climb, in multiples of its length.
_LEVEL = 0.02


def numbers(said: str) -> list[float]:
    """The numbers of a list; up to the first that is none."""
    found: list[float] = []
    for one in said.split():
        try:
            number = float(one)
        except ValueError:
            break
        if not math.isfinite(number):
            break
        found.append(number)
    return found


def boxed(said: str) -> tuple[float, float, float, float] | None:
    """Left, top, width and height in mm; None where there are not four numbers."""
    found = numbers(said)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None  # noqa: PLR2004 - a box has four


def advances(said: str) -> Iterator[float]:
    """The distances from each character to the next, runs of equal ones written out."""
    words = iter(said.split())
    for word in words:
        if word != _REPEAT:
            yield from numbers(word)
            continue
        count, distance = numbers(next(words, "")), numbers(next(words, ""))
        if count and distance:
            yield from [distance[0]] * max(0, min(int(count[0]), _MOST_REPEATS))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A transformation of the plane, ``a b c d e f`` as in PDF."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def of(cls, said: str) -> Matrix:
        """The matrix that an attribute says; the one that changes nothing where it says none."""
        found = numbers(said)
        return cls(*found[:6]) if len(found) >= 6 else cls()  # noqa: PLR2004 - a matrix has six

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def is_level(self) -> bool:
        """Whether lines of text stay level, from left to right."""
        return self.a > 0 and abs(self.b) <= _LEVEL * self.a

    @property
    def scale(self) -> float:
        """How many times as high characters become."""
        return math.hypot(self.c, self.d)

    @property
    def stretch(self) -> float:
        """How many times as wide as high characters become."""
        return math.hypot(self.a, self.b) / (self.scale or 1.0)
