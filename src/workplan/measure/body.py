"""Finds the parts of an official document on its pages: masthead's rule, titles, body text, page numbers."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, pt_to_mm
from workplan.measure import ink
from workplan.measure.standard import BOTTOM, LEFT, LETTER_LEAST, MIRRORED
from workplan.page.dimensions import BODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.measure.ink import Rule
    from workplan.measure.page import Glyph, GlyphLine, Page

#: Characters that are used for the dashes of a page number.
DASHES = "—–－―─-‐‑−"
_FOLIO = re.compile(rf"[{re.escape(DASHES)}·]{{0,2}}\d{{1,4}}[{re.escape(DASHES)}·]{{0,2}}")
#: Greatest difference in size from the body text of a line that belongs to it.
_ALIKE = Pt(0.8)
#: Titles are larger than the body text by more than this.
_LARGER = Pt(2.5)
#: Gaps between baselines that can be a line pitch: 20 to 38 pt.
_GAPS = (Mm(7.0), Mm(13.5))
#: The line pitch that is assumed where too few lines show it.
ASSUMED_PITCH = pt_to_mm(Pt(30))
#: Greatest distance between the places where the lines of one page and those of the others begin, if both are the margin.
_NEAR = Mm(2.0)
#: Distance below the text block of a letter's first page from which a line belongs to the second rule.
_LOWEST = Mm(3.0)
#: Height from which the red rule is looked for: above any masthead.
_FIRST = Mm(20)
#: Number of lines that must begin at one place to make it the margin.
_FEW = 2


@dataclass(frozen=True, slots=True)
class GridRun:
    """Body lines of one page on one grid: no line of another kind is between them."""

    page: int
    lines: tuple[GlyphLine, ...]
    is_first: bool

    def slots(self, pitch: Mm) -> tuple[int, ...]:
        """The number of the grid's line on which each of them stands, the first on 0."""
        return tuple(round((line.baseline - self.lines[0].baseline) / pitch) for line in self.lines)

    def phase(self, pitch: Mm) -> Mm:
        """The first baseline of the grid that fits them best."""
        pairs = zip(self.lines, self.slots(pitch), strict=True)
        return Mm(statistics.median(line.baseline - slot * pitch for line, slot in pairs))


@dataclass(frozen=True, slots=True)
class MeasuredDocument:
    """The pages with their parts.

    ``size`` is that of the body text; ``rule`` is the red rule of the head; ``head`` has the lines between it and the title of
    a letter (10.1); ``pitch`` is the line pitch, 0 where too few lines show it; ``margins`` has by page where its lines begin.
    """

    pages: tuple[Page, ...]
    size: Pt
    rule: Rule | None
    head: tuple[GlyphLine, ...]
    titles: tuple[GlyphLine, ...]
    runs: tuple[GridRun, ...]
    folios: tuple[GlyphLine, ...]
    pitch: Mm
    margins: Mapping[int, Mm]

    @property
    def is_letter(self) -> bool:
        """Whether the head is that of the letter form (信函)."""
        return _is_letter(self.rule)

    def flush(self, page: int) -> Mm:
        """Where most lines of a page begin."""
        return self.margins.get(page, LEFT)

    def left(self, page: int) -> Mm:
        """Where they should begin according to the standard."""
        return MIRRORED if page % 2 == 0 and self.is_mirrored else LEFT

    @property
    def is_mirrored(self) -> bool:
        """Whether the margins of the even pages are mirrored: their text is as far from the right edge."""
        even = [left for page, left in self.margins.items() if page % 2 == 0]
        return bool(even) and abs(statistics.median(even) - MIRRORED) < (LEFT - MIRRORED) / 4


def recognised(pages: tuple[Page, ...]) -> MeasuredDocument:
    """The parts of a document."""
    upright = [page for page in pages if page.is_upright]
    lines = [line for page in upright for line in page.lines]
    size = _body_size(lines)
    rule = _red_rule(pages[0]) if pages and pages[0].is_upright else None
    folios = tuple(line for line in lines if line.baseline > BOTTOM and _FOLIO.fullmatch(line.text))
    below = [line for line in lines if line not in folios and not _above(line, rule) and not line.main.is_red]
    titles = tuple(line for line in below if line.size > size + _LARGER)
    head = tuple(line for line in below if _is_letter(rule) and titles and _before(line, titles[0]))
    body = [line for line in below if line not in head and not (_is_letter(rule) and _is_lowest(line))]
    runs = tuple(run for page in upright for run in _runs(page, body, size))
    return MeasuredDocument(
        pages=pages,
        size=size,
        rule=rule,
        head=head,
        titles=titles,
        runs=runs,
        folios=folios,
        pitch=_pitch(runs),
        margins=_margins(runs),
    )


