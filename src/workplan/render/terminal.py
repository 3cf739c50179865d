"""Tables for the terminal: who does what, and the load of each unit.

Text of a plan is printed unchanged: markup in it has no effect, and long text folds instead of being cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from workplan.chinese.characters import clean
from workplan.view.facts import COLUMNS, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workplan.view.assignments import Load, TaskRow

_COUNTS = frozenset({"tasks", "safeguards", "lead", "support", "responsible"})


def tasks_table(rows: Sequence[TaskRow], words: Mapping[str, str]) -> Table:
    """Every row of the plan; ``words`` has the heading for each key of number, section, title and so on.

    The columns are those that ``view.facts`` shows on a terminal, which is narrow: one without any content is left out.
    """
    columns = standing((column for column in COLUMNS if column.shown), rows)
    table = _table((column.key for column in columns), words)
    for place, row in enumerate(rows):
        if place and (row.kind, row.part) != (rows[place - 1].kind, rows[place - 1].part):
            table.add_section()
        table.add_row(*_texts(column.short(row) for column in columns))
    return table


def units_table(loads: Sequence[Load], words: Mapping[str, str]) -> Table:
    """The load of each unit in numbers; keys unit, kind, tasks, safeguards, lead, support, responsible.

    ``words`` may also translate the kinds (unit, group, post, office) under ``kind.unit`` and so on.
    """
    table = _table(("unit", "kind", "tasks", "safeguards", "lead", "support", "responsible"), words, numbers=_COUNTS)
    for load in loads:
        counts = (len(load.tasks), len(load.safeguards), load.lead, load.support, load.responsible)
        kind = words.get(f"kind.{load.kind}", load.kind)
        table.add_row(*_texts((load.unit, kind, *map(str, counts))))
    return table


def listed(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: frozenset[str] = frozenset()) -> Table:
    """Any lines under headings; the columns ``numbers`` are set flush right."""
    table = _table(headings, {heading: heading for heading in headings}, numbers=numbers)
    for row in rows:
        table.add_row(*_texts(row))
    return table


def _table(keys: Iterable[str], words: Mapping[str, str], *, numbers: frozenset[str] = frozenset()) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key in keys:
        table.add_column(Text(words[key]), overflow="fold", justify="right" if key in numbers else "left")
    return table


def _texts(cells: Iterable[str]) -> list[Text]:
    """Cells as plain text, without control characters, which the terminal would obey."""
    return [Text(clean(cell)) for cell in cells]
