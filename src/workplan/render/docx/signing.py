"""附件说明, signature and date: where they stand depends on how long they are (GB/T 9704 7.3.4, 7.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.chinese.characters import cells, joints
from workplan.lengths import Em, Pt, Twips, em_to_pt, pt_to_twips, twips_to_pt
from workplan.page import attachment_list
from workplan.page.dimensions import CHARACTERS, LINES, MEASURE
from workplan.page.signature import Ruler, rows
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import LINE, PAST_EDGE
from workplan.render.docx.properties import indent, put, remove, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from workplan.page.signature import SignatureRow
    from workplan.page.typeset import ListedAttachment

NAME, DATE, NOTE, LIST = "落款", "成文日期", "附注", "附件说明"


#: The characters of a page. LibreOffice begins a paragraph that keeps with the next on a new page where its own page does not
#: hold it whole, so a longer one is left alone.
_LONGEST_KEPT = LINES * CHARACTERS


def arrange(paragraphs: list[tuple[_Element, str]], pitch: Twips, *, seal: bool, gap: Em) -> None:
    """Place every signature of the document with its date.

    ``pitch`` is the width of a 字 with the space after it; ``gap`` is between a digit and a 字.
    """
    ruler = Ruler(lambda text: em_to_pt(_width(text, gap), twips_to_pt(pitch)), twips_to_pt(pitch))
    for before, paragraph in _dates(paragraphs):
        if before not in (NAME, DATE):  # no name above it leaves room for a seal
            put(paragraph, "pPr", "spacing", before=(1 + seal) * LINE)
    for signatories, date in _signatures(paragraphs):
        names = [text_of(paragraph).split("\n") for paragraph in signatories]
        set_rows = rows(names, text_of(date) if date is not None else "", ruler, seal=seal)
        if not seal:
            _align_left(signatories, date, set_rows)
        elif len(set_rows) < sum(map(len, names)) + (date is not None):
            _side_by_side(signatories, date, set_rows, ruler)
        else:
            _centre(signatories, date, set_rows, ruler)


def hang(paragraph: _Element, pitch: Twips, line: ListedAttachment | None) -> None:
    """附件说明: a turned-over line begins under the first character of the name (7.3.4).

    ``line`` is what the paragraph says; None where its template says something else.
    """
    text = text_of(paragraph)
    lead, number = (line.lead, line.number) if line else attachment_list.label(text)
    first, turn = attachment_list.indents(lead, number, first=text.startswith(lead))
    indent(paragraph, left=_twips(turn, pitch), hanging=_twips(Em(turn - first), pitch))


def _twips(width: Em, pitch: Twips) -> Twips:
    return Twips(round(width * pitch))


def keep(paragraph: _Element) -> None:
    """Keep what stands before on the same page: signature and date never stand alone (7.3.5.5)."""
    before = paragraph.getprevious()
    if before is None:
        return
    if before.tag == f"{W}p" and len(text_of(before)) <= _LONGEST_KEPT:
        put(before, "pPr", "keepNext")
    elif before.tag == f"{W}tbl":
        table_rows = before.findall(f"{W}tr")
        for inside in table_rows[-1].iter(f"{W}p") if table_rows else ():
            put(inside, "pPr", "keepNext")


def _signatures(paragraphs: list[tuple[_Element, str]]) -> Iterator[tuple[list[_Element], _Element | None]]:
    """The names that stand together, and the date below them."""
    signatories: list[_Element] = []
    for paragraph, style in paragraphs:
        if style == NAME:
            signatories.append(paragraph)
        elif signatories:
            yield signatories, paragraph if style == DATE else None
            signatories = []
    if signatories:
        yield signatories, None


def _dates(paragraphs: list[tuple[_Element, str]]) -> Iterator[tuple[str, _Element]]:
    """Each date, with the style of the paragraph above it."""
    styles = ["", *(style for _, style in paragraphs)]
    for before, (paragraph, style) in zip(styles, paragraphs, strict=False):
        if style == DATE:
            yield before, paragraph


def _width(text: str, gap: Em) -> Em:
    """The width of a text, with the ``gap`` between digits and 字."""
    return Em(cells(text) + gap * len(joints(text)))


def _axis(row: SignatureRow, ruler: Ruler) -> Pt:
    """The middle of the only piece of a row, from the left edge."""
    return Pt(row.pieces[0].room + ruler.width(row.pieces[0].text) / 2)


def _centre(signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow], ruler: Ruler) -> None:
    """Centre the names on the date, which keeps its indent from the right edge."""
    place = 0
    for number, paragraph in enumerate(signatories):
        if number and set_rows[place].blank:
            _set_apart(paragraph, set_rows[place].blank)
        _centre_on(paragraph, _axis(set_rows[place], ruler))
        place += len(text_of(paragraph).split("\n"))
    if date is not None:
        _align_right(date, set_rows[-1], ruler)


def _align_right(date: _Element, row: SignatureRow, ruler: Ruler) -> None:
    """Place a date by its right end: a program that sets digits apart from 字 in the strict grid then makes it grow left."""
    right = Pt(MEASURE - row.pieces[0].room - ruler.width(row.pieces[0].text))
    indent(date, right=pt_to_twips(right))
    put(date, "pPr", "jc", val="right")


def _set_apart(paragraph: _Element, blank: int) -> None:
    """Put ``blank`` lines between two signatories; the style has none between names."""
    put(paragraph, "pPr", "spacing", before=blank * LINE)
    put(paragraph, "pPr", "contextualSpacing", val=0)


def _centre_on(paragraph: _Element, axis: Pt) -> None:
    indent(paragraph, left=Twips(max(0, pt_to_twips(Pt(2 * axis - MEASURE)))))
    put(paragraph, "pPr", "jc", val="center")


def _side_by_side(
    signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow], ruler: Ruler
) -> None:
    """Put signatories whose seals stand side by side on one line, each centred on a tab stop."""
    rest = list(signatories)
    for row in set_rows[: len(set_rows) - (date is not None)]:
        line, *others = rest[: len(row.pieces)]
        rest = rest[len(row.pieces) :]
        indent(line)
        put(line, "pPr", "jc", val="left")
        if row.blank:
            _set_apart(line, row.blank)
        stops, end = put(line, "pPr", "tabs"), 0.0
        for piece in row.pieces:
            width = ruler.width(piece.text)
            end += piece.room + width
            middle = pt_to_twips(Pt(end - width / 2))
            etree.SubElement(stops, f"{W}tab", {f"{W}val": "center", f"{W}pos": str(middle)})
        _tab(line)
        for other in others:
            _tab(other)
            line.extend(other.findall(f"{W}r"))
            remove(other)
    if date is not None:
        _align_right(date, set_rows[-1], ruler)


def _tab(paragraph: _Element) -> None:
    """Put a tab before the text of a paragraph."""
    first = paragraph.find(f"{W}r")
    if first is not None:
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}tab")
        first.addprevious(run)


def _align_left(signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow]) -> None:
    """Names and date aligned left, one blank line below the text (7.3.5.2)."""
    for number, paragraph in enumerate(signatories):
        indent(paragraph, left=pt_to_twips(set_rows[0].pieces[0].room))
        put(paragraph, "pPr", "jc", val="left")
        if not number:
            put(paragraph, "pPr", "spacing", before=LINE)
    if date is not None:
        indent(date, left=pt_to_twips(set_rows[-1].pieces[0].room), right=PAST_EDGE)
        put(date, "pPr", "jc", val="left")
