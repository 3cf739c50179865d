"""The 单位任务矩阵: a line for each unit, a column for each row of the plan, a mark for the unit's role there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.lengths import Pt, pt_to_px
from workplan.render.xlsx.cells import fitted, lines
from workplan.render.xlsx.spreadsheet import BODY, DIGIT, HEADING, LINE, TITLE, TITLE_LINE, Formats, capacity, page, put
from workplan.view.facts import unit_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan.view.assignments import Load, Role, TaskRow
    from workplan.view.blocks import Official

#: The mark of each role, strongest first; a unit with two roles in a row gets both marks.
MARKS: dict[Role, str] = {"lead": "★", "responsible": "●", "support": "○"}
_LEGEND = "　　".join(f"{mark}{unit_label(role)}" for role, mark in MARKS.items())
#: Largest number of task columns on a sheet: Excel has 16,384 columns, of which the unit's name and the totals take five.
_MOST_COLUMNS = 16_000
#: Largest number of columns that can still be read on one A4 page; a longer plan is printed on several side by side.
_READABLE = 48
_TITLE, _LEGEND_ROW, _PARTS, _NUMBERS, _NAMES = range(5)
_FIRST = _NAMES + 1
#: Widths of columns, in digits, and what each further line of a title adds to its column.
_UNIT_WIDTH, _TASK_WIDTH, _TOTAL_WIDTH = 24, 4.5, 6.0
_LINE_WIDTH = 2.5
#: Largest number of lines of a name, which no real name reaches; a longer one is cut and stands whole in the 任务分解表.
_NAME_LINES = 10
#: Largest number of 字 of a title that stands upright, one below the other; longer ones lie on their side in a wider column, in
#: at most this number of lines.
_UPRIGHT, _LYING_LINES = 16, 6
#: Heights: of a 字 in an upright title, of the filter's button, and of titles that lie on their side.
_STANDING, _BUTTON, _LYING = Pt(13), Pt(24), Pt(200)
#: Heights: of the row of numbers, and of Excel's highest row.
_NUMBERS_HEIGHT, _HIGHEST = Pt(32), Pt(409)
#: Space that a row gets beyond its lines.
_AROUND = Pt(6)


@dataclass(frozen=True, slots=True)
class _Grid:
    """One matrix sheet: its columns as (part's heading, row), the units, and each unit's roles by column from 0."""

    columns: Sequence[tuple[str, TaskRow]]
    loads: Sequence[Load]
    roles: Mapping[str, Mapping[int, frozenset[Role]]]

    @property
    def total(self) -> int:
        """The sheet's column of the first total."""
        return len(self.columns) + 1

    @property
    def last(self) -> tuple[int, int]:
        """The sheet's last row and column."""
        return _FIRST + len(self.loads), self.total + len(MARKS)

    def sums(self, load: Load) -> tuple[int, ...]:
        """Number of rows that name the unit, then number of those with each role."""
        roles = self.roles.get(load.unit, {})
        counts = Counter(role for in_row in roles.values() for role in in_row)
        return (len(roles), *(counts[role] for role in MARKS))


def write(
    book: Workbook, columns: Sequence[tuple[str, TaskRow]], loads: Sequence[Load], official: Official, formats: Formats
) -> None:
    """Add the matrix of ``columns`` (heading of the part, row) and ``loads`` to the workbook.

    It takes one sheet, or several where the plan has more rows than Excel has columns.
    """
    for place, start in enumerate(range(0, len(columns) or 1, _MOST_COLUMNS), 1):
        sheet = book.add_worksheet("单位任务矩阵" if place == 1 else f"单位任务矩阵（{place}）")
        chunk = columns[start : start + _MOST_COLUMNS]
        grid = _Grid(chunk, loads, _roles(row for _, row in chunk))
        _headings(sheet, grid, formats)
        _over(sheet, grid, official, formats)
        for line, load in enumerate(loads, _FIRST):
            _unit(sheet, line, load, grid, formats)
        _sums(sheet, grid, formats)
        sheet.autofilter(_NAMES, 0, max(_NAMES, grid.last[0] - 1), grid.last[1])
        sheet.freeze_panes(_FIRST, 1)
        sheet.repeat_columns(0)
        page(sheet, grid.last, repeat=(_PARTS, _NAMES), across=-(-len(chunk) // _READABLE) or 1)


def _roles(rows: Iterator[TaskRow]) -> dict[str, dict[int, frozenset[Role]]]:
    roles: dict[str, dict[int, frozenset[Role]]] = {}
    for column, row in enumerate(rows):
        for named in row.named:
            by_column = roles.setdefault(named.unit, {})
            by_column[column] = by_column.get(column, frozenset()) | {named.role}
    return roles


def _headings(sheet: Worksheet, grid: _Grid, formats: Formats) -> None:
    """Number and title over each column, and the headings of the totals; sets the columns' widths."""
    height = 4 * _STANDING + _BUTTON
    sheet.set_column(0, 0, _UNIT_WIDTH)
    for line in (_PARTS, _NUMBERS, _NAMES):
        put(sheet, line, 0, ("单位", "序号", "任务")[line - _PARTS], formats.heading)
    for column, (_, row) in enumerate(grid.columns, 1):
        name = clean(row.heading)
        upright = len(name) <= _UPRIGHT and "\n" not in name
        room = capacity(pt_to_px(_LYING) / DIGIT, BODY)
        shown = name if upright else fitted(name, room, _LYING_LINES)
        wide = 1 if upright else lines(shown, room)
        sheet.set_column(column, column, _TASK_WIDTH + _LINE_WIDTH * (wide - 1))
        put(sheet, _NUMBERS, column, fitted(clean(row.number), 4, 3), formats.heading)
        put(sheet, _NAMES, column, shown, formats.stacked if upright else formats.sideways)
        height = max(height, (len(name) * _STANDING if upright else _LYING) + _BUTTON)
    sheet.set_column(grid.total, grid.last[1], _TOTAL_WIDTH)
    for offset, heading in enumerate(("总数", *MARKS.values())):
        put(sheet, _NUMBERS, grid.total + offset, heading, formats.heading)
        put(sheet, _NAMES, grid.total + offset, "", formats.heading)
    sheet.set_row(_NUMBERS, _NUMBERS_HEIGHT)
    sheet.set_row(_NAMES, min(height, _HIGHEST))


def _over(sheet: Worksheet, grid: _Grid, official: Official, formats: Formats) -> None:
    """Title, legend, and the band that names the parts."""
    wide = _UNIT_WIDTH + _TASK_WIDTH * len(grid.columns) + _TOTAL_WIDTH * len(MARKS)
    room = capacity(wide, TITLE)
    title = fitted(clean(f"{official.name}单位任务矩阵"), room, 12)
    sheet.merge_range(_TITLE, 0, _TITLE, grid.last[1], "", formats.title)
    put(sheet, _TITLE, 0, title, formats.title)
    sheet.set_row(_TITLE, TITLE_LINE * lines(title, room))
    sheet.merge_range(_LEGEND_ROW, 0, _LEGEND_ROW, grid.last[1], "", formats.information)
    room = capacity(wide, BODY)
    legend = "　　".join(fact for fact in (fitted(clean(official.status), room, _NAME_LINES), _LEGEND) if fact)
    put(sheet, _LEGEND_ROW, 0, legend, formats.information)
    sheet.set_row(_LEGEND_ROW, LINE * lines(legend, room) + _AROUND)
    bands = [(heading, len(list(run))) for heading, run in groupby(grid.columns, key=lambda column: column[0])]
    first, high = 1, 1
    for heading, span in (*bands, ("合计", len(MARKS) + 1)):
        if span > 1:
            sheet.merge_range(_PARTS, first, _PARTS, first + span - 1, "", formats.heading)
        room = capacity(span * _TASK_WIDTH, HEADING)
        shown = fitted(clean(heading), room, _NAME_LINES)
        put(sheet, _PARTS, first, shown, formats.heading)
        first, high = first + span, max(high, lines(shown, room))
    sheet.set_row(_PARTS, LINE * high + _AROUND)


def _unit(sheet: Worksheet, line: int, load: Load, grid: _Grid, formats: Formats) -> None:
    """A unit's line: name, marks, sums."""
    room = capacity(_UNIT_WIDTH, BODY)
    name = fitted(clean(load.unit), room, _NAME_LINES)
    put(sheet, line, 0, name, formats.cell)
    by_column = grid.roles.get(load.unit, {})
    for column in range(len(grid.columns)):
        if roles := by_column.get(column):
            mark = "".join(MARKS[role] for role in MARKS if role in roles)
            put(sheet, line, column + 1, mark, formats.lead if "lead" in roles else formats.centred)
        else:  # nearly every cell: of a large plan there are millions
            sheet.write_blank(line, column + 1, None, formats.centred)
    for offset, number in enumerate(grid.sums(load)):
        sheet.write_number(line, grid.total + offset, number, formats.total)
    sheet.set_row(line, LINE * lines(name, room) + _AROUND)


def _sums(sheet: Worksheet, grid: _Grid, formats: Formats) -> None:
    """The last line: number of units that each row names, and the sums of the totals."""
    line = grid.last[0]
    put(sheet, line, 0, "单位数", formats.total)
    counts = Counter(column for load in grid.loads for column in grid.roles.get(load.unit, ()))
    for column in range(len(grid.columns)):
        sheet.write_number(line, column + 1, counts[column], formats.total)
    for offset, numbers in enumerate(zip(*(grid.sums(load) for load in grid.loads), strict=True)):
        sheet.write_number(line, grid.total + offset, sum(numbers), formats.total)
    sheet.set_row(line, LINE + _AROUND)
