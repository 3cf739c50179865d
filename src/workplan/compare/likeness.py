"""How like two entries are: text, title, units and place together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from workplan.compare.moves import parents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compare.change import Cell, Entry
    from workplan.compare.units import Names

_TEXT, _TITLE, _UNITS, _SECTION, _PLACE = 0.55, 0.30, 0.10, 0.03, 0.02
#: What a piece of a text must have to be no chance: a run of so many characters.
_RUN = 4
#: A character of a word: a cell without one holds a figure, or the number of its line.
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
#: A first sentence of so many characters serves as a title.
_LEAD = 30


@dataclass(frozen=True)
class ComparedSide:
    """The entries of one plan with what likeness asks of them again and again."""

    entries: Sequence[Entry]
    names: Names

    @cached_property
    def units(self) -> tuple[frozenset[str], ...]:
        """The units of each entry, by names that both plans share."""
        return tuple(
            frozenset(self.names.common(named.unit or named.printed) for named in entry.units) for entry in self.entries
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Title and text of each entry in one string."""
        return tuple(entry.title + entry.text for entry in self.entries)

    @cached_property
    def heads(self) -> tuple[tuple[str, str], ...]:
        """Each entry as title and text; an untitled one is headed by its first sentence if that is short.

        A line of a table is headed by what it is about: its first cell that is more than a figure.
        """
        return tuple(
            (entry.title, entry.text) if entry.title else _labelled(entry.cells) or _headed(entry.text)
            for entry in self.entries
        )

    @cached_property
    def above(self) -> dict[int, int]:
        """For each entry the place of the heading or item it stands under."""
        return parents(self.entries)

    def depth(self, place: int) -> float:
        """How far down an entry stands, from 0 to 1."""
        return place / max(1, len(self.entries) - 1)


@dataclass(frozen=True)
class Likeness:
    """Two sides to measure by: ``of(o, n)`` for the entry of place ``o`` of the old and that of place ``n`` of the new."""

    old: ComparedSide
    new: ComparedSide

    def of(self, o: int, n: int) -> float:
        """From 0 to 1: .55 text, .30 title, .10 units, .05 place; what neither side has weighs nothing.

        Of a line of a table what it is about weighs as much as a text, and its other cells as much as a title.
        """
        old, new = self.old.entries[o], self.new.entries[n]
        (title, text), (other_title, other_text) = self.old.heads[o], self.new.heads[n]
        # The figures of a table change every year; what tells its lines apart is what they are about.
        weights = (_TEXT, _TITLE) if old.cells and new.cells else (_TITLE, _TEXT)
        if bool(title) != bool(other_title):
            parts = [(_TEXT + _TITLE, ratio(self.old.words[o], self.new.words[n]))]
        else:
            parts = [(weights[0], ratio(title, other_title))] if title else []
            parts += [(weights[1], ratio(text, other_text))] if text or other_text else []
        first, second = self.old.units[o], self.new.units[n]
        if first or second:
            parts.append((_UNITS, len(first & second) / len(first | second)))
        parts.append((_SECTION, ratio("".join(old.section), "".join(new.section))))
        parts.append((_PLACE, 1 - abs(self.old.depth(o) - self.new.depth(n))))
        return sum(weight * like for weight, like in parts) / sum(weight for weight, _ in parts)


def _labelled(cells: Sequence[Cell]) -> tuple[str, str] | None:
    """The cells of a line as the one that says what it is about and the others; None where none does."""
    place = next((place for place, cell in enumerate(cells) if _WORD.search(cell.text)), None)
    if place is None:
        return None
    return cells[place].text, "".join(cell.text for cell in (*cells[:place], *cells[place + 1 :]))


def _headed(text: str) -> tuple[str, str]:
    """A text as its first sentence and the rest, if the one is short and the other is there."""
    head, stop, rest = text.lstrip("—").partition("。")
    return (head, rest) if stop and rest and len(head) <= _LEAD else ("", text)


def ratio(one: str, other: str) -> float:
    """How much two texts have in common, in their order, from 0 to 1."""
    return 1.0 if one == other else Indel.normalized_similarity(one, other)


def contained(part: str, whole: str) -> float:
    """How much of ``part`` stands in ``whole`` in runs that are no chance, from 0 to 1."""
    if not part:
        return 0.0
    runs = (step.src_end - step.src_start for step in Indel.opcodes(part, whole) if step.tag == "equal")
    return sum(run for run in runs if run >= _RUN) / len(part)
