"""The task sheet of a unit as a workbook: the words of its lines, a row for each task, a column for each field to fill in.

Every value is text, never a formula, an address or a number, and what is typed into a field stays as it is typed. Hidden are
the plan that the sheet was made from and whose it is (a property of the file), and which row of the plan a row is (a column).
The same input gives the same bytes.
"""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import xlsxwriter

from workplan.chinese.characters import clean as printable
from workplan.lengths import Pt
from workplan.render.docx.origin import NAME, sheet_origin
from workplan.render.xlsx.cells import cut, lines
from workplan.render.xlsx.spreadsheet import BODY, LINE, MOST, OPTIONS, TITLE, TITLE_LINE, Formats, capacity, page, put
from workplan.view.sheet_lines import SheetRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from workplan.view.assignments import Sheet
    from workplan.view.sheet_lines import SheetBlock, SheetLine

#: What the hidden column is called: it says which row of the plan a row is.
HIDDEN = "workplan"
#: The columns before the fields, with their widths in digits.
COLUMNS = {"任务": 20, "要求": 30, "主要内容": 46}
#: The width of a field: of few, and of many.
_WIDE, _NARROW, _FEW = 26, 18, 4
#: Space that rows get beyond their lines, the height of the headings, the least of a row to write in and of that to sign in.
_AROUND, _HEADING, _LEAST, _SIGN = Pt(6), Pt(24), Pt(40), Pt(36)

#: Most lines of a title in one row.
_TITLE_LINES = 12


def write(sheet: Sheet, *, clean: bool = False) -> bytes:
    """The workbook of a sheet; ``clean`` leaves out what is hidden in it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, deepcopy(OPTIONS)) as book:
        title = printable(f"{sheet.unit}任务清单")
        created = datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": title[:255], "author": printable(sheet.issuer)[:255], "created": created})
        if not clean:
            book.set_custom_property(NAME, printable(sheet_origin(sheet)), "text")
        _Writer(book, sheet, hiding=not clean).write()
    return file.getvalue()


class _Writer:
    """Writes one sheet, row by row."""

    def __init__(self, book: Workbook, sheet: Sheet, *, hiding: bool) -> None:
        self.sheet, self.hiding = sheet, hiding
        self.formats = Formats(book)
        plain: dict[str, Any] = {"font_name": "宋体", "font_size": BODY, "text_wrap": True}
        self.line = book.add_format(plain | {"align": "left", "valign": "vcenter"})
        self.field = book.add_format(plain | {"border": 1, "align": "left", "valign": "top", "num_format": "@"})
        self.page = book.add_worksheet("任务清单")
        wide = _WIDE if len(sheet.blanks) <= _FEW else _NARROW
        self.widths = (*COLUMNS.values(), *(wide for _ in sheet.blanks))
        self.row = 0
        self.heading = -1

    def write(self) -> None:
        """Write all blocks, then how the sheet prints."""
        for place, width in enumerate(self.widths):
            self.page.set_column(place, place, width)
        for block in self.sheet.blocks:
            self._block(block)
        last = (max(self.row - 1, 0), len(self.widths) - 1)
        if self.hiding:
            self.page.set_column(len(self.widths), len(self.widths), 8, None, {"hidden": True})
        if self.heading >= 0:
            self.page.freeze_panes(self.heading + 1, 1)
        page(self.page, last, repeat=(max(self.heading, 0), max(self.heading, 0)))

    def _block(self, block: SheetBlock) -> None:
        first = block.lines[0]
        if block.kind == "section" and first.owner != "sheet/possible" and self.heading < 0:
            self._headings()
        if block.kind == "task":
            self._task(block.lines)
        elif first.role is SheetRole.SIGN:
            self._signatures(block.lines)
        elif block.kind != "blanks":  # a task's own, which stand in its row
            for line in block.lines:
                self._across(line)

    def _headings(self) -> None:
        names = (*COLUMNS, *map(printable, self.sheet.blanks))
        for place, name in enumerate(names):
            put(self.page, self.row, place, name, self.formats.heading)
        if self.hiding:
            put(self.page, self.row, len(names), HIDDEN, self.formats.heading)
        high = max(lines(name, capacity(width, BODY)) for name, width in zip(names, self.widths, strict=True))
        self.page.set_row(self.row, max(_HEADING, LINE * high + _AROUND))
        self.heading, self.row = self.row, self.row + 1

    def _across(self, line: SheetLine) -> None:
        """A line over the whole width, in several rows where it is too high for one."""
        is_title = line.role is SheetRole.TITLE
        size, step = (TITLE, TITLE_LINE) if is_title else (BODY, LINE)
        shape: Format = self.line
        if is_title or line.role is SheetRole.PLAN:
            shape = self.formats.title if is_title else self.formats.information
        elif line.role is SheetRole.SECTION:
            shape = self.formats.part
        room = capacity(sum(self.widths), size)
        for part in cut(_said(line), room, _TITLE_LINES if is_title else MOST):
            self.page.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", shape)
            put(self.page, self.row, 0, part, shape)
            self.page.set_row(self.row, step * lines(part, room) + _AROUND)
            self.row += 1

    def _task(self, found: Sequence[SheetLine]) -> None:
        """A task: its title, what is asked, its text, and its fields; in several rows where it is too high for one."""
        told = (SheetRole.OWN, SheetRole.FACT)
        cells = (
            _joined(line for line in found if line.role is SheetRole.TASK),
            _joined(line for line in found if line.role in told),
            _joined(line for line in found if line.role is SheetRole.TEXT),
        )
        parts = [cut(cell, capacity(width, BODY), MOST) for cell, width in zip(cells, self.widths, strict=False)]
        for place, row in enumerate(zip_longest(*parts, fillvalue="")):
            for column, cell in enumerate(row):
                put(self.page, self.row, column, cell, self.formats.cell)
            for column in range(len(row), len(self.widths)):
                self.page.write_blank(self.row, column, None, self.field)
            if self.hiding and not place:
                put(self.page, self.row, len(self.widths), found[0].owner, self.formats.cell)
            high = max(lines(cell, capacity(width, BODY)) for cell, width in zip(row, self.widths, strict=False))
            self.page.set_row(self.row, max(LINE * high + _AROUND, _LEAST if self.sheet.blanks else 0))
            self.row += 1

    def _signatures(self, found: Sequence[SheetLine]) -> None:
        for column, line in enumerate(found):
            put(self.page, self.row, column, f"{line.label}：", self.field)
        self.page.set_row(self.row, _SIGN)
        self.row += 1


def _said(line: SheetLine) -> str:
    """A line in one cell: with a colon between label and text, where the text has none itself."""
    between = "：" if line.label and not line.text.startswith("：") else ""
    return printable(f"{line.label}{between}{line.text}")


def _joined(found: Iterable[SheetLine]) -> str:
    return "\n".join(map(_said, found))
