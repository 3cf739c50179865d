"""Breaks titles and names into lines between words, in the shapes that official documents allow.

GB/T 9704 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形. A lone character on a line, a rectangle and an
hourglass are what the clause forbids.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _Shape = Callable[[Sequence[float]], float]

#: Words that end a line well, since what they join goes on below.
_GOOD_ENDS = ("和", "与", "及", "的", "暨", "以及", "、", "，", "》", "”", "：")
#: Words that begin a line badly.
_BAD_STARTS = ("和", "与", "及", "的", "暨", "以及", "等", "地", "得", "化", "性")
#: Words that end a line badly: they belong to what follows.
_BAD_ENDS = ("关于", "对", "在", "为", "以", "将", "把", "向", "从", "进一步", "若干")

#: The cost of one step from which a shape is none that 7.3.1 allows: one more line may then make one.
_FORBIDDEN = 10.0
#: Ways to break a title that are looked at: more than the longest that is ever issued has.
_MOST = 5000
_MOST_LINES = 7


def title(words: Sequence[str], widest: float, comfortable: float) -> tuple[str, ...]:
    """The lines of a title: one where it is no longer than ``comfortable`` 字, else as few as ``widest`` 字 and a shape allow."""
    return _best(words, widest, comfortable, _shape_of_title)


def name(words: Sequence[str], widest: float) -> tuple[str, ...]:
    """The lines of a name: one where it is no longer than ``widest`` 字, else as few as it takes, the first the longest."""
    return _best(words, widest, widest, _shape_of_name)


def _best(words: Sequence[str], widest: float, comfortable: float, shape: _Shape) -> tuple[str, ...]:
    text = "".join(words)
    if cells(text) <= comfortable or len(text) < 4:  # noqa: PLR2004 - nothing to break without a lone character
        return (text,)
    pieces = tuple(_fitting(words, widest))
    best: list[tuple[str, ...]] = []
    for count in range(2, _MOST_LINES):
        found = tuple(islice(_ways(pieces, count, widest), _MOST))
        best += [min(found, key=lambda lines: _cost(lines, shape, pieces))] if found else []
        if best and (len(best) > 1 or shape([cells(line) for line in best[0]]) < _FORBIDDEN):
            return min(best, key=lambda lines: _cost(lines, shape, pieces))
    return best[0] if best else tuple(_filled(pieces, widest))


def _filled(pieces: Sequence[str], widest: float) -> Iterator[str]:
    """Lines as full as they can be, for what is too long to have a shape."""
    line = ""
    for piece in pieces:
        if line and cells(line + piece) > widest:
            yield line
            line = ""
        line += piece
    yield line


def _fitting(words: Sequence[str], widest: float) -> Iterator[str]:
    """The words, those that no line can hold cut in halves until one can."""
    for word in words:
        if cells(word) <= widest:
            yield word
        else:
            middle = len(word) // 2
            yield from _fitting((word[:middle], word[middle:]), widest)


def _ways(pieces: Sequence[str], count: int, widest: float) -> Iterator[tuple[str, ...]]:
    """All ways to set the pieces in ``count`` lines that are no longer than ``widest`` 字."""
    if cells("".join(pieces)) > count * widest or len(pieces) < count:
        return
    if count == 1:
        yield ("".join(pieces),)
        return
    for place in range(1, len(pieces) - count + 2):
        line = "".join(pieces[:place])
        if cells(line) <= widest:
            yield from ((line, *rest) for rest in _ways(pieces[place:], count - 1, widest))


def _cost(lines: Sequence[str], shape: _Shape, pieces: Sequence[str]) -> float:
    """How bad a way to set the lines is: their shape, and where they begin and end."""
    cost = shape([cells(line) for line in lines])
    place = 0
    for number, line in enumerate(lines):
        cost += 40 * (len(line.strip()) < 2)  # noqa: PLR2004 - a lone character
        cost += 12 * (cells(line) < 3)  # noqa: PLR2004 - hardly better
        if number:
            cost += 8 * line.startswith(_BAD_STARTS)
        if number < len(lines) - 1:
            place += len(line)
            cost += _end(line, pieces, place)
    return cost


def _end(line: str, pieces: Sequence[str], place: int) -> float:
    """How badly a line ends where it does: 和 ends it well, 关于 badly, half of a four-character phrase a little."""
    if line.endswith(_GOOD_ENDS):
        return 0.0
    if line.endswith(_BAD_ENDS):
        return 8.0
    return 1.0 + _pairs_before(pieces, place) % 2


def _pairs_before(pieces: Sequence[str], place: int) -> int:
    """How many words of two characters stand in a row before ``place``: four-character phrases are two of them."""
    count = end = 0
    for piece in pieces:
        end += len(piece)
        if end > place:
            break
        count = count + 1 if len(piece) == 2 else 0  # noqa: PLR2004 - pairs
    return count


def _shape_of_title(lengths: Sequence[float]) -> float:
    """How far lines are from a trapezium or a diamond: two to six 字 between neighbours, and no waist."""
    steps = [after - before for before, after in pairwise(lengths)]
    waists = sum(before < 0 < after for before, after in pairwise(steps))
    return sum(_step(abs(step)) for step in steps) + 20 * waists


def _step(step: float) -> float:
    if step < 1:
        return _FORBIDDEN  # a rectangle
    return 0.5 * abs(step - 3) + 1.5 * max(step - 6, 0)


def _shape_of_name(lengths: Sequence[float]) -> float:
    """The first line the longest, each next one a little shorter."""
    steps = [before - after for before, after in pairwise(lengths)]
    return sum(0.5 * abs(step - 2) + 6 * (step < 0) for step in steps)
