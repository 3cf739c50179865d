"""图表: what each unit carries by its roles, and how much is due in each month, as charts of the spreadsheet's own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.render.xlsx.spreadsheet import Formats, page, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan.view.assignments import Load, TaskRow
    from workplan.view.blocks import Official

_NAME = "图表"
#: The tables that the charts are drawn from stand behind them: units and roles, then months.
_UNITS, _MONTHS = 12, 17
_ROLES = ("牵头", "责任", "配合")
#: Patterns and greys, which a black printer tells apart.
_INKS = (
    {"fill": {"color": "#1A1A1A"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#1A1A1A", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#D9D9D9"}},
)
_LINE = {"border": {"color": "#1A1A1A", "width": 0.5}}
_FACE = {"name": "宋体", "size": 9}
#: Width of a chart, height of a bar, and what a chart has besides its bars, in pixels; and the height of a row.
_WIDE, _BAR, _FRAME, _ROW = 700, 24, 110, 20


def write(book: Workbook, rows: Sequence[TaskRow], loads: Sequence[Load], official: Official, formats: Formats) -> None:
    """Add the sheet; a plan that names no unit has no chart of units, one without days none of months."""
    sheet = book.add_worksheet(_NAME)
    below = 0
    if loads:
        _table(
            sheet,
            _UNITS,
            ("单位", *_ROLES),
            [(one.unit, one.lead, one.responsible, one.support) for one in loads],
            formats,
        )
        below = _bars(book, sheet, len(loads))
    months = _months(rows)
    if months:
        _table(sheet, _MONTHS, ("月份", "到期项数"), months, formats)
        _columns(book, sheet, len(months), below, max(count for _, count in months))
    sheet.set_column(_UNITS, _UNITS, 24)
    page(sheet, (max(below + _FRAME * 3 // _ROW, 1), _UNITS - 2), repeat=(0, 0))
    sheet.set_portrait()
    sheet.set_header(f"&C{clean(official.name)[:80].replace('&', '&&')}")


def _months(rows: Sequence[TaskRow]) -> list[tuple[str, int]]:
    """How many deadlines end in each month, from the first to the last that has one."""
    count = Counter(due.date[:7] for row in rows for due in row.due if due.date)
    if not count:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(count), max(count)))
    if last - first > 48:  # noqa: PLR2004 - single months far away leave no room for the others
        return sorted(count.items())
    months = (f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(first, last + 1))
    return [(month, count[month]) for month in months]


def _table(
    sheet: Worksheet, column: int, heads: Sequence[str], lines: Sequence[tuple[str | int, ...]], formats: Formats
) -> None:
    for place, head in enumerate(heads):
        put(sheet, 0, column + place, head, formats.heading)
    for at, line in enumerate(lines, 1):
        put(sheet, at, column, clean(str(line[0])), formats.cell)
        for place, number in enumerate(line[1:], 1):
            sheet.write_number(at, column + place, int(number), formats.centred)


def _bars(book: Workbook, sheet: Worksheet, units: int) -> int:
    """Bars of the units from the top down, as they stand in the registry; gives the row below them."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for place, (role, ink) in enumerate(zip(_ROLES, _INKS, strict=True), 1):
        chart.add_series(
            {
                "name": role,
                "categories": [_NAME, 1, _UNITS, units, _UNITS],
                "values": [_NAME, 1, _UNITS + place, units, _UNITS + place],
                "gap": 40,
                **ink,
                **_LINE,
            }
        )
    chart.set_title({"name": "各单位承担任务情况（项次）", "name_font": {"name": "黑体", "size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": _FACE, "interval_unit": 1})
    chart.set_x_axis({"num_font": _FACE, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "bottom", "font": _FACE})
    high = units * _BAR + _FRAME
    chart.set_size({"width": _WIDE, "height": high})
    sheet.insert_chart(0, 0, chart, {"description": "各单位按角色承担的任务项次"})
    return high // _ROW + 2


def _columns(book: Workbook, sheet: Worksheet, months: int, below: int, most: int) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "到期项数",
            "categories": [_NAME, 1, _MONTHS, months, _MONTHS],
            "values": [_NAME, 1, _MONTHS + 1, months, _MONTHS + 1],
            "data_labels": {"value": True, "font": _FACE},
            "gap": 60,
            **_INKS[1],
            **_LINE,
        }
    )
    chart.set_title({"name": "各月到期任务（项）", "name_font": {"name": "黑体", "size": 12}})
    chart.set_x_axis({"num_font": _FACE, "text_axis": True})
    chart.set_y_axis(
        {"num_font": _FACE, "major_gridlines": {"visible": False}, "min": 0, "major_unit": max(1, most // 8)}
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": _WIDE, "height": 3 * _FRAME})
    sheet.insert_chart(below, 0, chart, {"description": "各月到期的任务项数"})
