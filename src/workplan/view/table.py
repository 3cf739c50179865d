"""Tables: nested rows to cells with spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.language.model import Column
from workplan.plan.numbering import quoted
from workplan.view import column_widths, runs
from workplan.view.sequence import Cell, Element, Face, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.language.model import Row, TablePart
    from workplan.language.scalar import Scalar


def names(columns: Sequence[Column | Scalar]) -> tuple[str, ...]:
    """The titles of the columns that hold cells, left to right."""
    return tuple(leaf.title.line if isinstance(leaf, Column) else leaf.line for leaf in _leaves(columns))


def build(address: str, table: TablePart, *, turned: bool = False) -> Table:
    """The table at an address: merged headings and merged cells follow from the nesting of columns and rows.

    ``turned`` says that its page is, which is then wider.
    """
    maker = _Maker(address, table)
    rows = [line for place, row in enumerate(table.rows, 1) for line in maker.body(row, f"rows/{place}", frozenset())]
    header = maker.header()
    given = [leaf.width or 0.0 if isinstance(leaf, Column) else 0.0 for leaf in _leaves(table.columns)]
    widths = column_widths.shares(len(given), (*header, *rows), given, turned=turned)
    return Table(header, tuple(rows), widths, address)


def _leaves(columns: Sequence[Column | Scalar]) -> Iterator[Column | Scalar]:
    for column in columns:
        if isinstance(column, Column) and column.columns:
            yield from _leaves(column.columns)
        else:
            yield column


def _depth(columns: Sequence[Column | Scalar]) -> int:
    return 1 + max(
        (_depth(column.columns) for column in columns if isinstance(column, Column) and column.columns), default=0
    )


class _Maker:
    """Makes the cells of one table."""

    def __init__(self, address: str, part: TablePart) -> None:
        self.address = address
        self.part = part
        self.columns = names(part.columns)

    def header(self) -> tuple[tuple[Cell, ...], ...]:
        """The headings, those over several columns above theirs."""
        depth = _depth(self.part.columns)
        lines: list[list[Cell]] = [[] for _ in range(depth)]

        def place(group: Sequence[Column | Scalar], line: int, left: int) -> int:
            for column in group:
                inner = column.columns if isinstance(column, Column) else ()
                title = column.title if isinstance(column, Column) else column
                width = place(inner, line + 1, left) - left if inner else 1
                lines[line].append(Cell(self._heading(title, line, left), 1 if inner else depth - line, width, left))
                left += width
            return left

        place(self.part.columns, 0, 0)
        return tuple(tuple(line) for line in lines)

    def _heading(self, title: Scalar, line: int, left: int) -> Element:
        owner = f"{self.address}.columns"
        address = f"{owner}/{line + 1}/{left + 1}"
        return Element(address, Role.COLUMN, tuple(runs.paragraphs(title, Face.HEITI)), owner)

    def body(self, row: Row, place: str, above: frozenset[str]) -> list[tuple[Cell, ...]]:
        """The lines of one row: its own cells on the first, spanning all of them; what nobody fills is ``empty``."""
        own = {name: text for name, text in row.cells.items() if name in self.columns and name not in above}
        filled = above | own.keys()
        lines = [
            line
            for number, nested in enumerate(row.rows, 1)
            for line in self.body(nested, f"{place}/rows/{number}", filled)
        ]
        if not lines:
            wanted = {name: own.get(name, self.part.empty) for name in self.columns if name not in above}
            return [self._line(wanted, place, 1, f"{self.address}/{place}")]
        first = (*self._line(own, place, len(lines), lines[0][0].element.owner), *lines[0])
        return [tuple(sorted(first, key=lambda cell: cell.column)), *lines[1:]]

    def _line(self, cells: Mapping[str, Scalar | None], place: str, span: int, owner: str) -> tuple[Cell, ...]:
        """The cells of a row at ``place``; they belong to the printed line ``owner``."""
        return tuple(
            Cell(self._cell(name, cells[name], place, owner), span, 1, column)
            for column, name in enumerate(self.columns)
            if name in cells
        )

    def _cell(self, name: str, text: Scalar | None, place: str, owner: str) -> Element:
        printed = (runs.own(text),) if text is not None else ()
        return Element(f"{self.address}/{place}/{quoted(name)}", Role.CELL, printed, owner)
