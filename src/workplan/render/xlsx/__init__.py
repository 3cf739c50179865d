"""``assignments.xlsx``: the 任务分解表 and the matrix of units and tasks, ready to print on A4.

Every value is written as text, never as a formula, an address or a number. No cell is cut: a row too high for Excel
continues in the next row of the sheet, marked （续）. The same input gives the same bytes.
"""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

import xlsxwriter

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.render.xlsx import matrix
from workplan.render.xlsx.cells import cut, fitted, lines
from workplan.render.xlsx.spreadsheet import BODY, LINE, MOST, OPTIONS, TITLE, TITLE_LINE, Formats, capacity, page, put
from workplan.view import facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from workplan.view.assignments import Load, TaskRow
    from workplan.view.blocks import Official
    from workplan.view.facts import Column

_TITLE, _INFORMATION, _HEADING = 0, 1, 2
#: Space that rows get beyond their lines, and the heights of the rows of headings and of a part's title.
_AROUND, _AROUND_INFORMATION = Pt(6), Pt(4)
_HEADING_HEIGHT, _PART_HEIGHT = Pt(36), Pt(22)
#: The place of the column with the title.
_TASK = [column.key for column in facts.COLUMNS].index("title")
_KINDS = {"tasks": "重点任务", "safeguards": "保障措施", "duties": "职责分工", "goals": "工作目标", "prose": "其他要求"}


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive rows of one part under the heading that names it."""

    heading: str
    kind: str
    rows: tuple[TaskRow, ...]


def assignments(rows: Sequence[TaskRow], loads: Sequence[Load], official: Official) -> bytes:
    """The workbook: sheet 1 任务分解表 with all rows, sheet 2 单位任务矩阵 with a line for each of ``loads``.

    Safeguards and duties stand under headings of their own. A plan of more tasks than Excel has columns gets as many
    matrix sheets as it needs.
    """
    file = io.BytesIO()
    # XlsxWriter changes the options it is given. No file is opened: the workbook is in memory, and its parts have a fixed date.
    with xlsxwriter.Workbook(file, deepcopy(OPTIONS)) as book:
        book.set_properties(_properties(official))
        formats = Formats(book)
        groups = _groups(rows)
        _breakdown(book.add_worksheet("任务分解表"), groups, official, formats)
        columns = [(group.heading, row) for group in groups for row in group.rows]
        matrix.write(book, columns, loads, official, formats)
    return file.getvalue()


def _properties(official: Official) -> dict[str, Any]:
    # Excel rejects properties of more than 255 characters; the sheet itself has the whole name.
    return {
        "title": clean(f"{official.name}任务分解表")[:255],
        "author": clean("、".join(official.issuers))[:255],
        "created": datetime(1980, 1, 1, tzinfo=UTC),
    }


def _groups(rows: Sequence[TaskRow]) -> tuple[Group, ...]:
    """The rows by part, in order."""
    parts = ((key, tuple(group)) for key, group in groupby(rows, key=lambda row: (row.kind, row.part)))
    return tuple(Group(part or _KINDS[kind], kind, group) for (kind, part), group in parts)


def _breakdown(sheet: Worksheet, groups: Sequence[Group], official: Official, formats: Formats) -> None:
    """Sheet 1: title, information, headings, and a line for each row (more where a row is too high for one)."""
    rows = [row for group in groups for row in group.rows]
    columns = facts.columns(rows)
    widths = {column: column.widths[0 if any(map(column.words, rows)) else 1] for column in columns}
    for place, width in enumerate(widths.values()):
        sheet.set_column(place, place, width)
    _head(sheet, official, widths, formats)
    place = _HEADING + 1
    several = sum(group.kind == "tasks" for group in groups) > 1
    for group in groups:
        if several or group.kind != "tasks":
            _part(sheet, place, group.heading, len(columns), formats)
            place += 1
        for row in group.rows:
            for line in _lines([clean(column.words(row)) for column in columns], list(widths.values())):
                _line(sheet, place, line, widths, formats)
                place += 1
    last = max(place - 1, _HEADING)
    sheet.autofilter(_HEADING, 0, last, len(columns) - 1)
    sheet.freeze_panes(_HEADING + 1, _TASK + 1)
    page(sheet, (last, len(columns) - 1), repeat=(_HEADING, _HEADING))


def _head(sheet: Worksheet, official: Official, widths: Mapping[Column, int], formats: Formats) -> None:
    """The title over the whole width, then status, number and date of the plan, then the headings."""
    room = capacity(sum(widths.values()), TITLE)
    title = fitted(clean(f"{official.name}任务分解表"), room, 12)
    sheet.merge_range(_TITLE, 0, _TITLE, len(widths) - 1, "", formats.title)
    put(sheet, _TITLE, 0, title, formats.title)
    sheet.set_row(_TITLE, TITLE_LINE * lines(title, room))
    facts = (official.status, official.number, official.date)
    room = capacity(sum(widths.values()), BODY)
    information = fitted(clean("　　".join(fact for fact in facts if fact)), room, MOST)
    sheet.merge_range(_INFORMATION, 0, _INFORMATION, len(widths) - 1, "", formats.information)
    put(sheet, _INFORMATION, 0, information, formats.information)
    sheet.set_row(_INFORMATION, LINE * lines(information, room) + _AROUND_INFORMATION)
    for place, column in enumerate(widths):
        put(sheet, _HEADING, place, clean(column.heading), formats.heading)
    sheet.set_row(_HEADING, _HEADING_HEIGHT)


def _part(sheet: Worksheet, place: int, heading: str, columns: int, formats: Formats) -> None:
    """The heading row of a part, not merged, because Excel does not sort a filtered range with merged cells."""
    put(sheet, place, 0, fitted(clean(heading), 100, 1), formats.part)
    for column in range(1, columns):
        sheet.write_blank(place, column, None, formats.part)
    sheet.set_row(place, _PART_HEIGHT)


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet for one row of the plan: one, or several where a cell is higher than Excel's highest row.

    Rows after the first repeat number, section and title, so that filters keep them together with it.
    """
    columns = [cut(cell, capacity(width, BODY), MOST) for cell, width in zip(cells, widths, strict=True)]
    title = f"{cells[_TASK]}（续）"
    whole = max(map(len, columns)) > 1 and lines(title, capacity(widths[_TASK], BODY)) <= MOST
    for place, line in enumerate(zip_longest(*columns, fillvalue="")):
        if not place:
            yield line
            continue
        repeated = [columns[column][0] if len(columns[column]) == 1 else line[column] for column in range(_TASK)]
        yield (*repeated, title if whole else line[_TASK], *line[_TASK + 1 :])


def _line(sheet: Worksheet, place: int, line: Sequence[str], widths: Mapping[Column, int], formats: Formats) -> None:
    for at, (column, cell) in enumerate(zip(widths, line, strict=True)):
        put(sheet, place, at, cell, formats.centred if column.centred else formats.cell)
    height = max(lines(cell, capacity(width, BODY)) for cell, width in zip(line, widths.values(), strict=True))
    sheet.set_row(place, LINE * height + _AROUND)
