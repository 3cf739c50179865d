"""How an edit may be written into the plan: several ways, each giving up a little more structure; ``home`` tries them in turn."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.importing.draft import STEPS
from workplan.importing.layout import Paragraphs
from workplan.importing.titles import Numbered as NumberedParagraph
from workplan.importing.titles import worded
from workplan.importing.write import units_value
from workplan.language.model import Item
from workplan.language.scalar import Scalar
from workplan.merge import text_ops
from workplan.merge.edit import Kind
from workplan.merge.keys import set_key
from workplan.merge.printed import Sort
from workplan.merge.quotes import followed
from workplan.merge.signs import bare
from workplan.merge.stretches import stretches
from workplan.merge.structure import Structure
from workplan.plan.compiled import NO_MASTHEAD
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workplan.importing.draft import Step
    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed
    from workplan.merge.text_ops import Replacements

    #: One way: what it would change, or None where it cannot.
    Way = Callable[[], Replacements | None]

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DATES = (Role.DATE, Role.ISSUED)


class Ways:
    """The ways for the edits of one round; ``edits`` are all of them, told by holders of today's plan."""

    def __init__(self, today: Printed, edits: Sequence[Edit]) -> None:
        self.today = today
        self.structure = Structure(today, edits)
        self.ground = self.structure.ground

    def of(self, edit: Edit) -> list[Way]:
        """The ways of an edit, the best first."""
        if edit.kind is Kind.ADDED:
            return list(self.structure.added(edit))
        holder = self.today.holders[edit.holder]
        if edit.kind is Kind.REMOVED:
            return [
                partial(self._removed, holder),
                *([partial(self._emptied, holder)] if holder.sort is Sort.FRAME else []),
            ]
        if edit.kind is Kind.MOVED:
            return [partial(self.structure.moved, edit)]
        return list(self._changed(holder, edit.after))

    def _changed(self, holder: Holder, after: str) -> Iterator[Way]:
        changes = stretches(holder, after)
        chain = [self.today.numbered[address].item for address in self.ground.chain(holder.address)]
        quotes = followed(chain, holder, after, changes)
        numbered = self.today.numbered.get(holder.address)
        ways: list[Way] = [partial(text_ops.in_runs, holder, changes), partial(text_ops.anew, holder, changes)]
        if numbered is not None and isinstance(numbered.item, Item) and not numbered.item.clauses:
            ways += [partial(self._reworded, holder, numbered.item, after, step) for step in STEPS]
        elif numbered is None:
            ways.append(partial(self._whole, holder, after))
        for way in ways:
            yield partial(_with, way, quotes)

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
        made = [set_key(item, key, value) for key, value in new.items()]
        return None if None in made else tuple(one for some in made if some is not None for one in some)

    def _whole(self, holder: Holder, after: str) -> Replacements | None:
        """A key of the frame, or a cell, written anew; put in where only its default printed."""
        words = bare(after) if holder.sort is Sort.FRAME else after.strip()
        role = holder.lines[0].role
        if holder.sort is Sort.CELL:
            own = next((run.scalar for line in holder.lines for run in line.runs if run.start is not None), None)
            return (text_ops.rewritten(own, words),) if own is not None else self.structure.filled_cell(holder, words)
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
        return set_key(record, key, words)

    def _removed(self, holder: Holder) -> Replacements | None:
        if holder.sort is Sort.ITEM:
            return self.structure.removed_item(holder.address)
        if holder.sort is Sort.CELL:
            return self.structure.removed_row(holder)
        found = self.ground.key(holder.address)
        return set_key(*found, None) if found else None

    def _emptied(self, holder: Holder) -> Replacements | None:
        """A key of the frame that says nothing, where without it something would print of itself."""
        found = self.ground.key(holder.address)
        if found is None:
            return None
        return set_key(*found, NO_MASTHEAD if holder.lines[0].role is Role.MASTHEAD else "")


def _with(way: Way, quotes: Replacements) -> Replacements | None:
    made = way()
    return None if made is None else (*made, *quotes)


def _date(words: str, like: str) -> str:
    """A day as the plan writes it; other words as they are."""
    day = _DAY.fullmatch(words)
    if day is None or not _ISO.fullmatch(like):
        return words
    return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
