"""The numbers, dates and amounts of a text that changed: 2名 → 3名."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compare import table_line, text_diff

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Cell, Change, Piece

#: What a number may count, longest first where one begins with another.
_MEASURES = (
    "个百分点|平方公里|平方米|立方米|千瓦时|万千瓦|公里|公顷|公斤|周年|年度|年底|年前|年内|月底|月末|月份|个月|季度|"
    "人次|人份|人天|小时|分钟|工作日|百分点|"
    "名|人|个|家|户|项|次|场|处|所|套|座|条|件|批|期|届|类|种|级|轮|篇|册|份|张|台|辆|架|艘|亩|吨|元|米|度|倍|"
    "年|月|日|天|周|时|岁|位|对|片|支|只|口|间|栋|幢|层|宗|例|笔|本|部|门|课|节|站|区|县|市|镇|乡|村|组|岗|床|字|号"
)
#: 1,200 is one number, 10,20 are two.
_DIGITS = r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)*"
#: A number with what it counts; words that bound it (以上, 底前) belong to it.
_FIGURE = re.compile(
    r"(?:\d{2,4}年)?(?:\d{1,2}月)?\d{1,2}日(?:前|起)?"
    r"|(?:\d{2,4}年)?\d{1,2}月(?:底|末|中旬|上旬|下旬)?(?:前|起)?"
    rf"|{_DIGITS}%?(?:[—～~-]{_DIGITS}%?)?多?[万亿千百]*余?"
    rf"(?:{_MEASURES})?(?:以上|以下|以内|左右|底前|前|起)?"
    rf"|(?<!第)[一二两三四五六七八九十百千万]+(?:{_MEASURES})(?:以上|以下|以内)?"
)
#: Chinese numerals that are words rather than numbers: 一批, 一个, 百年, 千家.
_VAGUE = re.compile(r"一[^一二三四五六七八九十百千万]|[百千万]+[^百千万]")
#: The number itself within a figure.
_NUMBER = re.compile(rf"{_DIGITS}|[一二两三四五六七八九十百千万]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that changed, "" on the side that has none; ``column`` is the title of its column in a table, else ""."""

    old: str
    new: str
    column: str = ""


def told(change: Change) -> tuple[Figure, ...]:
    """The figures that a change changed, in a line of a table those of each column by themselves."""
    if len(change.old) == len(change.new) == 1 and change.old[0].cells and change.new[0].cells:
        return tuple(_by_column(change.old[0].cells, change.new[0].cells))
    return tuple(Figure(old, new) for old, new in changed(change.text_diff))


def _by_column(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[Figure]:
    for before, after in table_line.aligned(old, new):
        cells = [cell for cell in (before, after) if cell]
        pieces = text_diff.compare(before.text if before else "", after.text if after else "")
        yield from (Figure(*figures, cells[-1].column) for figures in changed(pieces))


def changed(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """The figures that changed between two texts, as pairs of what was and what is; "" where there is no counterpart.

    A figure is told with what it counts (``2名``, ``6月底前``, ``15%以上``), also where only its number changed. Figures of one
    change that count the same stand for each other.
    """
    found: list[tuple[str, str]] = []
    for old, new in _touched(pieces):
        found += _paired(old, new)
    return tuple(dict.fromkeys(found))


def _touched(pieces: Sequence[Piece]) -> Iterator[tuple[list[str], list[str]]]:
    """For each change the figures of both sides that it reaches into."""
    sides = (
        "".join(text for mark, text in pieces if mark != "+"),
        "".join(text for mark, text in pieces if mark != "-"),
    )
    figures = tuple(list(_FIGURE.finditer(side)) for side in sides)
    for first, last in _changes(pieces):
        yield _reached(figures[0], *first), _reached(figures[1], *last)


def _changes(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each change as its stretch of the old and of the new text."""
    at = [0, 0]
    start = (0, 0)
    for mark, text in (*pieces, ("=", "")):
        if mark == "=":
            if (at[0], at[1]) != start:
                yield (start[0], at[0]), (start[1], at[1])
            at = [at[0] + len(text), at[1] + len(text)]
            start = (at[0], at[1])
        else:
            at[mark == "+"] += len(text)


def _reached(figures: Sequence[re.Match[str]], start: int, end: int) -> list[str]:
    return [found[0] for found in figures if _holds(found, start, end) and not _VAGUE.match(found[0])]


def _holds(found: re.Match[str], start: int, end: int) -> bool:
    """Whether a stretch reaches into a figure, or (where nothing stands there) lies inside it."""
    return found.start() < end and start < found.end() if start < end else found.start() < start < found.end()


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Figures told with their counterparts: the same ones fall away, then those that count the same, then by order."""
    left = [figure for figure in old if figure not in new]
    right = [figure for figure in new if figure not in old]
    for figure in left:
        like = next((other for other in right if _counted(other) == _counted(figure)), None)
        if like is None and len(left) == len(right):
            like = next(iter(right), None)
        if like is not None:
            right.remove(like)
        yield figure, like or ""
    yield from (("", figure) for figure in right)


def _counted(figure: str) -> str:
    return _NUMBER.sub("", figure)
