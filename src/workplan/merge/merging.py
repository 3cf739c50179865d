"""Copies into a plan: their edits by three-way comparison, clashes apart, the rest written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.merge.carried import Carried, Verdict, by_marks
from workplan.merge.edit import Kind
from workplan.merge.home import Home
from workplan.merge.joins import joins
from workplan.merge.printed import Sort, printed
from workplan.merge.signs import bare
from workplan.merge.stretches import stretches
from workplan.merge.told import Fate, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Span
    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed
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
    #: Whether another copy asks for the same.
    again: bool = False


def merge(source: Source, result: Result, plan: Plan, copies: Sequence[Copy]) -> Merged:
    """Bring the edits of some copies into a plan; nothing is written to disk."""
    today = printed(plan)
    told: list[Told] = []
    wishes: list[_Wish] = []
    bases = {id(copy.base): copy.base for copy in copies}
    carried = {key: Carried(base, today, _edits_of(copies, base)) for key, base in bases.items()}
    for copy in copies:
        moving: set[str] = set()
        for edit in copy.edits:
            one = _judged(copy, edit, carried[id(copy.base)], moving)
            if isinstance(one, Told):
                told.append(one)
            elif one is not None:
                wishes.append(one)
    own = _settled(wishes, copies, today, told)
    home = Home(source, result, today)
    home.take([wish.edit for wish in own if not wish.again])
    left_out = {(edit.kind, edit.holder, edit.behind, edit.after) for edit in home.left}
    for wish in own:
        edit = wish.edit
        left = (edit.kind, edit.holder, edit.behind, edit.after) in left_out
        fate, reason = (Fate.LEFT, "no-way") if left else (Fate.TAKEN, "")
        told.append(replace(_told(wish, today, fate), reason=reason))
    told = list(_along(told))
    told = list(_numbered(told, copies, home.today))
    return Merged(tuple(_in_order(told, copies)), home.changed, home.result)


def _settled(wishes: list[_Wish], copies: Sequence[Copy], today: Printed, told: list[Told]) -> list[_Wish]:
    """The wishes that go together; ``told`` gets the others. Half a join is none: the other half is left with it."""
    judged = [one.edit for one in told if not one.fate.is_home]
    while True:
        kept, clashes = _apart(wishes, today)
        out = {id(edit) for edit in (*judged, *(one.edit for one in clashes))}
        torn = [own for copy in copies for own in joins(copy.edits) if any(id(edit) in out for edit in own)]
        halves = {id(edit) for own in torn for edit in own} - out
        gone = [wish for wish in wishes if id(wish.original) in halves]
        if not gone:
            told += clashes
            return kept
        told += (replace(_told(wish, today, Fate.LEFT), reason="joined") for wish in gone)
        judged += (wish.original for wish in gone)
        wishes = [wish for wish in wishes if id(wish.original) not in halves]


def _judged(copy: Copy, edit: Edit, carried: Carried, moving: set[str]) -> Told | _Wish | None:
    """An edit that may be taken, or what became of it; None where it is none."""
    own = carried.holder(edit.holder) if edit.holder else None
    span = _span(carried.today, own.address if own else "")
    if own is not None and own.sort is Sort.DERIVED:
        return Told(copy.name, edit, Fate.LEFT, span=span, reason="derived")
    if edit.kind is Kind.RENUMBERED:
        return Told(copy.name, edit, Fate.LEFT, span=span, reason="counted")
    verdict = carried.verdict(edit, moving)
    if not copy.known:
        verdict = by_marks(edit, own) if verdict is Verdict.TAKE else verdict
    match verdict:
        case Verdict.NONE:
            return None
        case Verdict.TAKE:
            behind = carried.behind(edit.behind) if edit.behind else ""
            swallowed = tuple(one.address for one in map(carried.holder, edit.swallowed) if one is not None)
            here = replace(edit, holder=own.address if own else "", behind=behind, swallowed=swallowed)
            return _Wish(copy.name, edit, here)
    today = own.text if own and verdict is Verdict.CLASH else ""
    return Told(copy.name, edit, Fate(verdict), today=today, span=span)


def _along(told: Sequence[Told]) -> Iterator[Told]:
    """What moved along with something else that could not is not home either."""
    left = {(one.copy, one.edit.holder): one for one in told if one.edit.kind is Kind.MOVED and not one.fate.is_home}
    for one in told:
        above = left.get((one.copy, one.edit.behind))
        if one.edit.kind is Kind.MOVED and one.fate.is_home and above is not None:
            one = left[one.copy, one.edit.holder] = replace(one, fate=above.fate, reason=above.reason)  # noqa: PLW2901
        yield one


def _numbered(told: Sequence[Told], copies: Sequence[Copy], today: Printed) -> Iterator[Told]:
    """Numbers that were typed: one is there where the plan now counts to it."""
    base_of = {copy.name: copy.base for copy in copies}
    carried: dict[int, Carried] = {}
    for one in told:
        if one.edit.kind is Kind.RENUMBERED and any(_counts(line.number, one.edit) for line in today.lines):
            base = base_of[one.copy]
            if id(base) not in carried:
                carried[id(base)] = Carried(base, today, _edits_of(copies, base))
            own = carried[id(base)].holder(one.edit.holder)
            if own is not None and _counts(own.number, one.edit):
                one = replace(one, fate=Fate.THERE, reason="")  # noqa: PLW2901
        yield one


def _counts(number: str, edit: Edit) -> bool:
    """Whether a number that was counted is the one that somebody typed; one that was deleted never is."""
    return bool(number) and bare(edit.after.partition("\n")[0]).startswith(bare(number))


def _edits_of(copies: Sequence[Copy], base: Printed) -> Iterator[Edit]:
    """The edits of the copies that were made from one plan."""
    return (edit for copy in copies if copy.base is base for edit in copy.edits)


def _apart(wishes: Sequence[_Wish], today: Printed) -> tuple[list[_Wish], list[Told]]:
    """The wishes that go together, equal ones once; of those that want different things of one holder none is taken.

    Changes of one text that do not touch each other want nothing different.
    """
    by_holder: dict[str, list[_Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.edit.kind in (Kind.CHANGED, Kind.REMOVED):
            by_holder[wish.edit.holder].append(wish)
    together = {holder: _together(own, today.holders[holder]) for holder, own in by_holder.items()}
    swallowed = {
        holder: tuple(dict.fromkeys(one for wish in own for one in wish.edit.swallowed))
        for holder, own in by_holder.items()
    }
    kept: list[_Wish] = []
    told: list[Told] = []
    seen: set[tuple[str, str, str, str]] = set()
    for wish in wishes:
        own = wish.edit
        after = together.get(own.holder, own.after) if own.kind in (Kind.CHANGED, Kind.REMOVED) else own.after
        if after is None:
            rival = next(one for one in by_holder[own.holder] if _differs(one.edit, own))
            text, span = today.holders[own.holder].text, _span(today, own.holder)
            told.append(Told(wish.copy, wish.original, Fate.CLASH, today=text, span=span, rival=rival.copy))
            continue
        key = (own.kind, own.holder, own.behind, bare(after))
        own = replace(own, after=after, swallowed=swallowed.get(own.holder, ()))
        kept.append(replace(wish, edit=own, again=key in seen))
        seen.add(key)
    return kept, told


def _together(own: Sequence[_Wish], holder: Holder) -> str | None:
    """What a holder reads with all that several copies change in it; None where they want the same words otherwise."""
    first, *others = own
    if not any(_differs(first.edit, one.edit) for one in others):
        return first.edit.after
    if any(one.edit.kind is not Kind.CHANGED for one in own):
        return None
    changes = sorted({(one.start, one.end, one.words) for wish in own for one in stretches(holder, wish.edit.after)})
    if any(later[0] <= earlier[1] for earlier, later in pairwise(changes)):
        return None
    text = holder.text
    for start, end, words in reversed(changes):
        text = text[:start] + words + text[end:]
    return text


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
