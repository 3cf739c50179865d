"""Breaks titles and names into lines between words, in the shapes that official documents allow.

GB/T 9704 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形. The clause forbids a lone
character on a line, a rectangle and an hourglass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.lengths import Em

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_Shape = Callable[[Sequence[Em]], float]

#: Words that end a line well, since what they join goes on below.
_GOOD_ENDS = ("和", "与", "及", "的", "暨", "以及", "、", "，", "》", "”", "：")
#: Words that begin a line badly.
_BAD_STARTS = ("和", "与", "及", "的", "暨", "以及", "等", "地", "得", "化", "性")
#: Words that end a line badly: they belong to what follows.
_BAD_ENDS = ("关于", "对", "在", "为", "以", "将", "把", "向", "从", "进一步", "若干")

#: Words of one character that belong to what stands before them; all others belong to what follows (反|不正当竞争, 非|物质).
_ENDINGS = "区县市省州镇乡村局厅委办部院所站会校园年月日等中后前内外上下时人"

#: A year belongs to what it is the year of.
_YEAR = re.compile(r"\d年度?$")

#: The cost of a step between lines from which 7.3.1 does not allow the shape; one line more may make an allowed one.
_FORBIDDEN = 10.0
#: Number of ways to break a title that are compared; the longest issued titles have fewer.
_MOST_WAYS = 5000
_MOST_LINES = 7
#: The cost of a line end that parts what belongs together: nearly that of a forbidden shape.
_PARTED = 9.0
#: The longest line of a title that the text block holds, and the longest that looks well, in 字 of 二号.
TITLE_WIDEST, TITLE_COMFORTABLE = Em(20.0), Em(18.0)


def title(
    words: Sequence[str],
    widest: Em = TITLE_WIDEST,
    comfortable: Em = TITLE_COMFORTABLE,
    bound: Collection[int] = (),
) -> tuple[str, ...]:
    """The lines of a title: one if it is at most ``comfortable`` wide, else as few as ``widest`` and a shape allow.

    ``bound`` are the places between words, in characters from the beginning, that had better not become a line's end.
    """
    return _best(words, widest, comfortable, _Wanted(_shape_of_title, frozenset(bound)))


def name(words: Sequence[str], widest: Em, bound: Collection[int] = ()) -> tuple[str, ...]:
    """The lines of a name: one if it is at most ``widest`` wide, else as few as possible, the first the longest."""
    return _best(words, widest, widest, _Wanted(_shape_of_name, frozenset(bound)))


def ends(lines: Sequence[str]) -> tuple[int, ...]:
    """The places of the ends of all lines but the last, in characters from the beginning."""
    return tuple(accumulate(map(len, lines[:-1])))


def has_shape(lines: Sequence[str]) -> bool:
    """Whether 7.3.1 allows the shape of a title: no rectangle, no waist, no lone character."""
    lone = any(len(line.strip()) < 2 for line in lines)  # noqa: PLR2004 - a lone character
    return not lone and _shape_of_title([cells(line) for line in lines]) < _FORBIDDEN


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What lines are to look like, and where they had better not end."""

    shape: _Shape
    bound: frozenset[int]

    def parted(self, lines: Sequence[str]) -> int:
        """Number of line ends that part what belongs together."""
        return len(self.bound.intersection(ends(lines)))


def _best(words: Sequence[str], widest: Em, comfortable: Em, wanted: _Wanted) -> tuple[str, ...]:
    text = "".join(words)
    if cells(text) <= comfortable or len(text) < 4:  # noqa: PLR2004 - shorter texts break only into lone characters
        return (text,)
    parts = tuple(_fitting(words, widest))
    best: list[tuple[str, ...]] = []
    for count in range(2, _MOST_LINES):
        ways = tuple(islice(_ways(parts, count, widest), _MOST_WAYS))
        best += [min(ways, key=lambda lines: _cost(lines, wanted, parts))] if ways else []
        if best and (len(best) > 1 or _is_good(best[0], wanted)):
            return min(best, key=lambda lines: _cost(lines, wanted, parts))
    return best[0] if best else tuple(_filled(parts, widest))