def _is_letter(rule: Rule | None) -> bool:
    return rule is not None and rule.width > LETTER_LEAST


def _is_lowest(line: GlyphLine) -> bool:
    """Whether a line belongs to the second rule of a letter, which is below the text block."""
    return line.page == 1 and line.bottom > BOTTOM + _LOWEST


def _before(line: GlyphLine, title: GlyphLine) -> bool:
    return line.page == title.page == 1 and line.baseline < title.baseline


def _above(line: GlyphLine, rule: Rule | None) -> bool:
    return line.page == 1 and rule is not None and line.baseline < rule.bottom


def _body_size(lines: Iterable[GlyphLine]) -> Pt:
    """The size of most 字, to a quarter of a point."""
    sizes = Counter(round(glyph.size * 4) / 4 for line in lines for glyph in line.glyphs if glyph.is_wide)
    return Pt(max(sizes, key=lambda size: (sizes[size], size), default=BODY))


def _red_rule(page: Page) -> Rule | None:
    """The red rule of the head: the first in the upper two thirds; a letter has one directly below its mark."""
    return next(iter(ink.rules(page, _FIRST, Mm(page.height * 2 / 3), red=True)), None)


def _runs(page: Page, below: Sequence[GlyphLine], size: float) -> Iterator[GridRun]:
    """The body lines of a page, separated where a line of another kind is between them."""
    own = [line for line in below if line.page == page.number and line.baseline < BOTTOM + _GAPS[1]]
    group: list[GlyphLine] = []
    first = page.number > 1
    for line in own:
        if abs(line.size - size) <= _ALIKE:
            group.append(line)
            continue
        if group:
            yield GridRun(page.number, tuple(group), first)
        group, first = [], False
    if group:
        yield GridRun(page.number, tuple(group), first)


def _pitch(runs: Sequence[GridRun]) -> Mm:
    """The line pitch of most of the text; 0 where there is none."""
    gaps = [gap for run in runs for gap in _steps(run.lines) if _GAPS[0] < gap < _GAPS[1]]
    if not gaps:
        return Mm(0.0)
    about = Mm(statistics.median(gaps))
    spans = [(run.lines[-1].baseline - run.lines[0].baseline, run.slots(about)[-1]) for run in runs]
    longest = max(slots for _, slots in spans)
    return Mm(statistics.median(span / slots for span, slots in spans if slots and slots >= longest / 2))


def _steps(lines: Sequence[GlyphLine]) -> Iterator[float]:
    return (next_.baseline - one.baseline for one, next_ in pairwise(lines))


def _margins(runs: Sequence[GridRun]) -> dict[int, Mm]:
    """Where lines begin on each page: where most of its own do, of those that begin near the margin of odd or even pages."""
    lefts: dict[int, list[Mm]] = {}
    for run in runs:
        lefts.setdefault(run.page, []).extend(line.left for line in run.lines)
    sides = [[left for page, own in lefts.items() if page % 2 == side for left in own] for side in (0, 1)]
    every = sides[0] + sides[1]
    margins = {}
    for page, own in lefts.items():
        expected = LEFT if page % 2 else Mm((MIRRORED + LEFT) / 2)
        usual = _edge(sides[page % 2], expected) or _edge(every, LEFT) or LEFT
        margins[page] = common([left for left in own if abs(left - usual) < _NEAR]) or usual
    return margins


def _edge(lefts: Sequence[Mm], expected: Mm) -> Mm:
    """Where lines begin: at the expected place if a few do so, else at the leftmost place where a few do; 0 if nowhere."""
    close = [left for left in lefts if abs(left - expected) < 2 * _NEAR]
    if len(close) >= _FEW:
        return common(close)
    bins = Counter(round(left) for left in lefts)
    few = [place for place, count in bins.items() if count >= max(_FEW, len(lefts) / 20)]
    return common([left for left in lefts if abs(left - min(few)) <= 1]) if few else Mm(0.0)


def common(values: Sequence[Mm]) -> Mm:
    """The value that most of them are close to; 0 where there are none."""
    bins = Counter(round(value * 4) for value in values)
    if not bins:
        return Mm(0.0)
    best = max(bins, key=lambda place: (bins[place], -place))
    return Mm(statistics.median(value for value in values if abs(value * 4 - best) <= 1))


def is_chinese(glyph: Glyph) -> bool:
    """Whether the glyph is a 汉字, not a mark."""
    return "㐀" <= glyph.text <= "鿿" or glyph.text >= "\U00020000"
