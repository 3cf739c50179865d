"""The metrics of the Word documents: lengths that their templates and the code that arranges them share, each once.

What GB/T 9704 lays down comes from ``page``; here are the whole twips that Word takes, and what its lines need otherwise than
those of the PDF. ``tools/make_docx_templates.py`` writes these figures into the shipped templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from workplan.lengths import Mm, Pt, Twips, mm_to_twips, pt_to_twips, pt_to_twips_down, twips_to_pt
from workplan.page import dimensions
from workplan.page.grids import STRICT

# ---------------------------------------------------------------------------------------------------- lines and 字

#: The line pitch, 28.99 pt rounded down to 579 twips: with 580 only 21 lines fit on a page (5.2.3).
LINE = pt_to_twips_down(dimensions.PITCH)
#: The same in points: 28.95.
LINE_PT = twips_to_pt(LINE)
#: The lowest line that holds 三号.
LOWEST_LINE = pt_to_twips(dimensions.LOWEST_LINE)
#: Twips added after each 字 of 三号: -4, a tenth of a twip less than brings 28 of them to 156 mm (5.2.3).
CLOSER = pt_to_twips(STRICT.tracking)
#: The width of a 字 of 三号 with the space after it. In the natural grid, too, 28 fill a line: LibreOffice squeezes no marks, and
#: 28 is what most lines hold whose marks are squeezed. So its pages end where those of the PDF do.
CHARACTER_PITCH = Twips(pt_to_twips(STRICT.size) + CLOSER)
#: The height of an empty line that has to be there and should not be seen; a full page leaves 18 twips.
LEAST_LINE = Twips(14)

# ---------------------------------------------------------------------------------------------------- pages

#: The paper, A4 (5.1).
PAPER_WIDTH, PAPER_HEIGHT = mm_to_twips(dimensions.PAPER_WIDTH), mm_to_twips(dimensions.PAPER_HEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in portrait: margins, the distances of ``head`` and ``foot`` from the edges, and the pitch of the grid's ``line``, if any."""

    top: Twips
    right: Twips
    bottom: Twips
    left: Twips
    head: Twips
    foot: Twips
    line: Twips | None


#: 版心, the text block (5.2.1).
TEXT_WIDTH, TEXT_HEIGHT = mm_to_twips(dimensions.TEXT_WIDTH), mm_to_twips(dimensions.TEXT_HEIGHT)
#: How much wider than 156 mm a line is, at the right margin: 28 字, which can be set closer only by whole twips, need 442.4 pt.
#: Indents keep the red rule and the page number to 156 mm.
WIDENED = Twips(12)
#: The official document (5.2.1).
OFFICIAL_PAGE = Page(
    top=mm_to_twips(dimensions.TOP_MARGIN),
    right=Twips(mm_to_twips(dimensions.RIGHT_MARGIN) - WIDENED),
    bottom=mm_to_twips(dimensions.BOTTOM_MARGIN),
    # 28 mm as Chinese office documents have it, 0.6 twips more.
    left=Twips(1588),
    head=Twips(851),
    # Puts the dash of the page number 7 mm below the text block (7.5).
    foot=Twips(1423),
    line=LINE,
)
#: A line of a task sheet.
SHEET_LINE = pt_to_twips(Pt(19))
#: The task sheet; the margins are those of ``sheet.css``.
SHEET_PAGE = Page(
    top=mm_to_twips(Mm(25)),
    right=mm_to_twips(Mm(20)),
    bottom=mm_to_twips(Mm(20)),
    left=mm_to_twips(Mm(22)),
    head=Twips(910),
    foot=Twips(514),
    # Its lines differ, and LibreOffice centres the lines of a grid on the page.
    line=None,
)
#: The width of the text of a task sheet, 168 mm.
SHEET_WIDTH = Twips(PAPER_WIDTH - SHEET_PAGE.left - SHEET_PAGE.right)

# ---------------------------------------------------------------------------------------------------- the first page

#: The size of 发文机关标志 in the template, which fits it to the names afterwards.
MASTHEAD = Pt(36.0)
#: The height of its line, in multiples of its size.
MASTHEAD_LINE = 1.1
#: The line of 发文字号, and the space above it: two blank lines below the masthead (7.2.5).
NUMBER_LINE, NUMBER_BEFORE = pt_to_twips(Pt(18)), Twips(1210)
#: The space between the line of 发文字号 and the red rule, whose distance from the characters it makes 4 mm (7.2.7).
RULE_SPACE = Pt(10)
#: The line of 发文字号, the space below it and the red rule.
RULED = Twips(NUMBER_LINE + pt_to_twips(RULE_SPACE) + pt_to_twips(dimensions.RED_RULE))

# ---------------------------------------------------------------------------------------------------- the end, the foot

#: The right indent of a date without a seal: programs that set digits apart from 字 even in the strict grid may set it as far
#: past the edge of the text block, instead of turning it over.
PAST_EDGE = Twips(-2 * pt_to_twips(dimensions.BODY))
#: The line of the page number.
PAGE_NUMBER_LINE = pt_to_twips(Pt(20))
#: The distance of an empty foot from the edge of the paper.
EMPTY_FOOT = mm_to_twips(Mm(10))

# ---------------------------------------------------------------------------------------------------- tables

#: The size of type in a table, 小四, and its line.
TABLE_TYPE, TABLE_LINE = Pt(12), Pt(18)
#: The blank above and below the text of a cell, and at its sides.
CELL_ABOVE, CELL_BESIDE = Pt(3), Pt(4)
#: The thickness of a table's rules.
TABLE_RULE = Pt(0.5)
#: The empty line between two tables.
BETWEEN_TABLES = pt_to_twips(Pt(12))
#: The space between a heading of a task sheet and its first task: 1 mm, and by how much text stands higher in a line of Word's.
BELOW_SECTION = mm_to_twips(Mm(1.5))
#: The space above the table of a task sheet that is to be filled in.
ABOVE_BLANKS = mm_to_twips(Mm(2))


def half_points(size: Pt) -> int:
    """A size of type as Word has it, rounded down: a line that became wider by rounding would turn over."""
    return int(size * 2)


def eighths(thickness: Pt) -> int:
    """The thickness of a rule as Word has it, in eighths of a point."""
    return round(thickness * 8)