def _is_good(lines: Sequence[str], wanted: _Wanted) -> bool:
    return not wanted.parted(lines) and wanted.shape([cells(line) for line in lines]) < _FORBIDDEN


def _filled(parts: Sequence[str], widest: Em) -> Iterator[str]:
    """Lines as full as possible, for a text too long to have a shape."""
    line = ""
    for part in parts:
        if line and cells(line + part) > widest:
            yield line
            line = ""
        line += part
    yield line


def _fitting(words: Sequence[str], widest: Em) -> Iterator[str]:
    """The words; one that no line can hold is cut in halves until a line can."""
    for word in words:
        if cells(word) <= widest:
            yield word
        else:
            middle = len(word) // 2
            yield from _fitting((word[:middle], word[middle:]), widest)


def _ways(parts: Sequence[str], count: int, widest: Em) -> Iterator[tuple[str, ...]]:
    """All ways to set the parts in ``count`` lines of at most the width ``widest``."""
    if cells("".join(parts)) > count * widest or len(parts) < count:
        return
    if count == 1:
        yield ("".join(parts),)
        return
    for place in range(1, len(parts) - count + 2):
        line = "".join(parts[:place])
        if cells(line) <= widest:
            yield from ((line, *rest) for rest in _ways(parts[place:], count - 1, widest))


def _cost(lines: Sequence[str], wanted: _Wanted, parts: Sequence[str]) -> float:
    """How bad a way to set the lines is: their shape, and where they begin and end."""
    cost = wanted.shape([cells(line) for line in lines]) + _PARTED * wanted.parted(lines)
    place = 0
    for number, line in enumerate(lines):
        cost += 40 * (len(line.strip()) < 2)  # noqa: PLR2004 - a lone character
        cost += 12 * (cells(line) < 3)  # noqa: PLR2004 - hardly better
        if number:
            cost += 8 * line.startswith(_BAD_STARTS)
        if number < len(lines) - 1:
            place += len(line)
            cost += _cost_of_end(line, parts, place)
    return cost


def _cost_of_end(line: str, parts: Sequence[str], place: int) -> float:
    """How bad a line's end is: 和 ends it well, 关于 badly, half of a four-character phrase a little badly."""
    if line.endswith(_GOOD_ENDS):
        return 0.0
    if line.endswith(_BAD_ENDS) or _YEAR.search(line) or _begins_a_word(parts, place):
        return 8.0
    return 1.0 + _pairs_before(parts, place) % 2


def _begins_a_word(parts: Sequence[str], place: int) -> bool:
    """Whether the word before ``place`` is a single character that goes on in the next line, or what follows is an ending.

    A dictionary that lacks a word leaves its first or its last character alone: 融|媒体, 大湾|区.
    """
    starts = list(accumulate(map(len, parts), initial=0))
    at = starts.index(place)
    last, first = parts[at - 1], parts[at]
    return (len(last) == 1 and last.isalpha() and last not in _ENDINGS) or (len(first) == 1 and first in _ENDINGS)


def _pairs_before(parts: Sequence[str], place: int) -> int:
    """Number of two-character words in a row before ``place``: a four-character phrase is two of them."""
    count = end = 0
    for part in parts:
        end += len(part)
        if end > place:
            break
        count = count + 1 if len(part) == 2 else 0  # noqa: PLR2004 - pairs
    return count


def _shape_of_title(widths: Sequence[Em]) -> float:
    """How far lines are from a trapezium or a diamond: steps of two to six 字 between neighbours, and no waist."""
    steps = [after - before for before, after in pairwise(widths)]
    waists = sum(before < 0 < after for before, after in pairwise(steps))
    return sum(_cost_of_step(abs(step)) for step in steps) + 20 * waists


def _cost_of_step(step: float) -> float:
    if step < 1:
        return _FORBIDDEN  # a rectangle
    return 0.5 * abs(step - 3) + 1.5 * max(step - 6, 0)


def _shape_of_name(widths: Sequence[Em]) -> float:
    """How far lines are from the shape of a name: the first the longest, each of the others a little shorter."""
    steps = [before - after for before, after in pairwise(widths)]
    return sum(0.5 * abs(step - 2) + 6 * (step < 0) for step in steps)
