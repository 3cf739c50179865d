"""Two plans to what changed between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare import registry, table_line, text_diff, units
from workplan.compare.balance import balances
from workplan.compare.change import Change, Comparison, Renumbered
from workplan.compare.entry import entries
from workplan.compare.match import match
from workplan.compare.moves import moved
from workplan.compare.units import Names
from workplan.plan.numbering import DUTY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Entry, Kind, Match, Piece, UnitChange
    from workplan.plan.compiled import Plan


def compare(old: Plan, new: Plan, sides: tuple[str, str] = ("", "")) -> Comparison:
    """What changed from ``old`` to ``new``; ``sides`` are their names where the plans' own do not tell them apart."""
    before, after = entries(old), entries(new)
    names = Names(old.book, new.book)
    matches = match(before, after, names)
    changes = tuple(_changes(before, after, matches, names))
    return Comparison(
        old=sides[0] or old.name,
        new=sides[1] or new.name,
        matches=matches,
        changes=changes,
        renumbered=tuple(_renumbered(matches, changes)),
        units=balances(matches, changes, names),
        registry=registry.compare(old, new, _printed(before, after)),
    )


def _printed(*sides: Sequence[Entry]) -> frozenset[str]:
    """How the plans spell the units that they name."""
    return frozenset(named.printed for side in sides for entry in side for named in entry.units)


def _changes(
    before: Sequence[Entry], after: Sequence[Entry], matches: Sequence[Match], names: Names
) -> Iterator[Change]:
    """In the order of the new plan; what went stands where it stood in the old one."""
    by_new = {found.new[0].place: found for found in matches}
    carried = {entry.place for found in matches for entry in found.new}
    kept = {entry.place for found in matches for entry in found.old}
    elsewhere = moved(before, after, matches)
    gone = iter([entry for entry in before if entry.place not in kept])
    waiting = next(gone, None)
    for entry in after:
        found = by_new.get(entry.place)
        while waiting and found and waiting.place < found.old[0].place and found.new[0].place not in elsewhere:
            yield _single(waiting, "removed", names)
            waiting = next(gone, None)
        if found:
            change = _change(found, names, is_moved=entry.place in elsewhere)
            yield from (change,) if change.kinds else ()
        elif entry.place not in carried:
            yield _single(entry, "added", names)
    if waiting:
        yield from (_single(entry, "removed", names) for entry in (waiting, *gone))


def _single(entry: Entry, kind: Kind, names: Names) -> Change:
    """An entry that came or went, with all it says and all it asks of units."""
    came = kind == "added"
    touched = units.compare((), entry.units, names) if came else units.compare(entry.units, (), names)
    pieces: tuple[Piece, ...] = (("+" if came else "-", entry.text),) if entry.text else ()
    return Change(
        kinds=(kind,),
        old=() if came else (entry,),
        new=(entry,) if came else (),
        similarity=0.0,
        doubtful=False,
        units=touched,
        text_diff=pieces,
    )


def _change(found: Match, names: Names, *, is_moved: bool) -> Change:
    old, new = found.old, found.new
    touched = _units(old, new, names)
    several = len(old) != len(new)
    before, after = (_joined(side) for side in (old, new))
    reworded = before.replace("\n", "") != after.replace("\n", "") if several else before != after
    tests: tuple[tuple[Kind, bool], ...] = (
        ("moved", is_moved),
        ("split", len(new) > 1),
        ("merged", len(old) > 1),
        ("retitled", not {entry.title for entry in old} & {entry.title for entry in new}),
        ("reworded", reworded),
        ("units", bool(touched) or _annotations(old) != _annotations(new)),
        ("due", {due.text for entry in old for due in entry.due} != {due.text for entry in new for due in entry.due}),
        ("targets", _targets(old) != _targets(new)),
    )
    kinds = tuple(kind for kind, is_so in tests if is_so)
    pieces = _pieces(old, new) if reworded else ()
    if not kinds:
        kinds, pieces = _otherwise(old, new)
    return Change(
        kinds=kinds,
        old=old,
        new=new,
        similarity=found.similarity,
        doubtful=found.doubtful,
        units=touched,
        text_diff=pieces,
    )


def _pieces(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Piece, ...]:
    """What became of the words: in a line of a table column by column."""
    if len(old) == len(new) == 1 and old[0].cells and new[0].cells:
        return table_line.compare(old[0].cells, new[0].cells)
    return text_diff.compare(_joined(old), _joined(new))


def _otherwise(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[tuple[Kind, ...], tuple[Piece, ...]]:
    """What no field of its own tells: the stop behind a title, the place of an annotation, whatever prints besides; duties."""
    before, after = ("".join(entry.whole for entry in side) for side in (old, new))
    if before != after:
        return ("reworded",), text_diff.compare(before, after)
    was, now = ([entry.kind if entry.kind in DUTY_KINDS else "" for entry in side] for side in (old, new))
    return (("kind",), ()) if was != now else ((), ())


def _joined(side: Sequence[Entry]) -> str:
    return "\n".join(entry.text for entry in side if entry.text)


def _units(old: Sequence[Entry], new: Sequence[Entry], names: Names) -> tuple[UnitChange, ...]:
    before, after = ([named for entry in side for named in entry.units] for side in (old, new))
    told = units.compare(before, after, names)
    # The pieces of one task name units once each: put together they are in nobody's order.
    return told if len(old) == len(new) else tuple(change for change in told if change.change != "reordered")


def _annotations(side: Sequence[Entry]) -> set[tuple[str, ...]]:
    """The annotations: pieces of one task may each bear the same."""
    return {entry.printed for entry in side}


def _targets(side: Sequence[Entry]) -> set[tuple[str, str]]:
    return {(target.name, target.text) for entry in side for target in entry.targets}


def _renumbered(matches: Sequence[Match], changes: Sequence[Change]) -> Iterator[Renumbered]:
    """Numbers that are others now though the entry itself did not move."""
    elsewhere = {change.new[0].place for change in changes if "moved" in change.kinds}
    for found in matches:
        old, new = found.old[0], found.new[0]
        if new.place in elsewhere:
            continue
        marks = (old.path[-1:], new.path[-1:])
        if old.number != new.number:
            yield Renumbered(new.key, old.number, new.number)
        elif old.number and marks[0] != marks[1]:
            yield Renumbered(new.key, "".join(marks[0]), "".join(marks[1]))
