"""Where in the files of today's plan things stand: items in their lists, keys in their records, rows in their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.importing.marks import mark_at
from workplan.language import whole_lines
from workplan.language.model import Record, TablePart
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Sequence
from workplan.merge.printed import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import File
    from workplan.language.whole_lines import Lines
    from workplan.merge.printed import Printed
    from workplan.plan.computed_style import ComputedStyle

#: How the addresses of the document's own records begin, the longest first.
_RECORDS = ("document.notice.", "document.imprint.", "document.")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where new items go: behind or in front of some lines, or below a key that is still to be made in ``mapping``.

    ``style`` is what holds for what is put there; ``named`` says that items there bear ids.
    """

    file: File
    lines: Lines
    above: bool
    indent: str
    style: ComputedStyle
    named: bool = False
    mapping: Mapping | None = None


class Ground:
    """The places of one plan."""

    def __init__(self, today: Printed) -> None:
        self.today = today

    def item(self, address: str) -> tuple[File, Sequence, int] | None:
        """The list that an item stands in, and its place in it; None where it is no list."""
        numbered = self.today.numbered.get(address)
        if numbered is None:
            return None
        above = self._record(self.today.above[address])
        listed = above.node.get("items") if above is not None else None
        node = numbered.item if isinstance(numbered.item, Scalar) else numbered.item.node
        place = whole_lines.place_of(listed, node) if isinstance(listed, Sequence) else None
        if not isinstance(listed, Sequence) or place is None:
            return None
        return _file(node), listed, place

    def lines(self, address: str) -> tuple[File, Lines] | None:
        """The lines of an item; None where it shares them."""
        found = self.item(address)
        lines = whole_lines.item(*found) if found else None
        return (found[0], lines) if found and lines else None

    def above(self, address: str) -> tuple[File, Lines] | None:
        """The lines that a comment on something stands above: those of an item, of a key, of a table's line."""
        if address in self.today.numbered:
            return self.lines(address)
        holder = self.today.holders.get(address)
        if holder is not None and holder.lines[0].row:
            row = self.row(holder.lines[0].row)
            lines = whole_lines.item(*row) if row else None
            return (row[0], lines) if row and lines else None
        found = self.key(address)
        lines = whole_lines.entry(_file(found[0].node), found[0].node, found[1]) if found else None
        return (_file(found[0].node), lines) if found and lines else None

    def key(self, address: str) -> tuple[Record, str] | None:
        """The record and the key that say a text which is no item; None for what no key says."""
        for begin in _RECORDS:
            if address.startswith(begin):
                record = self._document(begin)
                return (record, address.removeprefix(begin)) if record is not None else None
        part, _, key = address.rpartition(".")
        if part in self.today.parts:
            return self.today.parts[part].part, key
        if address in self.today.parts:
            return self.today.parts[address].part, "title"
        numbered = self.today.numbered.get(part)
        if numbered is not None and isinstance(numbered.item, Record):
            return numbered.item, key
        return None

    def _document(self, begin: str) -> Record | None:
        document = self.today.plan.document
        return {"document.notice.": document.notice, "document.imprint.": document.imprint}.get(begin, document)

    def _record(self, address: str) -> Record | None:
        if address in self.today.parts:
            return self.today.parts[address].part
        item = self.today.numbered[address].item
        return item if isinstance(item, Record) else None

    def chain(self, address: str) -> Iterator[str]:
        """An item and the items that it stands in, from the inside out."""
        while address in self.today.numbered:
            yield address
            address = self.today.above[address]

    def slot(self, anchor: str, kind: str) -> Slot | None:
        """Where an item numbered in the manner of ``kind`` goes that prints right behind ``anchor``; "" for a bare paragraph.

        None where the language has no place for it.
        """
        item = self.today.numbered.get(anchor)
        if item is not None:
            if not kind:
                return self._first(anchor) if item.items else self._behind(anchor)
            for address in self.chain(anchor):
                if kind in self.manners(address):
                    return self._behind(address)
            return self._first(anchor) if self._counts(anchor, kind) else None
        part = self._part(anchor)
        return self._first(part) if part and (not kind or self._counts(part, kind)) else None

    def manners(self, address: str) -> tuple[str, ...]:
        """How an item is numbered, and how it would be if it were counted; nothing for one without a number."""
        own = self.today.numbered[address]
        depth, glyphs = len(own.path) - 1, own.style.numbering
        if not own.printed_number:
            return ()
        counted = (manner(glyphs[depth]),) if 0 <= depth < len(glyphs) else ()
        return (manner(own.printed_number), *counted)

    def _part(self, anchor: str) -> str:
        """The part whose items follow right behind a holder: its title, its text."""
        holder = self.today.holders.get(anchor)
        if holder is None or holder.sort not in (Sort.HEADING, Sort.TEXT):
            return ""
        part = anchor if anchor in self.today.parts else anchor.rpartition(".")[0]
        own = self.today.parts.get(part)
        return part if own is not None and not isinstance(own.part, TablePart) else ""

    def _counts(self, above: str, kind: str) -> bool:
        """Whether what stands below an item or a part is numbered in that manner."""
        own = self.today.parts.get(above) or self.today.numbered[above]
        numbers = [one.printed_number for one in own.items if one.printed_number]
        if numbers:
            return manner(numbers[0]) == kind
        glyphs = own.style.numbering
        depth = len(own.path)
        return depth < len(glyphs) and manner(glyphs[depth]) == kind

    def _behind(self, address: str) -> Slot | None:
        found = self.lines(address)
        if found is None:
            return None
        above = self.today.above[address]
        own = self.today.parts.get(above) or self.today.numbered[above]
        return Slot(*found, above=False, indent=found[1].indent, style=own.style, named=self._named(above))

    def _first(self, above: str) -> Slot | None:
        own = self.today.parts.get(above) or self.today.numbered[above]
        if own.items:
            found = self.lines(own.items[0].address)
            if found is None:
                return None
            return Slot(*found, above=True, indent=found[1].indent, style=own.style, named=self._named(above))
        record = self._record(above)
        if record is None or not record.node.entries or record.node.get("items") is not None:
            return None
        file = _file(record.node)
        column = record.node.entries[0].key.span.column - 1
        last = record.node.entries[-1]
        lines = whole_lines.ending(file, record.node, last.key.text)
        indent = " " * (column + 2)
        return Slot(file, lines, above=False, indent=indent, style=own.style, mapping=record.node) if lines else None

    def _named(self, above: str) -> bool:
        own = self.today.parts.get(above) or self.today.numbered[above]
        return any(getattr(one.item, "id", None) is not None for one in own.items)

    def row(self, row: str) -> tuple[File, Sequence, int] | None:
        """The list that a table's line stands in, and its place; None for lines that share cells."""
        table, _, place = row.rpartition("/rows/")
        record = self._table(table)
        listed = record.node.get("rows") if record is not None else None
        if not isinstance(listed, Sequence) or not place.isdecimal() or int(place) > len(listed.items):
            return None
        node = listed.items[int(place) - 1]
        if not isinstance(node, Mapping) or node.get("rows") is not None:
            return None
        return _file(node), listed, int(place) - 1

    def _table(self, address: str) -> TablePart | None:
        own = self.today.parts.get(address)
        numbered = self.today.numbered.get(address)
        record = own.part if own else numbered.item if numbered else None
        return record if isinstance(record, TablePart) else None

    def table(self, row: str) -> TablePart | None:
        """The table that has a line."""
        return self._table(row.partition("/rows/")[0])


def _file(node: Scalar | Mapping | Sequence) -> File:
    while not isinstance(node, Scalar):
        node = node.entries[0].key if isinstance(node, Mapping) else node.items[0]
    return node.file


def manner(number: str) -> str:
    """The manner of a printed number: of its brackets, its stop and its figures; "" for none."""
    mark = mark_at(f"{number}甲")
    return mark.kind if mark else ""
