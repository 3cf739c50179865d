"""One-to-one pairs of entries, taken from the likeliest down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: A rival whose own partner is so many times as near as it would be is none.
_SERVED = 1.25

#: A pair that might be: how good it is, the place of the old entry and that of the new one.
Option = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair that was chosen: how near the two are, and how near the best rival of either comes."""

    o: int
    n: int
    strength: float
    rival: float

    def is_ahead(self, least: float, times: float) -> bool:
        """Whether they are near enough, and so many times as near as any rival."""
        return self.strength >= least and self.strength >= times * self.rival


@dataclass(slots=True)
class Pairs:
    """One-to-one pairs by place, with their likeness."""

    old: dict[int, int] = field(default_factory=dict)
    new: dict[int, int] = field(default_factory=dict)
    score: dict[int, float] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)

    def put(self, o: int, n: int, score: float, *, doubtful: bool = False) -> None:
        """Pair two entries that are free."""
        self.old[o], self.new[n], self.score[n] = n, o, score
        if doubtful:
            self.doubtful.add(n)

    def drop(self, n: int) -> None:
        """Part the pair of a new entry."""
        del self.old[self.new.pop(n)], self.score[n]
        self.doubtful.discard(n)

    def free(self, o: int, n: int) -> bool:
        """Whether neither entry has a partner."""
        return o not in self.old and n not in self.new


def best_first(options: list[Option]) -> list[Option]:
    """The options from the best down, in the order of the plans where they are equal."""
    return sorted(options, key=lambda option: (-option[0], option[1], option[2]))


def rivals(options: Sequence[Option]) -> Callable[[int, int], float]:
    """How good the best other option of either entry of a pair is; ``options`` begin with the best."""
    olds: dict[int, list[float]] = defaultdict(list)
    news: dict[int, list[float]] = defaultdict(list)
    for score, o, n in options:
        olds[o].append(score)
        news[n].append(score)

    def other(o: int, n: int) -> float:
        return max(*olds[o][1:2], *news[n][1:2], 0.0, 0.0)

    return other


def chosen(options: Sequence[Option]) -> Iterator[Choice]:
    """The best options that leave each entry one partner, from the best down; ``options`` begin with the best.

    Whoever is much better served is nobody's rival.
    """
    olds: dict[int, tuple[int, float]] = {}
    news: dict[int, tuple[int, float]] = {}
    for strength, o, n in options:
        if o not in olds and n not in news:
            olds[o], news[n] = (n, strength), (o, strength)
    rival = dict.fromkeys(news, 0.0)
    for strength, o, n in options:
        (partner, served), (_, other) = olds.get(o, (-1, 0.0)), news.get(n, (-1, 0.0))
        if partner == n:
            continue
        if o in olds and other < strength * _SERVED:
            rival[partner] = max(rival[partner], strength)
        if n in news and served < strength * _SERVED:
            rival[n] = max(rival[n], strength)
    return (Choice(o, n, strength, rival[n]) for n, (o, strength) in news.items())


def mend(pairs: Pairs, options: Sequence[Option]) -> None:
    """Where a free entry could have what another took, and that one has a second choice, both are served."""
    choices: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for score, o, n in options:
        choices[o].append((score, n))
    for score, o, n in options:
        if o in pairs.old or n not in pairs.new:
            continue
        rival = pairs.new[n]
        second = next(((other, m) for other, m in choices[rival] if m not in pairs.new), None)
        if second and n in pairs.score and score + second[0] > pairs.score[n]:
            pairs.drop(n)
            pairs.put(o, n, score)
            pairs.put(rival, second[1], second[0])
