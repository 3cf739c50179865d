"""``progress.xlsx``: a row for each unit and task with real dates, a list of states, colours; and what is missing, from whom.

What units wrote is text, never a formula or an address. The formulas are workplan's own: they say 红, 黄 or 绿 from the day at the
head of the sheet, the due date and the state, so that a change of these shows at once. The same input gives the same bytes.
"""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.progress.following import SOON
from workplan.render.xlsx.cells import fitted, lines
from workplan.render.xlsx.spreadsheet import (
    BODY,
    LINE,
    MOST,
    OPTIONS,
    TITLE,
    TITLE_LINE,
    Formats,
    capacity,
    page,
    put,
)
from workplan.view.status import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan.progress.answers import State
    from workplan.progress.following import Followed

_TITLE, _DAY, _HEADING = 0, 1, 2
#: The columns before the answers and behind them, with their widths in digits.
_BEFORE = {"序号": 6, "单位": 18, "任务": 24, "角色": 8, "完成时限": 16, "截止日期": 12}
_BEHIND = {"状态": 10, "红黄绿": 8}
_ANSWER = 30
_MISSING = {"单位": 24, "应填": 8, "已填": 8, "未填": 8, "未填的任务": 70, "收到日期": 12}
_CENTRED = {"序号", "角色", "完成时限", "状态"}
_AROUND, _HIGH = Pt(6), Pt(24)
#: The colours of 红, 黄 and 绿: background and characters, which print well in black too.
_COLOURS = {"红": ("#F8CBAD", "#9C0006"), "黄": ("#FFEB9C", "#7F6000"), "绿": ("#C6EFCE", "#006100")}


def write(rows: Sequence[Followed], state: State, title: str) -> bytes:
    """The workbook of a state of a plan that is called ``title``."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, deepcopy(OPTIONS)) as book:
        day = date.fromisoformat(state.date)
        book.set_properties({"title": clean(f"{title}进展情况")[:255], "created": datetime(1980, 1, 1, tzinfo=UTC)})
        _Progress(book, rows, state, day).write(title)
        _missing(book, rows, state, title)
    return file.getvalue()


class _Progress:
    """The sheet with a row for each unit and task."""

    def __init__(self, book: Workbook, rows: Sequence[Followed], state: State, day: date) -> None:
        self.book, self.rows, self.day = book, rows, day
        self.formats = Formats(book)
        self.sheet = book.add_worksheet("进展情况")
        self.fields = state.fields or ("进展情况",)
        self.widths = _BEFORE | {f"{place} {name}": _ANSWER for place, name in enumerate(self.fields)} | _BEHIND
        dated: dict[str, Any] = {"font_name": "宋体", "font_size": BODY, "align": "center", "valign": "vcenter"}
        self.dated = book.add_format(dated | {"border": 1, "num_format": "yyyy-mm-dd"})
        self.day_shape = book.add_format(dated | {"num_format": '"截至 "yyyy-mm-dd', "align": "left"})

    def write(self, title: str) -> None:
        """Write everything, and how it prints."""
        headings = (*_BEFORE, *self.fields, *_BEHIND)
        last = len(headings) - 1
        _head(self.sheet, clean(f"{title}进展情况"), headings, tuple(self.widths.values()), self.formats)
        self.sheet.write_datetime(_DAY, 0, datetime(*self.day.timetuple()[:3]), self.day_shape)  # noqa: DTZ001 - a day
        self.sheet.merge_range(_DAY, 0, _DAY, 2, "", self.day_shape)
        self.sheet.write_datetime(_DAY, 0, datetime(*self.day.timetuple()[:3]), self.day_shape)  # noqa: DTZ001
        for place, row in enumerate(self.rows, 1):
            self._row(place, row)
        end = _HEADING + max(len(self.rows), 1)
        self.sheet.autofilter(_HEADING, 0, end, last)
        self.sheet.freeze_panes(_HEADING + 1, 3)
        self._choices(end, last)
        self._colours(end, last)
        page(self.sheet, (end, last), repeat=(_HEADING, _HEADING))

    def _row(self, place: int, row: Followed) -> None:
        at = _HEADING + place
        words = (row.unit, f"{row.number}{row.title}", row.role, row.words)
        answers = ["\n".join(row.answers.get(field, ())) for field in self.fields]
        cells = [clean(one) for one in (*words, "", *answers, row.status)]
        widths = tuple(self.widths.values())
        shown = [fitted(one, capacity(wide, BODY), MOST) for one, wide in zip(cells, widths[1:], strict=False)]
        names = (*list(_BEFORE)[1:], *self.fields, "状态")
        self.sheet.write_number(at, 0, place, self.formats.centred)
        for column, (cell, name) in enumerate(zip(cells, names, strict=True), 1):
            put(self.sheet, at, column, cell, self.formats.centred if name in _CENTRED else self.formats.cell)
        if row.due:
            due = datetime(*row.due.timetuple()[:3])  # noqa: DTZ001 - a day
            self.sheet.write_datetime(at, _DUE, due, self.dated)
        else:
            self.sheet.write_blank(at, _DUE, None, self.dated)
        self._light(at, row)
        high = max(lines(one, capacity(wide, BODY)) for one, wide in zip(shown, widths[1:], strict=False))
        self.sheet.set_row(at, LINE * min(high, MOST) + _AROUND)

    def _light(self, at: int, row: Followed) -> None:
        """红, 黄 or 绿 as a formula of the day, the due date and the state."""
        state, day = xlsxwriter.utility.xl_rowcol_to_cell(at, len(self.widths) - 2), "$A$2"
        due = xlsxwriter.utility.xl_rowcol_to_cell(at, _DUE)
        soon = f'AND({due}<>"",{due}<={day}+{SOON})'
        formula = f'=IF({state}="已完成","绿",IF(AND({due}<>"",{due}<{day}),"红",IF(OR({state}="有困难",{state}="未反馈",{soon}),"黄","绿")))'
        self.sheet.write_formula(at, len(self.widths) - 1, formula, self.formats.centred, row.light(self.day))

    def _choices(self, end: int, last: int) -> None:
        choice = {"validate": "list", "source": list(STATUSES), "error_message": "请从列表中选择"}
        self.sheet.data_validation(_HEADING + 1, last - 1, end, last - 1, choice)

    def _colours(self, end: int, last: int) -> None:
        """Colour 红黄绿, and the due date of what is overdue."""
        first = _HEADING + 1
        for light, (back, ink) in _COLOURS.items():
            shape = self.book.add_format({"bg_color": back, "font_color": ink, "bold": light == "红"})
            rule = {"type": "cell", "criteria": "==", "value": f'"{light}"', "format": shape}
            self.sheet.conditional_format(first, last, end, last, rule)
            if light == "红":
                cell = xlsxwriter.utility.xl_rowcol_to_cell(first, last, col_abs=True)
                overdue = {"type": "formula", "criteria": f'={cell}="红"', "format": shape}
                self.sheet.conditional_format(first, _DUE, end, _DUE, overdue)


_DUE = list(_BEFORE).index("截止日期")


def _head(sheet: Worksheet, title: str, headings: Sequence[str], widths: Sequence[int], formats: Formats) -> None:
    """The title over the whole width, and the headings."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    room = capacity(sum(widths), TITLE)
    shown = fitted(title, room, 12)
    sheet.merge_range(_TITLE, 0, _TITLE, len(widths) - 1, "", formats.title)
    put(sheet, _TITLE, 0, shown, formats.title)
    sheet.set_row(_TITLE, TITLE_LINE * lines(shown, room))
    sheet.set_row(_DAY, LINE + _AROUND)
    for place, heading in enumerate(headings):
        put(sheet, _HEADING, place, clean(heading), formats.heading)
    high = max(lines(clean(one), capacity(wide, BODY)) for one, wide in zip(headings, widths, strict=True))
    sheet.set_row(_HEADING, max(_HIGH, LINE * high + _AROUND))


