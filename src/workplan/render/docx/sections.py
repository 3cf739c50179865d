"""Pages that differ from the others: margins mirrored on left-hand pages, wide tables on landscape pages.

A landscape page is a page of the document turned: its left edge, as one reads the table, is the foot of the page as it is
bound. Its page number stands there, as on every other page (GB/T 9704 8).
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from workplan.lengths import Twips, twips_to_pt
from workplan.render.docx.drawing import Place, turned
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import EMPTY_FOOT, LEAST_LINE, PAGE_NUMBER_LINE
from workplan.render.docx.properties import filler, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

#: The id of the first frame: a number that drawings of a template are unlikely to have.
_FIRST_FRAME = 9001
#: What the schema puts before ``mirrorMargins`` among the settings of a document.
_BEFORE_MIRRORED = frozenset(
    f"{W}{name}"
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
        "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
        "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts",
        "saveFormsData",
    )
)  # fmt: skip


def mirror(settings: _Element) -> None:
    """Mirror the margins of left-hand pages, so that both sides of a leaf have 28 mm at the bound edge."""
    if settings.find(f"{W}mirrorMargins") is None:
        place = sum(1 for child in settings if child.tag in _BEFORE_MIRRORED)
        settings.insert(place, etree.Element(f"{W}mirrorMargins"))


def turn(part: DocumentPart, labels: Sequence[_Element], wide: Sequence[bool]) -> None:
    """Put the attachments that are ``wide`` on landscape pages; ``labels`` are the paragraphs they begin with."""
    body = part.element.body
    last = body.find(f"{W}sectPr")
    if last is None or not any(wide) or len(labels) != len(wide):
        return
    landscape = _landscape(part, last)
    for place, label in enumerate(labels):
        before = place > 0 and wide[place - 1]
        if before or wide[place]:
            _end_section(label, landscape if before else last)
            put(label, "pPr", "pageBreakBefore", val="0")
    if wide[-1]:
        body.replace(last, deepcopy(landscape))


def set_apart(part: DocumentPart, imprint: _Element, portrait: _Element, *, behind_blank: bool) -> None:
    """Give the imprint a page of its own, upright, at whose foot it stands.

    ``behind_blank`` puts a blank page before it; neither then has a number (7.5).
    """
    body = part.element.body
    last = body.find(f"{W}sectPr")
    if last is None:
        return
    _end_section(imprint, last)
    if behind_blank:
        imprint.addprevious(filler(LEAST_LINE))
    # LibreOffice overlooks a section that begins with a floating table.
    imprint.addprevious(begins := filler(LEAST_LINE))
    if behind_blank:
        put(begins, "pPr", "pageBreakBefore")
    body.replace(last, _without_numbers(part, portrait) if behind_blank else deepcopy(portrait))


def _without_numbers(part: DocumentPart, section: _Element) -> _Element:
    """The section with empty feet."""
    bare = deepcopy(section)
    for reference in bare.findall(f"{W}footerReference"):
        footer, relation = part.add_footer_part()  # type: ignore[no-untyped-call]
        for child in list(footer.element):
            footer.element.remove(child)
        footer.element.append(filler(LEAST_LINE))
        reference.set(qn("r:id"), relation)
    return bare


def _end_section(begins: _Element, section: _Element) -> None:
    """End a section before an element: with the paragraph there, or after a table with an added line that is almost invisible."""
    line = begins.getprevious()
    if line is None or line.tag != f"{W}p":
        line = filler(LEAST_LINE)
        begins.addprevious(line)
    put(line, "pPr", "sectPr")
    properties = line.find(f"{W}pPr")
    assert properties is not None  # noqa: S101 - they were set on the line above
    properties.replace(properties[-1], deepcopy(section))


def _landscape(part: DocumentPart, portrait: _Element) -> _Element:
    """The section of landscape pages: paper and margins of the others, turned, and page numbers at what is then their foot."""
    section = deepcopy(portrait)
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return section
    width, height = size.get(f"{W}w", ""), size.get(f"{W}h", "")
    size.attrib.update({f"{W}w": height, f"{W}h": width, f"{W}orient": "landscape"})
    foot = Twips(int(margins.get(f"{W}footer", "0")))
    old = [margins.get(f"{W}{side}", "0") for side in ("left", "top", "right", "bottom")]
    # Turned, the left side is at the top, the head at the right, the right side at the bottom and the foot at the left.
    for side, value in zip(("top", "right", "bottom", "left"), old, strict=True):
        margins.set(f"{W}{side}", value)
    for key in ("header", "footer"):
        margins.set(f"{W}{key}", str(EMPTY_FOOT))
    left, right = Twips(int(old[0])), Twips(int(old[2]))
    across = Twips(int(width) - left - right)
    place = Place(twips_to_pt(foot), twips_to_pt(left), twips_to_pt(PAGE_NUMBER_LINE), twips_to_pt(across))
    for number, reference in enumerate(section.findall(f"{W}footerReference"), _FIRST_FRAME):
        key = qn("r:id")
        numbers = etree.fromstring(part.related_parts[reference.get(key, "")].blob).findall(f"{W}p")
        footer, relation = part.add_footer_part()  # type: ignore[no-untyped-call]
        for child in list(footer.element):
            footer.element.remove(child)
        footer.element.append(turned(numbers, number, place))
        reference.set(key, relation)
    return section
