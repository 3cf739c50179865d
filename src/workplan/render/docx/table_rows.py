"""Which rows of a Word table stay together, which may be cut, and where the cells that rows share begin again.

Word processors put rows on pages themselves and repeat the header, but never a cell that rows share. So where a group is higher
than a page, its shared cell is written again in the row with which a page begins; that is estimated from the lengths of the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells, joints
from workplan.lengths import Pt, Twips, twips_to_pt
from workplan.page.grids import NATURAL
from workplan.page.table_pages import CellHeight, PlacedTable, TableHeights, TablePlan, section_rows
from workplan.render.docx.metrics import CELL_ABOVE, CELL_BESIDE, TABLE_LINE, TABLE_RULE, TABLE_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.view.sequence import Cell, Table

_AROUND = Pt(2 * CELL_ABOVE + TABLE_RULE)
_BESIDE = Pt(2 * CELL_BESIDE + TABLE_RULE)


@dataclass(frozen=True, slots=True)
class Room:
    """The height of a ``page``, and what of it the text before the first block of a section takes (``above``)."""

    page: Twips
    above: Twips

    def of(self, place: int) -> Room:
        """The room for a table at a place among the blocks: what stands above a later one is not known."""
        return Room(self.page, self.above if place == 0 else Twips(0))


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row: whether it stays ``with_next``, may be ``cut``, and begins with the cells from above ``again``."""

    with_next: bool
    cut: bool
    again: bool


def kept(table: Table, widths: Sequence[Twips], room: Room) -> list[KeptRow]:
    """How each row of a table below its header is kept."""
    page, high = twips_to_pt(room.page), heights(table, widths)
    placed = PlacedTable(top=twips_to_pt(room.above), room=page, behind_text=False, starts=(), heights=high)
    plan = TablePlan().after(placed)
    groups = high.groups(Pt(page - high.header))
    together = {row for one in groups for row in range(one.row, one.end - 1)} | high.sections
    starts = {parts[0].row for parts in plan.pages[1:]}
    return [
        KeptRow(row in together, high.row(row) > page - high.header, again=row in starts)
        for row in range(len(table.rows))
    ]


def heights(table: Table, widths: Sequence[Twips]) -> TableHeights:
    """How high the texts of a table make its cells, in columns of some widths."""
    header, body = _heights(table.header, widths), _heights(table.rows, widths)
    single = ([cell for cell in line if cell.rowspan == 1] for line in table.rows)
    texts = [[text for cell in line for text in (cell.text, *[""] * (cell.colspan - 1))] for line in single]
    sections = section_rows(texts, len(widths))
    rows = range(len(table.header))
    high = sum(max((one.height for one in header if one.row == row), default=0.0) for row in rows)
    return TableHeights(len(table.rows), body, Pt(high), sections)


def _heights(rows: Sequence[Sequence[Cell]], widths: Sequence[Twips]) -> tuple[CellHeight, ...]:
    """The cells of some rows as high as their texts make them."""
    return tuple(
        CellHeight(row, min(cell.rowspan, len(rows) - row), (TABLE_LINE,) * _lines(cell, widths), _AROUND)
        for row, line in enumerate(rows)
        for cell in line
    )


def _lines(cell: Cell, widths: Sequence[Twips]) -> int:
    """The number of lines that a cell's text fills."""
    width = twips_to_pt(Twips(sum(widths[cell.column : cell.column + cell.colspan]))) - _BESIDE
    room = max(int(width / TABLE_TYPE * 2) / 2, 1.0)
    return sum(max(ceil((cells(line) + len(joints(line)) * NATURAL.gap) / room), 1) for line in cell.text.split("\n"))
