"""Headings known by what stands under them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compare.candidates import may_pair, two_ids
from workplan.compare.likeness import ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compare.likeness import Likeness
    from workplan.compare.pairing import Pairs

#: Headings that are less alike, words and entries together, are doubtful.
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class _Votes:
    """Number of pairs under each two headings, and under each heading of either side."""

    both: Counter[tuple[int, int]]
    old: Counter[int]
    new: Counter[int]

    def most(self, o: int, n: int) -> bool:
        """Whether most of what stands under the old heading stands under the new one now."""
        return 2 * self.both[o, n] > self.old[o]

    def each_other(self, o: int, n: int) -> bool:
        """Whether most of what stands under either heading belongs to what stands under the other."""
        return self.most(o, n) and 2 * self.both[o, n] > self.new[n]


class Headings:
    """Pairs of headings that were worded anew, found again whenever more is known of what stands under them.

    ``named`` are the new places of parts that have their pair by the name of their file, which need not mean much.
    """

    def __init__(self, like: Likeness, pairs: Pairs, named: Sequence[int]) -> None:
        self._like, self._pairs, self._named = like, pairs, named
        self._found: set[int] = set()

    def find(self) -> None:
        """Pair the headings whose entries are pairs; those found before must stand it again."""
        for n in self._found:
            self._pairs.drop(n)
        self._found.clear()
        votes = self._votes()
        for (o, n), count in votes.both.most_common():
            if self._pairs.free(o, n) and may_pair(self._like, o, n) and votes.most(o, n):
                score = (self._alike(o, n) + count / votes.old[o]) / 2
                if not two_ids(self._like, o, n, score):
                    self._pairs.put(o, n, score, doubtful=score < _SURE)
                    self._found.add(n)
        self._doubt(votes)

    def _doubt(self, votes: _Votes) -> None:
        """Mark the parts of one name that are titled otherwise and hold other things."""
        for n in self._named:
            o = self._pairs.new[n]
            self._pairs.doubtful.discard(n)
            if self._alike(o, n) < _SURE and not votes.each_other(o, n):
                self._pairs.doubtful.add(n)

    def _alike(self, o: int, n: int) -> float:
        return ratio(self._like.old.entries[o].title, self._like.new.entries[n].title)

    def _votes(self) -> _Votes:
        votes = _Votes(Counter(), Counter(), Counter())
        above = self._like.old.above, self._like.new.above
        for o, n in self._pairs.old.items():
            old, new = above[0].get(o), above[1].get(n)
            if old is not None and new is not None and n not in self._pairs.doubtful:
                votes.both[old, new] += 1
                votes.old[old] += 1
                votes.new[new] += 1
        return votes
