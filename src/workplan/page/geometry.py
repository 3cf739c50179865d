"""Where the parts of the first page stand (GB/T 9704 7.2, 7.3.1; 10.1 for a letter), in points, with the text on the grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, em_to_pt, mm_to_pt, pt_to_mm
from workplan.page.dimensions import (
    BODY,
    DOUBLE,
    LETTER_RULE_TO_EDGE,
    LETTER_RULE_TO_TEXT,
    LETTER_RULE_WIDTH,
    LOWEST_LINE,
    MARK_TO_LETTER_RULE,
    NUMBER_TO_RULE,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    PITCH,
    RED_RULE,
    TOP,
)

if TYPE_CHECKING:
    from workplan.lengths import Em

#: The height of a line of the masthead, in multiples of its size of type.
MARK_LINE = 1.2

#: The double rules of a letter: their length, and the distance of their left ends from the left edge of the page.
DOUBLE_WIDTH = mm_to_pt(LETTER_RULE_WIDTH)
DOUBLE_LEFT = mm_to_pt(Mm((PAPER_WIDTH - LETTER_RULE_WIDTH) / 2))
#: The upper edge of the second double rule, from the top of the page.
DOUBLE_TOP = Pt(mm_to_pt(Mm(PAPER_HEIGHT - LETTER_RULE_TO_EDGE)) - DOUBLE)

#: Share of a line that the blank lines before a part may lack, so that it falls on the grid without losing a whole line.
_SLACK = 0.25
#: The same for the title of a letter, for which 10.1 asks two blank lines: as near to that as the grid allows.
_LETTER_SLACK = 0.8


@dataclass(frozen=True, slots=True)
class Head:
    """Places on the first page, in points.

    ``mark`` is the upper edge of the masthead's first line, from the upper edge of the text block. The others are heights,
    from top to bottom: ``number`` is the space between the masthead's last line and 发文字号; ``ruled`` is the line of
    发文字号 and the space below it, down to the red rule; ``title`` is the space between rule and title, ``text`` that
    between title and text. ``begins`` is the number of the grid line, from 0, on which the title begins; ``line`` is the
    height of each line above the masthead.
    """

    mark: Pt
    number: Pt
    ruled: Pt
    title: Pt
    text: Pt
    begins: int
    line: Pt = PITCH


@dataclass(frozen=True, slots=True)
class MastheadPlace:
    """A fitted masthead on the page.

    ``top`` is the upper edge of its ink, from the top of the page; ``size`` is its size of type, ``lines`` its number of
    lines; ``blank_above`` and ``blank_below`` are the parts of its em box above and below the ink.
    """

    top: Mm
    size: Pt
    lines: int
    blank_above: Em
    blank_below: Em

    @property
    def leading(self) -> Pt:
        """The space above, and below, the characters of a line: half of what the line is taller than they are."""
        return Pt((MARK_LINE - 1) / 2 * self.size)

    @property
    def begins(self) -> Pt:
        """The upper edge of its first line, from the upper edge of the text block."""
        return Pt(mm_to_pt(self.top) - TOP - em_to_pt(self.blank_above, self.size) - self.leading)

    @property
    def ends(self) -> Pt:
        """The lower edge of its last line, from the upper edge of the text block."""
        return Pt(self.begins + MARK_LINE * self.size * self.lines)

    def below(self, count: int) -> MastheadPlace:
        """The place, moved down as far as ``count`` lines above it need to have room at their lowest height."""
        lacking = Pt(count * LOWEST_LINE - self.begins if count else 0.0)
        return replace(self, top=Mm(self.top + pt_to_mm(lacking))) if lacking > 0 else self


def head(blanks: tuple[float, float, float], place: MastheadPlace, above: int = 0) -> Head:
    """Place the parts of the first page; ``blanks`` are the numbers of blank lines before number, title and text.

    ``above`` is the number of lines above the masthead; they close up where they have less room than lines of the grid need.
    """
    number = Pt(blanks[0] * PITCH - place.leading)
    ruled = Pt((PITCH + BODY) / 2 + mm_to_pt(NUMBER_TO_RULE))
    begins, title = _title(Pt(place.ends + number + ruled + RED_RULE), blanks[1] - _SLACK)
    line = Pt(min(PITCH, place.begins / above)) if above else PITCH
    return Head(
        mark=place.begins, number=number, ruled=ruled, title=title, text=_text(blanks[2]), begins=begins, line=line
    )


def letter_head(blanks: tuple[float, float, float], place: MastheadPlace, count: int) -> Head:
    """The same for a letter (10.1), where the rule follows the mark: ``number`` is the space between them.

    ``ruled`` is the height of the rule and of the ``count`` lines below it (发文字号, and the marks at the left edge).
    """
    gap = Pt(letter_rule(place) - TOP - place.ends)
    ruled = Pt(DOUBLE + LETTER_RULE_TO_TEXT - (PITCH - BODY) / 2 + (blanks[0] + count) * PITCH)
    begins, title = _title(Pt(place.ends + gap + ruled), blanks[1] - _LETTER_SLACK)
    return Head(mark=place.begins, number=gap, ruled=ruled, title=title, text=_text(blanks[2]), begins=begins)


def letter_rule(place: MastheadPlace) -> Pt:
    """The upper edge of the first double rule of a letter, from the top of the page."""
    ink_end = TOP + place.ends - place.leading - em_to_pt(place.blank_below, place.size)
    return Pt(ink_end + mm_to_pt(MARK_TO_LETTER_RULE))


def _title(above: Pt, blank: float) -> tuple[int, Pt]:
    """The grid line on which a title begins at least ``blank`` lines below the height ``above``, and the space between."""
    line = max(ceil(above / PITCH + blank), 0)
    return line, Pt(line * PITCH - above)


def _text(blank: float) -> Pt:
    """The space between title and text: ``blank`` lines, rounded so that the text stands on the grid."""
    return Pt(ceil(blank - _SLACK) * PITCH)
