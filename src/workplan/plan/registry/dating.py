"""The book of units as it was in a year: with the units that there were, under the names that they had."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.plan.registry.reform import Dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry.book import Book, RegisteredUnit


def in_year(book: Book, year: int) -> Book:
    """The book for a plan of that year.

    A unit that another one took in since goes by that one's name, a unit split off later by the name of the one it was part of.
    Where several units stand for one, it keeps its entry, so that a plan that names it all the same has somebody to mean.
    """
    reforms = book.reforms
    if not reforms.names and not reforms.changes:
        return replace(book, year=year)
    standing = {unit: reforms.units(unit, year) for unit in book.entries}
    names = {unit: reforms.name(unit, year) for unit in book.entries}
    chosen = {unit: others[0] if len(others) == 1 else unit for unit, others in standing.items()}
    dated = dict(_dated(book, year, standing, names))
    return replace(
        book,
        entries={
            names[unit]: _entry(book, entry, year, standing, names)
            for unit, entry in book.entries.items()
            if chosen[unit] == unit
        },
        spellings={spelling: names[chosen[unit]] for spelling, unit in book.spellings.items()},
        year=year,
        old={name: found for name, found in dated.items() if found.year <= year},
        early={name: found for name, found in dated.items() if found.year > year},
    )


def _entry(
    book: Book, entry: RegisteredUnit, year: int, standing: dict[str, tuple[str, ...]], names: dict[str, str]
) -> RegisteredUnit:
    """The entry of a unit as it was: a full name goes with the present name only."""
    unit, name = entry.name, names[entry.name]
    within = book.spellings.get(entry.within, "")
    above = standing.get(within, ())
    dated = entry.within in (within, *(former for former, _ in book.reforms.names.get(within, ())))
    return replace(
        entry,
        name=name,
        full=entry.full if name == unit else "",
        members=tuple(dict.fromkeys(_members(book, entry, standing, names))),
        within=names[above[0]] if len(above) == 1 and (dated or above[0] != within) else entry.within,
        former=book.reforms.former(unit, year),
    )


def _members(
    book: Book, entry: RegisteredUnit, standing: dict[str, tuple[str, ...]], names: dict[str, str]
) -> Iterator[str]:
    """The members of a group, as they are spelt where they stand for themselves."""
    for member in entry.members:
        others = standing[book.spellings[member]]
        yield from (member,) if len(others) == 1 else (names[other] for other in others)


def _dated(
    book: Book, year: int, standing: dict[str, tuple[str, ...]], names: dict[str, str]
) -> Iterator[tuple[str, Dated]]:
    """Every name that a plan of the year has no more or not yet."""
    reforms = book.reforms
    for unit, others in standing.items():
        if others == (unit,):
            former = dict(reforms.former(unit, year))
            since = max(former.values(), default=year)  # the year of the present name, however many there were between
            for name, changed in (*((name, since) for name in former), *reforms.later(unit, year)):
                yield name, Dated(changed, (names[unit],))
    for spelling, unit in book.spellings.items():
        reform = reforms.decisive(unit, year)
        if reform is not None and unit not in standing[unit]:
            yield spelling, Dated(reform.year, tuple(names[other] for other in standing[unit]))
