"""Two sequences of paragraphs laid side by side: what stayed, went, came, and what stands elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from workplan.compare.likeness import ratio
from workplan.rising import rising

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The kind of a line that is a paragraph.
PARAGRAPH = "p"
#: Lines that nothing else tells of are one line in other words if they have at least this in common.
ALIKE = 0.5
#: A stretch in which nothing is the same on both sides is not searched beyond so many pairs.
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Alignable:
    """One thing to lay beside another: a paragraph, a table, a row of one.

    Only lines of the same ``kind`` are ever paired. ``addresses`` are those of the elements of the printed sequence that the
    line prints; none for what only a template says.
    """

    kind: str
    text: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignmentStep:
    """One step in reading order: a line of each side, or of one side alone.

    ``move`` counts moves from 1; one that is not 0 comes in two steps: where the line stood (``leaves``), and where it
    stands. Both name both lines.
    """

    old: int | None
    new: int | None
    move: int = 0
    leaves: bool = False


def align(
    old: Sequence[Alignable], new: Sequence[Alignable], pairs: Mapping[int, int], *, moves: bool = True
) -> tuple[AlignmentStep, ...]:
    """The steps from the old lines to the new: each line once, but for moves, and each side in its own order.

    ``pairs`` are the lines known to carry on each other. What they leave open is paired where it says the same, or nearly
    so between the same neighbours. Only paragraphs move, and without ``moves`` nothing does. The end is a pair, or one and
    paragraphs of one side behind it: where it is not so of itself, the last lines are paired if they can be.
    """
    known = {one: other for one, other in pairs.items() if old[one].kind == new[other].kind}
    steps = _aligned(old, new, known, moves=moves)
    if _ends_well(old, new, steps) or old[-1].kind != new[-1].kind:
        return steps
    last = {one: other for one, other in known.items() if one != len(old) - 1 and other != len(new) - 1}
    return _aligned(old, new, {**last, len(old) - 1: len(new) - 1}, moves=moves)


def _ends_well(old: Sequence[Alignable], new: Sequence[Alignable], steps: Sequence[AlignmentStep]) -> bool:
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
    old: Sequence[Alignable], new: Sequence[Alignable], known: Mapping[int, int], *, moves: bool
) -> tuple[AlignmentStep, ...]:
    pairs = {**known, **_same(old, new, known)}
    order = sorted(pairs)
    settled = rising([pairs[one] for one in order])
    kept = [(one, pairs[one]) for place, one in enumerate(order) if place in settled]
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
    return tuple(_steps(old, len(new), sorted({*kept, *between}), pairs))


def _same(old: Sequence[Alignable], new: Sequence[Alignable], known: Mapping[int, int]) -> dict[int, int]:
    """The lines that say the same where only one does on either side."""
    here, there = _only(old, set(known)), _only(new, set(known.values()))
    return {place: there[line] for line, place in here.items() if line in there}


def _only(lines: Sequence[Alignable], used: set[int]) -> dict[tuple[str, str], int]:
    counts = Counter((line.kind, line.text) for line in lines)
    return {
        (line.kind, line.text): place
        for place, line in enumerate(lines)
        if place not in used and line.text and counts[line.kind, line.text] == 1
    }


def _moves(old: Alignable, new: Alignable) -> bool:
    return old.kind == PARAGRAPH and ratio(old.text, new.text) >= ALIKE


def _matched(
    old: Sequence[Alignable], new: Sequence[Alignable], here: Sequence[int], there: Sequence[int]
) -> list[tuple[int, int]]:
    """The pairs of lines between two neighbours, the likest first, as far as they stand in one order."""
    if not here or not there or len(here) * len(there) > _MOST_PAIRS:
        return []
    offers = [
        (-score, abs(place - at), one, other)
        for place, one in enumerate(here)
        for at, other in enumerate(there)
        if old[one].kind == new[other].kind and (score := ratio(old[one].text, new[other].text)) >= ALIKE
    ]
    found: list[tuple[int, int]] = []
    for _, _, one, other in sorted(offers):
        at = bisect_left(found, (one, other))
        before, after = found[at - 1 : at] if at else [], found[at : at + 1]
        if all(pair[0] < one and pair[1] < other for pair in before) and all(
            pair[0] > one and pair[1] > other for pair in after
        ):
            found.insert(at, (one, other))
    return found


def _steps(
    old: Sequence[Alignable], new: int, kept: list[tuple[int, int]], pairs: Mapping[int, int]
) -> Iterator[AlignmentStep]:
    """All in reading order: what went stands before what came in its stead."""
    moved = sorted(set(pairs.items()) - set(kept))
    numbers = {pair: number for number, pair in enumerate(moved, 1)}
    leaving = {one: AlignmentStep(one, other, number, leaves=True) for (one, other), number in numbers.items()}
    coming = {other: AlignmentStep(one, other, number) for (one, other), number in numbers.items()}
    left = above = 0
    for right, below in [*kept, (len(old), new)]:
        # LibreOffice loses a floating table that goes before a paragraph that came: it stands on that paragraph.
        last = next((place for place in range(right, left, -1) if old[place - 1].kind == PARAGRAPH), left)
        yield from (leaving.get(place) or AlignmentStep(place, None) for place in range(left, last))
        yield from (coming.get(place) or AlignmentStep(None, place) for place in range(above, below))
        yield from (AlignmentStep(place, None) for place in range(last, right))
        if right < len(old):
            yield AlignmentStep(right, below)
        left, above = right + 1, below + 1
