"""Puts the rows of a table on pages: rows whole where a page holds them, small groups too, and none without its section or header.

Knows no back end: it takes heights and returns which rows, or lines of a row, stand on which page. Every page repeats the header
and the cells that its rows share with rows on the page before; both are counted here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.lengths import Pt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Fewest lines of a row that is cut on a page, where there is a choice.
_FEWEST = 2
_EPSILON = 0.05
#: The number of a section in a column of its own: 一, （二）, 三、.
_NUMBER = re.compile("[（(]?[一二三四五六七八九十]+[）)、]?")
#: Largest number of sections one below the other; more are rows that somebody is to fill in.
_NESTED = 3


def section_rows(rows: Sequence[Sequence[str]], columns: int) -> frozenset[int]:
    """The rows that only name what follows: 一、民生 and nothing beside it, above a row that has more.

    ``rows`` are the texts of the cells that a row shares with no other, left to right, with an empty one for each further column
    that a cell covers; so only rows that share none have as many as the table has ``columns``.
    """
    found: set[int] = set()
    above = 0
    for row in range(len(rows) - 2, -1, -1):
        above = above + 1 if _names_section(rows[row], columns) else 0
        more = not _names_section(rows[row + 1], columns)
        if above and above <= _NESTED and (more or row + 1 in found):
            found.add(row)
    return frozenset(found)


def _names_section(texts: Sequence[str], columns: int) -> bool:
    """Whether only the first cell of a row says anything, or the one behind the number of a section or an empty first."""
    filled = [place for place, text in enumerate(texts) if any(map(str.isalnum, text))]
    if len(texts) != columns or columns == 1 or not filled:
        return False
    numbered = filled == [0, 1] and _NUMBER.fullmatch(texts[0].strip()) is not None
    return filled == [0] or (columns > filled[-1] + 1 and (filled == [1] or numbered))


@dataclass(frozen=True, slots=True)
class CellHeight:
    """A cell: the first of its rows and their number, the heights of its lines, and what stands above and below them."""

    row: int
    rows: int
    lines: tuple[Pt, ...]
    blank: Pt

    @property
    def height(self) -> Pt:
        """The height of the cell by itself."""
        return Pt(self.blank + sum(self.lines))

    @property
    def end(self) -> int:
        """The row after its last."""
        return self.row + self.rows


@dataclass(frozen=True, slots=True)
class RowPart:
    """A row on a page, or of a row that no page holds the lines from ``start`` to ``end`` of each of its cells."""

    row: int
    start: int = 0
    end: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the row is left for another page."""
        return self.start == 0 and self.end is None


