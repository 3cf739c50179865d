"""发文机关标志: its size, its narrowing and its place on the page, which depend on the names (GB/T 9704 7.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.lengths import Em, Pt, Twips, em_to_pt, mm_to_pt, pt_to_twips, pt_to_twips_down
from workplan.page.dimensions import WORD_BASELINE
from workplan.page.geometry import MARK_LINE
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import MASTHEAD_LINE, TEXT_WIDTH, half_points
from workplan.render.docx.properties import put, set_columns, text_of
from workplan.resources.fonts import ASCENT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.page.geometry import MastheadPlace
    from workplan.page.masthead import Fitted

#: The lowest line that holds the mark whole, in multiples of its size.
_LOWEST_LINE = 0.96
#: From the upper edge of the mark's ink to its baseline.
_INK_TO_BASELINE = Em(0.75)
#: Width that the column of several names gets from the column of 文件, so that rounding cannot turn a name over.
_SPARE = Twips(60)
#: How far above the text block a mark may begin without a frame.
_UNFRAMED = Pt(1.0)


def is_lifted(room: Pt) -> bool:
    """Whether a mark with ``room`` below what stands above it needs a frame: no line can leave the text block at its top."""
    return room < -_UNFRAMED


def arrange(marks: list[_Element], fitted: Fitted, place: MastheadPlace, room: Pt) -> Twips:
    """Set the mark's size and put the upper edge of its ink ``room`` below what stands above it.

    Returns the lower edge of the mark's last line, from the same height.
    """
    size, count = fitted.size, len(fitted.lines)
    if is_lifted(room):
        lift(marks, fitted, place)
        return pt_to_twips(Pt(room + size * (MARK_LINE * (count - 1) + _ink_to_end(MASTHEAD_LINE))))
    # Several lines are as far apart as in the PDF; a mark at the very top of the text block has a lower line.
    highest = MARK_LINE if count > 1 else MASTHEAD_LINE
    height = max(_LOWEST_LINE, min(highest, (room / size + _INK_TO_BASELINE) / WORD_BASELINE))
    before = Twips(max(0, pt_to_twips(Pt(room - (height - _ink_to_end(height)) * size))))
    _size(marks, fitted, height)
    table = next(marks[0].iterancestors(f"{W}tbl"), None) if marks else None
    if table is not None:
        _stack(table, fitted, before)
    elif marks:
        put(marks[0], "pPr", "spacing", before=before)
    return Twips(before + pt_to_twips(Pt(size * height)) * count)


def _ink_to_end(height: float) -> float:
    """From the upper edge of the mark's ink to the lower edge of its line, which is ``height`` high, in multiples of the size."""
    return _INK_TO_BASELINE + (1 - WORD_BASELINE) * height


def lift(marks: list[_Element], fitted: Fitted, place: MastheadPlace) -> None:
    """Put the mark into a frame at its place on the page, where no text can move it."""
    _size(marks, fitted, MARK_LINE)
    line_to_ink = Em(WORD_BASELINE * MARK_LINE - ASCENT + place.blank_above)
    top = pt_to_twips(Pt(mm_to_pt(place.top) - em_to_pt(line_to_ink, fitted.size)))
    table = next(marks[0].iterancestors(f"{W}tbl"), None) if marks else None
    if table is not None:
        _stack(table, fitted, Twips(0))
        put(table, "tblPr", "tblpPr", vertAnchor="page", horzAnchor="page", tblpXSpec="center", tblpY=top)
        put(table, "tblPr", "tblOverlap", val="never")
        return
    height = pt_to_twips(Pt(fitted.size * MARK_LINE)) * len(fitted.lines)
    for paragraph in marks:
        put(paragraph, "pPr", "framePr", w=TEXT_WIDTH, h=height, hRule="exact", wrap="around", vAnchor="page",
            hAnchor="margin", xAlign="center", y=top)  # fmt: skip


def _size(marks: list[_Element], fitted: Fitted, height: float) -> None:
    """Set the mark's size, and the height of its lines in multiples of their size."""
    spread = {line.text: line.spacing for line in fitted.lines} if fitted.beside else {}
    for paragraph in marks:
        text = text_of(paragraph)
        size = fitted.size
        if spread and text == fitted.suffix:
            size = fitted.suffix_size
            put(paragraph, "pPr", "jc", val="right")
        put(paragraph, "pPr", "spacing", line=pt_to_twips(Pt(size * height)), lineRule="exact")
        for run in list(paragraph.iter(f"{W}r")):
            _squeeze(run, size, fitted.squeeze)
            if spread.get(text):
                _spread(run, Pt(spread[text] * fitted.squeeze))


def _squeeze(run: _Element, size: Pt, squeeze: float) -> None:
    # Percent, rounded down: a mark that is slightly too wide would turn over.
    put(run, "rPr", "w", val=int(squeeze * 100))
    put(run, "rPr", "sz", val=half_points(size))
    put(run, "rPr", "szCs", val=half_points(size))


def _spread(run: _Element, spacing: Pt) -> None:
    """Put space after each character but the last, which gets a run of its own."""
    text = run.find(f"{W}t")
    if text is None or not text.text or len(text.text) < 2:  # noqa: PLR2004 - a single character has no neighbour
        return
    last = etree.fromstring(etree.tostring(run))
    last_text = last.find(f"{W}t")
    assert last_text is not None  # noqa: S101 - it is a copy of a run that has one
    last_text.text, text.text = text.text[-1], text.text[:-1]
    run.addnext(last)
    put(run, "rPr", "spacing", val=pt_to_twips_down(spacing))


def _stack(table: _Element, fitted: Fitted, top: Twips) -> None:
    """Fit the borderless table of several names and 文件 to them, and push it down by ``top``."""
    names = Pt(fitted.names * fitted.squeeze)
    suffix = Pt((fitted.width - fitted.names) * fitted.squeeze)
    columns = [Twips(pt_to_twips(names) + _SPARE), Twips(pt_to_twips(suffix) - _SPARE)]
    set_columns(table, columns)
    put(table, "tblPr", "tblW", w=sum(columns), type="dxa")
    margins = put(table, "tblPr", "tblCellMar")
    for old in margins.findall(f"{W}top"):
        margins.remove(old)
    margins.insert(0, etree.Element(f"{W}top", {f"{W}w": str(top), f"{W}type": "dxa"}))
