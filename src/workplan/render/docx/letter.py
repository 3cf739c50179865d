"""A letter (信函, GB/T 9704 10.1): the mark above the text block, double rules on the first page, no page number there.

The rules stand in a header that the first page alone has, where no text can move them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_HEADER_FOOTER
from lxml import etree

from workplan.page.geometry import (
    BETWEEN,
    BODY,
    DOUBLE,
    DOUBLE_LEFT,
    DOUBLE_TOP,
    DOUBLE_WIDTH,
    THICK,
    THIN,
    letter_rule,
)
from workplan.render.docx.drawing import bars
from workplan.render.docx.markup import W
from workplan.render.docx.properties import put, remove
from workplan.resources.fonts import ASCENT

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from workplan.page.geometry import MastheadPlace
    from workplan.render.docx.drawing import Place
    from workplan.render.docx.template import Opened

_POINT = 20  # twips
_LINE = 579
_BASE = 0.8  # of a line's height: where word processors put its baseline
_RIGHT = 8844  # twips: the right edge of the text block
_RED = "FF0000"
_FIRST_BAR = 9011  # a number that drawings of a template hardly have


def arrange(opened: Opened, number: _Element, at_left: list[_Element], place: MastheadPlace, blank: float) -> int:
    """发文字号 at the right edge below the rule, the first of the marks beside it, others below.

    ``blank`` lines stand above it. Returns the height of it all, in twips from the upper edge of the text block.
    """
    top = letter_rule(place) + DOUBLE + 7 / 8 * BODY - (_BASE * _LINE / _POINT - ASCENT * BODY) + blank * _LINE / _POINT
    before = max(0, round(top * _POINT) - opened.top)
    _set_number(number, at_left, opened.styles.element, before)
    return before + _LINE * max(1, len(at_left))


def _set_number(number: _Element, at_left: list[_Element], styles: _Element, before: int) -> None:
    put(number, "pPr", "spacing", before=before, line=_LINE, lineRule="exact")
    border = put(number, "pPr", "pBdr")
    for side in list(border):
        border.remove(side)
    etree.SubElement(border, f"{W}bottom", {f"{W}val": "nil"})
    put(number, "pPr", "jc", val="left" if at_left else "right")
    if not at_left:
        return
    etree.SubElement(put(number, "pPr", "tabs"), f"{W}tab", {f"{W}val": "right", f"{W}pos": str(_RIGHT)})
    first, *others = at_left
    runs = list(first.iterchildren(f"{W}r"))
    for run in runs:
        _dress(run, first, styles)
    tab = etree.Element(f"{W}r")
    etree.SubElement(tab, f"{W}tab")
    place = 0 if number.find(f"{W}pPr") is None else 1
    for run in reversed((*runs, tab)):
        number.insert(place, run)
    remove(first)
    for other in reversed(others):
        put(other, "pPr", "spacing", line=_LINE, lineRule="exact")
        number.addnext(other)


def _dress(run: _Element, paragraph: _Element, styles: _Element) -> None:
    """Give a run the face that its paragraph's style gave it."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    key = "" if style is None else style.get(f"{W}val")
    for face in styles.iterfind(f"{W}style[@{W}styleId='{key}']/{W}rPr/{W}rFonts"):
        put(run, "rPr", "rFonts", **{etree.QName(name).localname: value for name, value in face.attrib.items()})


def rule(part: DocumentPart, place: MastheadPlace) -> None:
    """Draw both double rules on the first page, the first below the masthead at ``place``, and leave its number off."""
    first = next(part.element.body.iter(f"{W}sectPr"))
    header, header_key = part.add_header_part()  # type: ignore[no-untyped-call]
    footer, footer_key = part.add_footer_part()  # type: ignore[no-untyped-call]
    for made in (header, footer):
        for child in list(made.element):
            made.element.remove(child)
    places = [*_double(letter_rule(place), (THICK, THIN)), *_double(DOUBLE_TOP, (THIN, THICK))]
    header.element.append(bars(places, _FIRST_BAR, _RED))
    footer.element.append(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"/>'))
    first.add_headerReference(WD_HEADER_FOOTER.FIRST_PAGE, header_key)
    first.add_footerReference(WD_HEADER_FOOTER.FIRST_PAGE, footer_key)
    first.titlePg_val = True


def _double(top: float, heights: tuple[float, float]) -> tuple[Place, Place]:
    """The two lines of a double rule whose upper edge is ``top`` points below that of the page."""
    below = top + heights[0] + BETWEEN
    return tuple(  # type: ignore[return-value]  # two of them
        (DOUBLE_LEFT * _POINT, at * _POINT, DOUBLE_WIDTH * _POINT, high * _POINT)
        for at, high in ((top, heights[0]), (below, heights[1]))
    )


def unrule(table: _Element | None) -> None:
    """Take the rules off 版记."""
    if table is None or table.tag != f"{W}tbl":
        return
    borders = put(table, "tblPr", "tblBorders")
    for side in borders:
        side.set(f"{W}val", "nil")
