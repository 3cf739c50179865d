"""Breaks titles and names of the official document into printed lines, for every format that prints pages.

The view keeps a title as its author wrote it; a web page or plain text prints it in one line. On paper it is broken between
words (GB/T 9704 7.3.1), and so is a name that its place cannot hold (7.3.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, cast

from workplan.chinese import breaking
from workplan.chinese.characters import cells
from workplan.chinese.words import bound, segment
from workplan.lengths import Em, Pt, em_to_pt, pt_to_em
from workplan.page import attachment_list, geometry, signature
from workplan.page.dimensions import CHARACTERS, HEIGHT, PITCH, SEALED_INDENT, TOP, UNSEALED_INDENT
from workplan.page.geometry import DOUBLE_TOP, MastheadPlace
from workplan.page.grids import GRIDS
from workplan.page.masthead import fit as fit_masthead
from workplan.page.table_pages import TablePlan
from workplan.resources import fonts
from workplan.view.attached import list_label
from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.page.geometry import Head
    from workplan.page.masthead import Fitted
    from workplan.page.table_pages import PlacedTable
    from workplan.view.blocks import Official
    from workplan.view.sequence import Block

#: The longest line of a name: half a 字 less than a line of the text block.
_NAME_WIDEST = Em(CHARACTERS - 0.5)
#: Largest number of times that a document is laid out again to put its tables on pages, and the text below them on the grid.
_PASSES = 6
#: All that is given up for text on the first page; see ``Concessions``.
_MOST_CLOSE = 3


def title_lines(title: Sequence[str], names: Iterable[str] = (), body: str = "") -> tuple[str, ...]:
    """The printed lines of a title: as its author broke it, else broken between words.

    ``names`` are kept whole, and so are phrases that the text of the document (``body``) repeats, where that can be.
    """
    if len(title) != 1:
        return tuple(title)
    words = segment(title[0], names)
    return breaking.title(words, bound=bound(words, body))


def signature_lines(
    signatures: Sequence[Sequence[str]], date: str, *, seal: bool = True, body: str = ""
) -> tuple[tuple[str, ...], ...]:
    """The printed lines of every signatory: as its author broke it, else broken between words where it is too long.

    Under a seal a name is centred on the date, which keeps four 字 to the right edge, so that a name may be eight 字 wider
    than the date (7.3.5.1); without a seal it keeps two 字 to the right (7.3.5.2). Phrases that the text of the document
    (``body``) repeats are kept whole where that can be.
    """
    if seal and date:
        widest = Em(min(cells(date) + 2 * SEALED_INDENT, _NAME_WIDEST))
    else:
        widest = Em(_NAME_WIDEST - UNSEALED_INDENT)
    return tuple(_name_lines(lines, widest, body) for lines in signatures)


def _name_lines(lines: Sequence[str], widest: Em, body: str) -> tuple[str, ...]:
    if len(lines) != 1 or cells(lines[0]) <= widest:
        return tuple(lines)
    words = segment(lines[0])
    return breaking.name(words, widest, bound=bound(words, body))


def masthead(official: Official) -> Fitted | None:
    """The masthead fitted to the page, a long name in two lines broken between words; None where there is none.

    It is fitted once and kept with the document, which never changes.
    """
    kept = vars(official)
    if "fitted" not in kept:
        kept["fitted"] = _fitted(official)
    return cast("Fitted | None", kept["fitted"])


def _fitted(official: Official) -> Fitted | None:
    if official.masthead is None or not official.masthead.names:
        return None
    in_one_line = fit_masthead(official.masthead, lines=1)
    if not in_one_line.may_break(official.setting.lines):
        return in_one_line
    return fit_masthead(official.masthead, words=segment(official.masthead.names[0]), lines=official.setting.lines)


@dataclass(frozen=True, slots=True)
class ListedAttachment:
    """An entry of the 附件说明: the space before its ``first`` line, and before those that it turns over to (``turn``).

    ``lead`` is what begins the list (附件：), ``number`` what stands before the name (1.); only the first line has the lead.
    """

    text: str
    first: Em
    turn: Em
    address: str = ""
    lead: str = ""
    number: str = ""


def listed(official: Official, lines: Sequence[Block] | None = None) -> tuple[ListedAttachment, ...]:
    """附件说明, its turned-over lines under the first character of the name (GB/T 9704 7.3.4); the plan's own unless ``lines`` are."""
    ruler = _ruler(official)

    def width(text: str) -> Em:
        return pt_to_em(ruler.width(text), ruler.pitch)

    given = official.section("main").all(Role.LISTED) if lines is None else lines
    found: list[ListedAttachment] = []
    for line in given:
        assert isinstance(line, Paragraph)  # noqa: S101 - no table is a line of a list
        # What workplan puts before a name is its first run.
        own, number = list_label(line.runs[0].text)
        lead = found[0].lead if found else own
        first, turn = attachment_list.indents(lead, number, first=not found, width=width)
        found.append(
            ListedAttachment(text=line.printed, first=first, turn=turn, address=line.address, lead=lead, number=number)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Concessions:
    """What is given up so that pages come out right: nothing at first, then what ``after`` finds wrong with the result.

    ``close``: signatures stand close to each other and to the text, and one line of text with them is enough, so that text
    stays on the first page (GB/T 9704 7.3.3). Where that does not help (2), the masthead's blank lines are halved instead, and
    signatures keep the room of their seals; where that is not enough (3), both.
    ``apart``: 版记, for which the last page has no room or which would not stand on an even one there, has the page that follows
    (``next``), or the one after that behind a blank page (``blank``), both without numbers in that case (7.5).
    ``below``: the space below each table that brings the text after it back to the grid. A change to one moves the other
    tables; ``passes`` counts the changes, which settle soon or not at all. ``tables`` are the plans of those that need one.
    """

    close: int = 0
    apart: Literal["", "next", "blank"] = ""
    below: tuple[Pt, ...] = ()
    passes: int = 0
    tables: tuple[TablePlan, ...] = ()

    @property
    def signed_close(self) -> bool:
        """Whether signatures stand close to each other and to the text."""
        return self.close % 2 > 0

    def after(self, outcome: LayoutOutcome) -> Concessions:
        """What to try next; the same where nothing is wrong or nothing more can be done."""
        plans = self.tables or (TablePlan(),) * len(outcome.tables)
        tables = tuple(plan.after(table) for plan, table in zip(plans, outcome.tables, strict=True))
        if tables != plans and self.passes < _PASSES:  # how all else comes out depends on it
            return replace(self, tables=tables, passes=self.passes + 1, apart="")
        close, below, passes = min(self.close + outcome.bare_first, _MOST_CLOSE), self.below, self.passes
        if any(outcome.drift) and passes < _PASSES:
            before = below or (Pt(0.0),) * len(outcome.drift)
            moved = zip(before, outcome.drift, strict=True)
            below, passes = tuple(Pt(round((space + drift) % PITCH, 2)) for space, drift in moved), passes + 1
        settled = (close, below, passes) == (self.close, self.below, self.passes)
        # Where 版记 stands is seen when the text before it stands.
        apart = self._apart(outcome.imprint) if settled else ""
        return replace(self, close=close, below=below, passes=passes, apart=apart)

    def _apart(self, placed: PlacedImprint) -> Literal["", "next", "blank"]:
        """Where 版记 stands, which stood on its page so far."""
        behind = placed.page - placed.text
        if not placed.page or (not behind and (placed.page % 2 == 0 or placed.anywhere)):
            return self.apart
        even = placed.anywhere or (placed.text + 1) % 2 == 0
        return "next" if even else "blank"


@dataclass(frozen=True, slots=True)
class PlacedImprint:
    """The number of the page with 版记 (0 for none), and that of the last page with anything else; whether it may be ``anywhere``."""

    page: int
    text: int
    anywhere: bool = False


class LayoutOutcome(Protocol):
    """How a document came out when it was laid out."""

    @property
    def bare_first(self) -> bool:
        """Whether the first page shows no text although the document has some."""

    @property
    def drift(self) -> tuple[Pt, ...]:
        """How far the text after each table must move down to stand on the grid."""

    @property
    def tables(self) -> tuple[PlacedTable, ...]:
        """Where each table stands."""

    @property
    def imprint(self) -> PlacedImprint:
        """Where 版记 stands."""


def context(official: Official, fit: Concessions) -> dict[str, object]:
    """What the template of the PDF sees beside the document itself: everything that had to be computed."""
    names = (*official.issuers, *official.names)
    fitted = masthead(official)

    def rows_of(signatures: Sequence[Sequence[str]], date: str) -> tuple[signature.SignatureRow, ...]:
        return signature_rows(official, signatures, date, close=fit.signed_close)

    return {
        "official": official,
        "fitted": fitted,
        "head": head(official, fitted, fit) if fitted else None,
        "listed": listed(official),
        "list_lines": lambda lines: listed(official, lines),
        "broken": lambda lines: title_lines(lines, names, official.body),
        "rows_of": rows_of,
        "pitch": PITCH,
        "turned": bool(official.attachments) and official.attachments[-1].is_wide,
        "wide": HEIGHT,
        "low": DOUBLE_TOP - TOP,
        "close": fit.signed_close,
        "apart": fit.apart,
    }


def signature_rows(
    official: Official, signatures: Sequence[Sequence[str]], date: str, *, close: bool = False
) -> tuple[signature.SignatureRow, ...]:
    """The lines of signatures and date, as the author broke the names; ``close`` as in ``signature.rows``."""
    seal = official.setting.seal
    lines = signature_lines(signatures, date, seal=seal, body=official.body)
    return signature.rows(lines, date, _ruler(official), seal=seal, close=close)


def _ruler(official: Official) -> signature.Ruler:
    """Measures texts of the body as the PDF sets them."""
    grid = GRIDS[official.grid]
    advance = fonts.advances("仿宋", official.faces)

    def width(text: str) -> Pt:
        return Pt(em_to_pt(Em(sum(map(advance, text))), grid.size) + len(text) * grid.tracking)

    return signature.Ruler(width, grid.pitch)


def masthead_place(official: Official, fitted: Fitted) -> MastheadPlace:
    """Where the masthead's ink is."""
    lines = [line.text for line in fitted.lines]
    lines[-1] += "" if fitted.beside else fitted.suffix
    first, last = (fonts.blank(line, "小标宋", official.faces) for line in (lines[0], lines[-1]))
    place = MastheadPlace(
        top=official.setting.top, size=fitted.size, lines=len(lines), blank_above=first[0], blank_below=last[1]
    )
    # In the letter form the marks and the status stand below the rule, else above the masthead, which makes room for them.
    return place if official.setting.letter else place.below(len(official.at_left))


def head(official: Official, fitted: Fitted, fit: Concessions | None = None) -> Head:
    """Where the parts of the first page stand."""
    setting = official.setting
    share = 0.5 if fit and fit.close > 1 else 1.0
    blanks = setting.number * share, setting.title * share, setting.text
    place = masthead_place(official, fitted)
    if not setting.letter:
        return geometry.head(blanks, place, len(official.at_left))
    # The marks and the status, the first of them beside 发文字号.
    return geometry.letter_head(blanks, place, max(len(official.at_left), bool(official.number)))
