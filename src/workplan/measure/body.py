"""Finds the parts of an official document on its pages: masthead's rule, titles, body text, page numbers."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, pt_to_mm
from workplan.measure import ink, tables
from workplan.measure.margins import Margins, margins
from workplan.measure.standard import BOTTOM, LEFT, LETTER_LEAST, WIDTH
from workplan.page.dimensions import BODY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from workplan.measure.asked import CharacterGrid
    from workplan.measure.ink import Rule
    from workplan.measure.page import Glyph, GlyphLine, Page

#: Characters that are used for the dashes of a page number.
DASHES = "—–－―─-‐‑−"
_FOLIO = re.compile(
    rf"[{re.escape(DASHES)}·]{{0,2}}\d{{1,4}}[{re.escape(DASHES)}·]{{0,2}}|第\d{{1,4}}页([,，]?共\d{{1,4}}页)?|\d{{1,4}}/\d{{1,4}}"
)
_DASHED = re.compile(rf"[{re.escape(DASHES)}]\d{{1,4}}[{re.escape(DASHES)}]")
#: A line below this share of the page's height may be its number even where the text block should be.
_FOOT = 0.85
#: 发文字号; a line of its own. The standard's brackets are 〔〕, others are found as well.
_NUMBER = re.compile(r".{1,20}[〔\[［(（【]\d{4}[〕\]］)）】]第?\d{1,5}号")
_IMPRINT = re.compile(r"(主送|抄送|抄报|分送|印送)[:：].*|.*日印发")
#: Greatest distance of a line of the 版记 below the text block; the page number is further below.
BELOW = Mm(5.0)
#: Greatest difference in size from the body text of a line that belongs to it.
_ALIKE = Pt(0.8)
#: Titles are larger than the body text by more than this.
_LARGER = Pt(2.5)
#: Greatest distance of a title's middle from that of the page or its text block.
_CENTRED = Mm(8.0)
#: Greatest difference between the pitch that single lines show and that of a whole page, if they stand on a grid.
_ONE_PITCH = Mm(0.15)
#: Gaps between baselines that can be a line pitch: 14 to 38 pt.
_GAPS = (Mm(5.0), Mm(13.5))
#: The line pitch that is assumed where too few lines show it.
ASSUMED_PITCH = pt_to_mm(Pt(30))
#: Distance below the text block of a letter's first page from which a line belongs to the second rule.
_LOWEST = Mm(3.0)
#: Height from which the red rule is looked for: above any masthead.
_FIRST = Mm(20)
#: Above this height a printed masthead, which begins at 72 mm, leaves no room for a number.
_PRINTED_HEAD = Mm(90)
#: The share of the page's height in which the head is looked for.
_HEAD = 2 / 3
#: A text block whose edge is further than this from where it should be has been laid out by other figures.
_ELSEWHERE = Mm(2.0)
#: Least width of a line of running text, and number of them by which the size of the text is known: cells of tables are narrow.
_RUNNING, _ENOUGH = Mm(105.0), 3


@dataclass(frozen=True, slots=True)
class GridRun:
    """Body lines of one page on one grid: no line of another kind is between them."""

    page: int
    lines: tuple[GlyphLine, ...]
    is_first: bool

    def slots(self, pitch: Mm) -> tuple[int, ...]:
        """The number of the grid's line on which each of them stands, the first on 0; ``pitch`` is not 0."""
        return tuple(round((line.baseline - self.lines[0].baseline) / pitch) for line in self.lines)

    def phase(self, pitch: Mm) -> Mm:
        """The first baseline of the grid that fits them best."""
        pairs = zip(self.lines, self.slots(pitch), strict=True)
        return Mm(statistics.median(line.baseline - slot * pitch for line, slot in pairs))


