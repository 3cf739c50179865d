"""On which page a document ends, as far as its texts tell before any program sets them.

A Word document says where 版记 stands, not on which page: whether that is an even one with room for it has to be known when the
file is written. The lines are those of the PDF, tables are estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, pairwise, repeat, takewhile
from math import ceil
from typing import TYPE_CHECKING, Literal

from workplan.chinese.characters import cells, is_within_sentence
from workplan.lengths import Em, Pt, Twips, pt_to_twips
from workplan.page import typeset
from workplan.page.dimensions import HEIGHT, LINES, MEASURE, PITCH, SMALL
from workplan.page.grids import GRIDS
from workplan.page.paragraph import compose
from workplan.page.table_pages import PlacedTable, TablePlan
from workplan.render.docx import table_rows
from workplan.view.sequence import Paragraph, Role, Table

if TYPE_CHECKING:
    from workplan.view.blocks import Official
    from workplan.view.section import Group, Section

#: The lines of text that stay with a signature.
_WITH_SIGNATURE = 2
#: The lines of a last paragraph that may stay with a signature where not all do, the best first.
_SPLITS = (2, 3, 4, 1)
#: By how many lines the end of a text may stand elsewhere than is estimated.
_ASTRAY = 2
#: The line of 版记.
_IMPRINT_LINE = Pt(24.0)
#: The width of 抄送 and how far its further lines are indented, in 字 of 四号.
_COPIES_WIDTH, _COPIES_TURN = MEASURE / SMALL - 2, 3.0
#: Texts that stand in a line each, with a blank one below the last.
_TITLES = ("subtitle", "speaker", "number")


@dataclass(frozen=True, slots=True)
class Ending:
    """The last paragraph before a signature, or what stands with one: by the ``address`` of its first element.

    ``kept`` is the place of the first of its characters that stay with the signature: 0 where all of them do, None where enough of
    them do by themselves. ``close`` says that the signature stands close to the text, so that that stays on the first page; see
    ``typeset.Concessions``.
    """

    address: str
    kept: int | None
    close: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a document ends: the number of its last page with text and the number of lines on it.

    ``turned`` says that the last page is. ``endings`` are the paragraphs before its signatures.
    """

    page: int
    line: int
    turned: bool
    endings: tuple[Ending, ...] = ()

    def imprint(self, official: Official) -> Literal["", "next", "blank"]:
        """Where 版记 stands: on the last page, on the next, or behind a blank page; see ``typeset.Concessions``."""
        free = official.setting.onesided
        room = (LINES - self.line) * PITCH >= _imprint_height(official)
        if room and not self.turned and (free or self.page % 2 == 0):
            return ""
        return "next" if free or self.page % 2 else "blank"


def of(official: Official) -> Extent:
    """Where a document ends."""
    walk = _Walk(official)
    for section in official.sections:
        if section.kind not in {"head", "imprint"}:
            walk.section(section)
    return Extent(walk.page, walk.line, walk.turned, tuple(walk.endings))


def first_page(official: Official) -> typeset.Concessions:
    """What is given up so that the first page shows some text below a crowded head (GB/T 9704 7.3.3)."""
    walk, fitted = _Walk(official), typeset.masthead(official)
    section = next((one for one in official.sections if one.kind not in {"head", "imprint"}), None)
    if fitted is None or section is None:
        return typeset.Concessions()
    head = typeset.head(official, fitted)
    walk.line = head.begins + round(head.text / PITCH) - 1
    for group in section.groups:
        if group.name == "body":
            headings = takewhile(lambda one: isinstance(one, Paragraph) and one.is_heading, group.blocks)
            walk.line += sum(walk.count(one, Em(2.0)) for one in headings if isinstance(one, Paragraph))
            break
        walk.group(group, [])
    return typeset.Concessions(close=2 if walk.page > 1 or walk.line >= LINES else 0)


