"""Which unit sent a copy, by the names of its file and of the folders that it lies in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.plan.registry.book import Book

_PARTS = re.compile(r"[/\\]")
#: The ending of a file's name.
_ENDING = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a copy: a unit of the registry by its name there, else what the file is called."""

    name: str
    registered: bool


def senders(paths: Sequence[str], book: Book) -> tuple[Sender, ...]:
    """The sender of each path.

    The longest spelling in the file's name counts, else that in the name of the innermost folder that has one. Where the
    registry knows none, the sender is called like the file, and like folder and file where several files have that name.
    """
    parts = [[*filter(None, _PARTS.split(unicodedata.normalize("NFC", path)))] or [path] for path in paths]
    for names in parts:
        names[-1] = _ENDING.sub("", names[-1])
    known = [next(filter(None, (_unit(name, book) for name in reversed(names))), "") for names in parts]
    files = Counter(names[-1] for names, unit in zip(parts, known, strict=True) if not unit)
    return tuple(
        Sender(unit or ("/".join(names[-2:]) if files[names[-1]] > 1 else names[-1]), bool(unit))
        for names, unit in zip(parts, known, strict=True)
    )


def _unit(name: str, book: Book) -> str:
    """The unit with the longest spelling in a name, the first of several; "" where there is none."""
    found = (spelling for start in range(len(name)) for spelling in book.at(name, start))
    return book.spellings.get(max(found, key=len, default=""), "")
