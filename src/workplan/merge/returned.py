"""What an edited copy of an official document holds: its paragraphs, our hidden bookmarks on them, tracked changes, comments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.importing.piece import Outside, Place
    from workplan.importing.record import Record


@dataclass(frozen=True, slots=True)
class Mark:
    """One of our hidden bookmarks, as far as it lies on one line: ``text[start:end]``.

    A paragraph that was split in Word has the rest of the bookmark on the next line. One whose words all went has
    ``start == end``, where its line is still there or was joined with another.
    """

    name: str
    start: int
    end: int


class Tracking(StrEnum):
    """What a tracked change does."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved-here"
    MOVED_AWAY = "moved-away"


@dataclass(frozen=True, slots=True)
class Tracked:
    r"""One tracked change on a line: ``words`` at ``text[start:end]``, or at ``start`` where the text does not have them.

    ``words`` of ``"\n"`` are the mark of a paragraph. ``date`` is as Word writes it (``2026-03-01T09:00:00Z``), "" for none.
    """

    kind: Tracking
    start: int
    end: int
    words: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, on ``text[start:end]`` of its line; ``said`` has its paragraphs parted by line ends.

    It stands on the line where it begins; ``goes_on`` says that it ends on a later one. An ``answer`` follows what it answers
    and stands at its place. ``done`` says that it was ticked off in Word.
    """

    start: int
    end: int
    said: str
    author: str
    date: str
    goes_on: bool = False
    answer: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    r"""One paragraph of the copy, or one cell of a table (its paragraphs parted by ``\n``, its place says row and column).

    ``text`` is what the option for tracked changes leaves, blanks as they stand; ``\n`` in a paragraph is a soft break.
    ``automatic`` characters at its start are a number that Word computed. A paragraph without characters is one only where it
    has marks, tracked changes or comments; every cell is one. ``paragraph_id`` is Word's own (``w14:paraId``, of lines that were
    joined the last one's, of a cell the first one's), "" where the file has lost it. ``boxed`` says that it stands where a text
    box or a frame puts it, which programs write anywhere in the file.
    """

    text: str
    place: Place
    marks: tuple[Mark, ...] = ()
    paragraph_id: str = ""
    tracked: tuple[Tracked, ...] = ()
    comments: tuple[Comment, ...] = ()
    automatic: int = 0
    outside: Outside | None = None
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """An edited copy.

    ``plan`` and ``blobs`` (file of the plan, git's name of its contents) are what its property says of where it was made;
    "" and none where it has lost them. ``editor`` last saved it, as the file says. ``records`` tell what was left out.
    ``loose`` comments have no place in the text: what they stood on was taken out.
    """

    name: str
    plan: str
    blobs: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    editor: str = ""
    records: tuple[Record, ...] = ()
    loose: tuple[Comment, ...] = ()