@dataclass(frozen=True, slots=True)
class MeasuredDocument:
    """The pages with their parts.

    ``size`` is that of the body text; ``rule`` is the red rule of the head; ``number`` is 发文字号 where no rule is printed
    (套红: the paper has it); ``head`` has the lines between the rule and the title of a letter (10.1); ``pitch`` is the line
    pitch, 0 where too few lines show it; ``grid`` is what a DOCX says of its character grid, None where it has none.
    """

    pages: tuple[Page, ...]
    size: Pt
    rule: Rule | None
    number: GlyphLine | None
    head: tuple[GlyphLine, ...]
    titles: tuple[GlyphLine, ...]
    runs: tuple[GridRun, ...]
    folios: tuple[GlyphLine, ...]
    pitch: Mm
    margins: Margins
    grid: CharacterGrid | None = None

    @property
    def is_letter(self) -> bool:
        """Whether the head is that of the letter form (信函)."""
        return _is_letter(self.rule)

    def edges(self, page: int) -> tuple[Mm, Mm]:
        """The edges of the text block, where page numbers stand by them: as they are if they are quite elsewhere than asked."""
        left, right = self.margins.left(page), Mm(self.margins.left(page) + WIDTH)
        if self.grid is not None:
            return left, right
        flush, end = self.margins.flush(page), self.right(page)
        return flush if abs(flush - left) > _ELSEWHERE else left, end if abs(end - right) > _ELSEWHERE else right

    def right(self, page: int) -> Mm:
        """The right edge of the text: of most full lines, or as the standard asks."""
        if self.margins.width:
            return Mm(self.margins.flush(page) + self.margins.width)
        return Mm(self.margins.left(page) + WIDTH)


