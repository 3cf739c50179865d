"""What was done to the characters of a source, and what was not understood: the material of the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.importing.piece import Piece, Place


class Deed(StrEnum):
    """What a reader or a pass did."""

    MAPPED = "mapped"  # a character that stands for another: a radical, a private mark of the typesetting program
    DROPPED = "dropped"  # a control character, a soft hyphen
    NUMBERED = "numbered"  # the program's own number became text
    JOINED = "joined"  # lines that a page or a program had wrapped
    BROKEN = "broken"  # one paragraph of the file that has several
    LEFT_OUT = "left-out"  # chrome of the page
    DELETED = "deleted"  # what a tracked change deletes, or inserts where changes are rejected
    FLATTENED = "flattened"  # structure that a plan cannot hold: nested tables, text in a picture
    STEPPED = "stepped"  # structure given up so that the plan prints the source
    NOTED = "noted"  # something without text: a picture, a seal


@dataclass(frozen=True, slots=True)
class Record:
    """One deed: where, on which characters (``text``), and what they became (``became``, "" where they went)."""

    deed: Deed
    place: Place
    text: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as pieces in the order of reading, with what the reader did to it."""

    pieces: tuple[Piece, ...]
    records: tuple[Record, ...] = ()


class Revisions(StrEnum):
    """What becomes of tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"
