"""Direct properties of paragraphs, runs and tables, each inserted where the schema has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.lengths import Twips

#: The order that the schema requires, for the properties that are set here.
_ORDER = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs",
            "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc",
            "outlineLvl", "rPr", "sectPr"),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position", "sz", "szCs", "u",
            "lang"),
    "tblPr": ("tblStyle", "tblpPr", "tblOverlap", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
              "tblLayout", "tblCellMar", "tblLook"),
}  # fmt: skip


def style_of(paragraph: _Element, names: dict[str, str]) -> str:
    """The name of a paragraph's style; "" where it has none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else names.get(style.get(f"{W}val", ""), "")


def text_of(paragraph: _Element) -> str:
    """The text of a paragraph with its line ends."""
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br"))


def put(owner: _Element, group: str, name: str, **attributes: object) -> _Element:
    """Set one property, in the order that the schema requires; attributes already there stay unless they are given."""
    properties = owner.find(f"{W}{group}")
    if properties is None:
        properties = etree.Element(f"{W}{group}")
        owner.insert(0, properties)
    element = properties.find(f"{W}{name}")
    if element is None:
        order = _ORDER[group]
        before = {f"{W}{one}" for one in order[: order.index(name)]}
        place = sum(1 for child in properties if child.tag in before)
        element = etree.Element(f"{W}{name}")
        properties.insert(place, element)
    for key, value in attributes.items():
        element.set(f"{W}{key}", str(value))
    return element


def indent(paragraph: _Element, **lengths: Twips) -> None:
    """Set the indents ``left``, ``right``, ``firstLine`` or ``hanging``, and all others to 0.

    Those in characters, which Word would follow instead, are set to 0 too.
    """
    element = put(paragraph, "pPr", "ind")
    element.attrib.clear()
    for key in ("left", "right", "firstLine"):
        element.set(f"{W}{key}Chars", "0")
        element.set(f"{W}{key}", "0")
    for key, value in lengths.items():
        if key == "hanging":
            for none in ("firstLineChars", "firstLine"):
                element.attrib.pop(f"{W}{none}")
        element.set(f"{W}{key}Chars", "0")
        element.set(f"{W}{key}", str(value))


def set_columns(table: _Element, widths: list[Twips]) -> None:
    """Write the widths of the columns into the grid, and into the cells of every row with as many cells."""
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return
    for old in list(grid):
        grid.remove(old)
    for width in widths:
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(width)})
    for row in table.iterfind(f"{W}tr"):
        columns = row.findall(f"{W}tc/{W}tcPr/{W}tcW")
        for column, width in zip(columns, widths, strict=False) if len(columns) == len(widths) else ():
            column.set(f"{W}w", str(width))


def filler(height: Twips) -> _Element:
    """An empty paragraph with a line of this height, which prints nothing."""
    empty = etree.Element(f"{W}p")
    put(empty, "pPr", "spacing", before=0, after=0, line=height, lineRule="exact")
    return empty


def remove(element: _Element) -> None:
    """Remove an element from its parent."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - it was found inside another
    parent.remove(element)
