"""Units through the years: under which name each went, and which of them existed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Later than any plan: the registry as it stands.
PRESENT = 9999


@dataclass(frozen=True, slots=True)
class Reform:
    """A merger or a split: from ``year`` on there are the units ``after`` where the units ``before`` were.

    A unit on both sides is there all the time.
    """

    year: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A name that is not the one of a plan's year: the ``names`` in its place, and the ``year`` of the change."""

    year: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Reforms:
    """All changes of names and units; units go by their present names.

    ``names`` has for each unit that was renamed its earlier names, each with the first year of the next one, oldest first;
    ``changes`` are mergers and splits.
    """

    names: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    changes: tuple[Reform, ...] = ()

    def name(self, unit: str, year: int) -> str:
        """The name of a unit in a year."""
        return next((name for name, until in self.names.get(unit, ()) if year < until), unit)

    def former(self, unit: str, year: int) -> tuple[tuple[str, int], ...]:
        """The names that a unit bears no longer in a year, each with the first year of the next one, oldest first."""
        now = self.name(unit, year)
        return tuple((name, until) for name, until in self.names.get(unit, ()) if until <= year and name != now)

    def later(self, unit: str, year: int) -> Iterator[tuple[str, int]]:
        """The names that a unit does not bear yet in a year, each with its first year."""
        names = self.names.get(unit, ())
        now = self.name(unit, year)
        following = (*(name for name, _ in names[1:]), unit)
        for (_, since), name in zip(names, following, strict=False):
            if year < since and name != now:
                yield name, since

    def decisive(self, unit: str, year: int) -> Reform | None:
        """The reform that says whether a unit exists in a year: the last one up to then, else the first one after it."""
        own = [reform for reform in self.changes if unit in reform.before or unit in reform.after]
        past = [reform for reform in own if reform.year <= year]
        if past:
            return max(past, key=lambda reform: reform.year)
        return min(own, key=lambda reform: reform.year, default=None)

    def units(self, unit: str, year: int) -> tuple[str, ...]:
        """The units that stand for a unit in a year: itself, or what it became, or what it was formed from."""
        return tuple(dict.fromkeys(self._units(unit, year, frozenset())))

    def _units(self, unit: str, year: int, seen: frozenset[str]) -> Iterator[str]:
        reform = self.decisive(unit, year)
        side = () if reform is None else reform.after if reform.year <= year else reform.before
        if not side or unit in side or unit in seen:
            yield unit
            return
        for other in side:
            yield from self._units(other, year, seen | {unit})
