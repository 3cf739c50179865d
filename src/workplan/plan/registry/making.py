"""Makes the book of units from the registry, and says what is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related
from workplan.language.model import Merged
from workplan.plan.registry.book import Book, RegisteredUnit, unknown
from workplan.plan.registry.reform import Reform, Reforms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Registry, Renamed, Split, Unit
    from workplan.language.scalar import Scalar

#: For each spelling the unit that it means, and where it is written first.
_Places = dict[str, tuple[str, "Scalar"]]


def build(registry: Registry) -> tuple[Book, tuple[Diagnostic, ...]]:
    """Make the book of the present names.

    Findings are a spelling that two units claim, a group inside itself, an unknown ``within``, and reforms that cannot be.
    """
    findings: list[Diagnostic] = []
    places: _Places = {}
    owners: dict[str, Unit] = {}
    for unit in registry.units:
        for spelling in _spellings(unit):
            owner, first = places.setdefault(spelling.line, (unit.name.line, spelling))
            other = owners.setdefault(spelling.line, unit)
            if owner != unit.name.line or (spelling is unit.name and first is not spelling):
                findings.append(_ambiguous(spelling, owner, unit, first, _as_list(spelling.line, other, unit)))
    entries = _entries(registry, places)
    spellings = {spelling: owner for spelling, (owner, _) in places.items()}
    book = Book(entries, spellings, reforms=_reforms(registry, entries, spellings), present=spellings)
    findings += _cycles(registry, book)
    findings += _strangers(registry, book)
    findings += _impossible(registry, book)
    return book, tuple(findings)


def _spellings(unit: Unit) -> tuple[Scalar, ...]:
    full = (unit.full,) if unit.full else ()
    return (unit.name, *full, *unit.aliases, *(renamed.from_ for renamed in unit.renamed))


def _entries(registry: Registry, places: _Places) -> dict[str, RegisteredUnit]:
    """All units in printing order; one that only a reform names stands behind the unit that tells of it, members come last."""
    entries: dict[str, RegisteredUnit] = {}
    own = {unit.name.line for unit in registry.units}
    for unit in registry.units:
        entries.setdefault(unit.name.line, _entry(unit))
        for name in _reformed(unit):
            owner, _ = places.setdefault(name.line, (name.line, name))
            if owner not in own:
                entries.setdefault(owner, RegisteredUnit(owner))
    for unit in registry.units:
        for member in unit.members:
            places.setdefault(member.line, (member.line, member))
            entries.setdefault(places[member.line][0], RegisteredUnit(member.line))
    return entries


def _reformed(unit: Unit) -> Iterator[Scalar]:
    for told in _told(unit):
        yield from _others(told)


def _entry(unit: Unit) -> RegisteredUnit:
    kind = "group" if unit.members else unit.kind
    return RegisteredUnit(
        name=unit.name.line,
        full=unit.full.line if unit.full else "",
        kind=kind,
        members=tuple(member.line for member in unit.members),
        open=unit.open or (kind == "group" and not unit.members),
        within=unit.within.line if unit.within else "",
        former=tuple(sorted(((one.from_.line, one.year) for one in unit.renamed), key=lambda former: former[1])),
    )


def _reforms(registry: Registry, entries: dict[str, RegisteredUnit], spellings: dict[str, str]) -> Reforms:
    names = {name: entry.former for name, entry in entries.items() if entry.former}
    return Reforms(names, tuple(reform for unit in registry.units for reform, _ in _changes(unit, spellings)))


def _changes(unit: Unit, spellings: dict[str, str]) -> Iterator[tuple[Reform, Merged | Split]]:
    """The mergers and splits that the entry of a unit tells of.

    One other name alone says that the unit itself was there before (another was merged into it) or goes on (it was split off).
    """
    own = unit.name.line
    for told in _told(unit):
        others = tuple(dict.fromkeys(spellings[name.line] for name in _others(told)))
        others = others if len(others) > 1 or own in others else (own, *others)
        sides = (others, (own,)) if isinstance(told, Merged) else ((own,), others)
        yield Reform(told.year, *sides), told


def _told(unit: Unit) -> tuple[Merged | Split, ...]:
    return (*unit.merged, *unit.split)


def _others(told: Merged | Split) -> tuple[Scalar, ...]:
    return told.from_ if isinstance(told, Merged) else told.into


def _ambiguous(spelling: Scalar, owner: str, unit: Unit, first: Scalar, renamed: str) -> Diagnostic:
    """Two entries that claim a spelling; where one is the other under its earlier name, ``renamed`` says how to write it."""
    arguments: dict[str, str | int] = {"name": spelling.line, "one": owner, "other": unit.name.line, "renamed": renamed}
    variant = "same" if owner == unit.name.line else "renamed" if renamed else ""
    related = (Related("ambiguous-name.first", first.span, {"name": spelling.line}),)
    return Diagnostic("ambiguous-name", spelling.span, arguments, variant=variant, related=related)


def _as_list(spelling: str, one: Unit, other: Unit) -> str:
    """Two entries of one unit as the renamings of a single one; "" where neither has its name as the other's earlier one."""
    if spelling not in (one.name.line, other.name.line) or not (one.renamed or other.renamed):
        return ""
    known = {renamed.from_.line: renamed.year for renamed in (*one.renamed, *other.renamed)}
    told = (f"{{from: {name}, year: {known[name]}}}" for name in sorted(known, key=known.__getitem__))
    return f"renamed: [{', '.join(told)}]"


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


def _impossible(registry: Registry, book: Book) -> Iterator[Diagnostic]:
    """Changes of one unit in one year whose order nobody can tell, and mergers and splits with no other unit in them."""
    seen: set[tuple[str, int]] = set()
    ends: set[tuple[str, int]] = set()
    for unit in registry.units:
        years: set[int] = set()
        for renamed in unit.renamed:
            if renamed.year in years:
                yield _twice(unit.name.line, renamed)
            years.add(renamed.year)
        for reform, told in _changes(unit, dict(book.spellings)):
            units = {*reform.before, *reform.after}
            if len(units) == 1:
                yield Diagnostic("reform-conflict", told.head, {"name": unit.name.line}, variant="alone")
            for other in sorted(units):
                event = (other, reform.year)
                once = (other in reform.before) != (other in reform.after)
                if event in ends or (once and event in seen):
                    yield _twice(other, told)
                seen.add(event)
                ends |= {event} if once else set()


def _twice(name: str, told: Renamed | Merged | Split) -> Diagnostic:
    return Diagnostic("reform-conflict", told.place("year"), {"name": name, "year": told.year})
