"""The first pass: pieces without what no plan can hold, without chrome of the page, with lines joined and paragraphs re-broken.

Whatever it does is a record; characters are dropped or kept, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing import breaks, wraps
from workplan.importing.piece import Paragraph, Picture, Table
from workplan.importing.record import Deed, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.importing.piece import Cell, Piece, Place

#: What no plan file holds: controls, soft hyphens, signs of no width or of direction, halves of characters, no characters.
_UNFIT = Pattern(
    "[^\t\n\r\x0b\x0c\x1c-\x1f\x20-\x7e\x85\xa0-\xac\xae-\u200a\u2010-\u2029\u202f-\u205f\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe"
    "\uff00-\ufffd\U00010000-\U0010ffff]+"
)
#: Line ends of every kind, of which a text has one.
_LINE_ENDS = Pattern("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BLANKS = Pattern("[\x1f\t]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The pieces that are the document's own, in order, and what was done to all of them."""

    pieces: tuple[Paragraph | Table, ...]
    records: tuple[Record, ...]


def cleaned(pieces: Iterable[Piece], *, wrapped: bool = False) -> Cleaned:
    """The document's own pieces; ``wrapped`` says that its kind of file may break lines where a page does."""
    records: list[Record] = []
    own = tuple(_own(pieces, records))
    if wrapped:
        own, joined = wraps.unwrapped(own)
        records += joined
    own, broken = breaks.rebroken(own)
    records += broken
    return Cleaned(tuple(piece for piece in own if isinstance(piece, Paragraph | Table)), tuple(records))


def _own(pieces: Iterable[Piece], records: list[Record]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Picture):
            records.append(Record(Deed.NOTED, piece.place, piece.name))
        elif isinstance(piece, Table):
            rows = tuple(tuple(_cell(cell, records) for cell in row) for row in piece.rows)
            yield from _unboxed(replace(piece, rows=rows), records)
        elif piece.outside is not None or wraps.is_page_number(piece.text):
            records.append(Record(Deed.LEFT_OUT, piece.place, piece.text, str(piece.outside or "")))
        else:
            text = _fit(piece.text, piece.place, records)
            if text.strip():
                yield replace(piece, text=text)


def _cell(cell: Cell, records: list[Record]) -> Cell:
    return replace(cell, text=_fit(cell.text, cell.place, records))


def _fit(text: str, place: Place, records: list[Record]) -> str:
    """The text without what no plan file holds, its line ends and blanks of one kind."""
    records += (Record(Deed.DROPPED, place, found[0]) for found in _UNFIT.finditer(text))
    return _OTHER_BLANKS.sub(" ", _LINE_ENDS.sub("\n", _UNFIT.sub("", text)))


def _unboxed(table: Table, records: list[Record]) -> Iterator[Piece]:
    """The paragraphs of a table of one cell, which only puts a box around them; any other as it is, less its titles."""
    cells = [cell for row in table.rows for cell in row]
    if len(cells) != 1:
        yield from _without_titles(table, records)
        return
    lines = [line for line in cells[0].text.split("\n") if line.strip()]
    yield from (Paragraph(line, replace(cells[0].place, line=number)) for number, line in enumerate(lines, 1))
    if lines:
        records.append(Record(Deed.FLATTENED, table.place, lines[0].strip(), str(len(lines))))


def _without_titles(table: Table, records: list[Record]) -> Iterator[Piece]:
    """A table, with what spans all its columns above or below as the paragraphs that it is, and no rows without a word."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
    if len(rows) < len(table.rows) and not any(cell.down > 1 for row in table.rows for cell in row):
        table = replace(table, rows=tuple(rows), headers=min(table.headers, len(rows)))
    rows = list(table.rows)
    above: list[Cell] = []
    below: list[Cell] = []
    while len(rows) > 1 and _spans_all(rows[0], table):
        above.append(rows.pop(0)[0])
    while len(rows) > 1 and _spans_all(rows[-1], table):
        below.insert(0, rows.pop()[0])
    if not any(cell.text.strip() for row in rows for cell in row):
        return
    yield from map(_paragraph, above)
    if above or below:
        records.append(Record(Deed.BROKEN, table.place, "", str(len(above) + len(below))))
    yield replace(table, rows=tuple(rows), headers=max(0, table.headers - len(above)))
    yield from map(_paragraph, below)


def _spans_all(row: tuple[Cell, ...], table: Table) -> bool:
    width = max(sum(cell.across for cell in line) for line in table.rows)
    return width > 1 and len(row) == 1 and row[0].across >= width and row[0].down == 1 and bool(row[0].text.strip())


def _paragraph(cell: Cell) -> Paragraph:
    return Paragraph(cell.text, cell.place)
