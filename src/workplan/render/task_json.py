"""The stable JSON shapes: keys may be added, none is ever renamed or removed; each shape has ``"version": 1``.

Every function is pure and returns a value that ``json`` can write.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workplan.diagnostic import visible_json
from workplan.view.facts import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.view.assignments import Load, TaskRow

VERSION = 1

Shape = dict[str, object]


def tasks(plan: str, rows: Sequence[TaskRow]) -> Shape:
    """Who does what (``workplan tasks``, ``assignments.json``): every row of the plan, in printed order."""
    return {"version": VERSION, "plan": plan, "tasks": [_task(row) for row in rows]}


def units(plan: str, loads: Sequence[Load]) -> Shape:
    """The load of each unit or group that the plan names (``workplan units``); ids refer to the rows of ``tasks``."""
    return {"version": VERSION, "plan": plan, "units": [_unit(load) for load in loads]}


def dump(shape: Mapping[str, object]) -> bytes:
    """A shape as a file: UTF-8, characters unescaped, indented by two blanks, keys in the order of the shape."""
    return (visible_json(json.dumps(shape, ensure_ascii=False, indent=2)) + "\n").encode()


def _task(row: TaskRow) -> Shape:
    return {fact.key: fact.value(row) for fact in FACTS}


def _unit(load: Load) -> Shape:
    return {
        "unit": load.unit,
        "kind": load.kind,
        "printed": list(load.printed),
        "tasks": list(load.tasks),
        "safeguards": list(load.safeguards),
        "duties": list(load.duties),
        "goals": list(load.goals),
        "prose": list(load.prose),
        "lead": load.lead,
        "support": load.support,
        "responsible": load.responsible,
    }
