"""Tasks that were split, and tasks that were merged."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from workplan.compare.likeness import contained, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.compare.index import Index
    from workplan.compare.likeness import ComparedSide, Likeness

#: A piece has at least so many characters, and so much of it (0 to 1) stands in the whole.
_SHORTEST, _CONTAINED = 10, 0.6
#: A piece brings the whole so much nearer to its other side, and all pieces together are at least so like it.
_GAIN, _TOGETHER = 0.04, 0.6
#: Number of wholes that are tried for a piece.
_TRIED = 4

#: One entry on one side, by place, and its several pieces on the other, in their order.
Pieces = dict[int, tuple[int, ...]]


def splits_and_mergers(like: Likeness, pairs: Mapping[int, int], indexes: tuple[Index, Index]) -> tuple[Pieces, Pieces]:
    """What was split (old place: new places) and what was merged (new place: old places), found among what has no partner.

    A split entry's first partner may already be known; ``indexes`` are those of the old and of the new side.
    """
    split = _found(like.old, like.new, pairs, indexes[0], frozenset())
    back = {n: o for o, n in pairs.items()}
    taken = frozenset(n for news in split.values() for n in news)
    merged = _found(like.new, like.old, back, indexes[1], taken)
    whole = frozenset(split)
    return split, {n: olds for n, olds in merged.items() if not whole & set(olds)}


def _found(
    one: ComparedSide, many: ComparedSide, pairs: Mapping[int, int], index: Index, taken: frozenset[int]
) -> Pieces:
    """The entries of ``one`` side that several of the other together make up; ``taken`` ones are pieces themselves."""
    matched = set(pairs.values())
    offers: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for entry in many.entries:
        if entry.place not in matched and len(entry.text) >= _SHORTEST and entry.kind != "frame":
            share, whole = _whole(one, entry.text, index, taken)
            if share >= _CONTAINED:
                offers[whole].append((share, entry.place))
    found: Pieces = {}
    for whole, parts in offers.items():
        several = _gathered(one.entries[whole].text, many, pairs.get(whole), sorted(parts, reverse=True))
        if len(several) > 1:
            found[whole] = several
    return found


def _whole(one: ComparedSide, text: str, index: Index, taken: frozenset[int]) -> tuple[float, int]:
    """The entry that holds the most of a text, and how much."""
    tried = [place for place in index.like(text, _TRIED) if place not in taken and one.entries[place].kind != "frame"]
    shares = [(contained(text, one.entries[place].text), -place) for place in tried]
    share, place = max(shares, default=(0.0, 0))
    return share, -place


def _gathered(text: str, many: ComparedSide, first: int | None, parts: list[tuple[float, int]]) -> tuple[int, ...]:
    """The pieces of a text in their order: each must bring them nearer to it."""
    chosen = [] if first is None else [first]
    score = _together(text, many, chosen)
    for _, place in parts:
        more = sorted([*chosen, place])
        better = _together(text, many, more)
        if better > score + _GAIN:
            chosen, score = more, better
    return tuple(chosen) if score >= _TOGETHER else ()


def _together(text: str, many: ComparedSide, places: list[int]) -> float:
    return ratio(text, "".join(many.entries[place].text for place in places)) if places else 0.0
