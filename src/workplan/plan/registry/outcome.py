"""What is settled once a whole phrase is read: who is named a second time as the leader, and what the phrase says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.plan.registry.phrase import LaidDown, Role
    from workplan.plan.registry.reading import Reading
    from workplan.plan.registry.roles import Roles


def named_again(readings: Sequence[Reading]) -> None:
    """Who is named once more only to say that it leads (…负责，由县水利局牵头) leads where it stands first, and is one name."""
    first: dict[str, tuple[Roles, int]] = {}
    for reading in readings:
        again = []
        for place, name in enumerate(reading.names):
            roles, at = first.setdefault(name.unit or name.printed, (reading.roles, place))
            own = (roles, at) == (reading.roles, place)
            if not own and name.role == "lead" and place in reading.roles.given and roles.names[at].role != "lead":
                roles.settle(at, "lead")
                again.append(place)
        spans = {(name.start, name.end) for name in (reading.names[place] for place in again)}
        reading.roles.names[:] = [name for place, name in enumerate(reading.names) if place not in again]
        reading.pieces[:] = [
            replace(piece, kind="words") if piece.kind == "name" and (piece.start, piece.end) in spans else piece
            for piece in reading.pieces
        ]


def laid_down_here(readings: Sequence[Reading]) -> None:
    """Do what the phrase says of its own names: who stands first, or before the comma, leads, and what the others do."""
    rules = [rule for reading in readings for rule in reading.rules]
    lists = [reading.roles for reading in readings if reading.names]
    rest = next((rule.rest for rule in rules if rule.rest), None)
    if not any(name.role == "lead" for roles in lists for name in roles.names):
        _lead(rules, lists)
    if rest and any(name.role == "lead" for roles in lists for name in roles.names):
        for roles in lists:
            roles.names[:] = [name if name.role == "lead" else replace(name, role=rest) for name in roles.names]


def _lead(rules: Sequence[LaidDown], lists: Sequence[Roles]) -> None:
    count = max((rule.count for rule in rules if rule.kind == "first"), default=0)
    if count and lists:
        names = lists[0].names
        names[:count] = [replace(name, role="lead") for name in names[:count]]
    if any(rule.kind == "comma" for rule in rules):
        for roles in lists:
            for place, name in enumerate(roles.names if roles.first_comma else ()):
                role: Role = "lead" if place < (roles.first_comma or 0) else "responsible"
                roles.names[place] = replace(name, role=role)
