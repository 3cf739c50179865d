"""The 意见采纳情况表 as a workbook: a line for each opinion, decisions to pick from a list, ready to print on A4.

Every value is written as text, never as a formula or an address. A row too high for Excel goes on in the next line of the
sheet. What applying the table needs stands in hidden columns, so that it goes along when rows are sorted or copied. The
same input gives the same bytes.
"""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.merge.opinions import stored, words
from workplan.merge.opinions.row import RowKind, digest
from workplan.render.xlsx.cells import cut, fitted, lines
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan.merge.opinions.collect import Opinions
    from workplan.merge.opinions.row import Row
    from workplan.merge.opinions.stored import Origin

_TITLE, _INFORMATION, _HEADING = 0, 1, 2
#: Widths in digits by heading, and of the list of copies.
_WIDTHS = {
    words.NUMBER: 6,
    words.PLACE: 16,
    words.ORIGINAL: 38,
    words.OPINION: 38,
    words.UNITS: 14,
    words.PEOPLE: 9,
    words.NOTE: 15,
    words.DECISION: 10,
    words.REASON: 20,
}
_RECEIVED_WIDTHS = {"序号": 6, "文件": 70, "提出单位": 36, "意见": 16}
_CENTRED = {words.NUMBER, words.PEOPLE, words.DECISION, "意见"}
#: Space that rows get beyond their lines, and the height of the row of headings.
_AROUND, _HEADING_HEIGHT = Pt(6), Pt(24)
_CONTINUED = "（续）"
_ASKED = "填写采纳情况"
_HELP = "请选：采纳、部分采纳、不采纳。采纳的按“意见”一栏的文字修改，该栏可以直接改写；部分采纳的，请先改写该栏。批注不会自动修改。"
_WRONG = "请选：采纳、部分采纳、不采纳，或留空。"


def write(opinions: Opinions, origin: Origin, name: str) -> bytes:
    """The workbook; ``name`` is what the document is called.

    Sheet 意见采纳情况 has the rows, 其他意见 what is on the whole document or has no place there (if any), 来件 the copies.
    """
    import xlsxwriter  # noqa: PLC0415 - reading a table back needs none of it

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, deepcopy(OPTIONS)) as book:
        title = clean(f"{name}征求意见采纳情况表")
        book.set_properties({"title": title[:255], "created": datetime(1980, 1, 1, tzinfo=UTC)})
        formats = Formats(book)
        head = stored.origin_to_text(origin)
        sheet = book.add_worksheet("意见采纳情况")
        _head(sheet, (title, _summary(opinions)), _WIDTHS, formats)
        _table(sheet, opinions.rows, head, formats)
        if opinions.loose:
            sheet = book.add_worksheet("其他意见")
            heads = (clean(f"{name}其他意见采纳情况表"), "针对全文的意见，和没有找到对应位置的意见")
            _head(sheet, heads, _WIDTHS, formats)
            _table(sheet, opinions.loose, head, formats)
        _received(book, opinions, name, formats)
    return file.getvalue()


def _summary(opinions: Opinions) -> str:
    """One line: how much came in."""
    rows = (*opinions.rows, *opinions.loose)
    comments = sum(row.kind is RowKind.COMMENT for row in rows)
    none = sum(not one.count for one in opinions.received)
    silent = f"，其中{none}份没有意见" if none else ""
    return f"收到{len(opinions.received)}份{silent}；意见{len(rows)}条，其中批注{comments}条"


def _table(sheet: Worksheet, rows: Sequence[Row], head: str, formats: Formats) -> None:
    """The rows with their hidden columns; ``head`` is what these have as heading."""
    place, hidden = _HEADING + 1, len(_WIDTHS)
    heading = stored.cut(head)
    carried = len(heading)
    for row in rows:
        for line, machine in _lines(row, digest(head)):
            _line(sheet, place, line, formats)
            for column, piece in enumerate(stored.cut(machine), hidden):
                put(sheet, place, column, piece, formats.cell)
            carried = max(carried, len(stored.cut(machine)))
            place += 1
    last = max(place - 1, _HEADING)
    for number, piece in zip_longest(range(carried), heading, fillvalue=""):
        put(sheet, _HEADING, hidden + int(number), f"{stored.HEADING}{int(number) + 1} {piece}", formats.heading)
    sheet.set_column(hidden, hidden + carried - 1, 8, None, {"hidden": True})
    sheet.autofilter(_HEADING, 0, last, hidden + carried - 1)
    sheet.freeze_panes(_HEADING + 1, 2)
    page(sheet, (last, len(_WIDTHS) - 1), repeat=(_HEADING, _HEADING))
    _choices(sheet, last)


