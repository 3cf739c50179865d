"""Which texts are like a text, found through the rarest of its n-grams instead of by looking at all."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A gram that more texts share than this says nothing about any of them.
_COMMON = 40
#: Number of a text's rarest n-grams that are looked up.
_ASKED = 48


class Index:
    """The n-grams of some texts; a text is known by its place among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each gram stands; plans that are matched by their ids alone never ask."""
        places: dict[str, list[int]] = {}
        for place, text in enumerate(self._texts):
            for gram in _grams(text):
                places.setdefault(gram, []).append(place)
        return places

    @property
    def size(self) -> int:
        """Number of texts."""
        return len(self._texts)

    def count(self, gram: str) -> int:
        """Number of texts that have a pair or triple of characters."""
        return len(self._places.get(gram, ()))

    def like(self, text: str, most: int = 8) -> tuple[int, ...]:
        """The places of the texts that share the most rare grams with ``text``, the likeliest first."""
        places = self._places
        known = [gram for gram in _grams(text) if gram in places]
        rare = sorted((count, gram) for gram in known if (count := len(places[gram])) <= _COMMON)[:_ASKED]
        shares: Counter[int] = Counter()
        for count, gram in rare:
            for place in places[gram]:
                shares[place] += 1000 // count
        return tuple(place for place, _ in shares.most_common(most))


def _grams(text: str) -> Iterable[str]:
    """The pairs and triples of characters of a text, each once."""
    pairs = list(map(add, text, text[1:]))
    return dict.fromkeys(chain(pairs, map(add, pairs, text[2:])))
