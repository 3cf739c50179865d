"""任务分解表: the task rows as a table of the document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workplan.view import runs
from workplan.view.sequence import DERIVED, Cell, Element, Face, Role, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workplan.numbering import NumberedPart
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


def build(part: NumberedPart, rows: Sequence[Row]) -> Table:
    """One line a row under a line for each section; a column that no row fills is left out."""
    columns = [column for place, column in enumerate(_COLUMNS) if place < 2 or any(column[2](row) for row in rows)]  # noqa: PLR2004 - number and title always stand
    width = len(columns)

    def cell(text: str, line: str, name: str, column: int = 0, span: int = 1) -> Cell:
        role = Role.COLUMN if line == "columns" else Role.CELL
        printed = runs.added(text, part.part, "kind", face=Face.HEITI if role is Role.COLUMN else Face.FANGSONG)
        address = f"{part.address}/{line}/{name}"
        return Cell(Element(address, role, (printed,), DERIVED), 1, span, column)

    lines: list[tuple[Cell, ...]] = []
    for heading, group in groupby(rows, key=lambda row: row.section or row.part):
        if heading:
            lines.append((cell(heading, f"rows/{len(lines) + 1}", "所属", span=width),))
        for row in group:
            place = f"rows/{len(lines) + 1}"
            lines.append(tuple(cell(text(row), place, name, at) for at, (name, _, text) in enumerate(columns)))
    header = tuple(cell(name, "columns", name, at) for at, (name, _, _) in enumerate(columns))
    total = sum(share for _, share, _ in columns)
    return Table((header,), tuple(lines), tuple(share / total for _, share, _ in columns), part.address)
