"""What was registered, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.task_json import VERSION, dump

if TYPE_CHECKING:
    from workplan.rewrite.registering.add import Additions


def as_json(plan: str, file: str, done: Additions, *, written: bool) -> bytes:
    """The additions as one object; keys may be added, none is ever renamed or dropped.

    ``added`` are new units in the order of the plan, ``aliases`` new spellings of units that were there; ``places`` counts the
    places that name them.
    """
    added = [
        {
            "unit": unit.name,
            "kind": unit.kind,
            "open": unit.open,
            "aliases": list(unit.aliases),
            "places": unit.count,
        }
        for unit in done.units
    ]
    aliases = [{"unit": each.unit, "alias": each.alias, "places": each.count} for each in done.aliases]
    return dump(
        {"version": VERSION, "plan": plan, "file": file, "written": written, "added": added, "aliases": aliases}
    )
