"""The page of GB/T 9704-2012 in figures: paper, text block, lines, sizes of type and rules, each once, with its clause.

Layout places things by these figures and ``measure`` judges by them. Style sheets of templates say some of them again,
because users edit them.
"""

from __future__ import annotations

from workplan.lengths import Em, Mm, Pt, mm_to_pt

#: 5.1: the paper, A4.
PAPER_WIDTH, PAPER_HEIGHT = Mm(210.0), Mm(297.0)
#: 5.2.1: 天头 and 订口, the margins above and at the bound edge.
TOP_MARGIN, LEFT_MARGIN = Mm(37.0), Mm(28.0)
#: 5.2.1: 版心, the text block.
TEXT_WIDTH, TEXT_HEIGHT = Mm(156.0), Mm(225.0)
#: What these leave at the other two edges: 26 mm and 35 mm.
RIGHT_MARGIN = Mm(PAPER_WIDTH - LEFT_MARGIN - TEXT_WIDTH)
BOTTOM_MARGIN = Mm(PAPER_HEIGHT - TOP_MARGIN - TEXT_HEIGHT)
#: 5.2.3: lines on a page, and 字 in a line.
LINES, CHARACTERS = 22, 28

#: The text block in points: the width of a line, the place of the upper edge on the page, and the height (which is the
#: width of a line on a landscape page).
MEASURE = mm_to_pt(TEXT_WIDTH)
TOP = mm_to_pt(TOP_MARGIN)
HEIGHT = mm_to_pt(TEXT_HEIGHT)
#: The line pitch: 22 lines fill 225 mm.
PITCH = Pt(28.99)

#: 5.2.2: 三号, the size of the text. 7.3.1: 二号, the size of titles. 7.4.2 and 7.5: 四号, that of 版记 and page numbers.
BODY, TITLE, SMALL = Pt(16), Pt(22), Pt(14)
#: The lowest line that holds 三号.
LOWEST_LINE = Pt(17.0)
#: The share of a line's height above its baseline, where word processors put it.
WORD_BASELINE = 0.8
#: 7.3.3: 左空二字, the indent of a paragraph.
INDENT = Em(2.0)
#: 7.3.5: 右空四字 under a seal, 右空二字 without: from the date or the name to the right edge of the text block.
SEALED_INDENT, UNSEALED_INDENT = Em(4.0), Em(2.0)
#: 7.3.5.2: without a seal the date begins two 字 to the right of the name.
DATE_SHIFT = Em(2.0)

#: 7.2.7: 红色分隔线 stands 4 mm below 发文字号.
NUMBER_TO_RULE = Mm(4)
#: The thickness of 红色分隔线; the standard gives none.
RED_RULE = Pt(1.5)

#: 10.1: the double rules of a letter are 170 mm long and stand in the middle of the page.
LETTER_RULE_WIDTH = Mm(170)
#: 10.1: the first of them stands 4 mm below the mark, the second ends 20 mm above the edge of the paper.
MARK_TO_LETTER_RULE, LETTER_RULE_TO_EDGE = Mm(4), Mm(20)
#: 10.1: from a double rule to the nearest line of text, 7/8 of the height of a 字.
LETTER_RULE_TO_TEXT = Pt(7 / 8 * BODY)
#: A double rule from its thick to its thin line; the standard says which is which and gives no thickness.
THICK, BETWEEN, THIN = Pt(1.5), Pt(1.0), Pt(0.75)
DOUBLE = Pt(THICK + BETWEEN + THIN)
