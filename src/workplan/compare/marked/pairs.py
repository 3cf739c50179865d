"""Which printed lines carry on which: what the matches of two plans say of the lines of their documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from workplan.compare.likeness import ratio
from workplan.compare.marked.align import ALIKE, PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.compare.change import Comparison, Entry, Match
    from workplan.compare.marked.align import Alignable

#: How the address of a title ends.
_TITLES = ("/title", ".title")


class Pairs:
    """The pairs of one comparison, asked for by the lines of both documents, or of two tables in them."""

    def __init__(self, comparison: Comparison) -> None:
        #: By address, the number of the match that its text belongs to, on the old and on the new side.
        self._matches: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for number, match in enumerate(comparison.matches):
            for side, entry in zip(self._matches, _likest(match), strict=True):
                side.update(dict.fromkeys(entry.addresses, number))

    def of(self, old: Sequence[Alignable], new: Sequence[Alignable]) -> dict[int, int]:
        """The pairs of lines of which matched entries are made; each line is in one at most."""
        here, there = (self._grouped(lines, side) for lines, side in zip((old, new), self._matches, strict=True))
        found: dict[int, int] = {}
        for number in here.keys() & there.keys():
            found |= _paired(old, new, here[number], there[number])
        return found | self._tables(old, new)

    @staticmethod
    def _grouped(lines: Sequence[Alignable], matches: Mapping[str, int]) -> dict[int, list[int]]:
        """By match, the paragraphs and rows whose text begins with one of its texts."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, line in enumerate(lines):
            if not line.kind.startswith("tbl"):
                number = next((matches[address] for address in line.addresses if address in matches), None)
                if number is not None:
                    found[number].append(place)
        return found

    def _tables(self, old: Sequence[Alignable], new: Sequence[Alignable]) -> dict[int, int]:
        """The tables that share the most matched lines."""
        votes: Counter[tuple[int, int]] = Counter()
        homes: dict[int, int] = {}
        for place, numbers in self._numbered(new, self._matches[1]):
            homes |= dict.fromkeys(numbers, place)
        for place, numbers in self._numbered(old, self._matches[0]):
            votes.update((place, homes[number]) for number in numbers if number in homes)
        found: dict[int, int] = {}
        for (one, other), _ in votes.most_common():
            if one not in found and other not in found.values():
                found[one] = other
        return found

    @staticmethod
    def _numbered(lines: Sequence[Alignable], matches: Mapping[str, int]) -> Iterator[tuple[int, set[int]]]:
        for place, line in enumerate(lines):
            if line.kind.startswith("tbl"):
                yield place, {matches[address] for address in line.addresses if address in matches}


def _likest(match: Match) -> tuple[Entry, Entry]:
    """Of an entry that was split only the likest part is its successor, the others are new; likewise for a merger."""
    pairs = [(one, other) for one in match.old for other in match.new]
    return max(pairs, key=lambda pair: ratio(pair[0].text, pair[1].text)) if len(pairs) > 1 else pairs[0]


def _paired(
    old: Sequence[Alignable], new: Sequence[Alignable], here: Sequence[int], there: Sequence[int]
) -> dict[int, int]:
    """The lines of two matched entries: title with title, the only text with the only text, of several the likest."""
    titles = [[place for place in side if _titled(lines[place])] for lines, side in ((old, here), (new, there))]
    found = dict(zip(titles[0][:1], titles[1][:1], strict=False))
    left = [place for place in here if place not in found]
    right = [place for place in there if place not in found.values()]
    if len(left) == len(right) == 1:
        return found | {left[0]: right[0]}
    offers = sorted(
        (-ratio(old[one].text, new[other].text), one, other)
        for one in left
        for other in right
        if old[one].kind == new[other].kind
    )
    for score, one, other in offers:
        if -score >= ALIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def _titled(line: Alignable) -> bool:
    return line.kind == PARAGRAPH and bool(line.addresses) and line.addresses[0].endswith(_TITLES)
