"""What a reader hands on: pieces of the source in the order of reading, each with its place and its looks.

Pieces are split, joined or marked as chrome by the passes, never edited: white space apart, the characters of all pieces
are what the plan prints and what the report lists as left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.importing.hanging import Hanging
    from workplan.lengths import Em, Pt


class Align(StrEnum):
    """How the lines of a paragraph are placed; UNKNOWN where the kind of file does not say."""

    UNKNOWN = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Outside(StrEnum):
    """Why a reader takes a piece for no part of the document's own text; it is still handed on."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page-number"
    NAVIGATION = "navigation"
    WATERMARK = "watermark"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a piece stands in its file; every number counts from 1, and 0 says that the file has none.

    ``block`` counts paragraphs and tables of the body together (lines in a text file); ``row`` and ``column`` are those of
    a table's cell; ``line`` is the line within the block, at its soft breaks, or on the page.
    """

    page: int = 0
    block: int = 0
    row: int = 0
    column: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Looks:
    """How a paragraph looks, as far as its file says; the passes use it as a hint and never rely on it alone."""

    align: Align = Align.UNKNOWN
    #: Indent of the first line, and of the whole paragraph, in 字; None where unknown.
    first: Em | None = None
    left: Em | None = None
    #: Size of most characters; None where unknown.
    size: Pt | None = None
    bold: bool = False
    #: Typeface of most Han characters; "" where unknown.
    face: str = ""
    #: Level of a heading style, from 1; 0 for none.
    heading: int = 0
    #: Whether the paragraph stands where a text box or a frame puts it, away from the running text.
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""One paragraph; ``\n`` in the text is a soft break, ``\t`` a tab. ``automatic`` characters at its start are its number.

    A number is automatic where the program computed it, so that it was no text of the file. What hangs on the text is handed on
    where it is asked for, and then also of a paragraph without characters.
    """

    text: str
    place: Place
    looks: Looks = field(default_factory=Looks)
    automatic: int = 0
    outside: Outside | None = None
    hanging: Hanging | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    r"""A cell of a table, at its upper left; it covers ``across`` columns and ``down`` rows. ``\n`` parts its paragraphs."""

    text: str
    place: Place
    across: int = 1
    down: int = 1
    hanging: Hanging | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: for every row its cells, in order; a cell that covers several rows stands in the first of them only."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    #: Number of rows at the top that the file says are headers; 0 where it does not say.
    headers: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or object without text, which no plan can hold; it is told at its place."""

    name: str
    place: Place


Piece = Paragraph | Table | Picture
