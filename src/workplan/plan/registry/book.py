"""The book of units: every spelling resolved to one name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, nearest
from workplan.plan.registry.verbs import Verbs, verbs_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workplan.language.model import Registry, Unit
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

    ``earlier`` is the name it had before the year ``since``.
    """

    name: str
    full: str = ""
    kind: str = "unit"
    members: tuple[str, ...] = ()
    open: bool = False
    within: str = ""
    earlier: str = ""
    since: int | None = None


@dataclass(frozen=True)
class Book:
    """All units in printing order (members of groups that have no entry of their own come last), and all spellings.

    ``verbs`` are those that give the units roles in a document.
    """

    entries: Mapping[str, RegisteredUnit]
    spellings: Mapping[str, str]
    verbs: Verbs = field(default_factory=verbs_with)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, str]]]:
        """The spellings by their first character, the longest first; one with signs of several kinds also in plain ones."""
        by_first: dict[str, list[tuple[str, str]]] = {}
        for spelling in sorted(self.spellings, key=len, reverse=True):
            plain = spelling.translate(_FOLDED)
            by_first.setdefault(plain[0], []).append((spelling, plain if _SIGNS.search(plain) else ""))
        return by_first

    def at(self, text: str, start: int) -> Iterator[str]:
        """The spellings that stand in ``text`` at ``start``, longest first; of brackets and digits any kind will do."""
        for spelling, plain in self._by_first.get(text[start : start + 1].translate(_FOLDED), ()):
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
        for spelling, _ in self._by_first.get(beginning[:1], ()):
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

    def as_of(self, year: int) -> Book:
        """The book for a plan of that year: a unit that has its name only since later goes by its earlier one."""
        late = {
            name: entry.earlier
            for name, entry in self.entries.items()
            if entry.since is not None and year < entry.since
        }
        if not late:
            return self
        entries = {
            late.get(name, name): replace(entry, within=late.get(entry.within, entry.within))
            for name, entry in self.entries.items()
        }
        entries |= {name: replace(entries[name], name=name, full="", earlier="", since=None) for name in late.values()}
        return Book(entries, {spelling: late.get(name, name) for spelling, name in self.spellings.items()}, self.verbs)

    def reading(self, own: Mapping[str, Role]) -> Book:
        """The book for a document that adds verbs of its own, or gives a verb another role."""
        return replace(self, verbs=verbs_with(tuple(sorted(own.items())))) if own else self


def build(registry: Registry) -> tuple[Book, tuple[Diagnostic, ...]]:
    """Make the book; a spelling that two units claim, a group inside itself and an unknown ``within`` are findings."""
    findings: list[Diagnostic] = []
    entries: dict[str, RegisteredUnit] = {}
    places: dict[str, tuple[str, Scalar]] = {}
    for unit in registry.units:
        for spelling in _spellings(unit):
            owner, first = places.setdefault(spelling.line, (unit.name.line, spelling))
            if owner != unit.name.line or (spelling is unit.name and first is not spelling):
                findings.append(_ambiguous(spelling, owner, unit, first))
        entries.setdefault(unit.name.line, _entry(unit))
    for unit in registry.units:
        for member in unit.members:
            places.setdefault(member.line, (member.line, member))
            entries.setdefault(places[member.line][0], RegisteredUnit(member.line))
    book = Book(entries, {spelling: owner for spelling, (owner, _) in places.items()})
    findings += _cycles(registry, book)
    findings += _strangers(registry, book)
    return book, tuple(findings)


def _spellings(unit: Unit) -> tuple[Scalar, ...]:
    full = (unit.full,) if unit.full else ()
    earlier = (unit.renamed.from_,) if unit.renamed else ()
    return (unit.name, *full, *unit.aliases, *earlier)


def _entry(unit: Unit) -> RegisteredUnit:
    kind = "group" if unit.members else unit.kind
    return RegisteredUnit(
        name=unit.name.line,
        full=unit.full.line if unit.full else "",
        kind=kind,
        members=tuple(member.line for member in unit.members),
        open=unit.open or (kind == "group" and not unit.members),
        within=unit.within.line if unit.within else "",
        earlier=unit.renamed.from_.line if unit.renamed else "",
        since=unit.renamed.year if unit.renamed else None,
    )


def _ambiguous(spelling: Scalar, owner: str, unit: Unit, first: Scalar) -> Diagnostic:
    arguments: dict[str, str | int] = {"name": spelling.line, "one": owner, "other": unit.name.line}
    variant = "same" if owner == unit.name.line else ""
    related = (Related("ambiguous-name.first", first.span, {"name": spelling.line}),)
    return Diagnostic("ambiguous-name", spelling.span, arguments, variant=variant, related=related)


def _cycles(registry: Registry, book: Book) -> Iterator[Diagnostic]:
    for unit in registry.units:
        for member in unit.members:
            inner = book.spellings[member.line]
            if inner == unit.name.line or unit.name.line in book.members(inner):
                yield Diagnostic("group-cycle", member.span, {"group": unit.name.line, "member": member.line})


def _strangers(registry: Registry, book: Book) -> Iterator[Diagnostic]:
    for unit in registry.units:
        if unit.within and unit.within.line not in book.spellings:
            yield unknown(unit.within, 0, len(unit.within.text), book)


def unknown(scalar: Scalar, start: int, end: int, book: Book) -> Diagnostic:
    """The finding for a name that no unit answers to, with the one it most looks like."""
    name = scalar.text[start:end].strip()
    near = nearest(name, book.spellings)
    arguments: dict[str, str | int] = {"name": name, "near": near}
    return Diagnostic("unknown-unit", scalar.part(start, end), arguments, variant="near" if near else "")
