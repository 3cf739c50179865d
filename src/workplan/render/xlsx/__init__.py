"""``assignments.xlsx``: the 任务分解表, the matrix of units and tasks, the ledger that follows them up, and charts, ready to print.

What the plan says is written as text, never as a formula, an address or a number; days are real dates. No cell is cut: a row
too high for Excel continues in the next row of the sheet, marked （续）. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import os
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.render.html import iso
from workplan.render.xlsx import charts, ledger, matrix
from workplan.render.xlsx.cells import fitted, lines
from workplan.render.xlsx.spreadsheet import (
    BODY,
    DAY,
    LINE,
    MOST,
    OPTIONS,
    TITLE,
    TITLE_LINE,
    Formats,
    capacity,
    continued,
    day,
    page,
    put,
)
from workplan.view import facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from workplan.view.assignments import Load, TaskRow
    from workplan.view.blocks import Official
    from workplan.view.facts import Column

_TITLE, _INFORMATION, _HEADING = 0, 1, 2
#: Space that rows get beyond their lines, and the height of the row of headings.
_AROUND, _AROUND_INFORMATION = Pt(6), Pt(4)
_HEADING_HEIGHT = Pt(36)
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
    """The workbook: 任务分解表 with all rows, 单位任务矩阵 with a line for each of ``loads``, 督查台账 and 图表.

    The ledger has a row for each unit and task, the charts say what each unit carries and when what is due. A plan of more tasks than Excel has columns gets as many matrix sheets as it needs.
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
        ledger.write(book, groups, official, formats)
        charts.write(book, rows, loads, official, formats)
    return file.getvalue()


def _properties(official: Official) -> dict[str, Any]:
    # Excel rejects properties of more than 255 characters; the sheet itself has the whole name.
    return {
        "title": clean(f"{official.name}任务分解表")[:255],
        "author": clean("、".join(official.issuers))[:255],
        "created": _created(official),
    }


def _created(official: Official) -> datetime:
    """SOURCE_DATE_EPOCH, by which builds that can be repeated say their time, else the plan's date; never the clock's."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    day = iso(official.date)
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)


def _groups(rows: Sequence[TaskRow]) -> tuple[Group, ...]:
    """The rows by part, in order."""
    parts = ((key, tuple(group)) for key, group in groupby(rows, key=lambda row: (row.kind, row.part)))
    return tuple(Group(part or _KINDS[kind], kind, group) for (kind, part), group in parts)


def _breakdown(sheet: Worksheet, groups: Sequence[Group], official: Official, formats: Formats) -> None:
    """Sheet 1: title, information, headings, and a line for each row (more where a row is too high for one).

    What a row belongs to stands in a column: a row of its own would go astray when somebody sorts.
    """
    rows = [row for group in groups for row in group.rows]
    named = {row.id: group.heading for group in groups for row in group.rows}
    columns = [*_columns(rows, named)]
    widths = {column: column.widths[0 if any(map(column.words, rows)) else 1] for column in columns}
    for place, width in enumerate(widths.values()):
        sheet.set_column(place, place, width)
    _head(sheet, official, widths, formats)
    place = _HEADING + 1
    for row in rows:
        for line in continued([clean(column.words(row)) for column in columns], list(widths.values()), _TASK):
            _line(sheet, place, line, widths, formats)
            place += 1
    last = max(place - 1, _HEADING)
    sheet.autofilter(_HEADING, 0, last, len(columns) - 1)
    sheet.freeze_panes(_HEADING + 1, _TASK + 1)
    page(sheet, (last, len(columns) - 1), repeat=(_HEADING, _HEADING))


def _columns(rows: Sequence[TaskRow], named: Mapping[str, str]) -> Iterator[Column]:
    """The columns of the rows; the day until which a row is to be done is one of its own, which sorts as days do."""
    for column in facts.columns(rows):
        yield replace(column, words=lambda row: row.section or named[row.id]) if column.key == "section" else column
        if column.key == "due":
            yield DAY


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


def _line(sheet: Worksheet, place: int, line: Sequence[str], widths: Mapping[Column, int], formats: Formats) -> None:
    for at, (column, cell) in enumerate(zip(widths, line, strict=True)):
        if column is DAY:
            day(sheet, (place, at), cell, formats)
        else:
            put(sheet, place, at, cell, formats.centred if column.centred else formats.cell)
    height = max(lines(cell, capacity(width, BODY)) for cell, width in zip(line, widths.values(), strict=True))
    sheet.set_row(place, LINE * height + _AROUND)
