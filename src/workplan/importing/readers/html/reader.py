"""A web page as pieces in the order of reading; what is not the document is handed on as navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.characters import plain
from workplan.importing.piece import Align, Cell, Looks, Outside, Paragraph, Picture, Place, Table
from workplan.importing.readers.html.blocks import Block, blocks, tag
from workplan.importing.readers.html.lists import numbers, whole
from workplan.importing.readers.html.main_text import main, title, trailing
from workplan.importing.readers.html.page import tree
from workplan.importing.record import Deed, Reading, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.importing.piece import Piece

_HEADING = re.compile(r"h([1-6])")
#: A damaged page may say that a cell covers a million columns; browsers stop at 1,000.
_MOST_SPAN = 1000
#: Most places of a table's raster that its merged cells are believed to cover.
_MOST_COVERED = 200_000


def read(content: bytes, file: str) -> Reading:
    """The pieces of a page; ``file`` is what the user calls it. Raises Misuse where it shows no text. Nothing is fetched."""
    root = tree(content, file)
    found = blocks(root, numbers(root))
    chosen = main(root, found)
    inside = set(chosen.iter())
    heading = title(root, found, inside)
    own = [block for block in found if block is heading or block.element in inside]
    kept = {id(block) for block in own} - {id(block) for block in trailing(own)}
    if not any(block.length for block in found if id(block) in kept):
        raise Misuse("import-no-text", path=file)
    pieces: list[Piece] = []
    records: list[Record] = []
    for number, block in enumerate(found, 1):
        made, deeds = _pieces(block, Place(block=number), outside=None if id(block) in kept else Outside.NAVIGATION)
        pieces += made
        records += deeds
    return Reading(tuple(pieces), tuple(records))


def _pieces(block: Block, place: Place, outside: Outside | None) -> tuple[list[Piece], list[Record]]:
    records: list[Record] = []
    if block.table is not None and outside is None:
        return [_table(block.table, place, records)], records
    pieces: list[Piece] = []
    text, deeds = plain(block.text.replace("\r", ""), place)
    records += deeds
    if text.strip():
        number = block.number
        if number:
            records.append(Record(Deed.NUMBERED, place, "", number))
        pieces.append(Paragraph(number + text, place, _looks(block), automatic=len(number), outside=outside))
    for said in block.pictures if outside is None else ():
        records.append(Record(Deed.NOTED, place, said))
        pieces.append(Picture(said, place))
    return pieces, records


def _looks(block: Block) -> Looks:
    found = _HEADING.fullmatch(tag(block.element))
    placed = block.align
    if found and placed is Align.UNKNOWN:
        placed = Align.CENTER if found[1] == "1" else placed
    return Looks(align=placed, bold=2 * block.bold > block.length > 0, heading=int(found[1]) if found else 0)


@dataclass
class _Raster:
    """Which places of a table's raster are taken by cells that began above or before."""

    rows: int
    taken: set[tuple[int, int]] = field(default_factory=set)

    def free(self, row: int, column: int) -> int:
        """The first column from one on that is free in a row."""
        while (row, column) in self.taken:
            column += 1
        return column

    def span(self, row: int, column: int, cell: _Element) -> tuple[int, int]:
        """How many columns and rows a cell covers, which are taken then; one where a damaged page says an absurd number."""
        across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), self.rows - row)
        if across * down + len(self.taken) > _MOST_COVERED:
            return 1, 1
        if across * down > 1:
            self.taken |= {(row + deep, column + wide) for deep in range(down) for wide in range(across)}
        return across, down


def _table(table: _Element, place: Place, records: list[Record]) -> Table:
    rows = list(table.iter("tr"))
    made: list[list[Cell]] = [[] for _ in rows]
    raster = _Raster(len(rows))
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            column = raster.free(at, column)
            across, down = raster.span(at, column, cell)
            where = Place(block=place.block, row=at + 1, column=column + 1)
            lines = [plain(block.number + block.text, where) for block in blocks(cell, numbers(cell))]
            records += [record for _, deeds in lines for record in deeds]
            made[at].append(Cell("\n".join(_tidy(text) for text, _ in lines if text.strip()), where, across, down))
            column += across
    headers = next((at for at, row in enumerate(rows) if any(tag(one) == "td" for one in row)), 0)
    return Table(tuple(map(tuple, made)), place, headers)


def _tidy(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def _span(cell: _Element, attribute: str) -> int:
    return max(1, min(whole(cell.get(attribute), 1), _MOST_SPAN))
