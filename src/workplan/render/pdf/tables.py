"""Tables over several pages in WeasyPrint: how high their cells are, and their rows put on the pages that were chosen for them.

WeasyPrint by itself never repeats a cell that rows share, and leaves the header out where the first row is higher than a page.
So a table is laid out once to be measured; where it does not fit on its page, ``page.table_pages`` says what stands on which,
and the rows of the page tree are rearranged: page ends before rows, copies of shared cells, rows cut between two lines.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from weasyprint.formatting_structure.boxes import BlockBox, LineBox, TableCellBox, TableRowBox, TextBox

from workplan.lengths import Pt, Px, px_to_pt
from workplan.page.table_pages import CellHeight, PlacedTable, TableHeights, section_rows
from workplan.render.pdf import whole_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Document

    from workplan.page.table_pages import RowPart, TablePlan

_CELLS = ("td", "th")
#: What stands above a table and is no text of its page.
_LEADS = frozenset({"heading", "to"})
#: Less than what is taken for the height of a page, so that no row is moved for the thickness of a rule.
_SPARE = Pt(1.0)


@dataclass(frozen=True, slots=True)
class _GridCell:
    """A cell of the tree: its first row and column, and how many it spans."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int


def tables(root: Element) -> list[Element]:
    """The tables that are arranged here, and below which text has to return to the page's grid of lines."""
    return [table for table in root.iter("table") if table.get("data-grid") is not None]


def _grid(table: Element) -> tuple[list[Element], list[_GridCell]]:
    """The rows of a table below its header, and their cells in their places."""
    body = table.find("tbody")
    rows = [] if body is None else body.findall("tr")
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for element in (cell for cell in row if cell.tag in _CELLS):
            while (number, column) in taken:
                column += 1
            down, across = (int(element.get(name) or 1) for name in ("rowspan", "colspan"))
            down = min(down, len(rows) - number)
            cells.append(_GridCell(element=element, row=number, column=column, rows=down, columns=across))
            taken |= {(number + below, column + beside) for below in range(down) for beside in range(across)}
            column += across
    return rows, cells


def _keep_dates(table: Element) -> None:
    rooms = whole_dates.rooms(table)
    for cell in (one for one in _grid(table)[1] if not len(one.element)):
        whole_dates.fill(cell.element, cell.element.text or "", rooms[cell.column : cell.column + cell.columns])


class TableSetter:
    """Arranges the tables of a document that is laid out again and again until its pages come out right."""

    def __init__(self) -> None:
        self._measured: list[_Measured] = []

    def arrange(self, root: Element, wanted: Sequence[TablePlan]) -> None:
        """Put the rows on pages as planned; a table without a plan is left to WeasyPrint."""
        whole_dates.tell_turned(root)
        for table in tables(root):
            _keep_dates(table)
        if not any(wanted):
            return
        parents = {child: parent for parent in root.iter() for child in parent}
        for table, measured, plan in zip(tables(root), self._measured, wanted, strict=False):
            if plan.pages:
                _Arranging(table, measured, plan).arrange()
            if plan.moved:
                _style(_leading(table, list(parents[table])), "break-before: page")

    def placed(self, document: Document, root: Element) -> tuple[PlacedTable, ...]:
        """Where the tables of the tree stand on the pages."""
        wanted = tables(root)
        if not wanted:
            return ()
        boxes = _Boxes(document, root, wanted)
        if not self._measured:
            self._measured = [_measured(table, boxes) for table in wanted]
        return tuple(boxes.placed(table, one) for table, one in zip(wanted, self._measured, strict=True))


def _leading(table: Element, siblings: list[Element]) -> Element:
    """The first of the headings right above a table; the table itself where there is none."""
    first = table
    for before in reversed(siblings[: siblings.index(table)]):
        if "heading" not in before.get("class", "").split():
            break
        first = before
    return first


def _style(element: Element, rule: str) -> None:
    element.set("style", f"{rule}; {element.get('style', '')}")


def _titles(root: Element, wanted: Sequence[Element]) -> dict[Element, Element]:
    """By table, the title right above it."""
    pairs = (pair for parent in root.iter() for pair in pairwise(parent))
    return {
        child: before
        for before, child in pairs
        if child in wanted and (before.tag == "h1" or "heading" in before.get("class", "").split())
    }


