"""A copy that a unit returned: what it changes and what is said in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.merge.edit import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedComment:
    """A comment of the copy with its place in the plan.

    It is on ``words``, which stand at ``start`` of the holder's text; ``holder`` is "" for one on the whole document and for
    one whose place was not found. ``place`` is where it stands, in words. ``said`` may have line ends.
    """

    holder: str
    place: str
    words: str
    said: str
    author: str = ""
    date: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """One returned file; ``path`` is what the user calls it and says, by file or folder, who sent it."""

    path: str
    edits: tuple[Edit, ...]
    comments: tuple[PlacedComment, ...] = ()
