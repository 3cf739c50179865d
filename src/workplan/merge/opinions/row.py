"""A row of the table of opinions, and which rows cannot both be adopted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from sys import maxsize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.edit import Hunk


class RowKind(StrEnum):
    """What a row proposes."""

    CHANGED = "changed"  # other words for some sentences
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    COMMENT = "comment"  # nothing that could be applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One opinion, of one unit or of several that agree.

    ``before`` is the digest of the holder's whole text ("" for what was added); ``original`` is what the opinion is on, at
    ``start``–``end`` of that text, ``proposed`` what is to stand there or what the comment says, ``hunks`` lead from one to
    the other. ``units`` stand in the order of the registry, ``strangers`` are those of them that it does not know.
    ``neighbour`` are the words of the holder ``behind``. ``swallowed`` are the holders whose words a changed row puts to its
    own, ``into`` is the one that has the words of this row's holder now. ``number`` counts the rows of a table; ``rivals`` are the numbers of
    those that cannot be adopted with this one, ``beside`` of others for the same sentence that can, and of each group in
    ``joint`` one has to be adopted with it: one text was joined to another, so that it would stand twice, or nowhere.
    """

    kind: RowKind
    holder: str
    place: str
    proposed: str
    units: tuple[str, ...]
    authors: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    behind: str = ""
    neighbour: str = ""
    before: str = ""
    original: str = ""
    start: int = 0
    end: int = 0
    hunks: tuple[Hunk, ...] = ()
    number: int = 0
    rivals: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    swallowed: tuple[str, ...] = ()
    into: str = ""
    joint: tuple[tuple[int, ...], ...] = ()


def digest(text: str) -> str:
    """What tells a text from any other."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _are_rivals(one: Row, other: Row) -> bool:
    """Whether two rows of one holder touch the same words, or both its place, with different proposals."""
    if one.before != other.before:
        return True  # made on different texts: their places cannot be compared
    if RowKind.REMOVED in (one.kind, other.kind):
        return one.kind is not other.kind
    if RowKind.MOVED in (one.kind, other.kind):
        return one.kind is other.kind and one.behind != other.behind
    if (one.start, one.end, one.proposed) == (other.start, other.end, other.proposed):
        return False  # the same words, reached in different steps
    return any(_touch(mine, its) for mine in one.hunks for its in other.hunks)


def rivals(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """All pairs of rows of one holder that cannot both be adopted; what is added and what is only said has no rivals."""
    rows = [row for row in rows if row.kind not in (RowKind.COMMENT, RowKind.ADDED)]
    one_text = len({row.before for row in rows}) == 1
    near: list[tuple[int, Row]] = []
    for (low, high), row in sorted(((_reach(row, one_text=one_text), row) for row in rows), key=itemgetter(0)):
        near = [(end, other) for end, other in near if end >= low]
        yield from ((other, row) for _, other in near if _are_rivals(other, row))
        near.append((high, row))


def _reach(row: Row, *, one_text: bool) -> tuple[int, int]:
    """From where to where a row may have rivals."""
    return (row.hunks[0].start, row.hunks[-1].end) if one_text and row.hunks else (0, maxsize)


def _touch(one: Hunk, other: Hunk) -> bool:
    """Whether two hunks change the same words, or put words at the same place; one and the same change does not."""
    if (one.start, one.end, one.words) == (other.start, other.end, other.words):
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end
