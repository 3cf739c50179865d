"""The stable JSON shapes: keys may be added, none is ever renamed or dropped; each shape carries ``"version": 1``.

Every function is pure and returns what ``json`` takes as it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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
    """What each unit or group that the plan names carries (``workplan units``); ids refer to the rows of ``tasks``."""
    return {"version": VERSION, "plan": plan, "units": [_unit(load) for load in loads]}


def dump(shape: Mapping[str, object]) -> bytes:
    """A shape as a file: UTF-8, characters as they are, two blanks of indentation, keys as the shape orders them."""
    text = json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
    # Half a character (a lone surrogate) has no UTF-8; its JSON escape \\udXXX is what Python writes here.
    return text.encode("utf-8", "backslashreplace")


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
        "lead": load.lead,
        "support": load.support,
        "responsible": load.responsible,
    }
