"""Pages that are not like the others: margins turned round on left-hand pages, wide tables on landscape pages.

A landscape page is a page of the document turned: what lies at its left edge when the table is read is the foot of the page
as it is bound. There its number stands, as on every other page (GB/T 9704 8).
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from workplan.render.docx.drawing import turned
from workplan.render.docx.markup import W
from workplan.render.docx.properties import filler, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.parts.document import DocumentPart
    from lxml.etree import _Element


_LEAST_LINE = 14  # twips: an empty line that only ends a section; a full page leaves 18
_FOOT_LINE = 400  # twips: the line of the page number
_FIRST_FRAME = 9001  # numbers that drawings of a template hardly have
_EDGE = 567  # twips: an empty foot keeps 1 cm to the edge of the paper
#: What stands before ``mirrorMargins`` among the settings of a document.
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
    """Turn the margins of left-hand pages round, so that both sides of a leaf are bound at 28 mm."""
    if settings.find(f"{W}mirrorMargins") is None:
        place = sum(1 for child in settings if child.tag in _BEFORE_MIRRORED)
        settings.insert(place, etree.Element(f"{W}mirrorMargins"))


def turn(part: DocumentPart, labels: Sequence[_Element], wide: Sequence[bool], imprint: _Element | None) -> None:
    """Set the attachments that are ``wide`` on landscape pages; ``labels`` are the paragraphs they begin with.

    The ``imprint`` stands at the foot of an upright page, its own where the last attachment is turned.
    """
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
    if wide[-1] and imprint is not None:
        _end_section(imprint, landscape)
        imprint.addprevious(filler(_LEAST_LINE))  # LibreOffice overlooks a section that begins with a floating table
    elif wide[-1]:
        body.replace(last, deepcopy(landscape))


def _end_section(begins: _Element, section: _Element) -> None:
    """End a section before an element: with the paragraph there, after a table with a line that takes no room."""
    line = begins.getprevious()
    if line is None or line.tag != f"{W}p":
        line = filler(_LEAST_LINE)
        begins.addprevious(line)
    put(line, "pPr", "sectPr")
    properties = line.find(f"{W}pPr")
    assert properties is not None  # noqa: S101 - it has just got some
    properties.replace(properties[-1], deepcopy(section))


def _landscape(part: DocumentPart, portrait: _Element) -> _Element:
    """The section of turned pages: paper and margins of the others, turned, and page numbers at what is then their foot."""
    section = deepcopy(portrait)
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return section
    width, height = size.get(f"{W}w", ""), size.get(f"{W}h", "")
    size.attrib.update({f"{W}w": height, f"{W}h": width, f"{W}orient": "landscape"})
    foot = int(margins.get(f"{W}footer", "0"))
    old = [margins.get(f"{W}{side}", "0") for side in ("left", "top", "right", "bottom")]
    # Turned, the left side lies above, the head right, the right side below and the foot left.
    for side, value in zip(("top", "right", "bottom", "left"), old, strict=True):
        margins.set(f"{W}{side}", value)
    for key in ("header", "footer"):
        margins.set(f"{W}{key}", str(_EDGE))
    across = int(width) - int(old[0]) - int(old[2])
    for number, reference in enumerate(section.findall(f"{W}footerReference"), _FIRST_FRAME):
        key = qn("r:id")
        numbers = etree.fromstring(part.related_parts[reference.get(key, "")].blob).findall(f"{W}p")
        made, relation = part.add_footer_part()  # type: ignore[no-untyped-call]
        for child in list(made.element):
            made.element.remove(child)
        made.element.append(turned(numbers, number, (foot, int(old[0]), _FOOT_LINE, across)))
        reference.set(key, relation)
    return section
