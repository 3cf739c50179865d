"""What each unit carries now, and what it carried: duties gained, lost, kept, reworded, and kept in another role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.change import Balance, RoleChange
from workplan.compare.units import roles, strongest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.compare.change import Change, Entry, Match
    from workplan.compare.units import Names
    from workplan.view.assignments import Role

#: What makes a duty another one for those who keep it.
_REWORDING = {"split", "merged", "retitled", "reworded", "due", "targets"}

#: Roles by unit or by row; None where several members of a group have several.
_Roles = dict[str, "Role | None"]


class _Account:
    """The rows of one unit."""

    def __init__(self) -> None:
        self.gained: list[str] = []
        self.lost: list[str] = []
        self.kept: list[str] = []
        self.reworded: list[str] = []
        self.roles: list[RoleChange] = []

    def book(self, before: _Roles, after: _Roles, *, is_reworded: bool) -> None:
        """Enter what became of rows, with the unit's role in each, that carry each other on."""
        if not before:
            self.gained += after
        elif not after:
            self.lost += before
        else:
            changed = tuple(_changed(before, after))
            self.roles += changed
            others = {change.row for change in changed}
            if is_reworded:
                self.reworded += after
            else:
                self.kept += [row for row in after if row not in others]

    def balance(self, unit: str) -> Balance:
        """The account, closed."""
        return Balance(
            unit=unit,
            gained=tuple(self.gained),
            lost=tuple(self.lost),
            kept=tuple(self.kept),
            reworded=tuple(self.reworded),
            roles=tuple(self.roles),
        )


def _changed(before: _Roles, after: _Roles) -> Iterator[RoleChange]:
    """The rows of the new side in which a unit has another role than the strongest it had."""
    had = [role for role in before.values() if role]
    for row, role in after.items():
        if had and role and role != strongest(had):
            yield RoleChange(row, strongest(had), role)


def balances(matches: Sequence[Match], changes: Sequence[Change], names: Names) -> tuple[Balance, ...]:
    """One balance for each unit or group that a row of either plan names, in the registry's order.

    A unit carries a row that names it or a group that lists it; a group carries also what names all its members one by one.
    Who came to such a group or left it has a balance too.
    """
    reworded = {change.new[0].place for change in changes if change.new and _REWORDING & {*change.kinds}}
    pairs = [(match.old, match.new) for match in matches]
    pairs += [(change.old, change.new) for change in changes if not change.old or not change.new]
    named = {
        names.common(unit.unit) for olds, news in pairs for entry in (*olds, *news) for unit in entry.units if unit.unit
    }
    was, now = ({unit: names.members_in(book, unit) for unit in named} for book in (names.old, names.new))
    named |= {member for group in was for member in was[group] ^ now[group]}
    accounts = {unit: _Account() for unit in sorted(named, key=names.order)}
    for olds, news in pairs:
        before, after = (
            [(entry, _bearers(entry, named, members, names)) for entry in side]
            for side, members in ((olds, was), (news, now))
        )
        for unit in {unit for _, bearers in (*before, *after) for unit in bearers}:
            is_reworded = bool(news) and news[0].place in reworded
            accounts[unit].book(_borne(before, unit), _borne(after, unit), is_reworded=is_reworded)
    return tuple(account.balance(unit) for unit, account in accounts.items())


def _bearers(entry: Entry, asked: set[str], members: Mapping[str, frozenset[str]], names: Names) -> _Roles:
    """Who of those ``asked`` about bears a row, and in which role: named, or listed by a group that is, or as a group all of whose members are.

    The role of such a group is that of its members, and None where they have several.
    """
    direct = roles(entry.units, names)
    found: _Roles = dict(direct)
    for group, role in direct.items():
        for member in members[group] & asked - direct.keys():
            found[member] = strongest((role, found.get(member) or role))
    for group, listed in members.items():
        if listed and group not in direct and listed <= direct.keys():
            shared = {direct[member] for member in listed}
            found.setdefault(group, shared.pop() if len(shared) == 1 else None)
    return found


def _borne(side: Sequence[tuple[Entry, _Roles]], unit: str) -> _Roles:
    """The rows of a side that a unit bears, by their keys."""
    return {entry.key: bearers[unit] for entry, bearers in side if unit in bearers}
