"""Printed pages to pieces in the order of reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.characters import plain
from workplan.importing.piece import Cell, Paragraph, Table
from workplan.importing.readers.layout import chrome
from workplan.importing.readers.layout.columns import in_columns
from workplan.importing.readers.layout.grid import grids
from workplan.importing.readers.layout.paragraphs import blocks, paragraphs
from workplan.importing.readers.layout.sheet import imprint_parted
from workplan.importing.readers.layout.tables import tables
from workplan.importing.record import Deed, Reading, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.piece import Piece
    from workplan.importing.readers.layout.sheet import Sheet
    from workplan.lengths import Mm


def reading(sheets: Sequence[Sheet], file: str) -> Reading:
    """The pieces of pages: paragraphs rejoined from their lines, tables, then what stands around them as chrome.

    Raises Misuse where the text runs in columns; ``file`` is what the user calls it.
    """
    bare, left_out = chrome.without(sheets)
    ruled, pages = [], []
    for sheet in bare:
        found, lines = grids(imprint_parted(sheet))
        breaks = tuple(grid.top for grid in found)
        ruled.append(replace(sheet, lines=lines, breaks=breaks))
        above = any(line.baseline < found[0].top for line in lines) if found else False
        below = any(line.baseline > found[-1].bottom for line in lines) if found else False
        pages.append((sheet.number, found, above, below))
    if page := in_columns(ruled):
        raise Misuse("import-columns", path=file, page=page)
    placed = tables(pages)
    laid = paragraphs(ruled, blocks(ruled)) if any(sheet.lines for sheet in ruled) else []
    at: list[tuple[int, Mm, Piece]] = [(one.paragraph.place.page, one.top, one.paragraph) for one in laid]
    at += [(one.page, one.top, one.table) for one in placed]
    body = [piece for _, _, piece in sorted(at, key=lambda one: one[:2])]
    left_out += [piece for one in placed for piece in one.repeated]
    records = [Record(Deed.JOINED, one.paragraph.place, one.paragraph.text) for one in laid if one.joined]
    return _mapped((*body, *left_out), records)


def _mapped(pieces: Sequence[Piece], records: list[Record]) -> Reading:
    """The pieces with the characters that stand for others mapped, counted in their order."""
    done: list[Piece] = []
    for number, piece in enumerate(pieces, 1):
        place = replace(piece.place, block=number)
        if isinstance(piece, Paragraph):
            text, deeds = plain(piece.text, place)
            records += deeds
            if text.strip():
                done.append(replace(piece, text=text, place=place))
        elif isinstance(piece, Table):
            rows = tuple(tuple(_cell(cell, number, records) for cell in row) for row in piece.rows)
            done.append(replace(piece, rows=rows, place=place))
    return Reading(tuple(done), tuple(records))


def _cell(cell: Cell, block: int, records: list[Record]) -> Cell:
    place = replace(cell.place, block=block)
    text, deeds = plain(cell.text, place)
    records += deeds
    return replace(cell, text=text, place=place)