def _missing(book: Workbook, rows: Sequence[Followed], state: State, title: str) -> None:
    """The sheet of units that have not answered, or not everything, those with nothing first."""
    formats = Formats(book)
    sheet = book.add_worksheet("未反馈")
    widths = tuple(_MISSING.values())
    _head(sheet, clean(f"{title}未反馈情况"), tuple(_MISSING), widths, formats)
    units = {unit: list(own) for unit, own in groupby(rows, key=lambda row: row.unit)}
    lacking = {unit: [row for row in own if not row.answers] for unit, own in units.items()}
    said = f"应反馈{len(units)}个单位，未反馈{sum(unit not in state.units for unit in units)}个"
    sheet.merge_range(_DAY, 0, _DAY, len(widths) - 1, "", formats.information)
    put(sheet, _DAY, 0, said, formats.information)
    place = _HEADING
    for unit in sorted((one for one in units if lacking[one]), key=lambda one: one in state.units):
        place += 1
        whole, open_ = len(units[unit]), len(lacking[unit])
        titles = fitted(clean("；".join(f"{row.number}{row.title}" for row in lacking[unit])), capacity(70, BODY), MOST)
        put(sheet, place, 0, clean(unit), formats.cell)
        for column, count in enumerate((whole, whole - open_, open_), 1):
            sheet.write_number(place, column, count, formats.centred)
        put(sheet, place, 4, titles, formats.cell)
        put(sheet, place, 5, state.units[unit].collected if unit in state.units else "未收到", formats.centred)
        high = max(lines(titles, capacity(70, BODY)), lines(clean(unit), capacity(24, BODY)))
        sheet.set_row(place, LINE * high + _AROUND)
    sheet.autofilter(_HEADING, 0, max(place, _HEADING), len(widths) - 1)
    sheet.freeze_panes(_HEADING + 1, 1)
    page(sheet, (max(place, _HEADING), len(widths) - 1), repeat=(_HEADING, _HEADING))
