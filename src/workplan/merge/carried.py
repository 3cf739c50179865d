"""What three-way comparison says of an edit: of the plan that its copy was made from, of the copy, of today's plan."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from workplan.merge.edit import Kind
from workplan.merge.pairing import pairs
from workplan.merge.printed import Sort
from workplan.merge.signs import core, in_signs
from workplan.merge.stretches import stretches
from workplan.render.docx.bookmarks import says
from workplan.view.sequence import CELLS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed


class Verdict(StrEnum):
    """What three texts say: the one that the copy was made from, the copy's, today's; UNSURE where the first is not known.

    NONE is no edit at all: the copy says what it said when it was sent.
    """

    TAKE = "take"
    THERE = "there"
    CLASH = "clash"
    UNSURE = "unsure"
    NONE = "none"


class Carried:
    """Two plans, the one that copies were made from and today's; ``today_of`` names holders of the first in the second.

    ``edits`` are those of the copies: what they say of a holder may be what today's plan says.
    """

    def __init__(self, base: Printed, today: Printed, edits: Iterable[Edit] = ()) -> None:
        self.base = base
        self.today = today
        same = base is today
        self.today_of = dict(zip(base.holders, base.holders, strict=True)) if same else pairs(base, today, edits)
        self.new = self._new()

    def _new(self) -> Counter[str]:
        """The lines of today's plan that the same holder had not when the copy was made."""
        before = {new: self.base.holders[old] for old, new in self.today_of.items()}
        found: Counter[str] = Counter()
        for address, holder in self.today.holders.items():
            own = before.get(address)
            found += Counter(_cores(holder)) - Counter(_cores(own) if own else ())
        return found

    def holder(self, address: str) -> Holder | None:
        """Today's holder; None where it is gone."""
        own = self.today_of.get(address)
        return self.today.holders[own] if own else None

    def behind(self, address: str) -> str:
        """Today's holder that stands in for one above what came: itself, else the nearest before it that is left."""
        order = list(self.base.holders)
        place = order.index(address) if address in self.base.holders else -1
        found = (self.today_of.get(order[at]) for at in range(place, -1, -1))
        return next((own for own in found if own), "")

    def verdict(self, edit: Edit, moving: set[str]) -> Verdict:
        """What becomes of an edit; ``moving`` are the holders that move in its copy, as far as edits were asked about."""
        if edit.kind is Kind.ADDED:
            return self._added(edit)
        own = self.holder(edit.holder)
        if own is None:
            return Verdict.THERE if edit.kind is Kind.REMOVED else Verdict.CLASH
        if edit.kind is Kind.MOVED:
            return self._moved(edit, moving)
        if self._is_there(own, edit):
            return Verdict.THERE
        return Verdict.TAKE if own.bare == in_signs(edit.before, lines=own.is_running) else Verdict.CLASH

    def _moved(self, edit: Edit, moving: set[str]) -> Verdict:
        # What stands behind something that moves itself has to move along.
        if edit.behind not in moving and self._stands_behind(edit):
            return Verdict.THERE
        moving.add(edit.holder)
        return Verdict.TAKE

    def _is_there(self, own: Holder, edit: Edit) -> bool:
        """Whether today's text is what the copy made of it."""
        if edit.kind is Kind.REMOVED:
            return self._is_removed(own, edit)
        return own.bare == in_signs(edit.after, lines=own.is_running) or self._has(own, edit)

    @staticmethod
    def _is_removed(own: Holder, edit: Edit) -> bool:
        """Whether nothing prints any more in the place of a text, or only what a draft has room for there."""
        if not own.bare:
            return True
        room = own.sort is Sort.FRAME and not any(run.start is not None for line in own.lines for run in line.runs)
        return room and own.lines[0].role is Role.NUMBER and own.bare != in_signs(edit.before, lines=own.is_running)

    def _has(self, own: Holder, edit: Edit) -> bool:
        """Whether today's text has all that a copy changed, beside other changes."""
        base = self.base.holders[edit.holder]
        wanted, there = (set(_changes(base, text)) for text in (edit.after, own.text))
        return wanted <= there

    def _added(self, edit: Edit) -> Verdict:
        cores = Counter(filter(None, map(core, edit.after.replace(CELLS, "\n").split("\n"))))
        return Verdict.THERE if cores and not cores - self.new else Verdict.TAKE

    def _stands_behind(self, edit: Edit) -> bool:
        order = list(self.today.holders)
        own, above = self.today_of.get(edit.holder), self.today_of.get(edit.behind)
        if own is None or above is None:
            return False
        between = order[order.index(above) + 1 : order.index(own)] if order.index(above) < order.index(own) else None
        known = set(self.today_of.values())
        return between is not None and not any(address in known for address in between)


def _changes(base: Holder, text: str) -> Iterator[tuple[int, int, str]]:
    return ((one.start, one.end, one.words) for one in stretches(base, text))


def by_marks(edit: Edit, own: Holder | None) -> Verdict:
    """What hidden bookmarks alone say of an edit told against today's plan: each knows what its line said at first."""
    if edit.kind is Kind.ADDED:
        return Verdict.UNSURE if edit.marks else Verdict.TAKE
    if edit.kind is not Kind.CHANGED or not edit.marks:
        return Verdict.UNSURE
    if all(says(name, text) for name, text in edit.marks):
        # Today's plan has moved on, if the copy has all its paragraphs; else nobody knows whether one was deleted.
        return Verdict.NONE if own is None or len(own.lines) <= len(edit.marks) else Verdict.UNSURE
    lines = [line.number + line.text for line in own.lines] if own is not None else []
    as_sent = all(any(says(name, line) for line in lines) for name, _ in edit.marks)
    return Verdict.TAKE if as_sent else Verdict.CLASH


def _cores(holder: Holder) -> list[str]:
    return list(filter(None, (core(line.number + line.text) for line in holder.lines)))