def _imprint_height(official: Official) -> float:
    issued = bool(official.section("imprint").all(Role.OFFICE, Role.ISSUED))
    return (len(_copies(official)) + issued) * _IMPRINT_LINE


def copies_wider(official: Official) -> Pt:
    """How much wider the lines of 抄送 need to be for the marks that the PDF squeezes in them, which no Word document can.

    LibreOffice hangs no mark there, and a name that turns over takes a line, and 版记 a page.
    """
    rooms = chain([_COPIES_WIDTH], repeat(_COPIES_WIDTH - _COPIES_TURN))
    over = (cells(line) - room for line, room in zip(_copies(official), rooms, strict=False))
    return Pt(max(over, default=0.0) * SMALL)


def _copies(official: Official) -> list[str]:
    """The lines of 抄送 as the PDF has them."""
    text = "".join(one.printed for one in official.section("imprint").all(Role.COPIES))
    measure = Pt((_COPIES_WIDTH - _COPIES_TURN) * SMALL)
    grid = replace(GRIDS[official.grid], size=SMALL, tracking=Pt(0.0), measure=measure)
    starts = [one.start for one in compose(text, grid, Em(-_COPIES_TURN))] if text else []
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


class _Walk:
    """Goes through a document line by line."""

    def __init__(self, official: Official) -> None:
        self.official = official
        self.grid = GRIDS[official.grid]
        self.page, self.line = 1, 0
        self.turned = False
        self.heads = 0  # lines of headings right above
        self.text = 0  # lines of the paragraph right above
        self.last: Paragraph | None = None  # that paragraph
        self.from_page = 0  # the page that it begins on; 0 where that is not sure
        self.tables = False
        self.texts = 0  # paragraphs of the section that are no headings
        self.endings: list[Ending] = []
        self.held = 0  # lines of what must stand with the text
        self.begun = False

    def section(self, section: Section) -> None:
        """Go to the end of a section."""
        if self.begun:
            self.page, self.line = self.page + 1, 0
        self.turned = section.is_wide
        if section.kind == "main" and self.official.notice and section.all(Role.TITLE) and not self.official.label:
            self.line = 2
        self.last, self.tables, self.texts = None, False, 0
        groups = section.groups
        first = not self.begun
        self.begun = True
        fitted = typeset.masthead(self.official)
        head = typeset.head(self.official, fitted) if fitted and first else None
        self.line += head.begins if head else 0
        for place, group in enumerate(groups):
            self.group(group, [one.name for one in groups[place + 1 :]])
            if group.name == "title" and head:
                self.line += round(head.text / PITCH) - 1

    def group(self, group: Group, following: list[str]) -> None:
        """Go to the end of a group, behind which others of these names are ``following``."""
        paragraphs = [one for one in group.blocks if isinstance(one, Paragraph)]
        if group.name == "title":
            names = (*self.official.issuers, *self.official.names)
            self._lines(len(typeset.title_lines(paragraphs[0].lines, names, self.official.body)) + 1)
        elif group.name in _TITLES:
            self._lines(len(paragraphs))
        elif group.name == "label":
            self._lines(2)
        elif group.name == "body":
            for block in group.blocks:
                self._table(block) if isinstance(block, Table) else self._paragraph(block)
        elif group.name in {"list", "signed", "note"}:
            self._together(self._height(group), {*following} & {"list", "signed", "note"})
        else:
            self._lines(sum(self.count(one, Em(0.0)) for one in paragraphs))

    @property
    def _most(self) -> int:
        return int(MEASURE / PITCH) if self.turned else LINES

    def count(self, paragraph: Paragraph, first: Em) -> int:
        """The number of lines of a paragraph whose first one begins with some room."""
        grid = replace(self.grid, measure=HEIGHT) if self.turned else self.grid
        return max(len(compose(paragraph.printed, grid, first)), 1)

    def _lines(self, count: int) -> None:
        self.line += count
        while self.line > self._most:
            self.page, self.line = self.page + 1, self.line - self._most

    def _paragraph(self, paragraph: Paragraph) -> None:
        if self.heads and self.line >= self._most and not self.official.setting.free:
            self.page, self.line = self.page + 1, self.heads
        self.text = self.count(paragraph, Em(2.0))
        self.last = paragraph
        self.texts += not paragraph.is_heading
        self.from_page = 0 if self.tables else self.page + (self.line >= self._most)
        self._lines(self.text)
        self.heads = self.heads + self.text if paragraph.is_heading else 0

    def _height(self, group: Group) -> int:
        """The lines of what stands below a text."""
        paragraphs = [one for one in group.blocks if isinstance(one, Paragraph)]
        if group.name == "note":
            return sum(self.count(one, Em(2.0)) for one in paragraphs)
        if group.name == "list":
            return 1 + sum(self.count(one, Em(2.0)) for one in paragraphs)
        names = [one.lines for one in paragraphs if one.role is Role.SIGNATURE]
        date = "".join(one.printed for one in paragraphs if one.role is Role.DATE)
        rows = typeset.signature_rows(self.official, names, date)
        return 1 + self.official.setting.seal + sum(1 + row.blank for row in rows)

    def _together(self, count: int, following: set[str]) -> None:
        """What stays with the last lines of the text; ``following`` names what stays with it in turn."""
        self.held += count
        if following:
            return
        over = self.line + self.held - self._most
        # Nothing else stands on the first page that could stay there.
        bare = over > 0 and self.texts == self.page == 1 and self.text <= _WITH_SIGNATURE
        close = bare and self.official.setting.seal
        self.held -= close
        over -= close
        if self.last is not None:
            kept = self._kept(self.last, over, bare=bare)
            self.endings.append(Ending(self.last.elements[0].address, kept, close))
        if over > 0:
            self.page, self.line = self.page + 1, 1 if bare else min(_WITH_SIGNATURE, self.text)
        self._lines(self.held)
        self.held = 0

    def _kept(self, paragraph: Paragraph, over: int, *, bare: bool) -> int | None:
        """From which character on the last paragraph stays with the signature below it; see ``Ending``.

        ``over`` is the number of lines for which the page has no room, ``bare`` says that the paragraph is all its text.
        """
        alone = bare and over > 0
        if alone:
            pass
        elif self.text <= _WITH_SIGNATURE or (over <= -_ASTRAY and self.from_page == self.page):
            return 0
        elif over <= 0 and self.from_page and self.line > _WITH_SIGNATURE + _ASTRAY and self.from_page < self.page:
            return None
        # Word documents set every text as wide as the strict grid.
        starts = [one.start for one in compose(paragraph.printed, GRIDS["strict"], Em(2.0))]
        ways = (starts[-count] for count in (_SPLITS[-1:] if alone else _SPLITS) if count < len(starts))
        return next((at for at in ways if is_within_sentence(paragraph.printed, at)), None if alone else 0)

    def _table(self, table: Table) -> None:
        self.tables, self.last = True, None
        width, height = (HEIGHT, MEASURE) if self.turned else (MEASURE, HEIGHT)
        columns = [Twips(round(pt_to_twips(width) * share)) for share in table.widths]
        heights = table_rows.heights(table, columns)
        placed = PlacedTable(
            top=Pt(self.line * PITCH), room=height, behind_text=self.line > self.heads, starts=(), heights=heights
        )
        plan = TablePlan().after(placed)
        rows = plan.pages[-1] if plan.pages else ()
        used = (
            sum(heights.row(one.row, one.start, one.end) for one in rows)
            if rows
            else sum(map(heights.row, range(heights.rows)))
        )
        behind = 0 if plan.moved or len(plan.pages) > 1 else self.line
        self.page += len(plan.pages) - 1 + plan.moved if plan.pages else plan.moved
        self.line = behind + ceil((used + heights.header + 12) / PITCH)
        self.heads = self.text = 0
