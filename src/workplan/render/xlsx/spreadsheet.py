"""What the sheets of a workbook share: formats, safe cells, line heights and the print set-up."""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from workplan.lengths import Mm, Pt, Px, mm_to_inches, pt_to_px
from workplan.render.xlsx.cells import cut, lines
from workplan.view.facts import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: How every workbook is made: in memory, and no text becomes a formula, an address or a number.
OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Widths are counted in digits of this face (8 px in Excel, so that columns have 72 px); Excel's own Calibri is missing
    # on many office machines, and its substitutes are up to a third wider.
    "default_format_properties": {"font_name": "宋体", "font_size": 11},
    "default_column_width": 72,
}
#: Sizes of type.
TITLE, HEADING, BODY = Pt(18), Pt(10.5), Pt(10)
#: The height of a line of 10 pt: more than 宋体 needs in Excel (12.75) and its stand-in in LibreOffice (11.4).
LINE = Pt(13.5)
#: The height of a line of the title.
TITLE_LINE = Pt(30)
#: Largest number of lines in a cell. Excel's highest row has 409.5 pt; text beyond it shows neither on screen nor on paper.
MOST = 29
#: The unit of a column's width is a digit of the standard face: 8 px in Excel, 7 px where a stand-in is narrower. A cell has
#: 5 px of padding.
DIGIT, _PADDING = Px(7), Px(5)
#: Margins at the sides, and above and below.
_SIDE, _EDGE = Mm(12), Mm(18)


def capacity(columns: float, size: Pt) -> float:
    """Number of halves (of a 字) that a line of ``size`` holds in a column, or merged columns, ``columns`` digits wide.

    That is one 字 less than fits, because a line loses one where the next would begin with a stop.
    """
    room = int(columns * DIGIT) - _PADDING
    return max(2, room / (pt_to_px(size) / 2) - 2)


class Formats:
    """The formats of one workbook: 黑体 for headings, 宋体 for text, thin rules, everything wrapped."""

    def __init__(self, book: Workbook) -> None:
        plain: dict[str, Any] = {"font_name": "宋体", "font_size": BODY, "text_wrap": True, "valign": "vcenter"}
        centre = plain | {"align": "center"}
        cell = plain | {"border": 1}
        head = cell | {"font_name": "黑体", "font_size": HEADING, "align": "center", "bg_color": "#E7E6E6"}
        centred = cell | {"align": "center"}
        self.title: Format = book.add_format(centre | {"font_name": "方正小标宋简体", "font_size": TITLE})
        self.information: Format = book.add_format(centre)
        self.heading: Format = book.add_format(head)
        # Stacked characters are read from top to bottom; longer titles lie on their side.
        self.stacked: Format = book.add_format(head | {"font_size": BODY, "rotation": 270, "text_wrap": False})
        self.sideways: Format = book.add_format(head | {"font_size": BODY, "rotation": 90, "valign": "vcenter"})
        part = head | {"align": "left", "text_wrap": False, "bg_color": "#F7F7F7", "border": 0, "top": 1, "bottom": 1}
        self.part: Format = book.add_format(part)
        self.dated: Format = book.add_format(centred | {"num_format": "yyyy-mm-dd"})
        self.cell: Format = book.add_format(cell | {"align": "left"})
        self.centred: Format = book.add_format(centred)
        self.lead: Format = book.add_format(centred | {"font_color": "#C00000"})
        self.total: Format = book.add_format(centred | {"font_name": "黑体", "bg_color": "#F7F7F7"})


def put(sheet: Worksheet, row: int, column: int, text: str, shape: Format) -> None:
    """Write a cell as text, even if it looks like a number or a formula."""
    if not text:
        done = sheet.write_blank(row, column, None, shape)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for markup of its own and writes it unescaped, but not if it comes in parts.
        done = sheet.write_rich_string(row, column, shape, text[:1], shape, text[1:], shape)
    else:
        done = sheet.write_string(row, column, text, shape)
    if done:
        message = f"cell {row},{column} was not written: {done}"
        raise AssertionError(message)  # callers keep within Excel's limits


def continued(cells: Sequence[str], widths: Sequence[int], title: int) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet for one row of the plan: one, or several where a cell is higher than Excel's highest row.

    Rows after the first repeat what stands before the ``title``, and that with （续）, so that filters keep them together.
    """
    columns = [cut(cell, capacity(width, BODY), MOST) for cell, width in zip(cells, widths, strict=True)]
    again = f"{cells[title]}（续）"
    whole = max(map(len, columns)) > 1 and lines(again, capacity(widths[title], BODY)) <= MOST
    for place, line in enumerate(zip_longest(*columns, fillvalue="")):
        if not place:
            yield line
            continue
        repeated = [columns[column][0] if len(columns[column]) == 1 else line[column] for column in range(title)]
        yield (*repeated, again if whole else line[title], *line[title + 1 :])


#: The day until which a row is to be done: the first, of several.
DAY = Column(
    key="day",
    heading="截止日期",
    words=lambda row: min((due.date for due in row.due if due.date), default=""),
    widths=(12, 12),
)


def day(sheet: Worksheet, place: tuple[int, int], text: str, formats: Formats) -> None:
    """Write a day (ISO) as a date that sorts and counts; "" leaves the cell empty."""
    if text:
        sheet.write_datetime(*place, datetime.fromisoformat(text), formats.dated)
    else:
        sheet.write_blank(*place, None, formats.dated)


def page(sheet: Worksheet, last: tuple[int, int], *, repeat: tuple[int, int], across: int = 1) -> None:
    """A4 landscape, ``across`` pages wide, heading rows repeated, the page number at the foot.

    ``last`` is the sheet's last row and column.
    """
    sheet.set_landscape()
    sheet.set_paper(9)
    side, edge = (round(mm_to_inches(margin), 2) for margin in (_SIDE, _EDGE))
    sheet.set_margins(left=side, right=side, top=edge, bottom=edge)
    sheet.fit_to_pages(across, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(*repeat)
    sheet.set_footer('&C&"宋体,Regular"&10第 &P 页，共 &N 页')
    sheet.print_area(0, 0, *last)
    # A printed number such as 1 stays text, and Excel should not mark it as an error.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
