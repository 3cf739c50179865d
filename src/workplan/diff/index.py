"""Which texts are like a text, found through the rarest of its n-grams instead of by looking at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A gram that more texts share than this says nothing about any of them.
_COMMON = 40
#: So many of a text's rarest grams are asked for.
_ASKED = 48


class Index:
    """The n-grams of some texts; a text is known by its place among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for gram in _grams(text):
                self._places.setdefault(gram, []).append(place)

    def like(self, text: str, most: int = 8) -> tuple[int, ...]:
        """The places of the texts that share the most rare grams with ``text``, the likeliest first."""
        known = ((len(places), gram) for gram in _grams(text) if (places := self._places.get(gram)))
        rare = sorted(found for found in known if found[0] <= _COMMON)[:_ASKED]
        shares: Counter[int] = Counter()
        for count, gram in rare:
            for place in self._places[gram]:
                shares[place] += 1000 // count
        return tuple(place for place, _ in sorted(shares.items(), key=lambda share: (-share[1], share[0]))[:most])


def _grams(text: str) -> Iterable[str]:
    """The pairs and triples of characters of a text, each once."""
    pairs = (text[start : start + 2] for start in range(len(text) - 1))
    triples = (text[start : start + 3] for start in range(len(text) - 2))
    return dict.fromkeys((*pairs, *triples))
