"""The page of an official document (GB/T 9704 5.2) in points, and where its first page's parts stand (7.2, 7.3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

MM = 72 / 25.4
#: 版心: the text block's width, and its upper edge from the top of the page.
MEASURE = 156 * MM
TOP = 37 * MM
#: 22 lines fill the 225 mm of the text block.
PITCH = 28.99
#: 三号.
BODY = 16.0
#: The height of a line of the masthead in sizes of its characters.
MARK_LINE = 1.2

_RULE_BELOW = 4 * MM  # 7.2.7: 红色分隔线 stands 4 mm below 发文字号
_RULE = 1.5
#: How far, in lines, text may stand nearer than its blank lines ask for, to fall on the grid without losing one more.
_SLACK = 0.25


@dataclass(frozen=True, slots=True)
class Head:
    """Where the parts of the first page stand, in points from the upper edge of the text block or from each other.

    ``mark`` is the upper edge of the masthead's first line; ``number`` the room between its last line and 发文字号, whose line
    and the room below it up to the red rule are ``ruled`` high; ``title`` the room between rule and title, and ``text`` that
    between title and text: text stands on the page's grid of 22 lines.
    """

    mark: float
    number: float
    ruled: float
    title: float
    text: float


def head(blanks: tuple[float, float, float], top: float, size: float, lines: int, over: float) -> Head:
    """Place the parts of the first page.

    ``blanks`` are the blank lines before number, title and text; ``top`` is where the masthead's ink begins, in millimetres
    from the top of the page, ``size`` and ``lines`` its characters' size and number of lines, ``over`` the share of
    their em box above the ink.
    """
    number, title, text = blanks
    leading = (MARK_LINE - 1) / 2 * size
    mark = top * MM - TOP - over * size - leading
    ruled = (PITCH + BODY) / 2 + _RULE_BELOW
    below = mark + MARK_LINE * size * lines - leading + number * PITCH + ruled + _RULE
    begins = max(ceil(below / PITCH + title - _SLACK), 0)
    return Head(mark, number * PITCH - leading, ruled, begins * PITCH - below, ceil(text - _SLACK) * PITCH)
