"""Units compared through the registry: who came, went, was renamed, changed role, and what each unit carries now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.compare.change import UnitChange
from workplan.rising import rising

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.plan.registry import Book
    from workplan.plan.registry.reform import Reform
    from workplan.view.assignments import NamedUnit, Role

_STRENGTH: dict[Role, int] = {"lead": 2, "responsible": 1, "support": 0}
#: A group's place may be taken by some of its members; one alone is just another unit.
_SEVERAL = 2


@dataclass(frozen=True)
class Names:
    """The registries of both plans: one name for a unit, whatever each side calls it."""

    old: Book
    new: Book

    def common(self, unit: str) -> str:
        """The name in the new registry of a unit of either side; its own where the new registry does not know it."""
        known = self.new.spellings.get(unit)
        return known if known is not None else self._old_names.get(unit, unit)

    @cached_property
    def _old_names(self) -> dict[str, str]:
        """For each spelling of the old registry the common name of its unit."""
        shared: dict[str, str] = {}
        for spelling, owner in self.old.spellings.items():
            if spelling in self.new.spellings:
                shared.setdefault(owner, self.new.spellings[spelling])
        return {spelling: shared.get(owner, owner) for spelling, owner in self.old.spellings.items()}

    def members(self, group: str) -> frozenset[str]:
        """Everyone that either registry lists under a group, by common names."""
        books = ((book, book.spellings.get(group, "")) for book in (self.old, self.new))
        listed = (member for book, name in books if name in book.entries for member in book.members(name))
        return frozenset(map(self.common, listed))

    def members_in(self, book: Book, group: str) -> frozenset[str]:
        """Everyone that one registry lists under a group, by common names; where it does not know the group, what the other says."""
        name = self._groups[book is self.new].get(group, "")
        return frozenset(map(self.common, book.members(name))) if name else self.members(group)

    @cached_property
    def _groups(self) -> tuple[dict[str, str], dict[str, str]]:
        """The groups of the old registry and of the new one by their common names."""
        old, new = (
            {self.common(name): name for name, entry in book.entries.items() if entry.kind == "group"}
            for book in (self.old, self.new)
        )
        return old, new

    def renamed(self, unit: str, before: str, after: str) -> int | None:
        """The year since when a unit has its new name, where ``before`` and ``after`` are its names before and after."""
        entry = self.new.entries.get(unit)
        former = dict(entry.former) if entry is not None else {}
        known = {before, self.old.spellings.get(before, "")} & former.keys()
        return None if not known or after == before or after in former else max(former.values())

    def reform(self, unit: str) -> Reform | None:
        """The merger or split after which the new side has other units where ``unit`` of the old one was."""
        return None if _ended(self.old, unit) else _ended(self.new, unit)

    def successors(self, unit: str) -> tuple[str, ...]:
        """The units that the new side has where ``unit`` of the old one was, by the names of the new side's year."""
        reforms, year = self.new.reforms, self.new.year
        return tuple(reforms.name(other, year) for other in reforms.units(self.new.present.get(unit, unit), year))

    def order(self, unit: str) -> tuple[int, int]:
        """Where a unit stands: in the new registry's order, then the old one's."""
        last = len(self.new.order)
        return self.new.order.get(unit, last), self.old.order.get(unit, len(self.old.order))


def _ended(book: Book, unit: str) -> Reform | None:
    """The reform after which a unit is there no more in the book's year."""
    present = book.present.get(unit, "")
    reform = book.reforms.decisive(present, book.year)
    past = reform is not None and reform.year <= book.year
    return reform if reform is not None and past and present not in reform.after else None


def compare(old: Sequence[NamedUnit], new: Sequence[NamedUnit], names: Names) -> tuple[UnitChange, ...]:
    """What happened to each unit of an entry, in the order of the new side, what went last.

    A unit that the registry calls renamed is the same unit; a group whose members stand in its place was expanded, the other
    way round folded.
    """
    before, after = _by_unit(old, names), _by_unit(new, names)
    came = {unit: named for unit, named in after.items() if unit not in before}
    went = {unit: named for unit, named in before.items() if unit not in after}
    found = [*_split(went, came, names), *_expanded(went, came, names), *_folded(went, came, names)]
    found += [UnitChange(unit, "added", "", named.printed) for unit, named in came.items()]
    for unit, named in after.items():
        if unit in before:
            found += _kept(unit, before[unit], named, names)
    found += [*_merged(old, after, names), *_reordered(before, after)]
    found += [UnitChange(unit, "removed", named.printed, "") for unit, named in went.items()]
    return tuple(found)


