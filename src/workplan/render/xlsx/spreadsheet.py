"""What the sheets of a workbook share: formats, safe cells, line heights and the print set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Points per line of 10 pt text: more than 宋体 takes in Excel (12.75) and its stand-in in LibreOffice (11.4).
LINE = 13.5
#: Lines of a cell. Excel's highest row has 409.5 pt, and text beyond it is never seen, on screen or on paper.
MOST = 29
#: A column's unit is a digit of the standard face: 8 px in Excel, 7 px where a stand-in is narrower; a cell adds 5 px.
_DIGIT, _PADDING = 7, 5


def capacity(columns: float, size: float) -> float:
    """How many halves of text of ``size`` points a line holds in a column (or merged columns) of that width.

    One 字 less than fits, because a line gives one up where the next would begin with a stop.
    """
    room = int(columns * _DIGIT) - _PADDING
    return max(2, room / (size * 96 / 72 / 2) - 2)


class Formats:
    """The formats of one workbook: 黑体 for headings, 宋体 for text, thin rules, everything wrapped."""

    def __init__(self, book: Workbook) -> None:
        plain: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
        centre = plain | {"align": "center"}
        cell = plain | {"border": 1}
        head = cell | {"font_name": "黑体", "font_size": 10.5, "align": "center", "bg_color": "#E7E6E6"}
        centred = cell | {"align": "center"}
        self.title: Format = book.add_format(centre | {"font_name": "方正小标宋简体", "font_size": 18})
        self.information: Format = book.add_format(centre)
        self.heading: Format = book.add_format(head)
        # Stacked characters, read from top to bottom; longer ones lie on their side.
        self.stacked: Format = book.add_format(head | {"font_size": 10, "rotation": 270, "text_wrap": False})
        self.sideways: Format = book.add_format(head | {"font_size": 10, "rotation": 90, "valign": "vcenter"})
        part = head | {"align": "left", "text_wrap": False, "bg_color": "#F7F7F7", "border": 0, "top": 1, "bottom": 1}
        self.part: Format = book.add_format(part)
        self.cell: Format = book.add_format(cell | {"align": "left"})
        self.centred: Format = book.add_format(centred)
        self.lead: Format = book.add_format(centred | {"font_color": "#C00000"})
        self.total: Format = book.add_format(centred | {"font_name": "黑体", "bg_color": "#F7F7F7"})


def put(sheet: Worksheet, row: int, column: int, text: str, shape: Format) -> None:
    """Write a cell as text, whatever it looks like."""
    if not text:
        done = sheet.write_blank(row, column, None, shape)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for its own finished markup and writes it unescaped; in parts it cannot.
        done = sheet.write_rich_string(row, column, shape, text[:1], shape, text[1:], shape)
    else:
        done = sheet.write_string(row, column, text, shape)
    if done:
        message = f"cell {row},{column} was not written: {done}"
        raise AssertionError(message)  # callers keep within Excel's limits


def page(sheet: Worksheet, last: tuple[int, int], *, repeat: tuple[int, int], across: int = 1) -> None:
    """A4 landscape, ``across`` pages wide, heading rows repeated, the page number at the foot.

    ``last`` is the sheet's last row and column. Margins are in inches: 18 mm above and below, 12 mm at the sides.
    """
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.47, right=0.47, top=0.71, bottom=0.71)
    sheet.fit_to_pages(across, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(*repeat)
    sheet.set_footer('&C&"宋体,Regular"&10第 &P 页，共 &N 页')
    sheet.print_area(0, 0, *last)
    # A printed number such as 1 stays text; Excel need not mark it as doubtful.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
