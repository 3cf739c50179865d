"""Which holder of today's plan is which of the plan that a copy was made from, and what three-way comparison says of an edit."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from workplan.compare.likeness import ratio
from workplan.merge.edit import Kind
from workplan.merge.printed import Sort
from workplan.merge.signs import core, in_signs
from workplan.merge.stretches import stretches
from workplan.render.docx.bookmarks import says
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed

#: Two texts at one address are one holder in other words if they have at least this in common.
_ALIKE = 0.5


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
    """Two plans, the one that copies were made from and today's; ``today_of`` names holders of the first in the second."""

    def __init__(self, base: Printed, today: Printed) -> None:
        self.base = base
        self.today = today
        self.today_of = dict(zip(base.holders, base.holders, strict=True)) if base is today else _pairs(base, today)
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
            # What stands behind something that moves itself has to move along.
            if edit.behind not in moving and self._stands_behind(edit):
                return Verdict.THERE
            moving.add(edit.holder)
            return Verdict.TAKE
        before, after = (in_signs(text, lines=own.is_running) for text in (edit.before, edit.after))
        if edit.kind is Kind.CHANGED and (own.bare == after or self._has(own, edit)):
            return Verdict.THERE
        return Verdict.TAKE if own.bare == before else Verdict.CLASH

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


def _pairs(base: Printed, today: Printed) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()

    def pair(old: str, new: str) -> None:
        found[old] = new
        taken.add(new)

    for address, holder in base.holders.items():
        own = today.holders.get(address)
        if own is not None and (own.bare == holder.bare or _is_lasting(address, holder, base)):
            pair(address, address)
    for old, new in _matched(base, today):
        if old not in found and new not in taken:
            pair(old, new)
    for address in base.holders:
        if address not in found and address not in taken and _is_alike(address, base, today):
            pair(address, address)
    for old, new in _in_rows(base, today, found):
        if new not in taken:
            pair(old, new)
    return found


def _is_alike(address: str, base: Printed, today: Printed) -> bool:
    """Whether both plans have one thing in other words at an address."""
    old, new = base.holders[address], today.holders.get(address)
    return new is not None and old.sort is new.sort and ratio(old.bare, new.bare) >= _ALIKE


def _in_rows(base: Printed, today: Printed, found: dict[str, str]) -> list[tuple[str, str]]:
    """The cells that say something else altogether, in lines of tables whose other cells tell which line is which."""
    rows = {
        base.holders[old].lines[0].row: today.holders[new].lines[0].row
        for old, new in found.items()
        if base.holders[old].lines[0].row and today.holders[new].lines[0].row
    }
    pairs = []
    for address, holder in base.holders.items():
        row = holder.lines[0].row
        own = f"{rows[row]}{address.removeprefix(row)}" if row in rows and address not in found else ""
        if own in today.holders:
            pairs.append((address, own))
    return pairs


def _is_lasting(address: str, holder: Holder, plan: Printed) -> bool:
    """Whether an address names the same thing in every build: a key of the frame, an item with an id."""
    numbered = plan.numbered.get(address)
    if numbered is not None:
        return getattr(numbered.item, "id", None) is not None
    return holder.sort in (Sort.FRAME, Sort.TEXT, Sort.HEADING)


def _matched(base: Printed, today: Printed) -> list[tuple[str, str]]:
    """What the comparison of years says, the likest first where an entry became several."""
    from workplan.compare.plans import compare  # noqa: PLC0415 - where the plan is the same nobody compares

    by_address = [{line.address: line.holder for line in plan.lines} for plan in (base, today)]
    found: list[tuple[float, str, str]] = []
    for match in compare(base.plan, today.plan).matches:
        olds, news = (
            dict.fromkeys(side[address] for entry in entries for address in sorted(entry.addresses) if address in side)
            for side, entries in zip(by_address, (match.old, match.new), strict=True)
        )
        for old in olds:
            for new in news:
                one, other = base.holders[old], today.holders[new]
                if one.sort is other.sort:
                    found.append((-ratio(one.bare, other.bare), old, new))
    return [(old, new) for score, old, new in sorted(found) if -score >= _ALIKE]
