"""The last paragraph before a signature: which of its lines stay with that (GB/T 9704 7.3.5.5).

Word lets a paragraph that keeps with the next break, LibreOffice moves it whole, however long it is. So one that has to break, or
may have to, is written as two: the second holds the lines that stay with the signature, without an indent, and both read as one.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx import paragraph_ids
from workplan.render.docx.address import addresses, runs
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import LINE
from workplan.render.docx.properties import put, remove, style_of, text_of
from workplan.render.docx.signing import DATE, NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from workplan.render.docx.extent import Ending

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def arrange(body: _Element, endings: Sequence[Ending], names: dict[str, str]) -> None:
    """Let the paragraphs before signatures break where they may; those that a template prints otherwise stay as they are.

    ``names`` are those of the styles by their ids.
    """
    for ending in endings if any(one.kept != 0 or one.close for one in endings) else ():
        paragraph = next((one for one in body.iter(f"{W}p") if ending.address in addresses(one)[:1]), None)
        if paragraph is None:
            continue
        if ending.close:
            _close_up(paragraph, names)
        if ending.kept is None:
            put(paragraph, "pPr", "keepNext", val="0")
        elif ending.kept:
            _part(paragraph, ending)


def _close_up(paragraph: _Element, names: dict[str, str]) -> None:
    """Put the signature below a paragraph one line lower than the text."""
    below = paragraph.itersiblings(f"{W}p")
    signed = next((one for one in below if style_of(one, names) in (NAME, DATE)), None)
    if signed is not None:
        put(signed, "pPr", "spacing", before=LINE)


def _part(paragraph: _Element, ending: Ending) -> None:
    """Write a paragraph as two, the second with what stays with the signature."""
    place = ending.kept or 0
    own = list(runs(paragraph))
    above = paragraph.getprevious()
    if (
        above is not None and above.tag == f"{W}tbl"
    ):  # LibreOffice loses a bookmark that begins below a table and ends elsewhere
        return
    if any(run.getparent() is not paragraph for run in own) or not 0 < place < len(text_of(paragraph)):
        return
    second = etree.Element(f"{W}p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        second.append(deepcopy(properties))
    put(second, "pPr", "keepNext")
    put(second, "pPr", "keepLines")
    put(second, "pPr", "ind", firstLineChars=0, firstLine=0)
    put(paragraph, "pPr", "keepNext", val="0")
    if paragraph.get(paragraph_ids.ID):
        second.set(paragraph_ids.ID, paragraph_ids.paragraph_id(ending.address, 1))
    parted = False
    for child in [one for one in paragraph if one is not properties]:
        length = sum(len(one.text or "") for one in child.iter(f"{W}t"))
        if not parted and place and place >= length:
            place -= length
        else:
            second.append(_cut(child, place) if place else child)
            parted, place = True, 0
    paragraph.addnext(second)


def _cut(run: _Element, place: int) -> _Element:
    """Cut a run at a place in its text; returns the rest as a run of its own."""
    rest = deepcopy(run)
    for text, other in zip(list(run.iter(f"{W}t")), list(rest.iter(f"{W}t")), strict=True):
        whole = text.text or ""
        first = min(place, len(whole))
        text.text, other.text = whole[:first], whole[first:]
        for one in (text, other):
            one.set(_SPACE, "preserve")
            if not one.text:
                remove(one)
        place -= first
    return rest
