"""The keys of ``tests/importing/keys``: what a person reads in an issued document. ``tests/importing/README.md`` has their format.

They hold no paragraph of a document: one is named by its first characters and its length, both of its ``spelling``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

FOLDER: Final = Path(__file__).parent / "importing" / "keys"
#: A paragraph is named by at most so many characters of it.
HEAD: Final = 6

Counting = Literal["restart", "continuous"]
Titling = Literal["run-in", "own-line", "none"]
Duty = Literal["lead", "support", "responsible"]

#: What stands about the body: elements of the frame, and the attachments with their list.
FRAME: Final = frozenset(
    {
        "code",
        "masthead",
        "number",
        "title",
        "subtitle",
        "to",
        "signature",
        "date",
        "note",
        "cc",
        "office",
        "printed",
        "list",
        "label",
    }
)
#: Paragraphs of the body without a number.
PROSE: Final = frozenset({"preamble", "text", "closing"})

_FOUNDER = str.maketrans("«»ꎬꎮꎻ", "《》，。；")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class NotOfTheFormatError(ValueError):
    """A line of a key that cannot be read."""


@dataclass(frozen=True)
class Numbered:
    """What a number says: depth from 1, the number itself, and whether it begins anew below each heading above it.

    ``counting`` is None at depth 1, where there is no heading above.
    """

    depth: int
    number: int
    counting: Counting | None
    title: Titling


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One paragraph or line of the document, in its order. ``scope`` is notice, document or attachment N."""

    role: str
    scope: str
    head: str
    length: int
    numbered: Numbered | None = None
    remark: str = ""


@dataclass(frozen=True)
class Party:
    """One name of an annotation as printed, with the role that the phrase gives, and the one by the rules of the document."""

    name: str
    role: Duty
    under_rules: Duty
    doubtful: bool


@dataclass(frozen=True)
class Annotation:
    """Who is responsible, as one bracket says. ``open`` is a list that ends in 等. ``piece`` is the place of its paragraph."""

    piece: int
    parties: tuple[Party, ...]
    open: bool
    remark: str


@dataclass(frozen=True)
class Merged:
    """A cell that takes several: its first row and column from 1, and how many of each it takes."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Column:
    """The title of a column, by head and length, and what the column means for tasks, or nothing."""

    head: str
    length: int
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table as it stands in the file, its rows of labels and titles included. ``piece`` is the place of the one above it."""

    piece: int
    rows: int
    columns: int
    titles: tuple[Column, ...] = ()
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a person reads in one document."""

    name: str
    source: str
    #: Number of lines before the document that whoever collected it wrote.
    header: int = 0
    pieces: tuple[Piece, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    #: What the text lays down for all annotations: (first, lead), (before-comma, lead), (everyone, a name).
    rules: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    #: What belongs to the page or the site, by kind.
    chrome: tuple[tuple[str, str], ...] = ()

    @property
    def items(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.numbered)

    @property
    def frame(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.role in FRAME)

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(piece.scope for piece in self.pieces))


def spelling(text: str) -> str:
    """A text as heads and lengths count it: no white space, Founder's marks and full-width ASCII by their usual forms.

    One character stands for one, so lengths are those of the text without white space.
    """
    return "".join(text.split()).translate(_FOUNDER).translate(_HALF_WIDTH)


def names(piece: Piece, text: str) -> bool:
    """Does the key's piece name this paragraph?"""
    spelled = spelling(text)
    return spelled[:HEAD] == piece.head and len(spelled) == piece.length


def parse(name: str, text: str) -> Key:
    """A key from its lines. Raises NotOfTheFormatError, with the line's number, for one that is not of the format."""
    reading = _Reading()
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            kind, *cells = line.split("\t")
            try:
                reading.take(kind, cells)
            except (ValueError, IndexError) as error:
                told = f"{name}, line {number}: {error}"
                raise NotOfTheFormatError(told) from error
    return Key(
        name=name,
        source=reading.source,
        header=reading.header,
        pieces=tuple(reading.pieces),
        annotations=tuple(reading.annotations),
        rules=tuple(reading.rules),
        tables=tuple(reading.tables),
        chrome=tuple(reading.chrome),
    )


@cache
def keys() -> dict[str, Key]:
    """All keys by name."""
    return {path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.tsv"))}


@dataclass
class _Reading:
    """What the lines so far say."""

    source: str = ""
    header: int = 0
    scope: str = ""
    pieces: list[Piece] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    chrome: list[tuple[str, str]] = field(default_factory=list)

    def take(self, kind: str, cells: list[str]) -> None:
        match kind, cells:
            case "source", [file]:
                self.source = file
            case "scope", [scope]:
                self.scope = scope
            case "header", [count]:
                self.header = int(count)
            case "item", [depth, number, counting, title, head, length, *remark]:
                said = Numbered(int(depth), int(number), _counting(counting), _titling(title))
                self._piece(kind, head, length, remark, said)
            case _, [head, length, *remark] if kind in FRAME | PROSE:
                self._piece(kind, head, length, remark)
            case "units", [("open" | "closed") as ending, *parties]:
                self._annotation(parties, is_open=ending == "open")
            case "rule", [rule, value]:
                self.rules.append((rule, value))
            case "chrome", [what, remark]:
                self.chrome.append((what, remark))
            case _:
                self._table(kind, cells)

    def _piece(self, role: str, head: str, length: str, remark: list[str], said: Numbered | None = None) -> None:
        made = Piece(role=role, scope=self.scope, head=head, length=int(length), numbered=said, remark="".join(remark))
        self.pieces.append(made)

    def _annotation(self, cells: list[str], *, is_open: bool) -> None:
        parties = tuple(_party(cell) for cell in cells if not cell.startswith("# "))
        remark = "".join(cell.removeprefix("# ") for cell in cells if cell.startswith("# "))
        self.annotations.append(Annotation(len(self.pieces) - 1, parties, is_open, remark))

    def _table(self, kind: str, cells: list[str]) -> None:
        match kind, cells:
            case "table", [rows, columns, *_]:
                self.tables.append(Table(len(self.pieces) - 1, int(rows), int(columns)))
            case "column", [place, head, length, *meaning]:
                last = self.tables[-1]
                if int(place) != len(last.titles) + 1:
                    raise NotOfTheFormatError(place)
                title = Column(head, int(length), "".join(meaning))
                self.tables[-1] = Table(last.piece, last.rows, last.columns, (*last.titles, title), last.merged)
            case "merged", [_, _, _, _]:
                last = self.tables[-1]
                cell = Merged(*map(int, cells))
                self.tables[-1] = Table(last.piece, last.rows, last.columns, last.titles, (*last.merged, cell))
            case _:
                raise NotOfTheFormatError(kind, len(cells))


def _party(cell: str) -> Party:
    name, _, roles = cell.rpartition("=")
    role, _, ruled = roles.partition(">")
    return Party(name.removeprefix("?"), _duty(role), _duty(ruled or role), doubtful=name.startswith("?"))


def _duty(word: str) -> Duty:
    return cast("Duty", _one_of(word, get_args(Duty)))


def _titling(word: str) -> Titling:
    return cast("Titling", _one_of(word, get_args(Titling)))


def _counting(word: str) -> Counting | None:
    return None if word == "-" else cast("Counting", _one_of(word, get_args(Counting)))


def _one_of(word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise NotOfTheFormatError(word, known)
    return word
