"""What a plan is to print once some edits are in, and where another plan prints something else."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from workplan.merge.edit import Kind
from workplan.merge.printed import Sort
from workplan.merge.signs import bare, core
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed


class Wanted(NamedTuple):
    """One line without number and white space, and the place of the edit that asks for it; None for one that stays."""

    words: str
    edit: int | None = None


def wanted(today: Printed, edits: Sequence[Edit] = ()) -> list[Wanted]:
    """The lines of a plan with some edits (told by its own holders) made; what only follows from others is left out."""
    order = [address for address, holder in today.holders.items() if holder.sort is not Sort.DERIVED]
    lines = {address: [Wanted(words) for words in _words(today.holders[address])] for address in order}
    last: dict[str, str] = {}
    for place, edit in enumerate(edits):
        if edit.kind is Kind.REMOVED and edit.holder in lines:
            order.remove(edit.holder)
            del lines[edit.holder]
        elif edit.kind is Kind.CHANGED:
            lines[edit.holder] = [Wanted(words, place) for words in _reworded(today.holders[edit.holder], edit.after)]
        elif edit.kind in (Kind.ADDED, Kind.MOVED):
            name = edit.holder or f"+{place}"
            if edit.holder in lines:
                order.remove(edit.holder)
            own = list(_words(today.holders[edit.holder])) if edit.holder else _new(edit.after)
            lines[name] = [Wanted(words, place) for words in own]
            above = last.get(edit.behind, edit.behind) if edit.kind is Kind.ADDED else edit.behind
            order.insert(order.index(above) + 1 if above in lines else 0, name)
            if edit.kind is Kind.ADDED:
                last[edit.behind] = name
    return [line for address in order for line in lines[address]]


def _words(holder: Holder) -> Iterator[str]:
    if not holder.is_running:
        yield from filter(None, [bare(holder.text)])
        return
    for line in holder.lines:
        yield from _cores(line.number, line.text)


def _reworded(holder: Holder, after: str) -> list[str]:
    if not holder.is_running:
        return list(filter(None, [bare(after)]))
    return list(_cores(holder.number, after))


def _cores(number: str, text: str) -> Iterator[str]:
    """The lines of a text without numbers; one that was counted is known, however high it is."""
    first, *more = text.split("\n")
    yield from filter(None, [bare(first) if number else core(first), *map(core, more)])


def _new(after: str) -> list[str]:
    return list(filter(None, (core(text) for line in after.split("\n") for text in line.split(CELLS))))


class Difference(NamedTuple):
    """Whether two plans print the same, and the edits whose lines are not where they should be."""

    same: bool
    edits: frozenset[int]


def difference(lines: Sequence[Wanted], printed: Sequence[Wanted]) -> Difference:
    """Hold what a plan prints against what it is to print."""
    old, new = [line.words for line in lines], [line.words for line in printed]
    if old == new:
        return Difference(same=True, edits=frozenset())
    blamed: set[int] = set()
    for tag, first, last, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            blamed |= {line.edit for line in lines[first:last] if line.edit is not None}
    return Difference(same=False, edits=frozenset(blamed))
