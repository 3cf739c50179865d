"""Pages that are not like the others: margins turned round on left-hand pages, wide tables on landscape pages.

A landscape page is a page of the document turned: what lies at its left edge when the table is read is the foot of the page
as it is bound. There its number stands, as on every other page (GB/T 9704 8).
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from workplan.render.docx.markup import W
from workplan.render.docx.properties import filler, put
from workplan.view.blocks import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from workplan.view.blocks import Attachment

_MANY = 7  # columns; of 28 字 each has four at most
_LEAST_LINE = 14  # twips: an empty line that only ends a section; a full page leaves 18
_EMU = 635  # to the twip
_FOOT_LINE = 400  # twips: the line of the page number
_FIRST_FRAME = 9001  # numbers that drawings of a template hardly have
_EDGE = 567  # twips: an empty foot keeps 1 cm to the edge of the paper
_FRAME = """\
<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">\
<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>\
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" \
layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>\
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>\
<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>\
<wp:docPr id="{id}" name="页码{id}"/><wp:cNvGraphicFramePr/><a:graphic>\
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>\
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>\
<wps:txbx><w:txbxContent/></wps:txbx>\
<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>\
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"""
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


def is_wide(attachment: Attachment) -> bool:
    """Whether an attachment holds a table of more columns than an upright page has room for."""
    return any(isinstance(block, Table) and len(block.widths) >= _MANY for block in attachment.blocks)


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
        made.element.append(_turned(numbers, number, (foot, int(old[0])), across))
        reference.set(key, relation)
    return section


def _turned(lines: list[_Element], number: int, place: tuple[int, int], length: int) -> _Element:
    """A line that holds the lines of a foot, turned, in a frame at ``place`` (twips from the left and from the top)."""
    wide, high = _FOOT_LINE * _EMU, length * _EMU
    line = etree.fromstring(_FRAME.format(id=number, x=place[0] * _EMU, y=place[1] * _EMU, wide=wide, high=high))
    content = next(line.iter(f"{W}txbxContent"))
    content.extend(lines)
    return line