def recognised(pages: tuple[Page, ...], grid: CharacterGrid | None = None) -> MeasuredDocument:
    """The parts of a document."""
    upright = [page for page in pages if page.is_upright]
    lines = [line for page in upright for line in page.lines]
    apart = tables.in_cells(upright) | frozenset(imprint_lines(pages)[1])
    size = _body_size([line for line in lines if line not in apart] or lines)
    rule = _red_rule(pages[0]) if pages and pages[0].is_upright and not pages[0].is_scan else None
    folios = tuple(line for page in upright for line in page.lines if _is_folio(line, page))
    numbers = frozenset(folios)
    below = [line for line in lines if line not in numbers and not _above(line, rule) and not line.main.is_red]
    number = _number(pages[0], below, size) if pages and rule is None else None
    below = [line for line in below if number is None or line.page > 1 or line.baseline > number.baseline]
    titles = tuple(line for line in below if _is_title(line, pages[line.page - 1], size))
    head = frozenset(line for line in below if _is_letter(rule) and titles and _before(line, titles[0]))
    body = [line for line in below if line not in head and not (_is_letter(rule) and _is_lowest(line))]
    runs = tuple(run for number_, group in _by_page(body) for run in _runs(number_, group, size, apart))
    pitch = _pitch(runs)
    return MeasuredDocument(
        pages=pages,
        size=size,
        rule=rule,
        number=number,
        head=tuple(line for line in below if line in head),
        titles=titles,
        runs=runs,
        folios=folios,
        pitch=pitch,
        margins=margins(runs, folios, size, pitch),
        grid=grid,
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


def _is_folio(line: GlyphLine, page: Page) -> bool:
    """Whether a line is the page number: below the text block, or with dashes as the last line of a shorter page."""
    if line.baseline > max(BOTTOM, _FOOT * page.height):
        return _FOLIO.fullmatch(line.text) is not None
    return line is page.lines[-1] and line.baseline > _FOOT * page.height and _DASHED.fullmatch(line.text) is not None


def _is_title(line: GlyphLine, page: Page, size: Pt) -> bool:
    """Whether a line is larger than the text and centred, on the page or in the text block."""
    middle = (line.left + line.right) / 2
    centred = min(abs(middle - page.width / 2), abs(middle - LEFT - WIDTH / 2)) < _CENTRED
    return line.size > size + _LARGER and centred


def _number(page: Page, below: Iterable[GlyphLine], size: Pt) -> GlyphLine | None:
    """发文字号 on a first page without a rule: the title follows it at once, while on web pages it comes first."""
    head = [line for line in below if line.page == 1 and line.baseline < _HEAD * page.height]
    for line, next_ in pairwise(head):
        if _is_title(line, page, size):
            return None
        if _NUMBER.fullmatch(line.text) and _is_title(next_, page, size) and line.baseline > _PRINTED_HEAD:
            return line
    return None


def _body_size(lines: Iterable[GlyphLine]) -> Pt:
    """The size of most 字, to a quarter of a point: of those in running text if there is any."""
    every = list(lines)
    running = [line for line in every if line.right - line.left > _RUNNING and not _has_gaps(line)]
    counted = running if len(running) >= _ENOUGH else every
    sizes = Counter(round(glyph.size * 4) / 4 for line in counted for glyph in line.glyphs if glyph.is_wide)
    return Pt(max(sizes, key=lambda size: (sizes[size], size), default=BODY))


def _has_gaps(line: GlyphLine) -> bool:
    """Whether the line has gaps as between the cells of a table."""
    widest = 2 * pt_to_mm(line.size)
    return any(next_.x - one.right > widest for one, next_ in pairwise(line.glyphs))


def imprint_lines(pages: Sequence[Page]) -> tuple[Page | None, Sequence[GlyphLine]]:
    """The last page with a 版记, and the lines from the first one that is known to be part of it."""
    for page in reversed(pages):
        lines = [line for line in page.lines if line.baseline < BOTTOM + BELOW]
        starts = [place for place, line in enumerate(lines) if _IMPRINT.fullmatch(line.text)]
        if starts and page.is_upright:
            return page, lines[starts[0] :]
    return None, ()


def _red_rule(page: Page) -> Rule | None:
    """The red rule of the head: the first in the upper two thirds; a letter has one directly below its mark."""
    return next(iter(ink.rules(page, _FIRST, Mm(page.height * _HEAD), red=True)), None)


def _by_page(lines: Iterable[GlyphLine]) -> Iterator[tuple[int, list[GlyphLine]]]:
    return ((page, list(group)) for page, group in groupby(lines, key=lambda line: line.page))


def _runs(page: int, lines: Sequence[GlyphLine], size: float, apart: Collection[GlyphLine]) -> Iterator[GridRun]:
    """The body lines of a page, separated where a line of another kind is between them: of another size, or ``apart``."""
    group: list[GlyphLine] = []
    first = page > 1
    for line in (line for line in lines if line.baseline < BOTTOM + _GAPS[1]):
        if abs(line.size - size) <= _ALIKE and line not in apart:
            group.append(line)
            continue
        if group:
            yield GridRun(page, tuple(group), first)
        group, first = [], False
    if group:
        yield GridRun(page, tuple(group), first)


def _pitch(runs: Sequence[GridRun]) -> Mm:
    """The line pitch of most of the text; 0 where there is none."""
    gaps = [gap for run in runs for gap in _steps(run.lines) if _GAPS[0] < gap < _GAPS[1]]
    if not gaps:
        return Mm(0.0)
    about = Mm(statistics.median(gaps))
    spans = [(run.lines[-1].baseline - run.lines[0].baseline, run.slots(about)[-1]) for run in runs]
    longest = max(slots for _, slots in spans)
    fine = Mm(statistics.median(span / slots for span, slots in spans if slots and slots >= longest / 2))
    return fine if abs(fine - about) < _ONE_PITCH else about


def _steps(lines: Sequence[GlyphLine]) -> Iterator[float]:
    return (next_.baseline - one.baseline for one, next_ in pairwise(lines))


def is_chinese(glyph: Glyph) -> bool:
    """Whether the glyph is a 汉字, not a mark."""
    return "㐀" <= glyph.text <= "鿿" or glyph.text >= "\U00020000"
