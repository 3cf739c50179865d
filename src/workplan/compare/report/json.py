"""Comparisons for programs: the ``diff`` shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare import figures
from workplan.render.task_json import VERSION, dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.compare.change import Balance, Change, Comparison, Entry, UnitChange
    from workplan.compare.subject import Subject
    from workplan.render.task_json import Shape


def write(subject: Subject) -> bytes:
    """The shape as a file."""
    return dump(shape(subject.comparison))


def shape(comparison: Comparison) -> Shape:
    """A comparison as one object; keys may be added, none is ever renamed or dropped.

    ``id`` is the id of the plan, else the name that ``workplan tasks`` gives a row, made from its numbers.
    """
    return {
        "version": VERSION,
        "old": comparison.old,
        "new": comparison.new,
        "changes": [_change(change) for change in comparison.changes],
        "renumbered": [{"id": item.id, "from": item.old, "to": item.new} for item in comparison.renumbered],
        "units": [_balance(balance) for balance in comparison.units],
        "registry": registry(comparison),
    }


def registry(comparison: Comparison) -> list[Shape]:
    """What changed in the registry; for a ``spelling``, ``unit`` is the spelling, ``from`` and ``to`` the units it leads to."""
    return [
        {"unit": one.unit, "change": one.change, "from": one.old, "to": one.new, "since": one.since}
        for one in comparison.registry
    ]


def _change(change: Change) -> Shape:
    return {
        "kinds": list(change.kinds),
        "old": _refs(change.old),
        "new": _refs(change.new),
        "similarity": change.similarity,
        "doubtful": change.doubtful,
        "units": [_unit(unit) for unit in change.units],
        "text_diff": [list(piece) for piece in change.text_diff],
        "figures": [{"from": one.old, "to": one.new, "column": one.column} for one in figures.told(change)],
        "due": {"from": _dues(change.old), "to": _dues(change.new)},
        "targets": {"from": _targets(change.old), "to": _targets(change.new)},
    }


def _refs(entries: Iterable[Entry]) -> list[Shape]:
    return [
        {
            "id": entry.key,
            "number": entry.number,
            "section": entry.section[-1] if entry.section else "",
            "title": entry.title,
            "kind": entry.kind,
        }
        for entry in entries
    ]


def _unit(unit: UnitChange) -> Shape:
    return {"unit": unit.unit, "change": unit.change, "from": unit.old, "to": unit.new, "since": unit.since}


def _dues(entries: Iterable[Entry]) -> list[str]:
    return [due.text for entry in entries for due in entry.due]


def _targets(entries: Iterable[Entry]) -> list[str]:
    return [target.words for entry in entries for target in entry.targets]


def _balance(balance: Balance) -> Shape:
    return {
        "unit": balance.unit,
        "gained": list(balance.gained),
        "lost": list(balance.lost),
        "kept": list(balance.kept),
        "reworded": list(balance.reworded),
        "roles": [{"id": role.row, "from": role.old, "to": role.new} for role in balance.roles],
    }
