"""How an edit may be written into the plan: several ways, each giving up a little more structure; ``home`` tries them in turn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.importing.draft import Step
from workplan.importing.layout import Paragraphs, keyed, listed
from workplan.importing.marks import mark_at
from workplan.importing.piece import Paragraph, Place
from workplan.importing.shape import alone
from workplan.importing.titles import Numbered as NumberedParagraph
from workplan.importing.titles import worded
from workplan.importing.tree import Leaf, grown
from workplan.importing.write import StyleAbove, item_value, units_value
from workplan.language import additions, whole_lines
from workplan.language.model import Item
from workplan.language.scalar import Scalar
from workplan.merge import text_ops
from workplan.merge.edit import Kind
from workplan.merge.ground import Ground, manner
from workplan.merge.printed import Sort
from workplan.merge.signs import bare
from workplan.merge.stretches import stretches
from workplan.view.sequence import CELLS, Role
from workplan.view.table import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workplan.importing.draft import Node
    from workplan.language.model import Record
    from workplan.merge.edit import Edit
    from workplan.merge.ground import Slot
    from workplan.merge.printed import Holder, Printed
    from workplan.merge.text_ops import Replacements

    #: One way: what it would change, or None where it cannot.
    Way = Callable[[], Replacements | None]

_STEPS = (Step.READ, Step.BRACKETED, Step.UNITS_IN_TEXT, Step.TITLE_IN_TEXT)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DATES = (Role.DATE, Role.ISSUED)


class Ways:
    """The ways for the edits of one round; ``edits`` are all of them, told by holders of today's plan."""

    def __init__(self, today: Printed, edits: Sequence[Edit]) -> None:
        self.today = today
        self.ground = Ground(today)
        self.gone = {edit.holder for edit in edits if edit.kind is Kind.REMOVED}
        self.moves = {edit.holder: edit for edit in edits if edit.kind is Kind.MOVED}

    def of(self, edit: Edit) -> list[Way]:
        """The ways of an edit, the best first."""
        if edit.kind is Kind.ADDED:
            return list(self._added(edit))
        holder = self.today.holders[edit.holder]
        if edit.kind is Kind.REMOVED:
            return [partial(self._removed, holder)]
        if edit.kind is Kind.MOVED:
            return [partial(self._moved, edit)]
        return list(self._changed(holder, edit.after))

    def _changed(self, holder: Holder, after: str) -> Iterator[Way]:
        changes = stretches(holder, after)
        yield partial(text_ops.in_runs, holder, changes)
        yield partial(text_ops.anew, holder, changes)
        numbered = self.today.numbered.get(holder.address)
        if numbered is not None and isinstance(numbered.item, Item):
            item = numbered.item
            for step in _STEPS if not item.clauses else ():
                yield partial(self._reworded, holder, item, after, step)
        elif numbered is None:
            yield partial(self._whole, holder, after)

    def _reworded(self, holder: Holder, item: Item, after: str, step: Step) -> Replacements | None:
        """The item's title, text and units as an importer would read them from the new words."""
        first, *more = [line.strip() for line in after.split("\n") if line.strip()] or [""]
        paragraph = NumberedParagraph(words=first, more=tuple(more), parent=bool(item.items))
        found = worded(paragraph, self.today.plan.book, step)
        numbered = self.today.numbered[holder.address]
        label = numbered.style.label if numbered.style.annotations != "none" else ""
        units = units_value(found.units, label) if found.units else None
        new = {"title": found.title or None, "text": Paragraphs(found.text) if found.text else None, "units": units}
        if not (new["title"] or new["text"]):
            return None
        made = [self._key(item, key, value) for key, value in new.items()]
        return None if None in made else tuple(one for some in made if some is not None for one in some)

    def _key(self, record: Record, key: str, value: object) -> Replacements | None:
        """A key with that value: changed, put in or taken out."""
        node = record.node
        file = node.entries[0].key.file
        entry = next((one for one in node.entries if one.key.text == key), None)
        if entry is None and value is None:
            return ()
        if entry is None:
            return _put(record, key, value)
        if value is None:
            lines = whole_lines.entry(file, node, key)
            return (whole_lines.removal(file, lines),) if lines else None
        if isinstance(entry.value, Scalar) and isinstance(value, Paragraphs) and entry.value.paragraphs == value.texts:
            return ()
        if isinstance(entry.value, Scalar) and entry.value.text == value:
            return ()
        made = text_ops.value(file, node, key, value)
        return (made,) if made else None

    def _whole(self, holder: Holder, after: str) -> Replacements | None:
        """A key of the frame, or a cell, written anew; put in where only its default printed."""
        words = bare(after) if holder.sort is Sort.FRAME else after.strip()
        role = holder.lines[0].role
        if holder.sort is Sort.CELL:
            own = next((run.scalar for line in holder.lines for run in line.runs if run.start is not None), None)
            return (text_ops.rewritten(own, words),) if own is not None else None
        found = self.ground.key(holder.address)
        if found is None:
            return None
        record, key = found
        old = record.node.get(key)
        if role in _DATES:
            words = _date(words.removesuffix("印发"), old.text if isinstance(old, Scalar) else "2000-01-01")
            if isinstance(old, Scalar) and not old.style and _ISO.fullmatch(words):
                return (Replacement(old.span, words),)
        elif role is Role.COPIES:
            words = words.removeprefix("抄送：").removesuffix("。")
        elif role is Role.NOTE and words[:1] == "（" and words[-1:] == "）":
            words = words[1:-1]
        elif role is Role.MASTHEAD:
            words = words.removesuffix("文件")
        return self._key(record, key, words)

    def _removed(self, holder: Holder) -> Replacements | None:
        if holder.sort is Sort.ITEM:
            return self._removed_item(holder.address)
        if holder.sort is Sort.CELL:
            return self._removed_row(holder)
        found = self.ground.key(holder.address)
        return self._key(*found, None) if found else None

    def _removed_item(self, address: str) -> Replacements | None:
        """An item goes with all below it; one whose items stay cannot go."""
        numbered = self.today.numbered[address]
        if any(
            one.address not in self.gone
            for item in numbered.items
            for one in item.walk()
            if one.address in self.today.numbered
        ):
            return None
        above = self.today.above[address]
        if above in self.gone:
            return ()
        own = self.today.parts.get(above) or self.today.numbered[above]
        if all(one.address in self.gone for one in own.items):
            record = own.part if above in self.today.parts else own.item  # type: ignore[union-attr]
            return self._key(record, "items", None) if own.items[0].address == address else ()  # type: ignore[arg-type]
        found = self.ground.lines(address)
        return (whole_lines.removal(*found),) if found else None

    def _removed_row(self, holder: Holder) -> Replacements | None:
        """A table's line goes where all its cells that say something went."""
        row = holder.lines[0].row
        own = [one for one in self.today.holders.values() if one.lines[0].row == row and one.bare]
        found = self.ground.row(row)
        if found is None or any(one.address not in self.gone for one in own):
            return None
        if own[0].address != holder.address:
            return ()
        lines = whole_lines.item(*found)
        return (whole_lines.removal(found[0], lines),) if lines else None

    def _moved(self, edit: Edit) -> Replacements | None:
        """An item's lines laid elsewhere; what stands below it goes along."""
        numbered = self.today.numbered.get(edit.holder)
        if numbered is None:
            return None
        if self.today.above[edit.holder] in self.moves:
            return ()
        found, slot = self.ground.lines(edit.holder), self._slot(edit.behind, numbered.printed_number)
        if found is None or slot is None:
            return None
        file, lines = found
        added = whole_lines.moved(file, lines, slot.indent)
        return (whole_lines.removal(file, lines), *_into(slot, added))

    def _slot(self, anchor: str, number: str) -> Slot | None:
        """Where something goes behind an anchor; behind what moves itself, where that goes."""
        seen: set[str] = set()
        while anchor in self.moves and anchor not in seen:
            seen.add(anchor)
            anchor = self.moves[anchor].behind
        return self.ground.slot(anchor, manner(number))

    def _added(self, edit: Edit) -> Iterator[Way]:
        holder = self.today.holders.get(edit.behind)
        if holder is not None and holder.sort is Sort.CELL:
            yield partial(self._added_row, edit, holder)
            return
        lines = [line.strip() for line in edit.after.split("\n") if line.strip()]
        for step in _STEPS if any(mark_at(line) for line in lines) else ():
            yield partial(self._as_items, edit, lines, step)
        if holder is not None and holder.is_running:
            yield partial(self._as_paragraphs, holder, lines)
        yield partial(self._as_bare, edit, lines)

    def _as_items(self, edit: Edit, lines: Sequence[str], step: Step) -> Replacements | None:
        """Numbered paragraphs as items where their numbers belong, with what stands between them."""
        leaves = [Leaf(place, Paragraph(line, Place())) for place, line in enumerate(lines)]
        tree = grown(leaves)
        nodes = alone(tree, self.today.plan.book, {leaf.id: step for leaf in leaves})
        opening = [lines[leaf.id] for leaf in tree.opening]
        made: list[Replacement] = []
        if opening:
            before = self._as_bare(edit, opening)
            if before is None:
                return None
            made += before
        slot = self._slot(edit.behind, nodes[0].mark.printed if nodes and nodes[0].mark else "")
        if slot is None:
            return None
        style = StyleAbove(slot.style.titles, slot.style.annotations, slot.style.label)
        own = [_named(node) if slot.named else node for node in nodes]
        return (*made, *_into(slot, [line for node in own for line in listed(item_value(node, style), slot.indent)]))

    def _as_paragraphs(self, holder: Holder, lines: Sequence[str]) -> Replacements | None:
        """Paragraphs that go on with the text of the holder above."""
        if any(line.role is Role.UNITS for line in holder.lines) or not holder.bare:
            return None
        return text_ops.in_runs(holder, stretches(holder, "\n".join((holder.text, *lines))))

    def _as_bare(self, edit: Edit, lines: Sequence[str]) -> Replacements | None:
        """Paragraphs by themselves."""
        slot = self._slot(edit.behind, "")
        if slot is None:
            return None
        return _into(slot, [line for text in lines for line in listed(Paragraphs((text,)), slot.indent)])

    def _added_row(self, edit: Edit, holder: Holder) -> Replacements | None:
        """A line of a table, a cell for each column."""
        row = holder.lines[0].row
        table, found = self.ground.table(row), self.ground.row(row)
        lines = whole_lines.item(*found) if found else None
        if table is None or found is None or lines is None:
            return None
        columns, cells = names(table.columns), edit.after.split(CELLS)
        if len(columns) != len(cells):
            return None
        value = {
            column: Paragraphs(tuple(cell.split("\n")))
            for column, cell in zip(columns, cells, strict=True)
            if cell.strip()
        }
        return (whole_lines.behind(found[0], lines, listed(value, lines.indent)),)


