"""A table of a DOCX as rows of cells: merged cells once, tables within cells as lines."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.importing.hanging import Hanging, joined
from workplan.importing.piece import Cell, Paragraph, Piece, Place, Table
from workplan.importing.readers.docx.names import child, is_on, name, number, value
from workplan.importing.record import Deed, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from workplan.importing.readers.docx.watch import Watch

#: A damaged file may say that a cell covers a million columns; Word allows 63.
_MOST_ACROSS = 63


@dataclass(frozen=True, slots=True)
class _Given:
    """A cell as its row has it: where it begins, whether it goes on from above."""

    cell: Cell
    column: int
    goes_on: bool


def table(
    element: _Element,
    place: Place,
    inside: Callable[[_Element | None, Place], list[Piece]],
    watch: Watch | None = None,
) -> tuple[Table, list[Piece], list[Record]]:
    """A table, the pieces in its cells that are no text of it (pictures), and what was done to it.

    ``inside`` reads the content of a cell, ``watch`` says what becomes of cells that are inserted or deleted as a whole.
    """
    others: list[Piece] = []
    records: list[Record] = []
    rows: list[list[_Given]] = []
    headers = 0
    for row in _wrapped(element, "w:tr"):
        number_of_row = len(rows) + 1
        given = []
        for column, across, cell, covered in _cells(row):
            at = replace(place, row=number_of_row, column=column + 1)
            text, hanging, more = _text(inside(cell, at), at, records)
            if watch is not None:
                before = text
                text, hanging = watch.whole(row, cell, text, hanging or Hanging())
                if before and not text:
                    records.append(Record(Deed.DELETED, at, before))
            records += (
                Record(Deed.LEFT_OUT, at, said) for one in covered if (said := _text(inside(one, at), at, records)[0])
            )
            others += more
            goes_on, text = _going_on(cell, column, text, rows)
            given.append(_Given(Cell(text, at, across, hanging=hanging), column, goes_on))
        headers += len(rows) == headers and is_on(child(row, "w:trPr", "w:tblHeader"))
        rows.append(given)
    return Table(tuple(tuple(_merged(rows, at, records)) for at in range(len(rows))), place, headers), others, records


def _wrapped(element: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, through content controls and the like."""
    for one in element:
        if name(one) == wanted:
            yield one
        elif name(one) in {"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"}:
            yield from _wrapped(one, wanted)


def _cells(row: _Element) -> Iterator[tuple[int, int, _Element | None, list[_Element]]]:
    """Where each cell of a row begins, how many columns it covers, its element, and those that it covers.

    The element is None for columns that are left free before or behind.
    """
    properties = child(row, "w:trPr")
    column = min(number(child(properties, "w:gridBefore")), _MOST_ACROSS)
    if column:
        yield 0, column, None, []
    cells = deque(_wrapped(row, "w:tc"))
    while cells:
        cell = cells.popleft()
        across, covered = _across(cell), []
        # The older way to merge cells: each of them stands in the row and says that it goes on.
        while cells and value(child(cells[0], "w:tcPr", "w:hMerge")) == "continue":
            covered.append(cells.popleft())
            across += _across(covered[-1])
        yield column, across, cell, covered
        column += across
    after = min(number(child(properties, "w:gridAfter")), _MOST_ACROSS)
    if after:
        yield column, after, None, []


def _across(cell: _Element) -> int:
    return max(1, min(number(child(cell, "w:tcPr", "w:gridSpan"), missing=1), _MOST_ACROSS))


def _merged(rows: list[list[_Given]], at: int, records: list[Record]) -> Iterator[Cell]:
    """The cells that begin in a row, each with the number of rows that it covers. Word does not show text in the others."""
    for given in rows[at]:
        if given.goes_on and _above(rows, at, given):
            if given.cell.text:
                records.append(Record(Deed.LEFT_OUT, given.cell.place, given.cell.text))
            continue
        down = 1
        while at + down < len(rows) and any(
            one.goes_on and one.column == given.column and one.cell.across == given.cell.across
            for one in rows[at + down]
        ):
            down += 1
        yield replace(given.cell, down=down)


def _going_on(cell: _Element | None, column: int, text: str, rows: list[list[_Given]]) -> tuple[bool, str]:
    """Whether a merged cell goes on from above, and its own text.

    One that begins anew and only repeats, at the top of a page, what the one above says goes on too: workplan marks such cells.
    """
    merge = child(cell, "w:tcPr", "w:vMerge")
    if merge is None or value(merge) != "restart":
        return merge is not None, text
    said = (one.cell.text for row in reversed(rows) for one in row if one.column == column and not one.goes_on)
    is_copy = child(cell, "w:tcPr", "w:hideMark") is not None and next(said, "") == text
    return is_copy, "" if is_copy else text


def _above(rows: list[list[_Given]], at: int, given: _Given) -> bool:
    """Whether a cell of the row above really goes on into this one; damaged files have such cells with nothing above."""
    return at > 0 and any(one.column == given.column and one.cell.across == given.cell.across for one in rows[at - 1])


def _text(pieces: list[Piece], place: Place, records: list[Record]) -> tuple[str, Hanging | None, list[Piece]]:
    """The text of a cell, a line for each paragraph and each row of a table within it; the other pieces as they are."""
    lines: list[tuple[str, Hanging | None]] = []
    others: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Paragraph) and piece.outside is None:
            lines.append((piece.text, piece.hanging))
        elif isinstance(piece, Table):
            inner = [joined(((cell.text, cell.hanging) for cell in row), " ") for row in piece.rows]
            records.append(Record(Deed.FLATTENED, place, "\n".join(text for text, _ in inner)))
            lines += inner
        else:
            others.append(piece)
    return *joined(lines, "\n"), others
