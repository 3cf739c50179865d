"""发文机关标志: its size, its narrowing and its place on the page, which depend on the names (GB/T 9704 7.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.page.geometry import MARK_LINE
from workplan.render.docx.markup import W
from workplan.render.docx.properties import put, set_columns, text_of
from workplan.resources.fonts import ASCENT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.page.geometry import MastheadPlace
    from workplan.page.masthead import Fitted

# In sizes of the mark's characters: its line, and the least that holds them whole; from their ink's upper edge to the line's end.
_HEIGHT, _LEAST, _DEEP = 1.1, 0.96, 0.97
_ROOM = 60  # twips
_BASE = 0.8  # of a line's height: where word processors put its baseline
_FRAMED = 20  # twips above the text block from which a mark needs a frame
_TEXT = 8844  # twips: 156 mm
_TWIPS = 1440 / 25.4  # to the millimetre


def is_lifted(room: float) -> bool:
    """Whether a mark so far (twips) below what stands above it needs a frame: no line can be pulled up out of the text block."""
    return room < -_FRAMED


def arrange(marks: list[_Element], fitted: Fitted, place: MastheadPlace, room: float) -> int:
    """Give the mark its size, and its upper edge ``room`` twips below what stands above it; where it ends, from there."""
    em = fitted.size * 20
    if is_lifted(room):
        lift(marks, fitted, place)
        return round(room + em * (MARK_LINE * (len(fitted.lines) - 1) + _DEEP))
    # A mark that stands at the very top of the text block has a lower line.
    height = max(_LEAST, min(_HEIGHT, room / em + _DEEP))
    push = max(0, round(room - (height - _DEEP) * em))
    _size(marks, fitted, height)
    table = next(marks[0].iterancestors(f"{W}tbl"), None) if marks else None
    if table is not None:
        _stack(table, fitted, push)
    elif marks:
        put(marks[0], "pPr", "spacing", before=push)
    return push + round(em * height) * len(fitted.lines)


def lift(marks: list[_Element], fitted: Fitted, place: MastheadPlace) -> None:
    """Stand the mark in a frame at its place on the page, out of the text's way."""
    em = fitted.size * 20
    _size(marks, fitted, MARK_LINE)
    top = round(place.top * _TWIPS - (_BASE * MARK_LINE - ASCENT + place.over) * em)
    table = next(marks[0].iterancestors(f"{W}tbl"), None) if marks else None
    if table is not None:
        _stack(table, fitted, 0)
        put(table, "tblPr", "tblpPr", vertAnchor="page", horzAnchor="page", tblpXSpec="center", tblpY=top)
        put(table, "tblPr", "tblOverlap", val="never")
        return
    height = round(em * MARK_LINE) * len(fitted.lines)
    for paragraph in marks:
        put(paragraph, "pPr", "framePr", w=_TEXT, h=height, hRule="exact", wrap="around", vAnchor="page",
            hAnchor="margin", xAlign="center", y=top)  # fmt: skip


def _size(marks: list[_Element], fitted: Fitted, height: float) -> None:
    """The mark's size, and the height of its lines in sizes of its characters."""
    spread = {line.text: line.spacing for line in fitted.lines} if fitted.beside else {}
    for paragraph in marks:
        text = text_of(paragraph)
        size = fitted.size
        if spread and text == fitted.suffix:
            size = fitted.suffix_size
            put(paragraph, "pPr", "jc", val="right")
        put(paragraph, "pPr", "spacing", line=round(size * 20 * height), lineRule="exact")
        for run in list(paragraph.iter(f"{W}r")):
            _squeeze(run, size, fitted.squeeze)
            if spread.get(text):
                _spread(run, spread[text] * fitted.squeeze)


def _squeeze(run: _Element, size: float, squeeze: float) -> None:
    # Rounded down: a mark that is a hair too wide would turn over.
    put(run, "rPr", "w", val=int(squeeze * 100))
    put(run, "rPr", "sz", val=int(size * 2))
    put(run, "rPr", "szCs", val=int(size * 2))


def _spread(run: _Element, points: float) -> None:
    """Room after each character but the last, which stands in a run of its own."""
    text = run.find(f"{W}t")
    if text is None or not text.text or len(text.text) < 2:  # noqa: PLR2004 - one character has nobody to stand off from
        return
    last = etree.fromstring(etree.tostring(run))
    last_text = last.find(f"{W}t")
    assert last_text is not None  # noqa: S101 - it is a copy of a run that has one
    last_text.text, text.text = text.text[-1], text.text[:-1]
    run.addnext(last)
    put(run, "rPr", "spacing", val=int(points * 20))


def _stack(table: _Element, fitted: Fitted, top: int) -> None:
    """Fit the borderless table of several names and 文件 to them, and push it down from the top of the text block."""
    widest = fitted.names * fitted.squeeze
    suffix = (fitted.width - fitted.names) * fitted.squeeze
    # The names get room that rounding cannot take, from the blank between them and 文件.
    columns = [round(widest * 20) + _ROOM, round(suffix * 20) - _ROOM]
    set_columns(table, columns)
    put(table, "tblPr", "tblW", w=sum(columns), type="dxa")
    margins = put(table, "tblPr", "tblCellMar")
    for old in margins.findall(f"{W}top"):
        margins.remove(old)
    margins.insert(0, etree.Element(f"{W}top", {f"{W}w": str(top), f"{W}type": "dxa"}))
