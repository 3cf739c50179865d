"""Finds where the lines of a page begin: only a line that goes on in the next one shows it, an indented line alone does not."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import CLOSING, STOPS
from workplan.lengths import Em, Mm, pt_to_mm
from workplan.measure.standard import LEFT, MIRRORED, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.lengths import Pt
    from workplan.measure.body import GridRun
    from workplan.measure.page import GlyphLine

#: A line that ends further from the edge that most full lines reach ends its paragraph.
ENDS = Em(2.0)
#: Least difference between the beginnings of an indented line and the next, which goes on at the margin.
_INDENT = Em(1.0)
#: Greatest distance between the beginnings of lines that begin at one place.
_LEVEL = Mm(1.0)
#: Greatest distance of a page's margin from that of other pages.
_NEAR = Mm(2.0)
#: Least width of lines that are the text of a page, not of a column or a cell.
_LEAST = Mm(105.0)
#: Share of lines that may end further to the right than the edge, because marks hang and tables are wider.
_BEYOND = 0.1
#: Least number of full lines by which the width of the text is known.
_FEW = 3
#: What a sentence ends with; a line that ends so may be a paragraph of its own.
_SENTENCE_ENDS = frozenset("。；：！？")


@dataclass(frozen=True, slots=True)
class Margins:
    """``shown`` has the left margin of every page that shows one; ``width`` is that of most full lines, 0 where it is not known.

    ``is_mirrored`` says that the text of even pages is as far from the right edge of the paper as that of odd ones from the left.
    """

    shown: Mapping[int, Mm]
    width: Mm
    is_mirrored: bool

    def left(self, page: int) -> Mm:
        """Where lines should begin according to the standard."""
        return MIRRORED if page % 2 == 0 and self.is_mirrored else LEFT

    def flush(self, page: int) -> Mm:
        """Where lines begin: as the page shows, or the other pages of its side, or any page, or the standard asks."""
        if page in self.shown:
            return self.shown[page]
        side = [left for number, left in self.shown.items() if number % 2 == page % 2]
        if side:
            return common(side)
        off = [left - self.left(number) for number, left in self.shown.items()]
        return Mm(self.left(page) + (common(off) if off else 0.0))


def margins(runs: Sequence[GridRun], folios: Iterable[GlyphLine], size: Pt, pitch: Mm) -> Margins:
    """The margins of a document with these body lines and page numbers."""
    pairs = list(_neighbours(runs, pitch))
    em = pt_to_mm(size)
    edge = _edge([line.right for run in runs for line in run.lines], em)
    on = [
        (line, next_)
        for line, next_ in pairs
        if line.right > edge - ENDS * em and edge - next_.left > _LEAST and _goes_on(line, next_, em)
    ]
    shown = _by_page(_lefts(on))
    mirrored = _is_mirrored(shown, folios)
    plain = Margins(shown, Mm(0.0), mirrored)
    widths = [Mm(line.right - plain.flush(line.page)) for line, _ in on if line.glyphs[-1].text not in STOPS | CLOSING]
    return Margins(shown, common(widths) if len(widths) >= _FEW and shown else Mm(0.0), mirrored)


def _neighbours(runs: Sequence[GridRun], pitch: Mm) -> Iterator[tuple[GlyphLine, GlyphLine]]:
    """Lines that follow each other without a gap, on one page or from one page to the next."""
    for run in runs:
        yield from (
            (one, next_)
            for one, next_ in pairwise(run.lines)
            if not pitch or next_.baseline - one.baseline < 1.5 * pitch
        )
    for run, next_run in pairwise(runs):
        if next_run.page == run.page + 1 and next_run.is_first:
            yield run.lines[-1], next_run.lines[0]


def _goes_on(line: GlyphLine, next_: GlyphLine, em: Mm) -> bool:
    """Whether a full line goes on in the next: that stands out to the left, or below it where the first ends no sentence."""
    if line.page == next_.page and next_.left < line.left - _INDENT * em:
        return True
    level = line.page != next_.page or abs(next_.left - line.left) < _LEVEL
    closed = next((glyph.text for glyph in reversed(line.glyphs) if glyph.text not in CLOSING), "")
    return level and closed not in _SENTENCE_ENDS


def _lefts(on: Sequence[tuple[GlyphLine, GlyphLine]]) -> dict[int, list[Mm]]:
    """Where lines go on, by page; a page's first line counts only near to where others do: it may begin a paragraph."""
    found: dict[int, list[Mm]] = {}
    usual = common([next_.left for line, next_ in on if line.page == next_.page])
    for line, next_ in on:
        if line.page == next_.page or abs(next_.left - usual) < _NEAR:
            found.setdefault(next_.page, []).append(next_.left)
    return found


def _edge(rights: list[Mm], em: Mm) -> Mm:
    """The right edge that full lines reach: lines beyond it are few."""
    ordered = sorted(rights, reverse=True)
    return common([right for right in ordered if right > ordered[int(_BEYOND * len(ordered))] - ENDS * em])


def _by_page(found: Mapping[int, list[Mm]]) -> dict[int, Mm]:
    """The margin of each page: what most of its lines show, of those near to the margin of its side, or of all pages."""
    every = common([left for lefts in found.values() for left in lefts])
    sides = [common([left for page, lefts in found.items() if page % 2 == side for left in lefts]) for side in (0, 1)]
    shown = {}
    for page, lefts in found.items():
        usual = sides[page % 2]
        near = [left for left in lefts if abs(left - usual) < _NEAR or abs(left - every) < _NEAR]
        if near:
            shown[page] = common(near)
    return shown


def _is_mirrored(shown: Mapping[int, Mm], folios: Iterable[GlyphLine]) -> bool:
    """Whether even pages begin where the mirrored margin is; by their numbers where no text shows it."""
    even = [left for page, left in shown.items() if page % 2 == 0]
    even = even or [Mm(line.left - SMALL) for line in folios if line.page % 2 == 0]
    return bool(even) and abs(statistics.median(even) - MIRRORED) < (LEFT - MIRRORED) / 4


def common(values: Sequence[Mm] | Sequence[float]) -> Mm:
    """The value that most of them are close to; 0 where there are none."""
    bins = Counter(round(value * 4) for value in values)
    if not bins:
        return Mm(0.0)
    best = max(bins, key=lambda place: (bins[place], -place))
    return Mm(statistics.median(value for value in values if abs(value * 4 - best) <= 1))