@dataclass(frozen=True, slots=True)
class _Measured:
    """A table as it was before anything was rearranged; ``breaks`` are by cell the places at which its lines begin."""

    heights: TableHeights
    breaks: Mapping[int, tuple[int, ...]]


def _measured(table: Element, boxes: _Boxes) -> _Measured:
    rows, cells = _grid(table)
    columns = max((cell.column + cell.columns for cell in cells), default=0)
    heights, breaks = [], {}
    for place, cell in enumerate(cells):
        shown = boxes.cells.get(cell.element, [])
        lines = [one for box in shown for one in box.descendants() if isinstance(one, LineBox)]
        blank = max(map(_around, shown), default=0.0)
        tall = tuple(px_to_pt(Px(line.height)) for line in lines)
        heights.append(CellHeight(cell.row, cell.rows, tall, px_to_pt(Px(blank))))
        breaks[place] = _line_starts("".join(cell.element.itertext()), lines)
    texts: list[list[str]] = [[] for _ in rows]
    for cell in (one for one in cells if one.rows == 1):
        texts[cell.row] += ["".join(cell.element.itertext()), *[""] * (cell.columns - 1)]
    sections = section_rows(texts, columns)
    header = px_to_pt(boxes.headers.get(table, Px(0.0)))
    return _Measured(TableHeights(len(rows), tuple(heights), header, sections), breaks)


def _line_starts(text: str, lines: Sequence[Any]) -> tuple[int, ...]:
    """The places in a text at which its laid out lines begin; blanks and line ends at the edges of lines are not laid out."""
    starts, place = [], 0
    for line in lines:
        shown = "".join(box.text for box in line.descendants() if isinstance(box, TextBox)).strip()
        found = text.find(shown, place)
        starts.append(place if found < 0 else found)
        place = starts[-1] + len(shown)
    return tuple(starts)


