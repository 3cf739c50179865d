"""What came, went and moved: items, paragraphs and lines of tables as whole lines of the plan's files."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workplan.importing.draft import STEPS
from workplan.importing.kinds import counted, name_of
from workplan.importing.layout import Paragraphs, listed
from workplan.importing.marks import mark_at
from workplan.importing.piece import Paragraph, Place
from workplan.importing.shape import alone
from workplan.importing.tree import Leaf, grown
from workplan.importing.write import StyleAbove, item_value
from workplan.language import additions, whole_lines
from workplan.language.additions import quoted
from workplan.language.syntax import Mapping
from workplan.merge import text_ops
from workplan.merge.edit import Kind
from workplan.merge.ground import Ground, manner
from workplan.merge.keys import set_key
from workplan.merge.printed import Sort
from workplan.merge.signs import bare
from workplan.merge.stretches import stretches
from workplan.view.sequence import CELLS, Role
from workplan.view.table import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.diagnostic import Replacement
    from workplan.importing.draft import Node, Step
    from workplan.merge.edit import Edit
    from workplan.merge.ground import Slot
    from workplan.merge.printed import Holder, Printed
    from workplan.merge.text_ops import Replacements


class Structure:
    """Changes of structure in one round; ``edits`` are all of it, told by holders of today's plan."""

    def __init__(self, today: Printed, edits: Sequence[Edit]) -> None:
        self.today = today
        self.ground = Ground(today)
        self.gone = {edit.holder for edit in edits if edit.kind is Kind.REMOVED}
        self.moves = {edit.holder: edit for edit in edits if edit.kind is Kind.MOVED}
        #: Who has an id: an edit that brings it, None for the plan.
        self._ids: dict[str, Edit | None] = dict.fromkeys(self._kept_ids())

    def _kept_ids(self) -> Iterator[str]:
        """The ids of the items that stay."""
        for address, numbered in self.today.numbered.items():
            own = getattr(numbered.item, "id", None)
            if own is not None and (address not in self.gone or self.removed_item(address) is None):
                yield own.text

    def removed_item(self, address: str) -> Replacements | None:
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
        if above in self.gone and above in self.today.numbered:
            return ()
        own = self.today.parts.get(above) or self.today.numbered[above]
        if all(one.address in self.gone for one in own.items):
            record = own.part if above in self.today.parts else own.item  # type: ignore[union-attr]
            return set_key(record, "items", None) if own.items[0].address == address else ()  # type: ignore[arg-type]
        found = self.ground.lines(address)
        return (whole_lines.removal(*found),) if found else None

    def removed_row(self, holder: Holder) -> Replacements | None:
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

    def filled_cell(self, holder: Holder, words: str) -> Replacements | None:
        """A cell that the plan leaves out: its column becomes a key of the table's line."""
        row = holder.lines[0].row
        table, found = self.ground.table(row), self.ground.row(row)
        column = unquote(holder.address.removeprefix(f"{row}/"))
        if table is None or found is None or not words or column not in (own := names(table.columns)):
            return None
        file, listed_rows, place = found
        node = listed_rows.items[place]
        assert isinstance(node, Mapping)  # noqa: S101 - any other line of a table is none of ``Ground.row``
        behind = own[: list(own).index(column)]
        return additions.key(file, node, column, quoted(" ".join(words.split())), behind=behind)

    def moved(self, edit: Edit) -> Replacements | None:
        """An item's lines laid elsewhere; what stands below it goes along."""
        numbered = self.today.numbered.get(edit.holder)
        if numbered is None:
            return None
        if self.today.above[edit.holder] in self.moves:
            return ()
        found = self.ground.lines(edit.holder)
        offers = (self._slot(edit.behind, kind) for kind in self.ground.manners(edit.holder) or ("",))
        slot = next((one for one in offers if one is not None), None)
        if found is None or slot is None:
            return None
        file, lines = found
        added = whole_lines.moved(file, lines, slot.indent)
        return (whole_lines.removal(file, lines), *_into(slot, added))

    def _slot(self, anchor: str, kind: str) -> Slot | None:
        """Where something numbered in a manner goes behind an anchor; behind what moves itself, where that goes."""
        seen: set[str] = set()
        while anchor in self.moves and anchor not in seen:
            seen.add(anchor)
            anchor = self.moves[anchor].behind
        return self.ground.slot(anchor, kind)

    def added(self, edit: Edit) -> Iterator[Callable[[], Replacements | None]]:
        """The ways to put in what is new, the best first."""
        holder = self.today.holders.get(edit.behind)
        if holder is not None and holder.sort is Sort.CELL:
            yield partial(self._added_row, edit, holder)
            return
        lines = [line.strip() for line in edit.after.split("\n") if line.strip()]
        for step in STEPS if any(mark_at(line) for line in lines) else ():
            yield partial(self._as_items, edit, lines, step)
        if any(self._is_chapter(line) for line in lines):
            return  # the title of a part would print as any paragraph
        if holder is not None and holder.is_running:
            yield partial(self._as_paragraphs, holder, lines)
        yield partial(self._as_bare, edit, lines)

    def _is_chapter(self, line: str) -> bool:
        """Whether a line is numbered as the plan's parts are."""
        mark = mark_at(line)
        return mark is not None and mark.kind in {manner(one.printed_number) for one in self.today.parts.values()}

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
        slot = self._slot(edit.behind, manner(nodes[0].mark.printed) if nodes and nodes[0].mark else "")
        if slot is None:
            return None
        style = StyleAbove(slot.style.titles, slot.style.annotations, slot.style.label)
        own = self._named(nodes, edit, set()) if slot.named else nodes
        return (*made, *_into(slot, [line for node in own for line in listed(item_value(node, style), slot.indent)]))

    def _named(self, nodes: Iterable[Node], edit: Edit, given: set[str]) -> Iterator[Node]:
        """New items with ids of their titles, counted on where the plan or another edit has that id; ``given`` grows."""
        for node in nodes:
            own = name_of(bare(node.title))
            offers = (counted(own, count) for count in itertools.count(1))
            named = next(one for one in offers if one not in given and self._ids.setdefault(one, edit) is edit)
            given.add(named)
            items = tuple(self._named(node.items, edit, given))
            yield replace(node, own_id=named if own else "", items=items)

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
    if slot.mapping is not None:
        added = [f"{slot.indent[2:]}items:", *added]
    put = whole_lines.before if slot.above else whole_lines.behind
    return (put(slot.file, slot.lines, added),)
