"""Which characters of the plan stand where on the pages: the printed sequence laid beside the characters of a PDF."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.preview.glyphs import Glyph, Page
    from workplan.view.sequence import Run

#: A page number at the foot, without blanks: the last that is drawn of a page.
_FOLIO = re.compile(r"[—–－-]\d+[—–－-]$")
#: How far ahead a text may stand of where it is expected: behind the head of a table that is repeated, mostly. A short one may
#: be found by chance, and is looked for nearby alone.
_NEAR, _SHORT = 400, 8
#: Characters of one line differ less than this in their baselines, in points, and stand closer than this many ems.
_ONE_LINE, _ONE_STRETCH = 2.0, 2.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A text that was printed: the address of its paragraph or cell, and its runs."""

    address: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """Where one printed character comes from: the text, its run, and the place in that."""

    said: Said
    run: Run
    index: int


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that follow each other on one baseline; ``first`` and ``last`` say which of the page's they are."""

    page: int
    glyphs: tuple[Glyph, ...]
    letters: tuple[Letter | None, ...]

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        """The box around all of it."""
        return around(self.glyphs)


@dataclass(frozen=True)
class Placed:
    """The pages of a document with the origin of their characters: ``origin`` has one entry for each glyph of each page."""

    pages: tuple[Page, ...]
    origin: tuple[tuple[Letter | None, ...], ...] = field(repr=False)

    @cached_property
    def lines(self) -> tuple[tuple[Line, ...], ...]:
        """The printed lines of each page, as they were drawn."""
        return tuple(
            tuple(_lines(number, page.glyphs, letters))
            for number, (page, letters) in enumerate(zip(self.pages, self.origin, strict=True), 1)
        )

    @cached_property
    def _by_file(self) -> dict[str, list[tuple[Run, list[tuple[int, int, int]]]]]:
        """The runs of each file, each with the places (page, glyph, index in the run) of its characters."""
        runs: dict[int, tuple[Run, list[tuple[int, int, int]]]] = {}
        for page, letters in enumerate(self.origin):
            for place, letter in enumerate(letters):
                if letter is not None:
                    runs.setdefault(id(letter.run), (letter.run, []))[1].append((page, place, letter.index))
        files: dict[str, list[tuple[Run, list[tuple[int, int, int]]]]] = defaultdict(list)
        for run, places in runs.values():
            files[run.scalar.file.name].append((run, places))
        return files

    def boxes(self, file: str, start: int, end: int) -> dict[int, list[Box]]:
        """Where the characters of a file from ``start`` up to ``end`` are printed: by page from 1, a box for each line.

        What workplan adds stands for the key that asks for it, where no character of the file itself is printed.
        """
        own: list[tuple[int, int]] = []
        added: list[tuple[int, int]] = []
        end = max(end, start + 1)
        for run, places in self._by_file.get(file, ()):
            scalar = run.scalar
            if scalar.start >= end or max(scalar.end, scalar.start + 1) <= start:
                continue
            if run.start is None:
                added += [(page, place) for page, place, _ in places]
            else:
                for page, place, index in places:
                    at = run.span(index, index + 1).start
                    if start <= at < end:
                        own.append((page, place))
        return self._boxed(own or added)

    def after(self, file: str, start: int) -> dict[int, list[Box]]:
        """Where the next text of a file from ``start`` on is printed; of the last before where there is none."""
        runs = [one for one in self._by_file.get(file, ()) if one[0].start is not None]
        behind = [one for one in runs if one[0].span(0, 1).start >= start]
        if behind:
            chosen = min(behind, key=lambda one: one[0].span(0, 1).start)
        elif runs:
            chosen = max(runs, key=lambda one: one[0].span(0, 1).start)
        else:
            return {}
        return self._boxed([(page, place) for page, place, _ in chosen[1]])

    def first(self, address: str) -> tuple[int, float] | None:
        """The page (from 1) on which a text begins, and how far below its top."""
        return self._firsts.get(address)

    @cached_property
    def _firsts(self) -> dict[str, tuple[int, float]]:
        found: dict[str, tuple[int, float]] = {}
        for number, (page, letters) in enumerate(zip(self.pages, self.origin, strict=True), 1):
            for glyph, letter in zip(page.glyphs, letters, strict=True):
                if letter is not None:
                    found.setdefault(letter.said.address, (number, glyph.top))
        return found

    def _boxed(self, places: Sequence[tuple[int, int]]) -> dict[int, list[Box]]:
        found: dict[int, list[Box]] = {}
        stretch: list[Glyph] = []
        at = -1
        for page, place in sorted(set(places)):
            glyph = self.pages[page].glyphs[place]
            if stretch and (page != at or not _follows(stretch[-1], glyph)):
                found.setdefault(at + 1, []).append(around(stretch))
                stretch = []
            stretch.append(glyph)
            at = page
        if stretch:
            found.setdefault(at + 1, []).append(around(stretch))
        return found