def _into(slot: Slot, added: Sequence[str]) -> Replacements:
    """Lines where a slot is; below a key of their own where there is none yet."""
    assert slot.lines is not None  # noqa: S101 - a slot without lines is none
    if slot.mapping is not None:
        added = [f"{slot.indent[2:]}items:", *added]
    put = whole_lines.before if slot.above else whole_lines.behind
    return (put(slot.file, slot.lines, added),)


def _put(record: Record, key: str, value: object) -> Replacements | None:
    """A key that is not there yet, in the order of the model: before what stands below it there."""
    node = record.node
    file = node.entries[0].key.file
    order = [field.alias or name for name, field in type(record).model_fields.items()]
    above = [entry for entry in node.entries if entry.key.text in order[: order.index(key)]]
    if not above:
        return None
    lines = whole_lines.ending(file, node, above[-1].key.text)
    if lines is None:
        flat = isinstance(value, str)
        return (
            additions.key(file, node, key, additions.quoted(str(value)), behind=[above[-1].key.text]) if flat else None
        )
    return (whole_lines.behind(file, lines, keyed(key, value, lines.indent)),)


def _named(node: Node) -> Node:
    return replace(node, own_id=bare(node.title), items=tuple(map(_named, node.items))) if node.title else node


def _date(words: str, like: str) -> str:
    """A day as the plan writes it; other words as they are."""
    day = _DAY.fullmatch(words)
    if day is None or not _ISO.fullmatch(like):
        return words
    return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