@dataclass(frozen=True)
class TableHeights:
    """A table: its ``cells``, the number of its ``rows``, the height of its ``header``, and the rows that name what follows."""

    rows: int
    cells: tuple[CellHeight, ...]
    header: Pt
    sections: frozenset[int] = frozenset()

    @cached_property
    def single(self) -> tuple[tuple[CellHeight, ...], ...]:
        """The cells of each row that no other row shares."""
        found: list[list[CellHeight]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            if cell.rows == 1:
                found[cell.row].append(cell)
        return tuple(map(tuple, found))

    @cached_property
    def shared(self) -> tuple[tuple[CellHeight, ...], ...]:
        """By row, the cells that it shares with others."""
        found: list[list[CellHeight]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.end) if cell.rows > 1 else ():
                found[row].append(cell)
        return tuple(map(tuple, found))

    def groups(self, room: Pt) -> Iterator[CellHeight]:
        """The shared cells whose rows stay together on pages with some ``room``: none that may leave half a page empty."""
        for cell in self.cells:
            if cell.rows > 1 and max(cell.height, sum(map(self.row, range(cell.row, cell.end)))) <= room / 2:
                yield cell

    def row(self, row: int, start: int = 0, end: int | None = None) -> Pt:
        """The height of a row, or of some of its lines, without what shared cells need."""
        cells = ((cell.blank, cell.lines[start:end]) for cell in self.single[row])
        return Pt(max((blank + sum(lines) for blank, lines in cells), default=0.0))

    def lines(self, row: int) -> int:
        """The number of lines of the row's highest cell."""
        return max((len(cell.lines) for cell in self.single[row]), default=0)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table as it came out when its document was laid out.

    ``top`` is the distance of its upper edge from that of the text block, whose height is ``room``; ``behind_text`` says that
    text stands above it on the page; ``starts`` are the rows that began pages, 0 among them if its title stayed behind. ``heights`` are those that it had at first.
    """

    top: Pt
    room: Pt
    behind_text: bool
    starts: tuple[int, ...]
    heights: TableHeights


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What is done so that a table comes out right: nothing where there are no ``pages`` and it is not ``moved``.

    ``pages`` are the rows on each; ``moved`` lets the table begin on a page of its own. ``alone`` are the shared cells, by place,
    that stand in their first row alone since no page holds them.
    """

    pages: tuple[tuple[RowPart, ...], ...] = ()
    moved: bool = False
    alone: frozenset[int] = frozenset()

    def after(self, placed: PlacedTable) -> TablePlan:
        """The plan that fits a table where it stands now; the same where it is right."""
        heights, room = placed.heights, placed.room
        if not heights.rows:
            return self
        tall = frozenset(
            place for place, cell in enumerate(heights.cells) if cell.rows > 1 and cell.height > room - heights.header
        )
        cells = (replace(one, rows=1) if place in tall else one for place, one in enumerate(heights.cells))
        table = replace(heights, cells=tuple(cells))
        movable = placed.behind_text and not self.moved
        found = pages(table, Pt(room - placed.top), room, movable=movable)
        moved = self.moved or not found[0]
        found = tuple(filter(None, found))
        starts = tuple(parts[0].row for parts in found[1:])
        cut = any(not part.is_whole for parts in found for part in parts)
        shared = any(one.row < at < one.end for one in table.cells for at in starts)
        as_it_is = not self.pages and not moved and starts == placed.starts and not cut and not shared
        if (len(found) == 1 and placed.starts[:1] != (0,)) or as_it_is:
            return TablePlan(moved=moved)
        return TablePlan(found, moved, tall)


def pages(table: TableHeights, first: Pt, room: Pt, *, movable: bool = False) -> tuple[tuple[RowPart, ...], ...]:
    """The rows on each page; ``first`` and ``room`` are the heights that the first page and the others have, header included.

    ``movable`` says that there is text before the table on its first page, so that it may as well begin on the next: the first
    page is then an empty tuple. What belongs together gives way where no page holds it: a row is cut only then.
    """
    paging = _Paging(table, Pt(room - table.header))
    return tuple(paging.pages(Pt(first - table.header), movable=movable))


class _Paging:
    """The search for one table; heights are without the header."""

    def __init__(self, table: TableHeights, room: Pt) -> None:
        self.table = table
        self.room = Pt(room + _EPSILON)
        kept = table.groups(self.room)
        #: By row, the number of shared cells whose rows stay together, and that reach down to the row from above.
        self.within = Counter(row for one in kept for row in range(one.row + 1, one.end))

    def pages(self, first: Pt, *, movable: bool) -> Iterator[tuple[RowPart, ...]]:
        room, begin, is_first = Pt(first + _EPSILON), RowPart(0), True
        while begin.row < self.table.rows:
            parts, following = self._page(begin, room, must=not (is_first and movable))
            yield parts
            room, begin, is_first = self.room, following, False

    def _page(self, begin: RowPart, room: Pt, *, must: bool) -> tuple[tuple[RowPart, ...], RowPart]:
        """What stands on a page that begins with ``begin``, and where the next begins; it is empty only if nothing ``must`` be."""
        whole = self._fits(begin, room)
        if whole == self.table.rows:
            return self._parts(begin, whole), RowPart(whole)
        end = max((at for at in range(begin.row + 1, whole + 1) if self._may_break(at)), default=begin.row)
        if must and end == begin.row:
            end = self._least_bad(begin.row, whole)
        tall = self._tall(end, room if must and end == begin.row else self.room)
        if tall is not None:
            used = self._height(begin, tall) if tall > begin.row else 0.0
            start = begin.start if tall == begin.row else 0
            if cut := self._cut(tall, start, Pt(room - used), must=must and end == begin.row):
                parts = self._parts(begin, tall) if tall > begin.row else ()
                return (*parts, RowPart(tall, start, cut)), RowPart(tall, cut)
        if end == begin.row and must:  # not even two lines of the row: nothing better can be done
            return self._parts(begin, end + 1), RowPart(end + 1)
        return self._parts(begin, end), RowPart(end) if end > begin.row else begin

    @staticmethod
    def _parts(begin: RowPart, end: int) -> tuple[RowPart, ...]:
        return tuple(begin if row == begin.row else RowPart(row) for row in range(begin.row, end))

    def _fits(self, begin: RowPart, room: Pt) -> int:
        """The last row before which the page may end for want of room."""
        end = begin.row
        while end < self.table.rows and self._height(begin, end + 1) <= room:
            end += 1
        return end

    def _height(self, begin: RowPart, end: int) -> Pt:
        """The height of the rows up to ``end``, with what their shared cells need beyond it."""
        table = self.table
        heights = [table.row(row, begin.start if row == begin.row else 0) for row in range(begin.row, end)]
        shared = {cell for row in range(begin.row, end) for cell in table.shared[row]}
        for cell in sorted(shared, key=lambda one: (one.end, -one.row)):
            top, bottom = max(cell.row, begin.row) - begin.row, min(cell.end, end) - begin.row
            heights[bottom - 1] = Pt(heights[bottom - 1] + max(0.0, cell.height - sum(heights[top:bottom])))
        return Pt(sum(heights))

    def _may_break(self, at: int) -> bool:
        """Whether a page may end before a row: not below a line that names what follows, and not within a group."""
        return at - 1 not in self.table.sections and not self.within[at]

    def _least_bad(self, begin: int, whole: int) -> int:
        """Where a page ends that must hold something, though what belongs together does not fit."""
        places = [at for at in range(begin + 1, whole + 1) if at - 1 not in self.table.sections]
        return max(places, key=lambda at: (-self.within[at], at), default=begin)

    def _tall(self, end: int, room: Pt) -> int | None:
        """The row higher than ``room`` with which the page may go on from ``end``, behind lines that name what follows."""
        row = end
        while row < self.table.rows and row in self.table.sections:
            row += 1
        # With its section's line it may be too high, though not by itself.
        is_tall = row < self.table.rows and self._height(RowPart(end), row + 1) > room
        return row if is_tall and self.table.lines(row) > 1 else None

    def _cut(self, row: int, start: int, room: Pt, *, must: bool) -> int:
        """The line before which a row is cut so that it fits; 0 where it had better not begin here."""
        count = self.table.lines(row)
        end = start
        while end < count and self.table.row(row, start, end + 1) <= room:
            end += 1
        if end == count:
            return 0
        if count - end < _FEWEST and end - start > _FEWEST:
            end = count - _FEWEST
        if end - start < _FEWEST:
            return max(end, start + 1) if must else 0
        return end
