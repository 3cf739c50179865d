"""GB/T 9704-2012 as figures: every quantity that is measured. Lengths in millimetres, sizes of type in points.

The figures of the page itself are those of ``page.dimensions``, by which documents are laid out. Here is what a file is
judged by: the value, or values, that a clause can be read as, and the tolerance.
"""

from __future__ import annotations

from workplan.lengths import Mm, pt_to_mm
from workplan.measure.requirement import Requirement, Strength
from workplan.page import dimensions

_MUST, _USUAL, _ADVISED = Strength.MANDATORY, Strength.USUAL, Strength.ADVISED

#: The text block (版心, 5.2.1): 订口 28, 天头 37, 156 × 225.
LEFT, TOP, WIDTH, HEIGHT = (
    dimensions.LEFT_MARGIN,
    dimensions.TOP_MARGIN,
    dimensions.TEXT_WIDTH,
    dimensions.TEXT_HEIGHT,
)
#: Its right and lower edges.
RIGHT, BOTTOM = Mm(LEFT + WIDTH), Mm(TOP + HEIGHT)
#: The left edge of the text block of a verso page with mirrored margins.
MIRRORED = dimensions.RIGHT_MARGIN
#: The deviation that 5.2.1 leaves to printing and trimming; a file that uses it up gets a warning, not an error.
PRINTING = Mm(1.0)
#: The deviation that printing offices accept where word processors leave no finer hold: indents in 字, and what stands
#: at the foot of a page.
PRACTICE = Mm(1.0)
#: 5.2.3: 22 lines of 28 字, and the width of such a 字.
LINES, CHARACTERS = dimensions.LINES, dimensions.CHARACTERS
CHARACTER = Mm(WIDTH / CHARACTERS)

PAPER_WIDTH = Requirement("measure-paper-width", "5.1", _MUST, (dimensions.PAPER_WIDTH,), 0.3)
PAPER_HEIGHT = Requirement("measure-paper-height", "5.1", _MUST, (dimensions.PAPER_HEIGHT,), 0.3)
LEFT_MARGIN = Requirement("measure-left-margin", "5.2.1", _MUST, (LEFT,), PRINTING)
LEFT_EXACT = Requirement("measure-left-margin", "5.2.1", _USUAL, (LEFT,), 0.3)
TOP_MARGIN = Requirement("measure-top-margin", "5.2.1", _MUST, (TOP,), PRINTING)
TOP_EXACT = Requirement("measure-top-margin", "5.2.1", _USUAL, (TOP,), 0.3)
BELOW = Requirement("measure-below", "5.2.1", _MUST, (0,), 0.3)
LINE_LONG = Requirement("measure-line-width", "5.2.1", _MUST, (WIDTH,), 0.4)
LINE_SHORT = Requirement("measure-line-width", "5.2.3", _USUAL, (WIDTH,), 0.3)
LINE_COUNT = Requirement("measure-line-count", "5.2.3", _USUAL, (LINES,), unit="line")
#: Fewest lines that are worth a page of their own; the standard names none.
LAST_LINES = 3
LAST_PAGE = Requirement("measure-last-page", "5.2.3", _USUAL, (LAST_LINES,), unit="line")
CHARACTER_COUNT = Requirement("measure-character-count", "5.2.3", _USUAL, (CHARACTERS,), unit="em")
#: 28.95 to 28.99 pt: 22 equal boxes fill 225 mm; 29.61 pt: the first and the last 字 touch the edges.
LINE_PITCH = Requirement("measure-line-pitch", "5.2.3", _USUAL, (10.22, 10.445), 0.03)
BASELINE = Requirement("measure-baseline", "5.2.3", _USUAL, (0,), 0.3)
BODY_SIZE = Requirement("measure-body-size", "5.2.2", _USUAL, (dimensions.BODY, 15.75), 0.25, "pt")
BODY_FACE = Requirement("measure-body-face", "5.2.2", _USUAL, "仿宋", unit="")

#: 35 mm below the upper edge of the text block.
MASTHEAD_TOP = Requirement("measure-masthead", "7.2.4", _MUST, (72,), 0.3)
MASTHEAD_WIDTH = Requirement("measure-masthead-overhang", "5.2.1", _MUST, (0,), 0.3)
NUMBER_RULE = Requirement("measure-number", "7.2.7", _MUST, (dimensions.NUMBER_TO_RULE,), 0.2)
RED_RULE_WIDTH = Requirement("measure-red-rule-width", "7.2.7", _MUST, (WIDTH,), 0.3)
RED_RULE_CENTRE = Requirement("measure-red-rule-centre", "7.2.7", _MUST, (0,), 0.3)
TITLE_SIZE = Requirement("measure-title-size", "7.3.1", _USUAL, (dimensions.TITLE,), 0.25, "pt")
TITLE_FACE = Requirement("measure-title-face", "7.3.1", _USUAL, "小标宋", unit="")
TITLE_GAP = Requirement("measure-title-gap", "7.3.1", _MUST, (2,), 0.6, "line")
#: Its indent in 字 becomes millimetres by the size of type, see ``foot``.
SIGNATURE = Requirement("measure-signature", "7.3.5", _USUAL, (), PRACTICE)

