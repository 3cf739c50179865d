"""Entries of one topic paired though they are worded anew: by the rare words they share, and by the pairs around them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

from workplan.compare.candidates import comparable, from_index, from_neighbours, may_pair
from workplan.compare.kinship import Kinship
from workplan.compare.pairing import best_first, chosen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workplan.compare.index import Index
    from workplan.compare.likeness import ComparedSide, Likeness
    from workplan.compare.pairing import Pairs

#: A strong pair has this kinship, and so many times that of its best rival.
_STRONG, _STRONG_AHEAD = 0.2, 1.4
#: Where plans are worded anew a weaker pair counts, too; from the second figures on it is not doubtful.
_WEAK = 0.09
_SURE, _SURE_AHEAD = 0.14, 1.25
#: Plans are worded anew if strong pairs hold this share of the text that no likeness had found a partner for.
_ANEW = 0.15
#: A pair counts more under headings that are a pair and beside another pair, less under headings of other pairs.
_WITHIN, _BESIDE, _WITHOUT = 1.15, 1.1, 0.75
#: Number of entries between which a pair still stands beside another.
_NEAR = 6


class Topics:
    """Finds pairs among what is free in ``pairs``; ``index`` is that of the new side."""

    def __init__(self, like: Likeness, pairs: Pairs, index: Index) -> None:
        self._like, self._pairs = like, pairs
        self._kinship = Kinship(like, index)
        self._candidates = dict.fromkeys(from_index(like, pairs, index))
        self._open = sum(chain(_free(like.old, pairs.old), _free(like.new, pairs.new)))
        self._found = 0

    def strong(self) -> None:
        """Pair what nobody would keep apart; what is around it counts against a pair, never for it."""
        context = _Context(self._like, self._pairs)
        options = [(kin * min(1.0, context.of(o, n)), o, n) for kin, o, n in self._kin(((), ()))]
        found = [choice for choice in chosen(best_first(options)) if choice.is_ahead(_STRONG, _STRONG_AHEAD)]
        self._found = sum(self._length(choice.o, choice.n) for choice in found)
        for choice in found:
            self._put(choice.o, choice.n, doubtful=not self._anew(choice.o, choice.n, paired=True))

    def weak(self, spoken_for: tuple[Collection[int], Collection[int]]) -> None:
        """Pair, where the plans are worded anew, what is left, but for the places of either side that are spoken for."""
        context = _Context(self._like, self._pairs)
        options = [(kin * context.of(o, n), o, n) for kin, o, n in self._kin(spoken_for)]
        for choice in list(chosen(best_first(options))):
            if choice.strength >= _WEAK and self._anew(choice.o, choice.n, paired=False):
                self._put(choice.o, choice.n, doubtful=not choice.is_ahead(_SURE, _SURE_AHEAD))

    def _kin(self, spoken_for: tuple[Collection[int], Collection[int]]) -> Iterator[tuple[float, int, int]]:
        """The kinship of all that is free and might be paired."""
        self._candidates.update(dict.fromkeys(from_neighbours(self._like, self._pairs)))
        olds, news = spoken_for
        for o, n in self._candidates:
            if self._pairs.free(o, n) and o not in olds and n not in news and self._has_topic(o, n):
                yield self._kinship.of(o, n), o, n

    def _has_topic(self, o: int, n: int) -> bool:
        """Whether likeness of topic may make a pair: headings say too little, and ids say what is another task."""
        old, new = self._like.old.entries[o], self._like.new.entries[n]
        return old.kind != "section" and not (old.id and new.id) and may_pair(self._like, o, n)

    def _anew(self, o: int, n: int, *, paired: bool) -> bool:
        """Whether the plans are worded anew, going by all but one pair, which is itself among the strong ones or not."""
        own = self._length(o, n)
        others = self._found - (own if paired else 0)
        return others > 0 and others >= _ANEW * (self._open - own)

    def _length(self, o: int, n: int) -> int:
        return len(self._like.old.words[o]) + len(self._like.new.words[n])

    def _put(self, o: int, n: int, *, doubtful: bool) -> None:
        self._pairs.put(o, n, self._like.of(o, n), doubtful=doubtful)


def _free(side: ComparedSide, taken: Collection[int]) -> Iterator[int]:
    """How long the texts of a side are that have no partner."""
    texts = (entry for entry in side.entries if entry.kind != "section" and comparable(entry))
    return (len(side.words[entry.place]) for entry in texts if entry.place not in taken)


class _Context:
    """What the pairs around two entries say for or against them, as a factor."""

    def __init__(self, like: Likeness, pairs: Pairs) -> None:
        self._partners = {o: n for o, n in pairs.old.items() if n not in pairs.doubtful}
        self._taken = frozenset(self._partners.values())
        self._places = sorted(self._partners)
        self._above = like.old.above, like.new.above

    def of(self, o: int, n: int) -> float:
        """Above 1 where the pairs around speak for a pair, below where they speak against it."""
        at = bisect_left(self._places, o)
        before, after = self._places[max(0, at - 1) : at], self._places[at : at + 1]
        steps = [(o - place, n - self._partners[place]) for place in before]
        steps += [(place - o, self._partners[place] - n) for place in after]
        beside = sum(0 < old <= _NEAR and 0 < new <= _NEAR for old, new in steps)
        return self._headings(o, n) * _BESIDE**beside

    def _headings(self, o: int, n: int) -> float:
        old, new = self._above[0].get(o), self._above[1].get(n)
        if old is not None and new is not None and self._partners.get(old) == new:
            return _WITHIN
        return _WITHOUT if old in self._partners or new in self._taken else 1.0
