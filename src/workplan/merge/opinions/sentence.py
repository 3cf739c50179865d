"""Sentences, and which of them the hunks of an edit touch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.characters import CLOSING
from workplan.compare.text_diff import compare
from workplan.merge.edit import Hunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STOPS = "。！？"
_AFTER = f"[{_STOPS}]+[{''.join(sorted(CLOSING))}]*"
#: A sentence with its stop, and the line end behind it.
_SENTENCE = re.compile(f"[^{_STOPS}\n]*(?:{_AFTER}\n?|\n|\\Z)")
_WHOLE = re.compile(f"{_AFTER}\n?\\Z|\n\\Z")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences ``start``–``end`` of a text that one copy changes, with all hunks in them."""

    start: int
    end: int
    hunks: tuple[Hunk, ...]


def applied(text: str, hunks: Sequence[Hunk], start: int = 0, end: int | None = None) -> str:
    """``text[start:end]`` with the hunks in it; they are in order, and none reaches into another."""
    pieces: list[str] = []
    at = start
    for hunk in hunks:
        pieces += (text[at : hunk.start], hunk.words)
        at = hunk.end
    return "".join((*pieces, text[at : len(text) if end is None else end]))


def hunks_between(
    old: str, new: str, start: int = 0, authors: tuple[str, ...] = (), date: str = ""
) -> tuple[Hunk, ...]:
    """What leads from one text to another, by phrase; ``start`` is where the old one begins."""
    found: list[Hunk] = []
    at = start
    for mark, words in compare(old, new):
        if mark == "=":
            at += len(words)
        elif mark == "-":
            found.append(Hunk(start=at, end=at + len(words), words="", authors=authors, date=date))
            at += len(words)
        elif found and found[-1].end == at and not found[-1].words:
            last = found.pop()
            found.append(Hunk(start=last.start, end=at, words=words, authors=authors, date=date))
        else:
            found.append(Hunk(start=at, end=at, words=words, authors=authors, date=date))
    return tuple(found)


def sentences(text: str, hunks: Sequence[Hunk]) -> Iterator[Sentences]:
    """The sentences that hunks touch, those together that a hunk joins; each without the line end behind it."""
    spans = [found.span() for found in _SENTENCE.finditer(text) if found.group()] or [(0, 0)]
    own: list[Hunk] = []
    first = last = 0
    for hunk in hunks:
        low, high = _touched(text, spans, hunk, last if own else 0)
        if own and low > last:
            yield _sentences(text, spans[first][0], spans[last][1], own)
            own = []
        first, last = (min(first, low), max(last, high)) if own else (low, high)
        own.append(hunk)
    if own:
        yield _sentences(text, spans[first][0], spans[last][1], own)


def _touched(text: str, spans: Sequence[tuple[int, int]], hunk: Hunk, at: int) -> tuple[int, int]:
    """The first and the last sentence that a hunk touches; ``at`` is one not behind the first."""
    low = at
    while low < len(spans) - 1 and spans[low][1] <= hunk.start:
        low += 1
    if hunk.start == hunk.end:
        # Between two sentences: whole sentences go with the one before, other words begin the one behind.
        if hunk.start == spans[low][0] and low and _WHOLE.search(hunk.words):
            return low - 1, low - 1
        return low, low
    high = low
    while high < len(spans) - 1 and spans[high][1] < hunk.end:
        high += 1
    # Without its line end a sentence runs on into the next.
    if hunk.end == spans[high][1] and text[hunk.end - 1] == "\n" and high < len(spans) - 1:
        high += 1
    return low, high


def _sentences(text: str, start: int, end: int, hunks: Sequence[Hunk]) -> Sentences:
    if text[start:end].endswith("\n") and hunks[-1].end < end:
        end -= 1
    return Sentences(start, end, tuple(hunks))
