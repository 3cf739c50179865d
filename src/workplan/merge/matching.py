"""Which line of a copy carries on which printed line: by hidden bookmark, then by paragraph id, then by text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.compare.likeness import ratio
from workplan.compare.text_diff import common
from workplan.merge.signs import DISTINCT, bare, core
from workplan.render.docx.bookmarks import element_of, says
from workplan.render.docx.paragraph_ids import paragraph_id
from workplan.rising import rising

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workplan.merge.printed import Printed, PrintedLine
    from workplan.merge.returned import Line

#: Lines that only their words tell of are one line in other words if they have at least this in common.
_ALIKE = 0.5
#: So much a line must still have of the one whose paragraph id it bears: templates and other programs give ids out again.
_LEAST = 0.25
#: Of the words of a line in front of another so many must be those that the other lacks of its printed line.
_HALF = 0.8
#: A stretch between two known lines is not searched beyond so many pairs.
_MOST_PAIRS = 40_000


def matched(base: Printed, lines: Sequence[Line]) -> list[tuple[int, ...]]:
    """For each line of a copy the places of the printed lines that it carries on, in its own order; none for what is new.

    A line that was put together from several carries on all of them; the parts of one that was split carry on the same.
    """
    found = [_sure(line, base) for line in lines]
    matching = _Matching(base, lines, found)
    matching.by(_distinct, lambda line: bare(line.number + line.text), sure=True)
    matching.by_marks()
    matching.by(lambda line: line.paragraph_id, lambda line: paragraph_id(line.address), sure=False)
    matching.by(lambda line: bare(line.text), lambda line: bare(line.number + line.text), sure=True)
    matching.by(lambda line: core(line.text), lambda line: core(line.number + line.text), sure=True)
    matching.by_halves()
    matching.by_emptied()
    matching.between()
    return found


def _distinct(line: Line) -> str:
    """The words of a marked paragraph that are too many to be another one's by chance."""
    words = bare(line.text)
    return words if line.marks and not line.place.row and len(words) >= DISTINCT else ""


def _sure(line: Line, base: Printed) -> tuple[int, ...]:
    """The printed line whose bookmark lies on a line and was put around the very words that it has."""
    own = [place for place in _marked(line, base) if any(_says(mark.name, line, base, place) for mark in line.marks)]
    return tuple(own[:1])


def _says(name: str, line: Line, base: Printed, place: int) -> bool:
    return base.marks.get(element_of(name)) == place and says(name, line.text)


def _marked(line: Line, base: Printed) -> tuple[int, ...]:
    """The printed lines whose bookmarks lie on a line; a bookmark that lost all its words says nothing of the line it fell on."""
    found: dict[int, None] = {}
    for mark in sorted(line.marks, key=lambda one: (one.start, -one.end)):
        place = base.marks.get(element_of(mark.name))
        if place is not None and (bare(line.text[mark.start : mark.end]) or not bare(base.lines[place].text)):
            found[place] = None
    return tuple(found)


class _Matching:
    """Fills in what bookmarks leave open; ``found`` grows."""

    def __init__(self, base: Printed, lines: Sequence[Line], found: list[tuple[int, ...]]) -> None:
        self.base = base
        self.lines = lines
        self.found = found
        self.taken = {place for places in found for place in places}

    def by(self, of_copy: Callable[[Line], str], of_plan: Callable[[PrintedLine], str], *, sure: bool) -> None:
        """Pair the open lines for which both sides name the same thing, in their order; unless ``sure`` they must be alike."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for printed in self.base.lines:
            if printed.place not in self.taken and bare(printed.text):
                waiting[of_plan(printed)].append(printed.place)
        for at, line in enumerate(self.lines):
            places = waiting.get(of_copy(line), []) if not self.found[at] and line.text.strip() else []
            if places and (sure or self._alike(at, places[0]) >= _LEAST):
                self._pair(at, places.pop(0))

    def by_marks(self) -> None:
        """Pair the open lines with what their bookmarks say, as far as no line has the very words of it."""
        sure = set(self.taken)
        for at, line in enumerate(self.lines):
            if not self.found[at]:
                self.found[at] = tuple(place for place in _marked(line, self.base) if place not in sure)
                self.taken.update(self.found[at])

    def by_halves(self) -> None:
        """Pair the open lines with the printed line whose bookmark stayed on the end of it, right below: it was split there."""
        for at in range(len(self.lines) - 2, -1, -1):
            own, below = self.lines[at], self.found[at + 1]
            if not self.found[at] and below and not own.place.row and self._begins(at, below[0]):
                self.found[at] = below[:1]

    def _begins(self, at: int, place: int) -> bool:
        """Whether an open line says the beginning of a printed line, and what carries that on does not."""
        words, printed = core(self.lines[at].text), self.base.lines[place]
        if not words or printed.row:
            return False
        whole = core(printed.number + printed.text)
        rest = "".join(core(line.text) for line, own in zip(self.lines, self.found, strict=True) if place in own)
        return common(whole, words + rest) - common(whole, rest) >= _HALF * len(words)

    def by_emptied(self) -> None:
        """Pair the open lines with what a bookmark says that lost all its words: somebody typed all of them anew behind it."""
        for at, line in enumerate(self.lines):
            for mark in line.marks if not self.found[at] else ():
                place = self.base.marks.get(element_of(mark.name))
                if place is not None and place not in self.taken:
                    self._pair(at, place)
                    break

    def between(self) -> None:
        """Pair what is left between the same neighbours, the likest first, as far as it stands in one order."""
        known = [(places[0], at) for at, places in enumerate(self.found) if places]
        kept = rising([place for place, _ in known])
        bounds = [(-1, -1), *(known[one] for one in sorted(kept)), (len(self.base.lines), len(self.lines))]
        for (left, above), (right, below) in pairwise(bounds):
            olds = [
                place for place in range(left + 1, right) if place not in self.taken and self.base.lines[place].text
            ]
            news = [at for at in range(above + 1, below) if not self.found[at] and self.lines[at].text.strip()]
            if olds and news and len(olds) * len(news) <= _MOST_PAIRS:
                self._likest(olds, news)

    def _likest(self, olds: Iterable[int], news: Sequence[int]) -> None:
        offers = sorted(
            (-score, place, at) for place in olds for at in news if (score := self._alike(at, place)) >= _ALIKE
        )
        kept: list[tuple[int, int]] = []
        for _, place, at in offers:
            here = bisect_left(kept, (place, at))
            before, after = kept[here - 1 : here] if here else [], kept[here : here + 1]
            if all(one < place and other < at for one, other in before) and all(
                one > place and other > at for one, other in after
            ):
                kept.insert(here, (place, at))
        for place, at in kept:
            self._pair(at, place)

    def _alike(self, at: int, place: int) -> float:
        old = self.base.lines[place]
        if bool(old.row) != bool(self.lines[at].place.row):
            return 0.0
        return ratio(core(old.number + old.text), core(self.lines[at].text))

    def _pair(self, at: int, place: int) -> None:
        self.found[at] = (place,)
        self.taken.add(place)
