"""A letter (信函, GB/T 9704 10.1): the mark above the text block, double rules on the first page, no page number there.

The rules stand in a header of the first page alone, where no text can move them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_HEADER_FOOTER
from lxml import etree

from workplan.lengths import Pt, Twips, em_to_pt, pt_to_twips
from workplan.page.dimensions import BETWEEN, BODY, DOUBLE, LETTER_RULE_TO_TEXT, THICK, THIN, WORD_BASELINE
from workplan.page.geometry import DOUBLE_LEFT, DOUBLE_TOP, DOUBLE_WIDTH, letter_rule
from workplan.render.docx.drawing import Place, bars
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import LINE, LINE_PT, TEXT_WIDTH
from workplan.render.docx.properties import put, remove
from workplan.resources.fonts import ASCENT

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from workplan.page.geometry import MastheadPlace
    from workplan.render.docx.template import Opened

_RED = "FF0000"
#: The id of the first rule: a number that drawings of a template are unlikely to have.
_FIRST_BAR = 9011


def arrange(opened: Opened, number: _Element, at_left: list[_Element], place: MastheadPlace, blank: float) -> Twips:
    """发文字号 at the right edge below the rule, the first of the marks beside it, the others below.

    ``blank`` is the number of blank lines above it. Returns the lower edge of it all, from the upper edge of the text block.
    """
    rule_end = letter_rule(place) + DOUBLE
    above_type = WORD_BASELINE * LINE_PT - em_to_pt(ASCENT, BODY)
    top = Pt(rule_end + LETTER_RULE_TO_TEXT - above_type + blank * LINE_PT)
    before = Twips(max(0, pt_to_twips(top) - opened.top))
    _set_number(number, at_left, opened.styles.element, before)
    return Twips(before + LINE * max(1, len(at_left)))


def _set_number(number: _Element, at_left: list[_Element], styles: _Element, before: Twips) -> None:
    put(number, "pPr", "spacing", before=before, line=LINE, lineRule="exact")
    border = put(number, "pPr", "pBdr")
    for side in list(border):
        border.remove(side)
    etree.SubElement(border, f"{W}bottom", {f"{W}val": "nil"})
    put(number, "pPr", "jc", val="left" if at_left else "right")
    if not at_left:
        return
    etree.SubElement(put(number, "pPr", "tabs"), f"{W}tab", {f"{W}val": "right", f"{W}pos": str(TEXT_WIDTH)})
    first, *others = at_left
    runs = list(first.iterchildren(f"{W}r"))
    for run in runs:
        _set_face(run, first, styles)
    tab = etree.Element(f"{W}r")
    etree.SubElement(tab, f"{W}tab")
    place = 0 if number.find(f"{W}pPr") is None else 1
    for run in reversed((*runs, tab)):
        number.insert(place, run)
    remove(first)
    for other in reversed(others):
        put(other, "pPr", "spacing", line=LINE, lineRule="exact")
        number.addnext(other)


def _set_face(run: _Element, paragraph: _Element, styles: _Element) -> None:
    """Give a run the face that its paragraph's style gave it."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    key = "" if style is None else style.get(f"{W}val")
    for face in styles.iterfind(f"{W}style[@{W}styleId='{key}']/{W}rPr/{W}rFonts"):
        put(run, "rPr", "rFonts", **{etree.QName(name).localname: value for name, value in face.attrib.items()})


def rule(part: DocumentPart, place: MastheadPlace) -> None:
    """Draw both double rules on the first page, the first below the masthead at ``place``, and omit its page number."""
    first = next(part.element.body.iter(f"{W}sectPr"))
    header, header_key = part.add_header_part()  # type: ignore[no-untyped-call]
    footer, footer_key = part.add_footer_part()  # type: ignore[no-untyped-call]
    for story in (header, footer):
        for child in list(story.element):
            story.element.remove(child)
    places = [*_double(letter_rule(place), (THICK, THIN)), *_double(DOUBLE_TOP, (THIN, THICK))]
    header.element.append(bars(places, _FIRST_BAR, _RED))
    footer.element.append(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"/>'))
    first.add_headerReference(WD_HEADER_FOOTER.FIRST_PAGE, header_key)
    first.add_footerReference(WD_HEADER_FOOTER.FIRST_PAGE, footer_key)
    first.titlePg_val = True


def _double(top: Pt, heights: tuple[Pt, Pt]) -> tuple[Place, Place]:
    """The two lines of a double rule whose upper edge is ``top``, from the top of the page."""
    upper, lower = heights
    below = Pt(top + upper + BETWEEN)
    return Place(DOUBLE_LEFT, top, DOUBLE_WIDTH, upper), Place(DOUBLE_LEFT, below, DOUBLE_WIDTH, lower)


def unrule(table: _Element | None) -> None:
    """Remove the rules of 版记."""
    if table is None or table.tag != f"{W}tbl":
        return
    borders = put(table, "tblPr", "tblBorders")
    for side in borders:
        side.set(f"{W}val", "nil")