def _choices(sheet: Worksheet, last: int) -> None:
    """Let decisions be picked from a list."""
    column = list(_WIDTHS).index(words.DECISION)
    choice = {
        "validate": "list",
        "source": list(words.DECISIONS),
        "input_title": _ASKED,
        "input_message": _HELP,
        "error_title": _ASKED,
        "error_message": _WRONG,
    }
    sheet.data_validation(_HEADING + 1, column, max(last, _HEADING + 1), column, choice)


def _head(sheet: Worksheet, heads: tuple[str, str], widths: dict[str, int], formats: Formats) -> None:
    """The title over the whole width, a line of information, the headings."""
    for place, width in enumerate(widths.values()):
        sheet.set_column(place, place, width)
    title, information = heads
    room = capacity(sum(widths.values()), TITLE)
    title = fitted(title, room, 12)
    sheet.merge_range(_TITLE, 0, _TITLE, len(widths) - 1, "", formats.title)
    put(sheet, _TITLE, 0, title, formats.title)
    sheet.set_row(_TITLE, TITLE_LINE * lines(title, room))
    sheet.merge_range(_INFORMATION, 0, _INFORMATION, len(widths) - 1, "", formats.information)
    put(sheet, _INFORMATION, 0, information, formats.information)
    sheet.set_row(_INFORMATION, LINE + _AROUND)
    for place, heading in enumerate(widths):
        put(sheet, _HEADING, place, heading, formats.heading)
    sheet.set_row(_HEADING, _HEADING_HEIGHT)


def _lines(row: Row, table: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The lines of the sheet for one row, each with what it carries: one, or several where a cell is too high for one."""
    cells = {
        words.PLACE: clean(row.place),
        words.ORIGINAL: words.original(row),
        words.OPINION: words.opinion(row),
        words.UNITS: clean("、".join(row.units)),
        words.PEOPLE: clean("、".join(row.authors)),
        words.NOTE: words.note(row),
    }
    parts = {key: cut(cell, capacity(_WIDTHS[key], BODY), MOST) for key, cell in cells.items()}
    columns = [parts.get(heading, ("",)) for heading in _WIDTHS]
    shown = list(zip_longest(*columns, fillvalue=""))
    joints = _joints(cells[words.OPINION], parts[words.OPINION])
    carried = stored.lines(row, table, joints, len(shown))
    for place, (line, machine) in enumerate(zip(shown, carried, strict=True)):
        _, where, *rest = line
        yield (str(row.number), where or (_CONTINUED if place else ""), *rest), machine


def _joints(whole: str, parts: Sequence[str]) -> list[str]:
    """What stood between the parts of a text: a line end that cutting took, or nothing."""
    found: list[str] = []
    at = 0
    for part, after in pairwise(parts):
        at += len(part)
        taken = whole.startswith(f"\n{after}", at)
        found.append("\n" if taken else "")
        at += taken
    return found


def _line(sheet: Worksheet, place: int, line: Sequence[str], formats: Formats) -> None:
    for column, (heading, cell) in enumerate(zip(_WIDTHS, line, strict=True)):
        if heading == words.NUMBER:
            sheet.write_number(place, column, int(cell), formats.centred)
        else:
            put(sheet, place, column, cell, formats.centred if heading in _CENTRED else formats.cell)
    high = max(lines(cell, capacity(width, BODY)) for cell, width in zip(line, _WIDTHS.values(), strict=True))
    sheet.set_row(place, LINE * high + _AROUND)


def _received(book: Workbook, opinions: Opinions, name: str, formats: Formats) -> None:
    """The list of copies: what came in from whom, and who has no opinion."""
    sheet = book.add_worksheet("来件")
    known = "" if all(one.sender.registered for one in opinions.received) else "；标“未登记”的，单位名册中没有"
    _head(sheet, (clean(f"{name}征求意见来件"), f"收到{len(opinions.received)}份{known}"), _RECEIVED_WIDTHS, formats)
    for place, one in enumerate(opinions.received, _HEADING + 1):
        unit = one.sender.name if one.sender.registered else f"{one.sender.name}（未登记）"
        cells = (clean(one.path), clean(unit), f"{one.count}条" if one.count else "无意见")
        widths = tuple(_RECEIVED_WIDTHS.values())[1:]
        shown = [fitted(cell, capacity(width, BODY), MOST) for cell, width in zip(cells, widths, strict=True)]
        sheet.write_number(place, 0, place - _HEADING, formats.centred)
        for column, (cell, heading) in enumerate(zip(shown, list(_RECEIVED_WIDTHS)[1:], strict=True), 1):
            put(sheet, place, column, cell, formats.centred if heading in _CENTRED else formats.cell)
        high = max(lines(cell, capacity(width, BODY)) for cell, width in zip(shown, widths, strict=True))
        sheet.set_row(place, LINE * high + _AROUND)
    last = _HEADING + len(opinions.received)
    sheet.freeze_panes(_HEADING + 1, 0)
    page(sheet, (last, len(_RECEIVED_WIDTHS) - 1), repeat=(_HEADING, _HEADING))
