"""Two sequences of paragraphs laid side by side: what stayed, went, came, and what stands elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: The kind of a line that is a paragraph.
PARAGRAPH = "p"
#: The same paragraph in other words shares at least so many of its pairs of characters.
_ALIKE = 0.4
#: What two paragraphs count that have the same place in a document (its title, its date), whatever they say.
_SAME_PLACE = 0.5
_EMPTY = 0.1
#: A stretch in which nothing is the same on both sides is not searched beyond so many pairs.
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to lay beside another: a paragraph, a table, a row of one.

    Only lines of the same ``kind`` are ever paired; ``place`` names a place that a document has once (its title, its
    date), "" for running text.
    """

    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in reading order: a line of each side, or of one side alone.

    ``move`` counts moves from 1; one that is not 0 comes in two steps: where the line stood (``leaves``), and where it
    stands. Both name both lines.
    """

    old: int | None
    new: int | None
    move: int = 0
    leaves: bool = False


def align(
    old: Sequence[Line], new: Sequence[Line], links: Iterable[tuple[int, int]] = (), *, moves: bool = True
) -> tuple[Step, ...]:
    """The steps from the old lines to the new: each line once, but for moves, and each side in its own order.

    ``links`` are pairs known to belong together, the surest first. What else is alike is found by its text, where it
    stands between the same neighbours. Only paragraphs move, and without ``moves`` nothing does. The end is a pair, or
    one and paragraphs of one side behind it: where it is not so of itself, the last lines are paired if they can be.
    """
    known = list(links)
    steps = _aligned(old, new, known, moves=moves)
    if _ends_well(old, new, steps):
        return steps
    return _aligned(old, new, [(len(old) - 1, len(new) - 1), *known], moves=moves)


def _ends_well(old: Sequence[Line], new: Sequence[Line], steps: Sequence[Step]) -> bool:
    if not old or not new:
        return True
    tail = list(takewhile(lambda step: step.old is None or step.new is None or step.move, reversed(steps)))
    one_sided = all(step.old is None for step in tail) or all(step.new is None for step in tail)
    if not one_sided or len(tail) == len(steps):
        return False
    pair = steps[-1 - len(tail)]
    sides = ((new if step.old is None else old, step.new if step.old is None else step.old) for step in [pair, *tail])
    return not tail or all(lines[place or 0].kind == PARAGRAPH for lines, place in sides)


def _aligned(
    old: Sequence[Line], new: Sequence[Line], links: Iterable[tuple[int, int]], *, moves: bool
) -> tuple[Step, ...]:
    pairs = _alike(old, new, _known(old, new, links))
    kept = _in_order(pairs)
    stay = set(kept)
    pairs = {
        one: other for one, other in pairs.items() if (one, other) in stay or (moves and _moves(old[one], new[other]))
    }
    taken = set(pairs.values())
    between: list[tuple[int, int]] = []
    for (left, above), (right, below) in pairwise([(-1, -1), *kept, (len(old), len(new))]):
        free_old = [place for place in range(left + 1, right) if place not in pairs]
        free_new = [place for place in range(above + 1, below) if place not in taken]
        between += _matched(old, new, free_old, free_new)
    return tuple(_steps(len(old), len(new), sorted({*kept, *between}), pairs))


def _known(old: Sequence[Line], new: Sequence[Line], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The pairs that can be used: each line once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in links:
        if one not in pairs and other not in taken and old[one].kind == new[other].kind:
            pairs[one] = other
            taken.add(other)
    return pairs


def _alike(old: Sequence[Line], new: Sequence[Line], pairs: dict[int, int]) -> dict[int, int]:
    """The pairs, and the lines that say the same where only one does on either side."""
    taken = set(pairs.values())
    here = _only(old, pairs)
    there = _only(new, dict.fromkeys(taken, 0))
    return pairs | {place: there[line] for line, place in here.items() if line in there}


def _only(lines: Sequence[Line], used: Mapping[int, int]) -> dict[tuple[str, str], int]:
    counts = Counter((line.kind, line.text) for line in lines)
    return {
        (line.kind, line.text): place
        for place, line in enumerate(lines)
        if place not in used and line.text and counts[line.kind, line.text] == 1
    }


def _in_order(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """The most pairs that follow each other on both sides: the longest increasing run."""
    ends: list[int] = []
    tails: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(pairs.items()):
        place = bisect_left(ends, pair[1])
        before[pair] = tails[place - 1] if place else None
        ends[place : place + 1] = [pair[1]]
        tails[place : place + 1] = [pair]
    found: list[tuple[int, int]] = []
    last = tails[-1] if tails else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _moves(old: Line, new: Line) -> bool:
    return old.kind == PARAGRAPH and likeness(old.text, new.text) > 0


def _matched(
    old: Sequence[Line], new: Sequence[Line], here: Sequence[int], there: Sequence[int]
) -> list[tuple[int, int]]:
    """The pairs of lines between two neighbours that add up to the greatest likeness, in order."""
    if not here or not there or len(here) * len(there) > _MOST_PAIRS:
        return []
    bags_old, bags_new = [_bag(old[place].text) for place in here], [_bag(new[place].text) for place in there]
    likeness = [
        [_score(old[one], new[other], a, b) for other, b in zip(there, bags_new, strict=True)]
        for one, a in zip(here, bags_old, strict=True)
    ]
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for row in range(len(here) - 1, -1, -1):
        for column in range(len(there) - 1, -1, -1):
            paired = likeness[row][column] and likeness[row][column] + best[row + 1][column + 1]
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return list(_traced(here, there, likeness, best))


def _traced(
    here: Sequence[int], there: Sequence[int], likeness: list[list[float]], best: list[list[float]]
) -> Iterator[tuple[int, int]]:
    row = column = 0
    while row < len(here) and column < len(there):
        score = likeness[row][column]
        if score and best[row][column] == score + best[row + 1][column + 1]:
            yield here[row], there[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _bag(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(f"\n{text}")))


def _score(old: Line, new: Line, here: Counter[str], there: Counter[str]) -> float:
    """How alike two lines are, 0 where they are not to be paired."""
    if old.kind != new.kind:
        return 0.0
    if not here and not there:
        return _EMPTY
    score = 2 * (here & there).total() / (here.total() + there.total())
    if old.place and old.place == new.place:
        return max(score, _SAME_PLACE)
    return score if score >= _ALIKE else 0.0


def likeness(old: str, new: str) -> float:
    """The share of their pairs of characters that two texts have in common, from 0 to 1."""
    return _score(Line("", old), Line("", new), _bag(old), _bag(new))


def _steps(old: int, new: int, kept: list[tuple[int, int]], pairs: Mapping[int, int]) -> Iterator[Step]:
    """All in reading order: what went stands before what came in its stead."""
    moved = sorted(set(pairs.items()) - set(kept))
    numbers = {pair: number for number, pair in enumerate(moved, 1)}
    leaving = {one: Step(one, other, number, leaves=True) for (one, other), number in numbers.items()}
    coming = {other: Step(one, other, number) for (one, other), number in numbers.items()}
    left = above = 0
    for right, below in [*kept, (old, new)]:
        yield from (leaving.get(place) or Step(place, None) for place in range(left, right))
        yield from (coming.get(place) or Step(None, place) for place in range(above, below))
        if right < old:
            yield Step(right, below)
        left, above = right + 1, below + 1
