"""Where two wordings of one holder differ: the stretches of its text that read otherwise in a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workplan.compare.text_diff import compare
from workplan.merge.signs import in_signs, places

if TYPE_CHECKING:
    from workplan.merge.printed import Holder


class Stretch(NamedTuple):
    """``text[start:end]`` of a holder reads ``words`` in the copy, where they stand from ``first`` up to ``last``."""

    start: int
    end: int
    words: str
    first: int
    last: int


def stretches(holder: Holder, after: str) -> list[Stretch]:
    """What of a holder's text has to change so that it reads as another, blanks aside."""
    lines = holder.is_running
    old, new = places(holder.text, lines=lines), places(after, lines=lines)
    found: list[Stretch] = []
    here = there = 0
    waiting: tuple[int, int] | None = None
    for sign, piece in (*compare(holder.bare, in_signs(after, lines=lines)), ("=", "")):
        if sign == "=" and waiting is not None:
            start, end = _bounds(old, waiting[0], here)
            first, last = _bounds(new, waiting[1], there)
            words = after[first:last]
            words = words if lines else words.replace("\n", "")
            found.append(Stretch(start=start, end=end, words=words, first=first, last=last))
            waiting = None
        elif sign != "=":
            waiting = waiting or (here, there)
        here += len(piece) * (sign != "+")
        there += len(piece) * (sign != "-")
    return found


def _bounds(own: list[int], first: int, last: int) -> tuple[int, int]:
    """The places of the signs from ``first`` up to ``last``; where there are none, right behind the sign before."""
    if last > first:
        return own[first], own[last - 1] + 1
    place = own[first - 1] + 1 if first else own[0] if own else 0
    return place, place
