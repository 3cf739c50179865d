"""Which holder of the plan that copies were made from is which of today's plan."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from workplan.compare.likeness import ratio
from workplan.merge.edit import Kind
from workplan.merge.printed import Sort
from workplan.merge.signs import in_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workplan.merge.edit import Edit
    from workplan.merge.printed import Holder, Printed

    #: The addresses in today's plan by those in the other, as far as they are known; and offers of more.
    Found = Mapping[str, str]
    Pairs = Iterable[tuple[str, str]]

#: Two texts at one address are one holder in other words if they have at least this in common.
_ALIKE = 0.5


def pairs(base: Printed, today: Printed, edits: Iterable[Edit]) -> dict[str, str]:
    """Holders of one plan and those of another that carry them on, the surest first; ``edits`` say what copies make of them."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for offers in (_lasting, _elsewhere, partial(_reworded, edits=edits), _matched, _alike, _in_rows):
        for old, new in offers(base, today, found):
            if old not in found and new not in taken:
                found[old] = new
                taken.add(new)
    return found


def _lasting(base: Printed, today: Printed, _: Found) -> Pairs:
    """What an address names in every build, or says as it did."""
    for address, holder in base.holders.items():
        own = today.holders.get(address)
        if own is not None and (own.bare == holder.bare or _is_lasting(address, holder, base)):
            yield address, address


def _alike(base: Printed, today: Printed, _: Found) -> Pairs:
    """What both plans have at an address in other words."""
    return ((address, address) for address in base.holders if _is_alike(address, base, today))


def _elsewhere(base: Printed, today: Printed, found: Found) -> Pairs:
    """What stands at another address with the very words that nothing else has: it moved, or something before it did."""
    taken = set(found.values())
    olds, news = (
        _by_words(holder for address, holder in plan.holders.items() if address not in known)
        for plan, known in ((base, found.keys()), (today, taken))
    )
    return [(own[0], news[key][0]) for key, own in olds.items() if len(own) == len(news.get(key, ())) == 1]


def _by_words(holders: Iterable[Holder]) -> dict[tuple[Sort, str], list[str]]:
    """The addresses of what says something of its own, by its words; cells go by their lines."""
    words: dict[tuple[Sort, str], list[str]] = defaultdict(list)
    for holder in holders:
        if holder.bare and holder.sort not in (Sort.CELL, Sort.DERIVED):
            words[holder.sort, holder.bare].append(holder.address)
    return words


def _reworded(base: Printed, today: Printed, found: Found, edits: Iterable[Edit]) -> Pairs:
    """What today's plan has in the very words that a copy has instead: they were brought in before.

    Of several places with these words it is the one at the same address, else the first.
    """
    words = _by_words(today.holders.values())
    offers = []
    for edit in edits:
        if edit.kind is not Kind.CHANGED or edit.holder in found:
            continue
        own, here = base.holders[edit.holder], today.holders.get(edit.holder)
        after = in_signs(edit.after, lines=own.is_running)
        if here is not None and (here.sort, here.bare) == (own.sort, after):
            offers.append((edit.holder, edit.holder))
        else:
            offers += [(edit.holder, address) for address in words.get((own.sort, after), ())]
    return offers


def _is_alike(address: str, base: Printed, today: Printed) -> bool:
    """Whether both plans have one thing in other words at an address."""
    old, new = base.holders[address], today.holders.get(address)
    return new is not None and old.sort is new.sort and ratio(old.bare, new.bare) >= _ALIKE


def _in_rows(base: Printed, today: Printed, found: Found) -> Pairs:
    """The cells that say something else altogether, in lines of tables whose other cells tell which line is which."""
    rows = {
        base.holders[old].lines[0].row: today.holders[new].lines[0].row
        for old, new in found.items()
        if base.holders[old].lines[0].row and today.holders[new].lines[0].row
    }
    offers = []
    for address, holder in base.holders.items():
        row = holder.lines[0].row
        own = f"{rows[row]}{address.removeprefix(row)}" if row in rows and address not in found else ""
        if own in today.holders:
            offers.append((address, own))
    return offers


def _is_lasting(address: str, holder: Holder, plan: Printed) -> bool:
    """Whether an address names the same thing in every build: a key of the frame, an item with an id."""
    numbered = plan.numbered.get(address)
    if numbered is not None:
        return getattr(numbered.item, "id", None) is not None
    return holder.sort in (Sort.FRAME, Sort.TEXT, Sort.HEADING)


def _matched(base: Printed, today: Printed, _: Found) -> Pairs:
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
