"""Tables: nested rows to cells with spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.model import Column
from workplan.view.blocks import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.model import Row, TablePart
    from workplan.scalar import Scalar

#: No column is set narrower or wider than so many 字 when the author gives no width.
_NARROW, _WIDE = 3.0, 14.0


def names(columns: Sequence[Column | Scalar]) -> tuple[str, ...]:
    """The titles of the columns that hold cells, left to right."""
    return tuple(leaf.title.line if isinstance(leaf, Column) else leaf.line for leaf in _leaves(columns))


def build(part: TablePart) -> Table:
    """The table of a part: merged headings and merged cells follow from the nesting of columns and rows."""
    columns = names(part.columns)
    empty = part.empty.text if part.empty else ""
    rows: list[tuple[Cell, ...]] = []
    for row in part.rows:
        rows += _body(row, columns, empty, frozenset())
    return Table(_header(part.columns), tuple(rows), _widths(part, rows))


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


def _header(columns: Sequence[Column | Scalar]) -> tuple[tuple[Cell, ...], ...]:
    depth = _depth(columns)
    lines: list[list[Cell]] = [[] for _ in range(depth)]

    def place(group: Sequence[Column | Scalar], line: int, left: int) -> int:
        for column in group:
            inner = column.columns if isinstance(column, Column) else ()
            title = column.title.line if isinstance(column, Column) else column.line
            width = place(inner, line + 1, left) - left if inner else 1
            lines[line].append(Cell(title, 1 if inner else depth - line, width, left))
            left += width
        return left

    place(columns, 0, 0)
    return tuple(tuple(line) for line in lines)


def _body(row: Row, columns: tuple[str, ...], empty: str, above: frozenset[str]) -> list[tuple[Cell, ...]]:
    """The lines of one row: its own cells on the first, spanning all of them; what nobody fills is ``empty``."""
    own = {name: text for name, text in row.cells.items() if name in columns and name not in above}
    filled = above | own.keys()
    lines = [line for nested in row.rows for line in _body(nested, columns, empty, filled)]
    if not lines:
        return [
            _line({name: own[name].text if name in own else empty for name in columns if name not in above}, columns, 1)
        ]
    first = (*_line({name: text.text for name, text in own.items()}, columns, len(lines)), *lines[0])
    return [tuple(sorted(first, key=lambda cell: cell.column)), *lines[1:]]


def _line(cells: dict[str, str], columns: tuple[str, ...], span: int) -> tuple[Cell, ...]:
    return tuple(Cell(cells[name], span, 1, place) for place, name in enumerate(columns) if name in cells)


def _widths(part: TablePart, rows: list[tuple[Cell, ...]]) -> tuple[float, ...]:
    """Shares of the width: as the author gives them in 字, else by how much a column has to hold."""
    leaves = list(_leaves(part.columns))
    longest = [float(len(name)) for name in names(part.columns)]
    for row in rows:
        for cell in row:
            longest[cell.column] = max(longest[cell.column], len(cell.text) ** 0.75)
    given = [_given(leaf) or min(max(own, _NARROW), _WIDE) for leaf, own in zip(leaves, longest, strict=True)]
    return tuple(width / sum(given) for width in given)


def _given(column: Column | Scalar) -> float:
    return column.width or 0.0 if isinstance(column, Column) else 0.0
