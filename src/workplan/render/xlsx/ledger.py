"""督查台账, the sheet of whoever follows up: a row for each unit and task, a list of states, colours by today's date.

The plan's words are text. The formulas are workplan's own: they say what is due in this quarter, and colour what is overdue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.render.xlsx.cells import fitted, lines
from workplan.render.xlsx.spreadsheet import (
    BODY,
    DAY,
    LINE,
    TITLE,
    TITLE_LINE,
    Formats,
    capacity,
    continued,
    day,
    page,
    put,
)
from workplan.view.facts import ROLES
from workplan.view.status import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan.render.xlsx import Group
    from workplan.view.assignments import TaskRow
    from workplan.view.blocks import Official

_TITLE, _HEADING = 0, 1
#: The columns and their widths in digits.
_COLUMNS = {
    "单位": 18,
    "角色": 7,
    "所属板块": 13,
    "序号": 6,
    "任务": 20,
    "主要内容": 50,
    "完成时限": 14,
    "截止日期": 12,
    "本季度到期": 8,
    "状态": 9,
    "备注": 20,
}
_NAMES = list(_COLUMNS)
_UNIT, _TASK, _DAY, _QUARTER, _STATE = (
    _NAMES.index(name) for name in ("单位", "任务", "截止日期", "本季度到期", "状态")
)
_CENTRED = {"角色", "序号", "完成时限", "状态"}
_AROUND, _HIGH = Pt(6), Pt(32)
#: What is overdue, due in this quarter, done: when a row is so, by its first cell, background and characters.
_COLOURS = (
    ('AND({day}<>"",{day}<TODAY(),{state}<>"已完成")', "#F8CBAD", "#9C0006"),
    ('AND({quarter}="是",{state}<>"已完成")', "#FFEB9C", "#7F6000"),
    ('{state}="已完成"', "#C6EFCE", "#006100"),
)


def write(book: Workbook, groups: Sequence[Group], official: Official, formats: Formats) -> None:
    """Add the sheet: every row of every part, once for each unit that it names, in the order of the plan."""
    sheet = book.add_worksheet("督查台账")
    _head(sheet, clean(f"{official.name}督查台账"), formats)
    place = _HEADING
    for group in groups:
        for row in group.rows:
            for unit, role in _units(row):
                for at, cells in enumerate(_cells(row, unit, role, row.section or group.heading)):
                    place += 1
                    _line(sheet, place, cells, DAY.words(row) if not at else "", formats)
    last = max(place, _HEADING)
    end = len(_NAMES) - 1
    sheet.autofilter(_HEADING, 0, last, end)
    sheet.freeze_panes(_HEADING + 1, _UNIT + 1)
    if place > _HEADING:
        choice = {"validate": "list", "source": list(STATUSES), "error_message": "请从列表中选择"}
        sheet.data_validation(_HEADING + 1, _STATE, last, _STATE, choice)
        _colours(book, sheet, last)
    page(sheet, (last, end), repeat=(_HEADING, _HEADING))


def _units(row: TaskRow) -> Iterator[tuple[str, str]]:
    """Each unit of a row with its roles, strongest first; a row that names none stands once, so that nobody overlooks it."""
    found: dict[str, list[str]] = {}
    for role, said in ROLES.items():
        for named in row.named:
            if named.role == role and said not in found.setdefault(named.unit or named.printed, []):
                found[named.unit or named.printed].append(said)
    yield from ((unit, "、".join(roles)) for unit, roles in found.items())
    if not found:
        yield row.people("responsible"), ""


def _head(sheet: Worksheet, title: str, formats: Formats) -> None:
    for place, width in enumerate(_COLUMNS.values()):
        sheet.set_column(place, place, width)
    room = capacity(sum(_COLUMNS.values()), TITLE)
    shown = fitted(title, room, 12)
    sheet.merge_range(_TITLE, 0, _TITLE, len(_NAMES) - 1, "", formats.title)
    put(sheet, _TITLE, 0, shown, formats.title)
    sheet.set_row(_TITLE, TITLE_LINE * lines(shown, room))
    for place, name in enumerate(_NAMES):
        put(sheet, _HEADING, place, name, formats.heading)
    sheet.set_row(_HEADING, _HIGH)


def _cells(row: TaskRow, *belongs: str) -> Iterator[tuple[str, ...]]:
    """The texts of a row; what is too high for one goes on in the next."""
    words = (*belongs, row.number, row.title or row.heading, row.text, row.deadlines, "", "", "", "")
    return continued([clean(word) for word in words], list(_COLUMNS.values()), _TASK)


def _line(sheet: Worksheet, at: int, cells: Sequence[str], due: str, formats: Formats) -> None:
    for place, (name, cell) in enumerate(zip(_NAMES, cells, strict=True)):
        put(sheet, at, place, cell, formats.centred if name in _CENTRED else formats.cell)
    day(sheet, (at, _DAY), due, formats)
    cell = f"{xl_col_to_name(_DAY)}{at + 1}"
    quarter = f"ROUNDUP(MONTH({cell})/3,0)=ROUNDUP(MONTH(TODAY())/3,0)"
    formula = f'=IF({cell}="","",IF(AND(YEAR({cell})=YEAR(TODAY()),{quarter}),"是",""))'
    sheet.write_formula(at, _QUARTER, formula, formats.centred, "")
    high = max(lines(cell, capacity(wide, BODY)) for cell, wide in zip(cells, _COLUMNS.values(), strict=True))
    sheet.set_row(at, LINE * high + _AROUND)


def _colours(book: Workbook, sheet: Worksheet, last: int) -> None:
    first = _HEADING + 2
    cells = {name: f"${xl_col_to_name(place)}{first}" for name, place in _PLACES.items()}
    for when, back, ink in _COLOURS:
        shape = book.add_format({"bg_color": back, "font_color": ink})
        rule = {"type": "formula", "criteria": f"={when.format(**cells)}", "format": shape, "stop_if_true": True}
        sheet.conditional_format(_HEADING + 1, _DAY, last, _STATE, rule)


_PLACES = {"day": _DAY, "quarter": _QUARTER, "state": _STATE}
