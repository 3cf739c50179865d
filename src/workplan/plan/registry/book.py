"""The book of units: every spelling resolved to one name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, nearest
from workplan.plan.registry.level import may_be_one
from workplan.plan.registry.reform import PRESENT, Dated, Reforms
from workplan.plan.registry.verbs import Verbs, verbs_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workplan.language.scalar import Scalar
    from workplan.plan.registry.phrase import Role


#: Signs that are written in two widths, or brackets in several kinds: one of each stands for all.
_FOLDED = str.maketrans("()〔〕[]［］【】", "（）（）（）（）（）") | {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}

_MARKS = re.compile("[、，；/\\s]")
_SIGNS = re.compile("[（）0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """One unit: ``members`` are the listed ones, ``open`` says that they may not be all.

    ``former`` are the names it had before, oldest first, each with the first year of the next one.
    """

    name: str
    full: str = ""
    kind: str = "unit"
    members: tuple[str, ...] = ()
    open: bool = False
    within: str = ""
    former: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Book:
    """All units in printing order (members of groups that have no entry of their own come last), and all spellings.

    ``verbs`` are those that give the units roles in a document. ``year`` is the one whose names it has; in ``old`` and ``early``
    are the spellings that a plan of that year has no more or not yet, and ``present`` leads every spelling to the unit of the
    registry, whatever it is called in that year.
    """

    entries: Mapping[str, RegisteredUnit]
    spellings: Mapping[str, str]
    verbs: Verbs = field(default_factory=verbs_with)
    reforms: Reforms = field(default_factory=Reforms)
    year: int = PRESENT
    old: Mapping[str, Dated] = field(default_factory=dict)
    early: Mapping[str, Dated] = field(default_factory=dict)
    present: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_beginning(self) -> dict[str, list[tuple[str, str]]]:
        """The spellings by their first two characters, the longest first; one with signs of several kinds also in plain ones.

        Nearly all names of a plan share the first.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for spelling in sorted(self.spellings, key=len, reverse=True):
            plain = spelling.translate(_FOLDED)
            found.setdefault(plain[:2], []).append((spelling, plain if _SIGNS.search(plain) else ""))
        return found

    def _beginning(self, text: str) -> Iterator[tuple[str, str]]:
        """The spellings that begin like ``text``, in two characters or as the first alone."""
        plain = text[:2].translate(_FOLDED)
        yield from self._by_beginning.get(plain, ())
        if len(plain) > 1:
            yield from self._by_beginning.get(plain[:1], ())

    def at(self, text: str, start: int) -> Iterator[str]:
        """The spellings that stand in ``text`` at ``start``, longest first; of brackets and digits any kind will do."""
        for spelling, plain in self._beginning(text[start : start + 2]):
            if text.startswith(spelling, start) or (
                plain and text[start : start + len(plain)].translate(_FOLDED) == plain
            ):
                yield spelling

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        return tuple(spelling for spelling in self.spellings if _MARKS.search(spelling))

    def listing(self, text: str, start: int) -> int:
        """Where a spelling ends that holds a mark (各区、县级市) and stands in ``text`` at ``start``; else ``start``."""
        found = (len(spelling) for spelling in self._lists if text.startswith(spelling, start))
        return start + max(found, default=0)

    def with_beginning(self, beginning: str, text: str, start: int) -> Iterator[str]:
        """The spellings that stand in ``text`` at ``start`` once ``beginning`` is put before it, longest first."""
        rest = len(beginning)
        for spelling, _ in self._beginning(beginning + text[start : start + 1]):
            if len(spelling) > rest and spelling.startswith(beginning) and text.startswith(spelling[rest:], start):
                yield spelling

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each unit in printing order."""
        return {name: place for place, name in enumerate(self.entries)}

    def members(self, group: str) -> tuple[str, ...]:
        """Everyone listed under a group, through the groups in it, in the order written."""
        found: dict[str, None] = {}
        waiting = list(reversed(self.entries[group].members))
        while waiting:
            name = self.spellings.get(waiting.pop(), "")
            if name and name not in found:
                found[name] = None
                waiting.extend(reversed(self.entries[name].members))
        return tuple(found)

    @cached_property
    def groups_of(self) -> dict[str, tuple[str, ...]]:
        """For each unit the groups that list it, directly or through another group."""
        groups: dict[str, list[str]] = {}
        for name, entry in self.entries.items():
            for member in self.members(name) if entry.members else ():
                groups.setdefault(member, []).append(name)
        return {member: tuple(names) for member, names in groups.items()}

    def reading(self, own: Mapping[str, Role]) -> Book:
        """The book for a document that adds verbs of its own, or gives a verb another role."""
        return replace(self, verbs=verbs_with(tuple(sorted(own.items())))) if own else self


def unknown(scalar: Scalar, start: int, end: int, book: Book) -> Diagnostic:
    """The finding for a name that no unit answers to, with the one of its level that it most looks like."""
    name = scalar.text[start:end].strip()
    near = nearest(name, (known for known in book.spellings if may_be_one(name, known)))
    arguments: dict[str, str | int] = {"name": name, "near": near}
    return Diagnostic("unknown-unit", scalar.part(start, end), arguments, variant="near" if near else "")