def strongest(roles: Iterable[Role]) -> Role:
    """The role that asks most: a unit named twice has it."""
    return max(roles, key=_STRENGTH.__getitem__)


def roles(units: Sequence[NamedUnit], names: Names) -> dict[str, Role]:
    """The role of each unit that a registry knows."""
    return {unit: named.role for unit, named in _by_unit(units, names).items() if named.unit}


def _by_unit(units: Sequence[NamedUnit], names: Names) -> dict[str, NamedUnit]:
    """Each unit once, with its strongest role; names that no registry knows stand for themselves."""
    found: dict[str, NamedUnit] = {}
    for named in units:
        unit = names.common(named.unit) if named.unit else named.printed
        if unit not in found or _STRENGTH[named.role] > _STRENGTH[found[unit].role]:
            found[unit] = named
    return found


def _split(went: dict[str, NamedUnit], came: dict[str, NamedUnit], names: Names) -> Iterator[UnitChange]:
    """Units that were split since, and some of what they became; both are taken out, since they are told."""
    for unit in list(went):
        reform = names.reform(unit)
        present = [other for other in names.successors(unit) if other in came] if reform is not None else []
        if reform is not None and present:
            printed = "、".join(came.pop(other).printed for other in present)
            yield UnitChange(unit=unit, change="split", old=went.pop(unit).printed, new=printed, since=reform.year)


def _merged(old: Sequence[NamedUnit], after: dict[str, NamedUnit], names: Names) -> Iterator[UnitChange]:
    """Units of the new side that took in others which the old one names."""
    for unit, named in after.items():
        gone = {
            other.printed: reform.year
            for other in old
            if other.unit and names.common(other.unit) == unit and (reform := names.reform(other.unit))
        }
        if gone:
            since = max(gone.values())
            yield UnitChange(unit=unit, change="merged", old="、".join(gone), new=named.printed, since=since)


def _expanded(went: dict[str, NamedUnit], came: dict[str, NamedUnit], names: Names) -> Iterator[UnitChange]:
    """Groups that went and whose members came; both are taken out, since they are told."""
    for group in list(went):
        members = names.members(group)
        present = [unit for unit in came if unit in members]
        if len(present) >= min(_SEVERAL, len(members)) > 0:
            printed = "、".join(came.pop(unit).printed for unit in present)
            yield UnitChange(group, "expanded", went.pop(group).printed, printed)


def _folded(went: dict[str, NamedUnit], came: dict[str, NamedUnit], names: Names) -> Iterator[UnitChange]:
    for change in list(_expanded(came, went, names)):
        yield UnitChange(change.unit, "folded", change.new, change.old)


def _kept(unit: str, before: NamedUnit, after: NamedUnit, names: Names) -> Iterator[UnitChange]:
    since = names.renamed(unit, before.printed, after.printed)
    if since is not None:
        yield UnitChange(unit=unit, change="renamed", old=before.printed, new=after.printed, since=since)
    if before.role != after.role:
        yield UnitChange(unit, "role", before.role, after.role)


def _reordered(before: dict[str, NamedUnit], after: dict[str, NamedUnit]) -> Iterator[UnitChange]:
    """Units that stand elsewhere among those that stayed in their role."""
    for role in _STRENGTH:
        stayed = [unit for unit, named in before.items() if named.role == role and unit in after]
        stayed = [unit for unit in stayed if after[unit].role == role]
        places = {unit: place for place, unit in enumerate(stayed)}
        order = [unit for unit in after if unit in places]
        settled = rising([places[unit] for unit in order])
        for place, unit in enumerate(order):
            if place not in settled:
                yield UnitChange(unit, "reordered", before[unit].printed, after[unit].printed)
