"""What was changed in an edited copy, told by what the plan printed when the copy was made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What became of a holder; RENUMBERED is one whose counted number somebody typed over."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class Hunk:
    """``before[start:end]`` of an edit became ``words``; ``authors`` are those of its tracked changes, none where untracked."""

    start: int
    end: int
    words: str
    authors: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    r"""One edit of one holder: an item, a key of the frame, a line of a table.

    ``holder`` is its address ("" for what was added), ``behind`` that of the holder above what was added or moved. ``before``
    is what the plan printed, its paragraphs parted by ``\n``; ``after`` what the copy has ("" for what was removed).
    ``place`` is where it stands, in words: 二、主要任务（三）. ``marks`` are the hidden bookmarks on its lines, each with what
    the line says: they tell what it said when the copy was made. ``date`` is that of its latest tracked change.
    ``swallowed`` are the holders whose words were joined to it: they are removed with it, or not at all.
    """

    kind: Kind
    holder: str
    behind: str
    before: str
    after: str
    place: str
    hunks: tuple[Hunk, ...] = ()
    authors: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    date: str = ""
    swallowed: tuple[str, ...] = ()
