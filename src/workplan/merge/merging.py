"""Copies into a plan: their edits by three-way comparison, clashes apart, the rest written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.merge.carried import Carried, Verdict, by_marks
from workplan.merge.edit import Kind
from workplan.merge.home import Home
from workplan.merge.printed import Sort, printed
from workplan.merge.signs import bare
from workplan.merge.told import Fate, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Span
    from workplan.merge.edit import Edit
    from workplan.merge.printed import Printed
    from workplan.plan.compiled import Plan
    from workplan.source import Source


@dataclass(frozen=True, slots=True)
class Copy:
    """The edits of one copy, told against the plan that it was made from.

    Without a base (``known`` is False) they are told against today's plan, and only hidden bookmarks say who changed what.
    """

    name: str
    base: Printed
    edits: tuple[Edit, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of some copies: everything told, the changed files by name, and the plan as it then is."""

    told: tuple[Told, ...]
    changed: dict[str, bytes]
    result: Result


@dataclass(frozen=True, slots=True)
class _Wish:
    """An edit that may be taken, told by today's holders."""

    copy: str
    original: Edit
    edit: Edit


def merge(source: Source, result: Result, plan: Plan, copies: Sequence[Copy]) -> Merged:
    """Bring the edits of some copies into a plan; nothing is written to disk."""
    today = printed(plan)
    told: list[Told] = []
    wishes: list[_Wish] = []
    for copy in copies:
        carried = Carried(copy.base, today)
        for edit in copy.edits:
            one = _judged(copy, edit, carried)
            if isinstance(one, Told):
                told.append(one)
            else:
                wishes.append(one)
    own, clashes = _apart(wishes, today)
    told += clashes
    home = Home(source, result, today)
    home.take([wish.edit for wish in own])
    for wish in own:
        left = any(wish.edit is edit for edit in home.left)
        fate, reason = (Fate.LEFT, "no-way") if left else (Fate.TAKEN, "")
        told.append(replace(_told(wish, today, fate), reason=reason))
    told = [_numbered(one, home.today) if one.edit.kind is Kind.RENUMBERED else one for one in told]
    return Merged(tuple(_in_order(told, copies)), home.changed, home.result)


def _judged(copy: Copy, edit: Edit, carried: Carried) -> Told | _Wish:
    own = carried.holder(edit.holder) if edit.holder else None
    if own is not None and own.sort is Sort.DERIVED:
        return Told(copy.name, edit, Fate.LEFT, reason="derived")
    if edit.kind is Kind.RENUMBERED:
        return Told(copy.name, edit, Fate.LEFT, span=_span(carried.today, own.address if own else ""), reason="counted")
    verdict = carried.verdict(edit)
    if not copy.known and verdict is Verdict.TAKE:
        verdict = by_marks(edit, own)
    if verdict is Verdict.UNSURE:
        return Told(copy.name, edit, Fate.UNSURE, span=_span(carried.today, own.address if own else ""))
    if verdict is Verdict.THERE:
        return Told(copy.name, edit, Fate.THERE)
    if verdict is Verdict.CLASH:
        today = own.text if own else ""
        return Told(copy.name, edit, Fate.CLASH, today, _span(carried.today, own.address if own else ""))
    here = replace(
        edit,
        holder=own.address if own else "",
        behind=carried.behind(edit.behind) if edit.behind else "",
    )
    return _Wish(copy.name, edit, here)


def _numbered(told: Told, today: Printed) -> Told:
    """A number that was typed: it is there where the plan now counts to it."""
    words = bare(told.edit.after)
    return (
        replace(told, fate=Fate.THERE) if any(bare(line.number + line.text) == words for line in today.lines) else told
    )


def _apart(wishes: Sequence[_Wish], today: Printed) -> tuple[list[_Wish], list[Told]]:
    """The wishes that go together, equal ones once; of those that want different things of one holder none is taken."""
    by_holder: dict[str, list[_Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.edit.kind in (Kind.CHANGED, Kind.REMOVED):
            by_holder[wish.edit.holder].append(wish)
    kept: list[_Wish] = []
    told: list[Told] = []
    seen: set[tuple[str, str, str, str]] = set()
    for wish in wishes:
        own = wish.edit
        rivals = [one for one in by_holder[own.holder] if own.holder and _differs(one.edit, own)]
        if rivals and own.kind is not Kind.MOVED:
            text, span = today.holders[own.holder].text, _span(today, own.holder)
            told.append(Told(wish.copy, wish.original, Fate.CLASH, text, span, rival=rivals[0].copy))
            continue
        key = (own.kind, own.holder, own.behind, bare(own.after))
        if key in seen:
            told.append(Told(wish.copy, wish.original, Fate.THERE))
            continue
        seen.add(key)
        kept.append(wish)
    return kept, told


def _differs(one: Edit, other: Edit) -> bool:
    return one.kind is not other.kind or bare(one.after) != bare(other.after)


def _told(wish: _Wish, today: Printed, fate: Fate) -> Told:
    return Told(wish.copy, wish.original, fate, span=_span(today, wish.edit.holder or wish.edit.behind))


def _span(today: Printed, address: str) -> Span | None:
    holder = today.holders.get(address)
    runs = [run for line in holder.lines for run in line.runs] if holder is not None else []
    return next((run.scalar.span for run in runs if run.scalar.file.name), None)


def _in_order(told: Sequence[Told], copies: Sequence[Copy]) -> Iterator[Told]:
    """By copy, then as the copy has them."""
    for copy in copies:
        ranks = {id(edit): place for place, edit in enumerate(copy.edits)}
        own = [one for one in told if one.copy == copy.name and id(one.edit) in ranks]
        yield from sorted(own, key=lambda one: ranks[id(one.edit)])