def around(glyphs: Iterable[Glyph]) -> Box:
    """The box around some characters."""
    every = tuple(glyphs)
    return (
        min(one.left for one in every),
        min(one.top for one in every),
        max(one.right for one in every),
        max(one.bottom for one in every),
    )


def _follows(one: Glyph, other: Glyph) -> bool:
    level = abs(other.baseline - one.baseline) <= _ONE_LINE
    return level and -_ONE_LINE <= other.left - one.left <= (1 + _ONE_STRETCH) * max(one.size, other.size)


def _lines(page: int, glyphs: Sequence[Glyph], letters: Sequence[Letter | None]) -> Iterator[Line]:
    start = 0
    address = ""
    for place in range(len(glyphs) + 1):
        ends = place == len(glyphs)
        if not ends:
            letter = letters[place]
            now = letter.said.address if letter else address if glyphs[place].text.isspace() else ""
            broken = place > start and (now != address or not _follows(glyphs[place - 1], glyphs[place]))
        if ends or broken:
            if any(not glyph.text.isspace() for glyph in glyphs[start:place]):
                yield Line(page, tuple(glyphs[start:place]), tuple(letters[start:place]))
            start = place
        if not ends:
            address = now


def place(pages: Sequence[Page], texts: Iterable[Said]) -> Placed:
    """Lay texts, in the order in which they are printed, beside the characters of pages."""
    flow, places = _flow(pages)
    origin: list[list[Letter | None]] = [[None] * len(page.glyphs) for page in pages]
    taken = bytearray(len(flow))
    cursor = 0
    for said in texts:
        letters = [
            (character, Letter(said, run, index))
            for run in said.runs
            for index, character in enumerate(run.text)
            if not character.isspace()
        ]
        words = "".join(character for character, _ in letters)
        for begin, at, length in _found(words, flow, cursor, taken):
            for step in range(length):
                page, glyph = places[at + step]
                origin[page][glyph] = letters[begin + step][1]
            taken[at : at + length] = b"\1" * length
            if at >= cursor:
                cursor = at + length
    return Placed(tuple(pages), tuple(map(tuple, origin)))


def _flow(pages: Sequence[Page]) -> tuple[str, list[tuple[int, int]]]:
    """All characters but blanks and page numbers, and of each its page and its place there."""
    flow: list[str] = []
    places: list[tuple[int, int]] = []
    for number, page in enumerate(pages):
        at = [place for place, glyph in enumerate(page.glyphs) if not glyph.text.isspace()]
        # A character beyond the first plane is one of Python's.
        words = "".join(page.glyphs[place].text for place in at)
        folio = _FOLIO.search(words)
        last = folio.start() if folio else len(at)
        flow.append(words[:last])
        places += [(number, place) for place in at[:last]]
    return "".join(flow), places


def _found(words: str, flow: str, cursor: int, taken: bytearray) -> Iterator[tuple[int, int, int]]:
    """Where a text stands: stretches of it, each with its place in the text and in the flow, and its length."""
    if not words:
        return
    if flow.startswith(words, cursor):
        yield 0, cursor, len(words)
        return
    most = cursor + _NEAR + len(words) if len(words) < _SHORT else len(flow)
    at = flow.find(words, cursor, most)
    while at >= 0 and taken[at]:
        at = flow.find(words, at + 1, most)
    if at < 0:  # drawn before what stands before it, as the head of a letter may be
        at = flow.find(words)
        while at >= 0 and taken[at]:
            at = flow.find(words, at + 1)
    if at >= 0:
        yield 0, at, len(words)
    elif len(words) >= _SHORT:
        yield from _pieces(words, flow, cursor)


def _pieces(words: str, flow: str, cursor: int) -> Iterator[tuple[int, int, int]]:
    """A text that is parted by something: by the head of a table on the next page, by a foreign page number."""
    begin = 0
    while begin < len(words):
        probe = words[begin : begin + _SHORT]
        at = flow.find(probe, cursor, cursor + _NEAR + len(words))
        if at < 0:
            begin += 1
            continue
        length = len(probe)
        while begin + length < len(words) and at + length < len(flow) and words[begin + length] == flow[at + length]:
            length += 1
        yield begin, at, length
        begin, cursor = begin + length, at + length


@dataclass(frozen=True, slots=True)
class Moved:
    """Places of a text in an earlier state of it: what stands before and behind all that was changed is the same."""

    old: str
    new: str

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The place in the earlier text of ``new[start:end]``; of all that was changed for a place therein."""
        if self.old == self.new:
            return start, end
        before = _common(self.old, self.new)
        most = min(len(self.old), len(self.new)) - before
        behind = min(_common(self.old[::-1], self.new[::-1]), most)
        if end <= before:
            return start, end
        shift = len(self.old) - len(self.new)
        if start >= len(self.new) - behind:
            return start + shift, end + shift
        return min(start, before), max(len(self.old) - behind, before + 1)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    return bisect_right(range(low, high), 0, key=lambda place: one[: place + 1] != other[: place + 1])
