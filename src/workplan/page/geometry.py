"""The page of an official document (GB/T 9704 5.2) in points, and where its first page's parts stand (7.2, 7.3.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

MM = 72 / 25.4
#: 版心: the text block's width, and its upper edge from the top of the page.
MEASURE = 156 * MM
TOP = 37 * MM
#: The text block's height: the width of a landscape page's.
HEIGHT = 225 * MM
#: 22 lines fill the 225 mm of the text block.
PITCH = 28.99
#: 三号.
BODY = 16.0
#: The lowest line that holds 三号.
LOWEST = 17.0
#: The height of a line of the masthead in sizes of its characters.
MARK_LINE = 1.2

#: 10.1: the double rules of a letter, from the thick one to the thin one; their length, and their place across the page.
THICK, BETWEEN, THIN = 1.5, 1.0, 0.75
DOUBLE = THICK + BETWEEN + THIN
DOUBLE_WIDTH, DOUBLE_LEFT = 170 * MM, 20 * MM
#: The upper edge of the second of them, which ends 20 mm above the page's end.
DOUBLE_TOP = (297 - 20) * MM - DOUBLE

_RULE_BELOW = 4 * MM  # 7.2.7: 红色分隔线 stands 4 mm below 发文字号
_RULE = 1.5
_MARK_BELOW = 4 * MM  # 10.1: the first double rule stands 4 mm below the mark
_BELOW_DOUBLE = 7 / 8 * BODY  # 10.1: the first line stands 7/8 of a 字 below that rule
#: How far, in lines, text may stand nearer than its blank lines ask for, to fall on the grid without losing one more.
_SLACK = 0.25
#: The same for the title of a letter, which 10.1 puts two lines below what is above it: as near to that as the grid allows.
_LETTER_SLACK = 0.8


@dataclass(frozen=True, slots=True)
class Head:
    """Where the parts of the first page stand, in points from the upper edge of the text block or from each other.

    ``line`` is the height of the lines above the masthead, ``mark`` the upper edge of the masthead's first line; ``number`` the room between its last line and 发文字号, whose line
    and the room below it up to the red rule are ``ruled`` high; ``title`` the room between rule and title, and ``text`` that
    between title and text: text stands on the page's grid of 22 lines. ``begins`` is the line on which the title begins.
    """

    mark: float
    number: float
    ruled: float
    title: float
    text: float
    begins: int
    line: float = PITCH


@dataclass(frozen=True, slots=True)
class MastheadPlace:
    """A fitted masthead on the page.

    ``top`` is where its ink begins, in millimetres from the top of the page, ``size`` and ``lines`` its characters' size and
    number of lines, ``over`` and ``under`` the shares of their em box above and below the ink.
    """

    top: float
    size: float
    lines: int
    over: float
    under: float = 0.0

    @property
    def leading(self) -> float:
        """Half of what a line is taller than its characters."""
        return (MARK_LINE - 1) / 2 * self.size

    @property
    def begins(self) -> float:
        """The upper edge of its first line, from that of the text block."""
        return self.top * MM - TOP - self.over * self.size - self.leading

    @property
    def ends(self) -> float:
        """The lower edge of its last line."""
        return self.begins + MARK_LINE * self.size * self.lines

    def below(self, count: int) -> MastheadPlace:
        """The mark, moved down where ``count`` lines would not have room above it, however close they stand."""
        over = count * LOWEST - self.begins if count else 0.0
        return replace(self, top=self.top + over / MM) if over > 0 else self


def head(blanks: tuple[float, float, float], place: MastheadPlace, above: int = 0) -> Head:
    """Place the parts of the first page; ``blanks`` are the blank lines before number, title and text.

    ``above`` is the number of lines above the masthead; they close up where it leaves them less than the page's grid has.
    """
    number = blanks[0] * PITCH - place.leading
    ruled = (PITCH + BODY) / 2 + _RULE_BELOW
    begins, title = _title(place.ends + number + ruled + _RULE, blanks[1] - _SLACK)
    line = min(PITCH, place.begins / above) if above else PITCH
    return Head(
        mark=place.begins, number=number, ruled=ruled, title=title, text=_text(blanks[2]), begins=begins, line=line
    )


def letter_head(blanks: tuple[float, float, float], place: MastheadPlace, count: int) -> Head:
    """The same for a letter (10.1), where the rule follows the mark: ``number`` is the room between them.

    ``ruled`` is what the rule and the ``count`` lines below it (发文字号, and the marks at the left edge) take.
    """
    room = letter_rule(place) - TOP - place.ends
    ruled = DOUBLE + _BELOW_DOUBLE - (PITCH - BODY) / 2 + (blanks[0] + count) * PITCH
    begins, title = _title(place.ends + room + ruled, blanks[1] - _LETTER_SLACK)
    return Head(mark=place.begins, number=room, ruled=ruled, title=title, text=_text(blanks[2]), begins=begins)


def letter_rule(place: MastheadPlace) -> float:
    """How far below the upper edge of the page the first double rule of a letter begins."""
    return TOP + place.ends - place.leading - place.under * place.size + _MARK_BELOW


def _title(below: float, blank: float) -> tuple[int, float]:
    """The line of the page's grid on which a title begins at least ``blank`` lines below a height, and the room up to there."""
    begins = max(ceil(below / PITCH + blank), 0)
    return begins, begins * PITCH - below


def _text(blank: float) -> float:
    return ceil(blank - _SLACK) * PITCH
