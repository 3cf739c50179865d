"""Tables of a source as tables of a plan: headings within headings, merged cells as nested rows; None where a plan has no room for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing import phrases
from workplan.importing.draft import TableDraft
from workplan.importing.marks import bare
from workplan.plan.registry.unregistered import stands_for_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.importing.piece import Cell, Table

#: A key of rows that is no column.
_ROWS = "rows"
_MOST_HEADERS = 4
#: What a title says besides: 责任单位（排第一的为牵头单位）.
_ASIDE = Pattern(r"[（(].*[）)]|\s")
#: What stands in a cell for nobody.
_NOBODY = Pattern(r"[-—–－/／\\无\s]*")


@dataclass(frozen=True, slots=True)
class _At:
    """A cell with the place of its upper left corner, from 0."""

    cell: Cell
    row: int
    column: int

    @property
    def text(self) -> str:
        return self.cell.text.strip()


class _UnfitError(Exception):
    """A table that a plan cannot hold."""


def table_of(table: Table) -> TableDraft | None:
    """The table as a plan has it; None for one without headings of its own, or with a heading over cells of several columns."""
    placed = _placed(table)
    headers = _headers(table, placed)
    width = max((one.column + one.cell.across for one in placed), default=0)
    try:
        columns, names = _columns([one for one in placed if one.row < headers], 0, width, 0, headers)
        body = [one for one in placed if one.row >= headers]
        last = max((one.row + one.cell.down for one in body), default=headers)
        unique = _unique(names)
        rows = _rows(body, unique, headers, last)
    except _UnfitError:
        return None
    return TableDraft(columns=tuple(_renamed(columns, iter(unique))), rows=tuple(rows)) if rows else None


def words_of(table: Table) -> str:
    """What a table says, row by row, without white space."""
    return bare("".join(cell.text for row in table.rows for cell in row))


def answers(table: Table) -> Iterator[str]:
    """What its columns of units say, each cell as a line of text: 责任单位：区教育局、区财政局."""
    placed = _placed(table)
    headers = _headers(table, placed)
    titles: dict[int, str] = {}
    for one in placed:
        if one.row < headers and one.cell.across == 1:
            titles[one.column] = one.text.replace("\n", "")
    for one in placed:
        title = titles.get(one.column, "")
        if one.row >= headers and one.cell.across == 1 and phrases.is_label(title) and not _NOBODY.fullmatch(one.text):
            lines = [line.strip("、，；; ") for line in one.text.split("\n")]
            between = "、" if all(map(stands_for_unit, lines)) else ""
            yield f"{_ASIDE.sub('', title)}：{between.join(lines)}"


def _placed(table: Table) -> list[_At]:
    """Every cell with its place, the room that cells above it take left free."""
    taken: set[tuple[int, int]] = set()
    placed: list[_At] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(_At(cell, row, column))
            taken |= {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            column += cell.across
    return placed


def _headers(table: Table, placed: Sequence[_At]) -> int:
    """Number of rows at the top that hold headings."""
    first = [one for one in placed if one.row == 0]
    if any(one.cell.across > 1 for one in first):
        deepest = max((one.cell.down for one in first), default=1)
        return min(max(deepest, table.headers, 2 if deepest == 1 else 1), _MOST_HEADERS, len(table.rows))
    return min(max(1, max((one.cell.down for one in first), default=1)), _MOST_HEADERS, len(table.rows))


def _columns(cells: Sequence[_At], left: int, right: int, row: int, headers: int) -> tuple[list[object], list[str]]:
    """The headings from one column up to another from a row on, and the names of the columns that hold cells."""
    columns: list[object] = []
    names: list[str] = []
    own = sorted((one for one in cells if one.row == row and left <= one.column < right), key=lambda one: one.column)
    if sum(one.cell.across for one in own) != right - left:
        raise _UnfitError
    for one in own:
        title = one.text.replace("\n", "")
        below = row + one.cell.down
        if not bare(title):
            raise _UnfitError
        if below < headers:
            inner, own_names = _columns(cells, one.column, one.column + one.cell.across, below, headers)
            columns.append({"title": title, "columns": inner})
            names += own_names
        elif one.cell.across == 1:
            columns.append(title)
            names.append(title)
        else:
            raise _UnfitError
    return columns, names


def _unique(names: Sequence[str]) -> list[str]:
    """The names, each once: blanks, which nobody sees, tell equal ones apart."""
    found: list[str] = []
    for name in names:
        own = f"{name} " if name == _ROWS else name
        while own in found:
            own += " "
        found.append(own)
    return found


def _renamed(columns: Sequence[object], names: object) -> list[object]:
    """The headings with the names that tell their columns apart."""
    renamed: list[object] = []
    for column in columns:
        if isinstance(column, dict):
            renamed.append({"title": column["title"], "columns": _renamed(column["columns"], names)})
        else:
            renamed.append(next(names))  # type: ignore[call-overload]
    return renamed


def _rows(cells: Sequence[_At], names: Sequence[str], start: int, end: int) -> list[dict[str, object]]:
    """The rows from one up to another: those that a cell spans are nested under it."""
    rows: list[dict[str, object]] = []
    row = start
    while row < end:
        here = [one for one in cells if one.row == row]
        deep = min(max((one.cell.down for one in here), default=1), end - row)
        shared = [one for one in here if one.cell.down >= deep] if deep > 1 else here
        own = _cells(shared, names)
        if deep > 1:
            inner = [one for one in cells if row <= one.row < row + deep and one not in shared]
            own[_ROWS] = _rows(inner, names, row, row + deep)
        rows.append(own)
        row += deep
    return rows


def _cells(cells: Sequence[_At], names: Sequence[str]) -> dict[str, object]:
    if any(one.column >= len(names) for one in cells):
        raise _UnfitError
    return {names[one.column]: one.text for one in cells if bare(one.text)}
