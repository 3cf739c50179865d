"""Direct properties of paragraphs, runs and tables, each put where the schema has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The order that the schema lays down, as far as properties are set here.
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
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else names.get(found.get(f"{W}val", ""), "")


def text_of(paragraph: _Element) -> str:
    """The text with its line ends."""
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br"))


def put(owner: _Element, group: str, name: str, **attributes: object) -> _Element:
    """Set one property, in the place that the schema gives it; attributes already there stay unless they are given."""
    properties = owner.find(f"{W}{group}")
    if properties is None:
        properties = etree.Element(f"{W}{group}")
        owner.insert(0, properties)
    found = properties.find(f"{W}{name}")
    if found is None:
        order = _ORDER[group]
        before = {f"{W}{one}" for one in order[: order.index(name)]}
        place = sum(1 for child in properties if child.tag in before)
        found = etree.Element(f"{W}{name}")
        properties.insert(place, found)
    for key, value in attributes.items():
        found.set(f"{W}{key}", str(value))
    return found


def indent(paragraph: _Element, **twips: int) -> None:
    """Set indents in twips; those in characters, which Word would follow instead, are set to nothing."""
    found = put(paragraph, "pPr", "ind")
    found.attrib.clear()
    for key in ("left", "right", "firstLine"):
        found.set(f"{W}{key}Chars", "0")
        found.set(f"{W}{key}", "0")
    for key, value in twips.items():
        if key == "hanging":
            for none in ("firstLineChars", "firstLine"):
                found.attrib.pop(f"{W}{none}")
        found.set(f"{W}{key}Chars", "0")
        found.set(f"{W}{key}", str(value))


def set_columns(table: _Element, twips: list[int]) -> None:
    """Write the widths of the columns into the grid and into the cells of every row that has that many."""
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return
    for old in list(grid):
        grid.remove(old)
    for width in twips:
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(width)})
    for row in table.iterfind(f"{W}tr"):
        columns = row.findall(f"{W}tc/{W}tcPr/{W}tcW")
        for column, width in zip(columns, twips, strict=False) if len(columns) == len(twips) else ():
            column.set(f"{W}w", str(width))


def filler(height: int) -> _Element:
    """An empty paragraph of so many twips, which prints nothing."""
    empty = etree.Element(f"{W}p")
    put(empty, "pPr", "spacing", before=0, after=0, line=height, lineRule="exact")
    return empty


def remove(element: _Element) -> None:
    """Take an element out of what holds it."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - it was found inside another
    parent.remove(element)