#: 10.1: a letter. The rules stand in the middle of the page or of its text block; a red rule wider than this is one of them.
LETTER_LEAST = Mm(168.0)
_RULE_TO_TEXT = pt_to_mm(dimensions.LETTER_RULE_TO_TEXT)
LETTER_MARK = Requirement("measure-letter-mark", "10.1", _MUST, (30,), 0.3)
LETTER_RULE = Requirement("measure-letter-rule", "10.1", _MUST, (dimensions.MARK_TO_LETTER_RULE,), 0.3)
LETTER_WIDTH = Requirement("measure-letter-width", "10.1", _MUST, (dimensions.LETTER_RULE_WIDTH,), 0.3)
LETTER_CENTRE = Requirement("measure-letter-centre", "10.1", _MUST, (105, 106), 0.3)
LETTER_ORDER = Requirement("measure-letter-order", "10.1", _MUST, "上粗下细、上细下粗", unit="")
LETTER_FOOT = Requirement("measure-letter-foot", "10.1", _MUST, (dimensions.LETTER_RULE_TO_EDGE,), 0.3)
LETTER_FIRST = Requirement("measure-letter-first", "10.1", _MUST, (_RULE_TO_TEXT,), 0.3)
LETTER_NUMBER = Requirement("measure-letter-number", "10.1", _MUST, (0,), 0.3)
LETTER_TITLE = Requirement("measure-letter-title", "10.1", _MUST, (2,), 0.6, "line")
LETTER_ABOVE = Requirement("measure-letter-above", "10.1", _MUST, (_RULE_TO_TEXT,), 0.3)
LETTER_FOLIO = Requirement("measure-letter-page-number", "10.1", _MUST, "", unit="")
LETTER_IMPRINT = Requirement("measure-letter-imprint", "10.1", _MUST, (0,), 2.5)
LETTER_IMPRINT_RULES = Requirement("measure-letter-imprint-rules", "10.1", _MUST, "0", unit="")

#: 左右各空一字, 居右空一字: a 字 of 四号.
SMALL = pt_to_mm(dimensions.SMALL)
IMPRINT_LAST = Requirement("measure-imprint-last", "7.4.1", _MUST, (BOTTOM,), PRACTICE)
IMPRINT_RULES = Requirement("measure-imprint-rules", "7.4.1", _MUST, "2", unit="")
IMPRINT_WIDTH = Requirement("measure-imprint-width", "7.4.1", _MUST, (WIDTH,), 0.3)
IMPRINT_OUTER = Requirement("measure-imprint-outer", "7.4.1", _ADVISED, (0.35,), 0.06)
IMPRINT_INNER = Requirement("measure-imprint-inner", "7.4.1", _ADVISED, (0.25,), 0.06)
IMPRINT_SIZE = Requirement("measure-imprint-size", "7.4.2", _USUAL, (dimensions.SMALL,), 0.25, "pt")
IMPRINT_FACE = Requirement("measure-imprint-face", "7.4.2", _USUAL, "仿宋", unit="")
IMPRINT_INDENT = Requirement("measure-imprint-indent", "7.4.2", _USUAL, (SMALL,), 0.3)

FOLIO = Requirement("measure-page-number", "7.5", _USUAL, "— 1 —", unit="")
FOLIO_DEPTH = Requirement("measure-page-number-depth", "7.5", _USUAL, (7,), 0.3)
FOLIO_SIDE = Requirement("measure-page-number-side", "7.5", _USUAL, (SMALL,), 0.3)
FOLIO_SIZE = Requirement("measure-page-number-size", "7.5", _USUAL, (dimensions.SMALL,), 0.25, "pt")
FOLIO_FACE = Requirement("measure-page-number-face", "7.5", _USUAL, "宋体", unit="")

EMBEDDED = Requirement("measure-font-embedded", "5.2.2", _USUAL, "", unit="")
SUBSTITUTED = Requirement("measure-font-substituted", "5.2.2", _USUAL, "", unit="")
#: What the file asks for and this machine has not: told, and no deviation of the document.
REPLACED = Requirement("measure-font-replaced", "5.2.2", Strength.NOTE, "", unit="")
SCANNED = Requirement("measure-scanned-page", "5.2.2", Strength.NOTE, "", unit="")
