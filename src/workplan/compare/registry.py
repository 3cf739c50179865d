"""What changed in the registry between two plans: units, groups and their members, and spellings that lead elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compare.change import RegistryChange
from workplan.compare.units import Names
from workplan.plan.registry import PRESENT, build, in_year
from workplan.source import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import RegisteredUnit


def compare(old: Plan, new: Plan, printed: frozenset[str]) -> tuple[RegistryChange, ...]:
    """The changes in the new registry's order, what went last; ``printed`` are the spellings that either plan uses.

    The registries are compared as they stand: what only the plans' years make different is told where units are named.
    A spelling is told of where it leads to another unit, or comes or goes and is used: any other changes nothing.
    """
    ids = [dict(plan.files).get(REGISTRY, "") for plan in (old, new)]
    if ids[0] and ids[0] == ids[1]:
        return ()
    before, after = (in_year(build(plan.registry)[0], PRESENT) for plan in (old, new))
    return tuple(_Registries(Names(before, after), printed).changes())


@dataclass(frozen=True)
class _Registries:
    names: Names
    printed: frozenset[str]

    def changes(self) -> Iterator[RegistryChange]:
        old, new = self.names.old, self.names.new
        before = {name: self.names.common(name) for name in old.entries}
        split = {
            name: reform.year for name in before if (reform := self.names.reform(name)) and len(self._after(name)) > 1
        }
        formed = {other for name in split for other in self._after(name)}
        for unit in new.entries:
            known = [name for name, common in before.items() if common == unit and name not in split]
            if known:
                yield from self._kept(unit, known)
            elif unit not in formed and unit not in split:
                yield RegistryChange(unit=unit, change="added")
        for name, year in split.items():
            others = "、".join(self._after(name))
            yield RegistryChange(unit=name, change="split", old=name, new=others, since=year)
        yield from self._members()
        yield from self._spellings()
        for name, common in before.items():
            if common not in new.entries and name not in split:
                yield RegistryChange(unit=name, change="removed")

    def _after(self, name: str) -> tuple[str, ...]:
        return self.names.successors(name)

    def _kept(self, unit: str, known: list[str]) -> Iterator[RegistryChange]:
        """What became of a unit that was there, or of several that are one now."""
        gone = {name: reform.year for name in known if (reform := self.names.reform(name))}
        if gone:
            year = max(gone.values())
            yield RegistryChange(unit=unit, change="merged", old="、".join(gone), new=unit, since=year)
        for name in [name for name in known if name not in gone][:1]:
            if name != unit:
                since = self.names.renamed(unit, name, unit)
                yield RegistryChange(unit=unit, change="renamed", old=name, new=unit, since=since)
            yield from _details(unit, self.names.old.entries[name], self.names.new.entries[unit], self.names)

    def _members(self) -> Iterator[RegistryChange]:
        """Who came to a group and who left it; the members of a group that is new or gone are no news."""
        old, new = self.names.old, self.names.new
        groups = {self.names.common(name): name for name in old.entries}
        for group, entry in new.entries.items():
            if group not in groups or not (entry.members or old.entries[groups[group]].members):
                continue
            before = [self.names.common(member) for member in old.entries[groups[group]].members]
            after = [new.spellings[member] for member in entry.members]
            became = {other for member in before for other in self._after(member)}
            for member in dict.fromkeys(after):
                if member not in before and member not in became:
                    yield RegistryChange(unit=member, change="joined", new=group)
            for member in dict.fromkeys(before):
                if member not in after and not set(self._after(member)) & set(after):
                    yield RegistryChange(unit=member, change="left", old=group)

    def _spellings(self) -> Iterator[RegistryChange]:
        old, new = self.names.old.spellings, self.names.new.spellings
        for spelling in dict.fromkeys((*old, *new)):
            before = self.names.common(old[spelling]) if spelling in old else ""
            after = new.get(spelling, "")
            moved = before and after and before != after
            own = (
                spelling in (before, after) or spelling in self.names.old.entries or spelling in self.names.new.entries
            )
            if moved or (before != after and not own and spelling in self.printed):
                yield RegistryChange(unit=spelling, change="spelling", old=before, new=after)


def _details(unit: str, old: RegisteredUnit, new: RegisteredUnit, names: Names) -> Iterator[RegistryChange]:
    if old.full != new.full and (unit == old.name):
        yield RegistryChange(unit=unit, change="full", old=old.full, new=new.full)
    if old.kind != new.kind:
        yield RegistryChange(unit=unit, change="kind", old=old.kind, new=new.kind)
    if old.open != new.open and old.kind == new.kind:
        yield RegistryChange(unit=unit, change="open" if new.open else "closed")
    before = names.common(old.within) if old.within else ""
    after = names.new.spellings.get(new.within, new.within)
    if before != after:
        yield RegistryChange(unit=unit, change="within", old=before, new=after)
