"""Which entries are looked at as possible pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.compare.change import Entry
    from workplan.compare.index import Index
    from workplan.compare.likeness import Likeness
    from workplan.compare.pairing import Pairs

#: Two entries with different ids must be this like each other: one may have been given anew.
_OTHER_ID = 0.75
#: A heading alone says little: it must be this like another, or head the same entries.
_HEADING = 0.75
#: A frame text shorter than this is known by its key alone.
_FRAME = 20
#: Number of entries looked at on either side of a matched one.
_NEAR = 6


def from_index(like: Likeness, pairs: Pairs, index: Index) -> Iterator[tuple[int, int]]:
    """What shares rare words; ``index`` is that of the new side."""
    for entry in like.old.entries:
        if entry.place not in pairs.old and comparable(entry):
            yield from ((entry.place, n) for n in index.like(like.old.words[entry.place]) if n not in pairs.new)


def from_neighbours(like: Likeness, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """What stands beside two entries that belong together: the only hint for what has few words or none of its own."""
    for o, n in list(pairs.old.items()):
        for step in (1, -1):
            olds = _beside(o, step, pairs.old, len(like.old.entries))
            news = _beside(n, step, pairs.new, len(like.new.entries))
            yield from ((left, right) for left in olds for right in news)


def _beside(place: int, step: int, taken: dict[int, int], end: int) -> list[int]:
    """The free places next to one, up to the first that is taken."""
    found: list[int] = []
    place += step
    while 0 <= place < end and place not in taken and len(found) < _NEAR:
        found.append(place)
        place += step
    return found


def comparable(entry: Entry) -> bool:
    """Whether an entry may be matched by what it says; a short text of the document's frame says too little."""
    known_by_key = entry.kind == "frame" and not entry.section and len(entry.text) < _FRAME
    return bool(entry.title or entry.text) and not known_by_key


def may_pair(like: Likeness, o: int, n: int) -> bool:
    """Whether two entries are of a kind that can carry each other on."""
    old, new = like.old.entries[o], like.new.entries[n]
    return comparable(old) and comparable(new) and (old.kind == "section") == (new.kind == "section")


def enough(like: Likeness, o: int, n: int, score: float) -> bool:
    """Whether a likeness is enough for what the entries are: headings, and entries with other ids, ask for more."""
    heading = like.old.entries[o].kind == "section"
    return not (heading and score < _HEADING) and not two_ids(like, o, n, score)


def two_ids(like: Likeness, o: int, n: int, score: float) -> bool:
    """Whether both have ids, which are then others, and are not so alike that one may have been given anew."""
    return bool(like.old.entries[o].id and like.new.entries[n].id) and score < _OTHER_ID
