"""任务分解表: the task rows as a table of the document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workplan.view.blocks import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workplan.view.rows import Row


_COLUMNS: tuple[tuple[str, float, Callable[[Row], str]], ...] = (
    ("序号", 3, lambda row: row.number),
    ("任务", 9, lambda row: row.heading),
    ("牵头单位", 7, lambda row: row.people("lead")),
    ("配合单位", 7, lambda row: row.people("support")),
    ("责任单位", 9, lambda row: row.people("responsible")),
    ("完成时限", 5, lambda row: row.deadlines),
    ("目标", 6, lambda row: row.goals),
)


def build(rows: Sequence[Row]) -> Table:
    """One line a row under a line for each section; a column that no row fills is left out."""
    columns = [column for place, column in enumerate(_COLUMNS) if place < 2 or any(column[2](row) for row in rows)]  # noqa: PLR2004 - number and title always stand
    width = len(columns)
    lines: list[tuple[Cell, ...]] = []
    for heading, group in groupby(rows, key=lambda row: row.section or row.part):
        if heading:
            lines.append((Cell(heading, colspan=width),))
        lines += [tuple(Cell(text(row), column=place) for place, (_, _, text) in enumerate(columns)) for row in group]
    header = tuple(Cell(title, column=place) for place, (title, _, _) in enumerate(columns))
    total = sum(share for _, share, _ in columns)
    return Table((header,), tuple(lines), tuple(share / total for _, share, _ in columns))
