"""How surely two entries deal with the same thing though little of their wording is left: by the rare words they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.compare.index import Index
    from workplan.compare.likeness import Likeness

#: What tells no topic: numbers, years, marks.
_APART = re.compile(r"[^\u3400-\u9fffA-Za-z]+")
#: A head that is more alike than the whole adds this share of the difference.
_HEAD = 0.3
#: Texts and heads are taken to be longer by so many of the rarest pairs of characters: few shared by short ones say little.
_PAD_TEXT, _PAD_HEAD = 10, 1


class _Weights(dict[str, float]):
    """The weight of each pair of characters: the rarer on the new side, the more."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.rarest = log(index.size + 1) ** 2

    def __missing__(self, gram: str) -> float:
        weight = log((self._index.size + 1) / max(1, self._index.count(gram))) ** 2
        self[gram] = weight
        return weight


@dataclass(frozen=True, slots=True)
class _Words:
    """The pairs of characters of a text, and what they weigh together."""

    grams: frozenset[str]
    weight: float


@dataclass(frozen=True)
class Kinship:
    """Measures by the rare words of two sides; ``index`` is that of the new one and knows which words are rare."""

    like: Likeness
    index: Index
    _known: dict[str, _Words] = field(default_factory=dict)

    def of(self, o: int, n: int) -> float:
        """From 0 to 1: what two entries share of their pairs of characters, the rarer the more it weighs."""
        old, new = self.like.old, self.like.new
        whole = self._shared(old.words[o], new.words[n], _PAD_TEXT)
        heads = old.heads[o][0], new.heads[n][0]
        return whole + _HEAD * max(0.0, self._shared(*heads, _PAD_HEAD) - whole) if all(heads) else whole

    def _shared(self, one: str, other: str, pad: int) -> float:
        first, second = self._words(one), self._words(other)
        shared = first.grams & second.grams
        if not shared:
            return 0.0
        more = pad * self._weights.rarest
        return self._weigh(shared) / sqrt((first.weight + more) * (second.weight + more))

    def _words(self, text: str) -> _Words:
        if text not in self._known:
            parts = _APART.split(text)
            grams = frozenset(part[at : at + 2] for part in parts for at in range(len(part) - 1))
            self._known[text] = _Words(grams, self._weigh(grams))
        return self._known[text]

    def _weigh(self, grams: frozenset[str]) -> float:
        # A set has no order from run to run, and a plain sum of fractions depends on it.
        return fsum(map(self._weights.__getitem__, grams))

    @cached_property
    def _weights(self) -> _Weights:
        return _Weights(self.index)
