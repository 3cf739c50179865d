"""任务分解表: the task rows as a table of the document."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workplan.language.model import AssignmentsPart
from workplan.view import column_widths, facts, runs
from workplan.view.section import MANY_COLUMNS
from workplan.view.sequence import DERIVED, Cell, Element, Face, Role, Run, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.plan.numbering import NumberedPart
    from workplan.view.assignments import TaskRow
    from workplan.view.facts import Column


def build(part: NumberedPart, rows: Sequence[TaskRow], *, attached: bool = False) -> Table:
    """One line a row under a line for each section; a column that no row fills is left out, unless the part asks for it.

    An ``attached`` table with many columns has turned pages.
    """
    columns = _columns(part, rows)
    width = len(columns)
    asked = runs.added("", part.part, "kind")

    def cell(text: str, line: str, name: str, column: int = 0, span: int = 1) -> Cell:
        role = Role.COLUMN if line == "columns" else Role.CELL
        printed = Run(text, Face.HEITI if role is Role.COLUMN else Face.FANGSONG, asked.scalar)
        address = f"{part.address}/{line}/{name}"
        return Cell(Element(address, role, (printed,), DERIVED), 1, span, column)

    lines: list[tuple[Cell, ...]] = []
    for heading, group in groupby(rows, key=lambda row: row.section or row.part):
        if heading:
            lines.append((cell(heading, f"rows/{len(lines) + 1}", "所属", span=width),))
        for row in group:
            place = f"rows/{len(lines) + 1}"
            lines.append(tuple(cell(one.short(row), place, one.heading, at) for at, one in enumerate(columns)))
    header = tuple(cell(one.heading, "columns", one.heading, at) for at, one in enumerate(columns))
    widths = column_widths.shares(width, (header, *lines), turned=attached and width >= MANY_COLUMNS)
    return Table((header,), tuple(lines), widths, part.address)


def _columns(part: NumberedPart, rows: Sequence[TaskRow]) -> list[Column]:
    """The columns that the part asks for, else those of documents that some row fills."""
    asked = part.part.columns if isinstance(part.part, AssignmentsPart) else None
    if asked:
        known = {column.heading: column for column in facts.COLUMNS}
        return [known[name] for name in dict.fromkeys(asked)]
    columns = [column for column in facts.columns(rows) if column.in_document]
    return list(facts.filled(columns, rows)) or [column for column in columns if column.fixed]
