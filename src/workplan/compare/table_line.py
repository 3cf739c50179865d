"""Two lines of a table compared cell by cell: what stands in one column is compared with what stood there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from workplan.compare import text_diff
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.compare.change import Cell, ChangeSign, Piece

#: A cell and the one that stands for it; None where its column came or went.
Aligned = tuple["Cell | None", "Cell | None"]


def aligned(old: Sequence[Cell], new: Sequence[Cell]) -> tuple[Aligned, ...]:
    """The cells of both lines, in order, those of one column beside each other."""
    titles: dict[str, int] = {}
    first, second = ([titles.setdefault(cell.column, len(titles)) for cell in side] for side in (old, new))
    found: list[Aligned] = []
    for step in Indel.opcodes(first, second):
        before, after = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        if step.tag == "equal":
            found += zip(before, after, strict=True)
        else:
            found += [*((cell, None) for cell in before), *((None, cell) for cell in after)]
    return tuple(found)


def compare(old: Sequence[Cell], new: Sequence[Cell]) -> tuple[Piece, ...]:
    """The pieces that lead from one line, told as text, to the other; they keep what ``text_diff.compare`` promises."""
    return tuple(_tidied(_pieces(old, new)))


def _pieces(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[Piece]:
    begun = [False, False]
    for pair in aligned(old, new):
        parted = [begun[side] and cell is not None for side, cell in enumerate(pair)]
        begun = [begun[side] or cell is not None for side, cell in enumerate(pair)]
        if any(parted):
            yield "=" if all(parted) else "-" if parted[0] else "+", CELLS
        before, after = (cell.text if cell else "" for cell in pair)
        yield from text_diff.compare(before, after)


def _tidied(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """What went and came between two things that stayed, in one piece each."""
    for stayed, group in groupby(pieces, lambda piece: piece[0] == "="):
        members = list(group)
        signs: tuple[ChangeSign, ...] = ("=",) if stayed else ("-", "+")
        for sign in signs:
            if text := "".join(text for mark, text in members if mark == sign):
                yield sign, text
