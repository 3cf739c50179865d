"""附件说明, signature and date: where they stand depends on how long they are (GB/T 9704 7.3.4, 7.3.5)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from workplan.chinese.characters import cells, is_word
from workplan.page.geometry import MEASURE
from workplan.page.signature import Ruler, rows
from workplan.render.docx.markup import W
from workplan.render.docx.properties import indent, put, remove, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from workplan.page.signature import SignatureRow
    from workplan.page.typeset import ListedAttachment

NAME, DATE, NOTE, LIST = "落款", "成文日期", "附注", "附件说明"

_LINE = 579
_PAST = -640  # twips
_GAP = 0.25  # 字 that word processors put between a digit and a 字 where they are let
_LISTED = re.compile(r"(附件：)?(\d+\.)?")


def arrange(paragraphs: list[tuple[_Element, str]], pitch: int, *, seal: bool, gaps: bool) -> None:
    """Set every signature of the document with its date.

    ``pitch`` is that of a 字 in twips; ``gaps`` says that digits stand off from 字.
    """
    em = pitch / 20
    rule = Ruler(lambda text: _wide(text, gaps=gaps) * em, em)
    for signatories, date in _signatures(paragraphs):
        names = [text_of(paragraph).split("\n") for paragraph in signatories]
        set_rows = rows(names, text_of(date) if date is not None else "", rule, seal=seal)
        if not seal:
            _flush(signatories, date, set_rows)
        elif len(set_rows) < sum(map(len, names)) + (date is not None):
            _side_by_side(signatories, date, set_rows, rule)
        else:
            _centre(signatories, date, set_rows, rule)


def hang(paragraph: _Element, pitch: int, line: ListedAttachment | None) -> None:
    """附件说明: a turned-over line begins under the first character of the name (7.3.4).

    ``line`` is what the paragraph says; None where its template says something else.
    """
    text = text_of(paragraph)
    found = _LISTED.match(text)
    lead, number = (line.lead, line.number) if line else ("附件：", (found and found[2]) or "")
    hanging = cells((lead if text.startswith(lead) else "") + number)
    left = 2 + cells(lead) + cells(number)
    indent(paragraph, left=round(left * pitch), hanging=round(hanging * pitch))


def keep(paragraph: _Element) -> None:
    """Keep what stands before on the same page: signature and date never stand alone (7.3.5.5)."""
    before = paragraph.getprevious()
    if before is None:
        return
    if before.tag == f"{W}p":
        put(before, "pPr", "keepNext")
    elif before.tag == f"{W}tbl":
        rows = before.findall(f"{W}tr")
        for inside in rows[-1].iter(f"{W}p") if rows else ():
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


def _wide(text: str, *, gaps: bool) -> float:
    """The width of a text in 字, with the room that digits keep from 字 where they do."""
    met = sum(is_word(one) != is_word(other) for one, other in pairwise(text))
    return cells(text) + (met * _GAP if gaps else 0)


def _axis(row: SignatureRow, rule: Ruler) -> float:
    """The middle of the only piece of a row, in points from the left edge."""
    return row.pieces[0].room + rule.width(row.pieces[0].text) / 2


def _centre(signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow], rule: Ruler) -> None:
    """Names about the middle of the date, which keeps its room to the right."""
    at = 0
    for number, paragraph in enumerate(signatories):
        if number and set_rows[at].blank:
            _apart(paragraph, set_rows[at].blank)
        _about(paragraph, _axis(set_rows[at], rule))
        at += len(text_of(paragraph).split("\n"))
    if date is not None:
        _range_right(date, set_rows[-1], rule)


def _range_right(date: _Element, row: SignatureRow, rule: Ruler) -> None:
    """A date by its right end: programs that set digits apart from 字 where the grid has no room let it grow to the left."""
    indent(date, right=round((MEASURE - row.pieces[0].room - rule.width(row.pieces[0].text)) * 20))
    put(date, "pPr", "jc", val="right")


def _apart(paragraph: _Element, blank: int) -> None:
    """Blank lines between two signatories; the style closes names up."""
    put(paragraph, "pPr", "spacing", before=blank * _LINE)
    put(paragraph, "pPr", "contextualSpacing", val=0)


def _about(paragraph: _Element, axis: float) -> None:
    indent(paragraph, left=max(0, round((2 * axis - MEASURE) * 20)))
    put(paragraph, "pPr", "jc", val="center")


def _side_by_side(
    signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow], rule: Ruler
) -> None:
    """Signatories whose seals stand side by side share a line, each centred on a tab stop."""
    rest = list(signatories)
    for row in set_rows[: len(set_rows) - (date is not None)]:
        line, *others = rest[: len(row.pieces)]
        rest = rest[len(row.pieces) :]
        indent(line)
        put(line, "pPr", "jc", val="left")
        if row.blank:
            _apart(line, row.blank)
        stops, end = put(line, "pPr", "tabs"), 0.0
        for piece in row.pieces:
            end += piece.room + rule.width(piece.text)
            middle = round((end - rule.width(piece.text) / 2) * 20)
            etree.SubElement(stops, f"{W}tab", {f"{W}val": "center", f"{W}pos": str(middle)})
        _tab(line)
        for other in others:
            _tab(other)
            line.extend(other.findall(f"{W}r"))
            remove(other)
    if date is not None:
        _range_right(date, set_rows[-1], rule)


def _tab(paragraph: _Element) -> None:
    """A tab before everything that the paragraph says."""
    first = paragraph.find(f"{W}r")
    if first is not None:
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}tab")
        first.addprevious(run)


def _flush(signatories: list[_Element], date: _Element | None, set_rows: Sequence[SignatureRow]) -> None:
    """Names and date ranged left, one blank line below the text (7.3.5.2)."""
    for number, paragraph in enumerate(signatories):
        indent(paragraph, left=round(set_rows[0].pieces[0].room * 20))
        put(paragraph, "pPr", "jc", val="left")
        if not number:
            put(paragraph, "pPr", "spacing", before=_LINE)
    if date is not None:
        # It may reach past the edge: programs that set digits apart from 字 all the same shall not turn it over.
        indent(date, left=round(set_rows[-1].pieces[0].room * 20), right=_PAST)
        put(date, "pPr", "jc", val="left")
