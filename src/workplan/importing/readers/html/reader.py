"""A web page as pieces in the order of reading; what is not the document is handed on as navigation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.characters import plain
from workplan.importing.piece import Align, Cell, Looks, Outside, Paragraph, Picture, Place, Table
from workplan.importing.readers.counters import worded
from workplan.importing.readers.html.blocks import Block, align, blocks, tag
from workplan.importing.readers.html.main_text import main, title
from workplan.importing.readers.html.page import tree
from workplan.importing.record import Deed, Reading, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.importing.piece import Piece

#: The kinds of ordered lists, in the words of the table of counters.
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
#: A damaged page may say that a cell covers a million columns; browsers stop at 1,000.
_MOST_SPAN, _MOST_DIGITS = 1000, 8


def read(content: bytes, file: str) -> Reading:
    """The pieces of a page; ``file`` is what the user calls it. Raises Misuse where it shows no text. Nothing is fetched."""
    root = tree(content, file)
    found = blocks(root)
    chosen = main(root, found)
    heading = title(root, found, chosen)
    kept = {id(block) for block in found if block is heading or _within(block.element, chosen)}
    if not any(block.length for block in found if id(block) in kept):
        raise Misuse("import-no-text", path=file)
    pieces: list[Piece] = []
    records: list[Record] = []
    for number, block in enumerate(found, 1):
        made, deeds = _pieces(block, Place(block=number), outside=None if id(block) in kept else Outside.NAVIGATION)
        pieces += made
        records += deeds
    return Reading(tuple(pieces), tuple(records))


def _within(element: _Element, outer: _Element) -> bool:
    return element is outer or any(one is outer for one in element.iterancestors())


def _pieces(block: Block, place: Place, outside: Outside | None) -> tuple[list[Piece], list[Record]]:
    records: list[Record] = []
    if block.table is not None and outside is None:
        return [_table(block.table, place, records)], records
    pieces: list[Piece] = []
    text, deeds = plain(block.text.replace("\r", ""), place)
    records += deeds
    if text.strip():
        number = _number(block.element)
        if number:
            records.append(Record(Deed.NUMBERED, place, "", number))
        pieces.append(Paragraph(number + text, place, _looks(block), len(number), outside))
    for said in block.pictures if outside is None else ():
        records.append(Record(Deed.NOTED, place, said))
        pieces.append(Picture(said, place))
    return pieces, records


def _number(element: _Element) -> str:
    """The number that a browser puts before an item of an ordered list; "" for any other block."""
    around = element.getparent()
    if tag(element) != "li" or around is None or tag(around) != "ol" or _UNNUMBERED.search(around.get("style") or ""):
        return ""
    count = _whole(around.get("start"), 1)
    for item in around:
        count = _whole(item.get("value"), count)
        if item is element:
            break
        count += tag(item) == "li"
    return f"{worded(count, _FORMS.get(around.get('type') or '1', 'decimal'))}."


def _whole(said: str | None, missing: int) -> int:
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else missing


def _looks(block: Block) -> Looks:
    found = _HEADING.fullmatch(tag(block.element))
    placed = align(block.element)
    if found and placed is Align.UNKNOWN:
        placed = Align.CENTER if found[1] == "1" else placed
    return Looks(align=placed, bold=2 * block.bold > block.length > 0, heading=int(found[1]) if found else 0)


def _table(table: _Element, place: Place, records: list[Record]) -> Table:
    rows = list(table.iter("tr"))
    made: list[list[Cell]] = [[] for _ in rows]
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in (one for one in row if tag(one) in {"td", "th"}):
            while (at, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - at)
            where = Place(block=place.block, row=at + 1, column=column + 1)
            lines = [plain(block.text, where) for block in blocks(cell)]
            records += [record for _, deeds in lines for record in deeds]
            made[at].append(Cell("\n".join(_tidy(text) for text, _ in lines if text.strip()), where, across, down))
            taken |= {(at + deep, column + wide) for deep in range(down) for wide in range(across)}
            column += across
    headers = next((at for at, row in enumerate(rows) if any(tag(one) == "td" for one in row)), 0)
    return Table(tuple(map(tuple, made)), place, headers)


def _tidy(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def _span(cell: _Element, attribute: str) -> int:
    return max(1, min(_whole(cell.get(attribute), 1), _MOST_SPAN))
