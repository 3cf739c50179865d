"""Tables by their ruling lines: where cells are, which are merged, which glyphs stand in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.importing.readers.layout.sheet import Rule, em, is_full, written
from workplan.lengths import Mm, pt_to_mm
from workplan.measure.page import GlyphLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.importing.readers.layout.sheet import Sheet
    from workplan.measure.page import Glyph

#: In mm: how far two lines may be apart and still be one, or touch.
_TOUCH = Mm(1.0)
#: Least length of a ruling line that belongs to a table, in mm; shorter ones are parts of drawings.
_SHORTEST = Mm(2.0)
#: The part of an em above the baseline where the middle of a glyph is.
_MIDDLE = 0.35
#: Most ruling lines of a page that are looked at: a drawing may have a hundred thousand.
MOST_RULES = 20_000
#: Likewise of distinct lines, and of edges of columns or rows in one table.
_MOST_IN_TABLES, _MOST_EDGES = 3000, 200
#: How near two lines are one, in mm.
_SAME = 0.1


@dataclass(frozen=True, slots=True)
class GridCell:
    r"""A cell: the row and column (from 0) where it begins, what it covers, and its text, ``\n`` between paragraphs."""

    row: int
    column: int
    down: int
    across: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page: its place in mm, the edges of its columns, its number of rows, its cells in order."""

    top: Mm
    bottom: Mm
    edges: tuple[Mm, ...]
    rows: int
    cells: tuple[GridCell, ...]


def grids(sheet: Sheet) -> tuple[list[Grid], tuple[GlyphLine, ...]]:
    """The tables of a page from top to bottom, and the lines that stand in none of them."""
    found: list[Grid] = []
    lines = sheet.lines
    for rules in _groups(sheet.rules[:MOST_RULES]):
        frame = _Frame.of(rules)
        if frame is None:
            continue
        inside, lines = _parted(lines, frame)
        grid = frame.filled(inside)
        if len(grid.cells) > 1 and any(cell.text for cell in grid.cells):
            found.append(grid)
        else:
            lines = tuple(sorted((*lines, *inside), key=lambda line: line.baseline))
    return sorted(found, key=lambda grid: grid.top), lines