def _around(box: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """How much of a cell's height is not text; the paddings of the box itself grow with its row."""
    paddings = (box.style[name] for name in ("padding_top", "padding_bottom"))
    padding = sum(one.value for one in paddings if one.unit.lower() == "px")
    return float(padding + box.border_top_width + box.border_bottom_width)


class _Boxes:
    """The boxes of a document's pages that say how its tables came out."""

    def __init__(self, document: Document, root: Element, wanted: Sequence[Element]) -> None:
        #: By table, its upper edge, the height of its page and whether text stands above it there; by title, the same of its end.
        self.tops: dict[Element, tuple[Px, Px, bool]] = {}
        self._titles = _titles(root, wanted)
        self._on: dict[Element, int] = {}
        self._margins: dict[Element, Px] = {}
        self.headers: dict[Element, Px] = {}
        self.cells: dict[Element, list[Any]] = {}
        self.pages: dict[Element, int] = {}
        self._owners = {part: table for table in wanted for part in table.iter()}
        texts = (p for p in root.iter("p") if p.get("data-first") and not _LEADS & set(p.get("class", "").split()))
        self._texts = {part for text in texts for part in text.iter()}
        for number, page in enumerate(document.pages):
            self._page(number, page._page_box)  # noqa: SLF001 - WeasyPrint has no other way to its boxes

    def _page(self, number: int, page: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        top, behind_text = page.content_box_y(), False
        for box in page.descendants():
            element = box.element
            table = self._owners.get(element)
            if element in self._titles.values() and isinstance(box, BlockBox):
                end = Px(box.position_y + box.margin_height() - top)
                self.tops[element], self._on[element] = (end, Px(page.height), behind_text), number
            if isinstance(box, TextBox):
                behind_text = behind_text or table is not None or element in self._texts
            elif table is None:
                continue
            elif getattr(box, "is_table_wrapper", False) and any(isinstance(one, TextBox) for one in box.descendants()):
                place = Px(box.position_y + box.margin_top - top), Px(page.height), behind_text
                self._margins.setdefault(element, Px(box.style["margin_top"].value))
                self.tops.setdefault(element, place)
                self._on.setdefault(element, number)
            elif getattr(box, "is_header", False):
                self.headers.setdefault(table, Px(box.height))
            elif isinstance(box, TableCellBox):
                self.cells.setdefault(element, []).append(box)
            elif isinstance(box, TableRowBox):
                self.pages.setdefault(element, number)

    def placed(self, table: Element, measured: _Measured) -> PlacedTable:
        """Where a table stands."""
        pages = [self.pages.get(row, 0) for row in _grid(table)[0]]
        title = self._titles.get(table)
        # Left behind by a first row that does not fit below it: the rows are put on pages from there on.
        is_alone = title is not None and self._on.get(title, 0) < self._on.get(table, 0)
        place = title if title is not None and is_alone else table
        top, room, behind_text = self.tops.get(place, (Px(0.0), Px(0.0), False))
        top = Px(top + self._margins[table]) if is_alone else top
        starts = tuple(row for row in range(1, len(pages)) if pages[row] != pages[row - 1])
        starts = (0, *starts) if is_alone else starts
        room_in_points = Pt(px_to_pt(room) - _SPARE)
        return PlacedTable(
            top=px_to_pt(top), room=room_in_points, behind_text=behind_text, starts=starts, heights=measured.heights
        )


class _Arranging:
    """The rows of one table put on pages."""

    def __init__(self, table: Element, measured: _Measured, plan: TablePlan) -> None:
        body = table.find("tbody")
        assert body is not None  # noqa: S101 - only tables with rows have a plan
        self._body = body
        self._rows, cells = _grid(table)
        self._room = whole_dates.rooms(table)
        self._plan = plan
        self._breaks = measured.breaks
        #: By row, the cells that stand in it, left to right.
        self._by_row: list[list[tuple[int, _GridCell]]] = [[] for _ in self._rows]
        for place, cell in enumerate(cells):
            for row in range(cell.row, cell.row + cell.rows):
                self._by_row[row].append((place, cell))
        for shown in self._by_row:
            shown.sort(key=lambda one: one[1].column)
        #: By row that is cut, the line at which that happens first.
        self._cut_at = {part.row: part.end for parts in plan.pages for part in parts if part.end and not part.start}

    def arrange(self) -> None:
        for row in self._rows:
            self._body.remove(row)
        for number, parts in enumerate(self._plan.pages):
            shown: set[int] = set()
            for part in parts:
                line = SubElement(
                    self._body, "tr", {"style": "break-before: page"} if number and part == parts[0] else {}
                )
                line.tail = "\n"
                for place, cell in self._by_row[part.row]:
                    if place not in shown:
                        line.append(self._cell(place, cell, part, parts))
                        shown |= {place} if cell.rows > 1 and place not in self._plan.alone else set()

    def _cell(self, place: int, cell: _GridCell, part: RowPart, parts: Sequence[RowPart]) -> Element:
        """A cell as it stands on a page, from a ``part`` of a row on."""
        made = deepcopy(cell.element)
        made.attrib.pop("rowspan", None)
        if part.row > cell.row or part.start:
            made.attrib.pop("id", None)
        if place in self._plan.alone and part.row > cell.row:
            whole_dates.fill(made, "", ())
        elif cell.rows > 1 and place not in self._plan.alone:
            made.set("rowspan", str(sum(cell.row <= one.row < cell.row + cell.rows for one in parts)))
        elif not part.is_whole:
            self._cut(made, place, cell, part)
        return made

    def _cut(self, made: Element, place: int, cell: _GridCell, part: RowPart) -> None:
        """Leave of a cell's text what a part of its row has; one that ended above says once more what goes on beside it."""
        starts, text = self._breaks[place], "".join(made.itertext())
        most = max(len(self._breaks[beside]) for beside, _ in self._by_row[part.row])
        lines = (part.end or most) - part.start
        is_told = part.row in self._cut_at and len(starts) <= min(self._cut_at[part.row], lines)
        if not is_told:
            begin, end = (starts[at] if at < len(starts) else len(text) for at in (part.start, part.end or len(starts)))
            rooms = self._room[cell.column : cell.column + cell.columns]
            whole_dates.fill(made, text[begin:end].strip() if part.start else text[:end].rstrip(), rooms)
        _style(made, "vertical-align: top")
