"""Plain text and Markdown: UTF-8, UTF-16 with its mark, else GB 18030; a line is a paragraph."""

from __future__ import annotations

import codecs
import re
from itertools import takewhile
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.chinese.patterns import Pattern
from workplan.diagnostic import Misuse
from workplan.importing.piece import Cell, Looks, Paragraph, Place, Table
from workplan.importing.record import Deed, Reading, Record
from workplan.lengths import Em

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.importing.piece import Piece

_MARKED_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAGE_END = "\x0c"
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = Pattern("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
#: Signs of Markdown that a document's own words never begin with.
_HEADING = Pattern(r" {0,3}(?P<signs>#{1,6})[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*")
_ROW = Pattern(r"[ \t]*\|(?P<cells>.+)\|[ \t]*")
_RULE = Pattern(r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?[ \t]*)?[ \t]*")
_EMPHASIS = Pattern(r"\*\*(?P<words>[^*\n]+)\*\*")
_CELLS = re.compile(r"(?<!\\)\|")


def read(content: bytes, name: str, *, markdown: bool = False) -> Reading:
    """A text as paragraphs, one for each line that says something; Misuse for bytes that are no text.

    ``markdown`` takes headings, tables and ** as what they are.
    """
    text = _decoded(content, name)
    records: list[Record] = []
    lines = list(_lines(text, records))
    pieces = tuple(_marked_down(lines, records)) if markdown else tuple(_paragraphs(lines))
    return Reading(pieces, tuple(records))


def _decoded(content: bytes, name: str) -> str:
    marked = next(
        (codec for mark, codec in zip(_MARKED_UTF16, ("utf-16", "utf-16"), strict=True) if content.startswith(mark)), ""
    )
    for codec in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise Misuse("import-encoding", path=name)


def _lines(text: str, records: list[Record]) -> Iterator[tuple[str, Place]]:
    """The lines that say something, each with its place; control characters are dropped, a record each."""
    page = 1
    paged = _PAGE_END in text
    for number, line in enumerate(_LINE_END.split(text), 1):
        page += line.count(_PAGE_END)
        place = Place(page=page if paged else 0, block=number)
        records += (Record(Deed.DROPPED, place, found[0]) for found in _CONTROL.finditer(line))
        words = _CONTROL.sub("", line).replace(_PAGE_END, "")
        if words.strip():
            yield words, place


def _paragraphs(lines: list[tuple[str, Place]]) -> Iterator[Paragraph]:
    """The lines as paragraphs, each with what it is indented by more than the lines at the margin."""
    indents = [float(cells(line[: len(line) - len(line.lstrip())].expandtabs(4))) for line, _ in lines]
    margin = min(indents, default=0.0)
    for (line, place), indent in zip(lines, indents, strict=True):
        yield Paragraph(line.strip(), place, Looks(first=Em(indent - margin)))


def _marked_down(lines: list[tuple[str, Place]], records: list[Record]) -> Iterator[Piece]:
    """The lines of Markdown: signs that only mark up are dropped, a record each."""
    number = 0
    while number < len(lines):
        line, place = lines[number]
        number += 1
        ruled = number < len(lines) and _RULE.fullmatch(lines[number][0])
        if not (ruled and _ROW.fullmatch(line)):
            yield _heading(line, place, records)
            continue
        records.append(Record(Deed.DROPPED, lines[number][1], lines[number][0].strip()))
        body = takewhile(_ROW.fullmatch, (row for row, _ in lines[number + 1 :]))
        rows = [line, *body]
        number += len(rows)
        yield _table(rows, place)


def _table(rows: list[str], place: Place) -> Table:
    split = [[cell.strip().replace("\\|", "|") for cell in _CELLS.split(row.strip().strip("|"))] for row in rows]
    width = len(split[0])
    cells = tuple(
        tuple(
            Cell(text, Place(page=place.page, block=place.block, row=number, column=column))
            for column, text in enumerate((row + [""] * width)[: max(width, len(row))], 1)
        )
        for number, row in enumerate(split, 1)
    )
    return Table(cells, place, 1)


def _heading(line: str, place: Place, records: list[Record]) -> Paragraph:
    found = _HEADING.fullmatch(line)
    words, level = (found["words"], len(found["signs"])) if found else (line.strip(), 0)
    if found:
        records.append(Record(Deed.DROPPED, place, found["signs"]))
    records += (Record(Deed.DROPPED, place, "****") for _ in _EMPHASIS.finditer(words))
    return Paragraph(_EMPHASIS.sub(lambda bold: bold["words"], words), place, Looks(heading=level))
