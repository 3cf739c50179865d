"""The tables of a document: those that go on over several pages are one, with the rows once that every page repeats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.importing.piece import Cell, Looks, Outside, Paragraph, Place, Table
from workplan.lengths import Mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.readers.layout.grid import Grid, GridCell

#: By how much the widths of a column in two parts of one table may differ, in mm.
_SAME = 1.5


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with the page where it begins and its upper edge there, and the repeated header rows left out of it."""

    table: Table
    page: int
    top: Mm
    repeated: tuple[Paragraph, ...]


@dataclass
class _Growing:
    page: int
    last_page: int
    grid: Grid
    cells: list[GridCell]
    rows: int
    header: tuple[str, ...]
    pages: list[int]
    repeated: list[Paragraph]


def tables(pages: Sequence[tuple[int, Sequence[Grid], bool, bool]]) -> list[PlacedTable]:
    """The tables of pages, given as number, tables, and whether text stands above the first and below the last of them."""
    found: list[_Growing] = []
    open_below = False
    for number, grids, above, below in pages:
        for at, grid in enumerate(grids):
            goes_on = (
                open_below
                and at == 0
                and not above
                and _alike(found[-1].grid, grid)
                and found[-1].last_page == number - 1
            )
            if goes_on:
                _grow(found[-1], grid, number)
            else:
                found.append(_begun(grid, number))
        open_below = bool(grids) and not below
    return [_placed(one) for one in found]


def _begun(grid: Grid, page: int) -> _Growing:
    return _Growing(
        page=page,
        last_page=page,
        grid=grid,
        cells=list(grid.cells),
        rows=grid.rows,
        header=_row(grid, 0),
        pages=[page] * grid.rows,
        repeated=[],
    )


def _grow(table: _Growing, grid: Grid, page: int) -> None:
    """Add the rows of the next page, without a header row that it repeats."""
    skip = 1 if _row(grid, 0) == table.header and any(table.header) and grid.rows > 1 else 0
    if skip:
        place = Place(page=page, row=1)
        table.repeated += [Paragraph(text, place, Looks(), outside=Outside.HEADER) for text in table.header if text]
    shift = table.rows - skip
    table.cells += [replace(cell, row=cell.row + shift) for cell in grid.cells if cell.row >= skip]
    table.rows += grid.rows - skip
    table.pages += [page] * (grid.rows - skip)
    table.last_page = page


def _row(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in grid.cells if cell.row == row)


def _alike(one: Grid, other: Grid) -> bool:
    """Whether two tables have columns of the same widths; left and right pages may begin at different places."""
    widths, others = _widths(one), _widths(other)
    return len(widths) == len(others) and all(abs(a - b) <= _SAME for a, b in zip(widths, others, strict=True))


def _widths(grid: Grid) -> list[Mm]:
    return [Mm(right - left) for left, right in pairwise(grid.edges)]


def _placed(one: _Growing) -> PlacedTable:
    rows: list[list[Cell]] = [[] for _ in range(one.rows)]
    for cell in one.cells:
        place = Place(page=one.pages[cell.row], row=cell.row + 1, column=cell.column + 1)
        rows[cell.row].append(Cell(cell.text, place, cell.across, cell.down))
    table = Table(tuple(map(tuple, rows)), Place(page=one.page))
    return PlacedTable(table, one.page, one.grid.top, tuple(one.repeated))
