"""What each unit carries now, and what it carried: duties gained, lost, kept and reworded."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from workplan.compare.change import Balance
from workplan.view.assignments import RowKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.compare.change import Change, Entry, Match
    from workplan.compare.units import Names

_ROWS = get_args(RowKind)
#: What makes a duty another one for those who keep it.
_REWORDING = {"split", "merged", "retitled", "reworded", "due", "targets"}


class _Account:
    """The rows of one unit."""

    def __init__(self) -> None:
        self.gained: list[str] = []
        self.lost: list[str] = []
        self.kept: list[str] = []
        self.reworded: list[str] = []

    def balance(self, unit: str) -> Balance:
        """The account, closed."""
        return Balance(
            unit=unit,
            gained=tuple(self.gained),
            lost=tuple(self.lost),
            kept=tuple(self.kept),
            reworded=tuple(self.reworded),
        )


def balances(matches: Sequence[Match], changes: Sequence[Change], names: Names) -> tuple[Balance, ...]:
    """One balance for each unit or group that a row of either plan names, in the registry's order.

    A unit carries a row that names it or a group that lists it; a group carries also what names all its members one by one.
    """
    reworded = {change.new[0].place for change in changes if change.new and _REWORDING & {*change.kinds}}
    pairs = [(match.old, match.new) for match in matches]
    pairs += [(change.old, change.new) for change in changes if not change.old or not change.new]
    named = {
        names.common(unit.unit) for olds, news in pairs for entry in (*olds, *news) for unit in entry.units if unit.unit
    }
    members = {unit: names.members(unit) for unit in named}
    accounts = {unit: _Account() for unit in sorted(named, key=names.order)}
    for olds, news in pairs:
        before, after = ([(entry, _bearers(entry, named, members, names)) for entry in side] for side in (olds, news))
        for unit in {unit for _, bearers in (*before, *after) for unit in bearers}:
            _book(accounts[unit], _keys(before, unit), _keys(after, unit), new=bool(news) and news[0].place in reworded)
    return tuple(account.balance(unit) for unit, account in accounts.items())


def _bearers(entry: Entry, named: Iterable[str], members: dict[str, frozenset[str]], names: Names) -> frozenset[str]:
    if entry.kind not in _ROWS:
        return frozenset()
    direct = frozenset(names.common(unit.unit) for unit in entry.units if unit.unit)
    if not direct:
        return direct
    through = direct.union(*(members[unit] for unit in direct))
    groups = (unit for unit in named if members[unit] and members[unit] <= direct)
    return (through & frozenset(named)).union(groups)


def _keys(side: Sequence[tuple[Entry, frozenset[str]]], unit: str) -> list[str]:
    return [entry.key for entry, bearers in side if unit in bearers]


def _book(account: _Account, before: list[str], after: list[str], *, new: bool) -> None:
    if not before:
        account.gained += after
    elif not after:
        account.lost += before
    elif new:
        account.reworded += after
    else:
        account.kept += after