def _groups(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Lines that touch each other, directly or through others."""
    long = _distinct(rules)
    level = sorted((rule for rule in long if not rule.is_upright), key=lambda one: one.top)
    tops = [rule.top for rule in level]
    leaders = {rule: rule for rule in long}

    def leader(rule: Rule) -> Rule:
        while (next_ := leaders[rule]) is not rule:
            leaders[rule] = rule = leaders[next_]
        return rule

    for rule in long:
        near = level[bisect_left(tops, rule.top - _TOUCH) : bisect_right(tops, rule.bottom + _TOUCH)]
        for other in near:
            if other.left <= rule.right + _TOUCH and rule.left <= other.right + _TOUCH:
                leaders[leader(rule)] = leader(other)
    groups: dict[Rule, list[Rule]] = {}
    for rule in long:
        groups.setdefault(leader(rule), []).append(rule)
    return groups.values()


def _distinct(rules: Iterable[Rule]) -> list[Rule]:
    """The lines that are long enough, each once: programs draw the frame of a cell for each cell.

    Two upright lines of one table always touch a level one, so only those are looked for.
    """
    found: dict[tuple[int, ...], Rule] = {}
    for rule in rules:
        if max(rule.right - rule.left, rule.bottom - rule.top) >= _SHORTEST:
            key = tuple(round(edge / _SAME) for edge in (rule.left, rule.top, rule.right, rule.bottom))
            found.setdefault(key, rule)
    return list(found.values())[:_MOST_IN_TABLES]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The lines of one table: the places of its columns and rows, and the lines between them."""

    columns: tuple[Mm, ...]
    rows: tuple[Mm, ...]
    #: The lines at each edge: upright ones between columns, level ones between rows.
    walls: tuple[tuple[Rule, ...], ...]
    floors: tuple[tuple[Rule, ...], ...]

    @classmethod
    def of(cls, rules: list[Rule]) -> _Frame | None:
        """The frame that lines make; None where they enclose no cells."""
        upright = tuple(rule for rule in rules if rule.is_upright)
        level = tuple(rule for rule in rules if not rule.is_upright)
        if not upright or not level:
            return None
        columns = _places([rule.left for rule in upright], (min(r.left for r in level), max(r.right for r in level)))
        rows = _places([rule.top for rule in level], (min(r.top for r in upright), max(r.bottom for r in upright)))
        if len(columns) < 2 or len(rows) < 2 or max(len(columns), len(rows)) > _MOST_EDGES:  # noqa: PLR2004 - an edge at each side
            return None
        walls = tuple(tuple(rule for rule in upright if abs(rule.left - x) <= _TOUCH) for x in columns)
        floors = tuple(tuple(rule for rule in level if abs(rule.top - y) <= _TOUCH) for y in rows)
        return cls(columns, rows, walls, floors)

    def filled(self, lines: Iterable[GlyphLine]) -> Grid:
        """The table with what stands in it."""
        owners = self._owners()
        places: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for place, owner in owners.items():
            places.setdefault(owner, []).append(place)
        texts: dict[tuple[int, int], list[GlyphLine]] = {}
        for line in lines:
            for owner, glyphs in self._by_cell(line, owners).items():
                texts.setdefault(owner, []).append(GlyphLine(line.page, tuple(glyphs)))
        cells = []
        for row, column in sorted(places):
            covered = places[row, column]
            down = max(place[0] for place in covered) - row + 1
            across = max(place[1] for place in covered) - column + 1
            text = _text(texts.get((row, column), []), self.columns[column + across])
            cells.append(GridCell(row=row, column=column, down=down, across=across, text=text))
        return Grid(
            top=self.rows[0],
            bottom=self.rows[-1],
            edges=self.columns,
            rows=len(self.rows) - 1,
            cells=tuple(cells),
        )

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place of the raster the upper left place of its cell: places without a line between are one cell."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.rows) - 1):
            for column in range(len(self.columns) - 1):
                if (row, column) in owners:
                    continue
                across = 1
                while column + across < len(self.columns) - 1 and self._is_open_right(row, column + across):
                    across += 1
                down = 1
                while row + down < len(self.rows) - 1 and all(
                    self._is_open_below(row + down, column + step) for step in range(across)
                ):
                    down += 1
                for deep in range(down):
                    for wide in range(across):
                        owners.setdefault((row + deep, column + wide), (row, column))
        return owners

    def _is_open_right(self, row: int, column: int) -> bool:
        """Whether no line stands before a place of the raster."""
        y = (self.rows[row] + self.rows[row + 1]) / 2
        return not any(rule.top <= y <= rule.bottom for rule in self.walls[column])

    def _is_open_below(self, row: int, column: int) -> bool:
        """Whether no line stands above a place of the raster."""
        x = (self.columns[column] + self.columns[column + 1]) / 2
        return not any(rule.left <= x <= rule.right for rule in self.floors[row])

    def _by_cell(
        self, line: GlyphLine, owners: dict[tuple[int, int], tuple[int, int]]
    ) -> dict[tuple[int, int], list[Glyph]]:
        found: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in line.glyphs:
            row = _slot(self.rows, glyph.baseline - _MIDDLE * pt_to_mm(glyph.size))
            column = _slot(self.columns, glyph.x + glyph.advance / 2)
            found.setdefault(owners[row, column], []).append(glyph)
        return {owner: shown for owner, glyphs in found.items() if (shown := _stripped(glyphs))}


def _parted(lines: Sequence[GlyphLine], frame: _Frame) -> tuple[list[GlyphLine], tuple[GlyphLine, ...]]:
    """The parts of lines within a frame, and the rest."""
    inside: list[GlyphLine] = []
    outside: list[GlyphLine] = []
    for line in lines:
        middle = line.baseline - _MIDDLE * em(line)
        if not frame.rows[0] <= middle <= frame.rows[-1]:
            outside.append(line)
            continue
        within = [
            glyph for glyph in line.glyphs if frame.columns[0] <= glyph.x + glyph.advance / 2 <= frame.columns[-1]
        ]
        beyond = [
            glyph for glyph in line.glyphs if not frame.columns[0] <= glyph.x + glyph.advance / 2 <= frame.columns[-1]
        ]
        for part, kept in ((within, inside), (beyond, outside)):
            if glyphs := _stripped(part):
                kept.append(GlyphLine(line.page, tuple(glyphs)))
    return inside, tuple(outside)


def _stripped(glyphs: list[Glyph]) -> list[Glyph]:
    shown = [at for at, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    return glyphs[shown[0] : shown[-1] + 1] if shown else []


def _places(places: list[Mm], ends: tuple[Mm, Mm]) -> tuple[Mm, ...]:
    """The places of lines, those that are nearly the same once, with the ends of the others where none stands there."""
    found: list[Mm] = []
    for place in sorted((*places, *ends)):
        if not found or place - found[-1] > _TOUCH:
            found.append(place)
    return tuple(found)


def _slot(edges: Sequence[Mm], place: float) -> int:
    """Between which edges a place is."""
    return max(0, min(len(edges) - 2, sum(edge <= place for edge in edges) - 1))


def _text(lines: list[GlyphLine], right: Mm) -> str:
    """The lines of a cell as its paragraphs: one goes on where nothing more would have fitted."""
    text = ""
    for at, line in enumerate(lines):
        said = written(line.glyphs)
        before = lines[at - 1] if at else None
        if before is None:
            text = said
        elif is_full(before, line, Mm(right - em(line) / 2)):
            text += said
        else:
            text += "\n" + said
    return text
