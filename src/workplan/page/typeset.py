"""Breaks titles and names of the official document into printed lines, for every format that prints pages.

The view keeps a title as its author wrote it; a web page or plain text prints it in one line. On paper it is broken between
words (GB/T 9704 7.3.1), and so is a name that its place cannot hold (7.3.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, cast

from workplan.chinese.characters import cells
from workplan.chinese.words import segment
from workplan.page import breaking, geometry, signature
from workplan.page.geometry import MastheadPlace
from workplan.page.masthead import fit as fit_masthead
from workplan.page.paragraph import GRIDS
from workplan.resources import fonts
from workplan.view.attached import list_label
from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.page.geometry import Head
    from workplan.page.masthead import Fitted
    from workplan.view.blocks import Official
    from workplan.view.sequence import Block

#: How many 字 of 22 pt a line of a title holds, and how many look well in one.
_TITLE_WIDEST, _TITLE_COMFORTABLE = 20.0, 18.0
#: 字 of 16 pt between signature and right edge: 右空四字 under a seal, 右空二字 without.
_SEALED, _UNSEALED = 4.0, 2.0
_LINE = 27.5
_PASSES = 4
_INDENT = 2.0  # 字 before a paragraph


def title_lines(title: Sequence[str], names: Iterable[str] = ()) -> tuple[str, ...]:
    """The printed lines of a title: as its author broke it, else broken between words, ``names`` kept whole."""
    if len(title) != 1:
        return tuple(title)
    return breaking.title(segment(title[0], names), _TITLE_WIDEST, _TITLE_COMFORTABLE)


def signature_lines(
    signatures: Sequence[Sequence[str]], date: str, *, seal: bool = True
) -> tuple[tuple[str, ...], ...]:
    """The printed lines of every signatory: as its author broke it, else broken between words where it is too long.

    Under a seal a name is centred on the date, whose right end keeps four 字 to the edge, so that no more than the date's
    width and eight 字 fit (7.3.5.1); without, it keeps two 字 to the right (7.3.5.2).
    """
    widest = min(cells(date) + 2 * _SEALED, _LINE) if seal and date else _LINE - _UNSEALED
    return tuple(breaking.name(segment(lines[0]), widest) if len(lines) == 1 else tuple(lines) for lines in signatures)


def masthead(official: Official) -> Fitted | None:
    """The masthead fitted to the page, a long name in two lines broken between words; None where there is none.

    It is fitted once and kept with the document, which nothing changes.
    """
    kept = vars(official)
    if "fitted" not in kept:
        kept["fitted"] = _fitted(official)
    return cast("Fitted | None", kept["fitted"])


def _fitted(official: Official) -> Fitted | None:
    if official.masthead is None or not official.masthead.names:
        return None
    one = fit_masthead(official.masthead, lines=1)
    if not one.may_break(official.setting.lines):
        return one
    return fit_masthead(official.masthead, words=segment(official.masthead.names[0]), lines=official.setting.lines)


@dataclass(frozen=True, slots=True)
class ListedAttachment:
    """A line of a 附件说明: the room in 字 before its first line, and before those it turns over to.

    ``lead`` is what begins the list (附件：), ``number`` what stands before the name (1.); only the first line has the lead.
    """

    text: str
    first: float
    turn: float
    address: str = ""
    lead: str = ""
    number: str = ""


def listed(official: Official, lines: Sequence[Block] | None = None) -> tuple[ListedAttachment, ...]:
    """附件说明, its turned-over lines under the first character of the name (GB/T 9704 7.3.4); the plan's own unless ``lines`` are."""
    rule = _rule(official)
    given = official.section("main").all(Role.LISTED) if lines is None else lines
    found: list[ListedAttachment] = []
    for line in given:
        assert isinstance(line, Paragraph)  # noqa: S101 - no table is a line of a list
        # What workplan puts before a name is its first run.
        label = line.runs[0].text
        own, number = list_label(label)
        lead = found[0].lead if found else own
        first = _INDENT + cells(lead) if found else _INDENT
        turn = first + rule.width(label) / rule.em
        found.append(
            ListedAttachment(text=line.printed, first=first, turn=turn, address=line.address, lead=lead, number=number)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Concessions:
    """What is given up so that pages come out right: first nothing, then what ``after`` finds wrong with the result.

    ``close``: signatures stand close together and to the text, of which one line with them is enough, so that text stays on
    the first page (GB/T 9704 7.3.3); where that is not enough (2), the masthead's blank lines are halved too.
    ``apart``: 版记, which no other page has room for, stands on the even page that follows (``next``), or on the one after
    it behind a blank page (``blank``), both then without numbers (7.5).
    ``below``: the room in points below each table, so that text after it stands on the grid again; every change of it moves
    other tables, which settles in few ``passes`` or not at all.
    """

    close: int = 0
    apart: Literal["", "next", "blank"] = ""
    below: tuple[float, ...] = ()
    passes: int = 0

    def after(self, outcome: LayoutOutcome) -> Concessions:
        """What to try next; the same where nothing is wrong or nothing more can be done."""
        apart = self.apart
        if outcome.imprint_alone and not apart:
            apart = "blank" if outcome.imprint_alone % 2 else "next"
        close = min(self.close + outcome.bare_first, 2)
        if not any(outcome.drift) or self.passes == _PASSES:
            return replace(self, close=close, apart=apart)
        below = self.below or (0.0,) * len(outcome.drift)
        room = tuple(round((own + off) % geometry.PITCH, 2) for own, off in zip(below, outcome.drift, strict=True))
        return Concessions(close, apart, room, self.passes + 1)


class LayoutOutcome(Protocol):
    """What became of a document laid out."""

    @property
    def bare_first(self) -> bool:
        """Whether the first page shows no text although the document has some."""

    @property
    def drift(self) -> tuple[float, ...]:
        """How far below where it stands the text after each table should be, in points."""

    @property
    def imprint_alone(self) -> int:
        """The number of the page that shows nothing but 版记; 0 where there is none."""


def context(official: Official, fit: Concessions) -> dict[str, object]:
    """What the template of the PDF sees beside the document itself: everything that had to be reckoned."""
    names = (*official.issuers, *official.names)
    fitted = masthead(official)
    seal = official.setting.seal

    def signed(signatures: Sequence[Sequence[str]], date: str) -> tuple[signature.SignatureRow, ...]:
        lines = signature_lines(signatures, date, seal=seal)
        return signature.rows(lines, date, _rule(official), seal=seal, close=fit.close > 0)

    return {
        "official": official,
        "fitted": fitted,
        "head": head(official, fitted, fit) if fitted else None,
        "listed": listed(official),
        "list_lines": lambda lines: listed(official, lines),
        "broken": lambda lines: title_lines(lines, names),
        "rows_of": signed,
        "pitch": geometry.PITCH,
        "turned": bool(official.attachments) and official.attachments[-1].is_wide,
        "wide": geometry.HEIGHT,
        "low": geometry.DOUBLE_TOP - geometry.TOP,
        "close": fit.close,
        "apart": fit.apart,
    }


def _rule(official: Official) -> signature.Ruler:
    grid = GRIDS[official.grid]
    advance = fonts.advances("仿宋", official.faces)
    return signature.Ruler(
        lambda text: sum(map(advance, text)) * grid.em + len(text) * grid.tracking, grid.em + grid.tracking
    )


def masthead_place(official: Official, fitted: Fitted) -> MastheadPlace:
    """Where the masthead's ink is."""
    lines = [line.text for line in fitted.lines]
    lines[-1] += "" if fitted.beside else fitted.suffix
    above, below = (fonts.blank(line, "小标宋", official.faces) for line in (lines[0], lines[-1]))
    placed = MastheadPlace(top=official.setting.top, size=fitted.size, lines=len(lines), over=above[0], under=below[1])
    # In the letter form the marks and the status stand below the rule, else above the mark, which makes room for them.
    return placed if official.setting.letter else placed.below(len(official.at_left))


def head(official: Official, fitted: Fitted, fit: Concessions | None = None) -> Head:
    """Where the parts of the first page stand."""
    setting = official.setting
    share = 0.5 if fit and fit.close > 1 else 1.0
    blanks = setting.number * share, setting.title * share, setting.text
    placed = masthead_place(official, fitted)
    if not setting.letter:
        return geometry.head(blanks, placed, len(official.at_left))
    # The marks and the status, the first of them beside 发文字号.
    return geometry.letter_head(blanks, placed, max(len(official.at_left), bool(official.number)))
