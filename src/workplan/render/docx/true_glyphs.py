"""Runs of their own, in another face, for characters that an open face draws as something else.

A DOCX names the faces of offices. Where one is not installed, a program takes the open face that stands in for it
(``tools/60-workplan.conf``), and some of those draw $ for ￥. So such a character is given a face that has it right; where
that one is not installed Word takes 宋体, which the font table names as its like.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W
from workplan.resources import wrong_glyphs

if TYPE_CHECKING:
    from lxml.etree import _Element

FACE, ALIKE = "Noto Serif CJK SC", "宋体"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TABLE = "word/fontTable.xml"


@lru_cache(maxsize=1)
def _wrong() -> re.Pattern[str]:
    return re.compile(f"([{''.join(map(re.escape, sorted(wrong_glyphs.anywhere())))}]+)")


def are_in(parts: dict[str, bytes]) -> bool:
    """Whether any part of the document has such a character."""
    return any(_is_text(name) and _wrong().search(content.decode(errors="replace")) for name, content in parts.items())


def parted(name: str, content: bytes) -> bytes:
    """A part of a document that has such characters, each of them in a run of its own, or the font table with their face."""
    if name == _TABLE:
        tree = etree.fromstring(content)
        _list(tree)
    elif _is_text(name) and _wrong().search(content.decode(errors="replace")):
        tree = etree.fromstring(content)
        for run in [text.getparent() for text in tree.iter(f"{W}t") if _wrong().search(text.text or "")]:
            if run is not None and run.getparent() is not None:
                _part(run)
    else:
        return content
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _is_text(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and name != _TABLE


def _part(run: _Element) -> None:
    """Put runs in the place of one, those of wrong characters in the other face."""
    properties = run.find(f"{W}rPr")
    pieces = [(piece, wrong) for child in run if child is not properties for piece, wrong in _pieces(child)]
    made: list[_Element] = []
    before: bool | None = None
    for piece, wrong in pieces:
        if wrong != before:
            made.append(_begun(run, properties, wrong=wrong))
        made[-1].append(piece)
        before = wrong
    for new in made:
        run.addprevious(new)
    parent = run.getparent()
    assert parent is not None  # noqa: S101 - a run stands in a paragraph
    parent.remove(run)


def _pieces(child: _Element) -> list[tuple[_Element, bool]]:
    """What stands in a run, its texts cut at wrong characters, each piece with whether it is of those."""
    if child.tag != f"{W}t":
        return [(child, False)]
    found = []
    for text in filter(None, _wrong().split(child.text or "")):
        piece = etree.Element(f"{W}t", {_SPACE: "preserve"})
        piece.text = text
        found.append((piece, _wrong().fullmatch(text) is not None))
    return found


def _begun(run: _Element, properties: _Element | None, *, wrong: bool) -> _Element:
    """An empty run like another."""
    made = etree.Element(run.tag, dict(run.attrib))
    own = etree.Element(f"{W}rPr") if properties is None else deepcopy(properties)
    if wrong:
        faces = own.find(f"{W}rFonts")
        if faces is None:
            faces = etree.Element(f"{W}rFonts")
            own.insert(int(own.find(f"{W}rStyle") is not None), faces)
        for script in ("ascii", "hAnsi", "eastAsia"):
            faces.set(f"{W}{script}", FACE)
        faces.set(f"{W}hint", "eastAsia")
    if len(own):
        made.append(own)
    return made


def _list(table: _Element) -> None:
    """Name the face in the font table, with the one to take where it is not installed."""
    if any(font.get(f"{W}name") == FACE for font in table.iter(f"{W}font")):
        return
    font = etree.SubElement(table, f"{W}font", {f"{W}name": FACE})
    for key, value in (("altName", ALIKE), ("charset", "86"), ("family", "roman"), ("pitch", "variable")):
        etree.SubElement(font, f"{W}{key}", {f"{W}val": value})
