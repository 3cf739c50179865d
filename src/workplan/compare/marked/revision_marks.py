"""Word's marks of tracked changes: who, when, and what is inserted, deleted or moved."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Literal

from lxml import etree

from workplan.render.docx.markup import W
from workplan.render.docx.properties import put

if TYPE_CHECKING:
    from lxml.etree import _Element

#: How a run or the end of a paragraph is marked; "" not at all.
RevisionKind = Literal["", "ins", "del", "moveFrom", "moveTo"]


class RevisionMarks:
    """Marks by one author at one time, each with a number of its own from ``first`` on.

    ``date`` is in the form that Word writes (``2023-01-31T09:00:00Z``); "" leaves it out.
    """

    def __init__(self, author: str, date: str, first: int) -> None:
        self._who = {f"{W}author": author} | ({f"{W}date": date} if date else {})
        self._numbers = count(first)
        self.any = False

    def element(self, name: str, /, **more: str) -> _Element:
        """An element that marks a change; from then on there is ``any``."""
        self.any = True
        number = {f"{W}id": str(next(self._numbers))}
        return etree.Element(f"{W}{name}", number | self._who | {f"{W}{key}": value for key, value in more.items()})

    def end(self, paragraph: _Element, kind: RevisionKind) -> None:
        """Mark the end of a paragraph, so that it is joined with the next where the change is undone or accepted."""
        if kind:
            put(paragraph, "pPr", "rPr").insert(0, self.element(kind))

    def row(self, row: _Element, kind: RevisionKind) -> None:
        """Mark a whole table row as inserted or deleted."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            row.insert(sum(1 for child in row if child.tag == f"{W}tblPrEx"), properties)
        if not len(properties):
            # The schema wants one property besides the mark: this one says what holds without it.
            etree.SubElement(properties, f"{W}cantSplit", {f"{W}val": "off"})
        properties.append(self.element(kind))

    def properties(self, paragraph: _Element) -> _Element:
        """The properties of a paragraph, made if it has none."""
        found = paragraph.find(f"{W}pPr")
        if found is None:
            found = etree.Element(f"{W}pPr")
            paragraph.insert(0, found)
        return found

    def changed(self, properties: _Element, old: _Element) -> None:
        """Note in properties what they were before; ``old`` holds the earlier ones and is taken over."""
        change = self.element(f"{etree.QName(properties).localname}Change")
        change.append(old)
        properties.append(change)

    def move(self, name: str, number: int) -> tuple[_Element, _Element]:
        """Where a move begins and ends, to be put around what is moved; the same number on both sides joins them."""
        begin = self.element(f"{name}RangeStart", name=f"move{number}")
        return begin, etree.Element(f"{W}{name}RangeEnd", {f"{W}id": begin.get(f"{W}id", "")})
