"""A matched copy to its edits: what became of each holder, told against what the plan printed when the copy was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from workplan.importing.piece import Outside
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.matching import matched
from workplan.merge.printed import Sort
from workplan.merge.remarks import loose, remarks
from workplan.merge.segments import after, row, segments
from workplan.merge.signs import DISTINCT, bare
from workplan.merge.stretches import stretches
from workplan.render.docx.bookmarks import is_annotation
from workplan.rising import rising
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.printed import Holder, Printed
    from workplan.merge.remarks import Remark
    from workplan.merge.returned import Line, Returned, Tracked
    from workplan.merge.segments import Segment


@dataclass(frozen=True, slots=True)
class Understood:
    """What a copy says: its edits and its comments in its order, and the lines that stand outside of the document's text."""

    edits: tuple[Edit, ...]
    remarks: tuple[Remark, ...]
    outside: tuple[Line, ...]


def understood(base: Printed, copy: Returned, own: frozenset[str] = frozenset()) -> Understood:
    """Hold a copy against the plan that it was made from; ``own`` is what only the template says, without blanks."""
    said = [line for line in copy.lines if line.marks or bare(line.text) not in own]
    inside = [line for line in said if line.outside is None and (line.text.strip() or line.marks or line.place.row)]
    places_of = matched(base, inside)
    return Understood(
        edits=edits(base, inside, places_of),
        remarks=(*remarks(base, inside, places_of), *map(loose, copy.loose)),
        outside=tuple(line for line in said if line.outside not in (None, Outside.PAGE_NUMBER)),
    )


def edits(base: Printed, lines: Sequence[Line], places_of: Sequence[tuple[int, ...]]) -> tuple[Edit, ...]:
    """The edits of matched lines in their order; what was removed stands where it stood."""
    found = segments(base, lines, places_of)
    removed = list(_removed(base, found))
    written = [(place, _joined(edit, removed)) for place, edit in _written(base, found)]
    return tuple(_in_place(base, found, [*written, *_moved(base, found)], removed))


def _joined(edit: Edit, removed: Sequence[Edit]) -> Edit:
    """An edit with whatever was removed elsewhere and stands in it now: it was joined to it, though no bookmark says so."""
    if edit.kind is not Kind.CHANGED:
        return edit
    before, after = bare(edit.before), bare(edit.after)
    own = [one.holder for one in removed if len(words := bare(one.before)) >= DISTINCT and words in after]
    more = [holder for holder in own if holder not in edit.swallowed]
    return replace(edit, swallowed=(*edit.swallowed, *more)) if more and len(after) > len(before) else edit


def _written(base: Printed, found: Sequence[Segment]) -> Iterator[tuple[int, Edit]]:
    """What was changed in place, and what is new, each with the place of its segment."""
    behind = ""
    for place, segment in enumerate(found):
        if segment.holder:
            behind = segment.holder
            yield from ((place, edit) for edit in _of_holder(base, segment))
        elif any(line.text.strip() for line in segment.lines):  # else an empty cell that no bookmark tells of
            yield place, _added(base, segment, behind)


def _added(base: Printed, segment: Segment, behind: str) -> Edit:
    """What is new, behind a holder."""
    words = (CELLS if row(segment.lines[0]) else "\n").join(line.text for line in segment.lines)
    return Edit(
        kind=Kind.ADDED,
        holder="",
        behind=behind,
        before="",
        after=words,
        place=base.place(behind),
        authors=_authors(segment.lines),
        date=max((one.date for line in segment.lines for one in line.tracked), default=""),
        marks=_marks(segment.lines),
    )


def _of_holder(base: Printed, segment: Segment) -> Iterator[Edit]:
    """What became of a holder that is still there: its number, its words."""
    holder = base.holders[segment.holder]
    signs, words, number = after(holder, segment)
    kept = Edit(
        kind=Kind.RENUMBERED,
        holder=holder.address,
        behind="",
        before=holder.number,
        after=number.strip() + words,
        place=base.place(holder.address),
    )
    typed = bare(number) != bare(holder.number) or "\n" in number.strip()
    if typed and (signs or not holder.bare):  # the number of what was removed goes with it
        yield kept
    if not signs and holder.bare and holder.sort is not Sort.CELL:
        yield replace(kept, kind=Kind.REMOVED, before=holder.text, after="", authors=_authors(segment.lines))
    elif signs != holder.bare:
        own = tuple(_hunks(holder, words, segment))
        yield replace(
            kept,
            kind=Kind.CHANGED,
            before=holder.text,
            after=words,
            hunks=own,
            authors=tuple(dict.fromkeys(name for hunk in own for name in hunk.authors)),
            date=max((hunk.date for hunk in own), default=""),
            swallowed=segment.swallowed,
            marks=_marks(segment.lines),
        )


def _hunks(holder: Holder, words: str, segment: Segment) -> Iterator[Hunk]:
    """The stretches of a holder's text that were replaced, with whoever tracked them."""
    shift = len(segment.said) - len(words)
    for one in stretches(holder, words):
        tracked = list(_tracked(segment.lines, shift + one.first, shift + one.last))
        yield Hunk(
            start=one.start,
            end=one.end,
            words=one.words,
            authors=tuple(dict.fromkeys(change.author for change in tracked if change.author)),
            date=max((change.date for change in tracked), default=""),
        )


def _tracked(lines: Sequence[Line], start: int, end: int) -> Iterator[Tracked]:
    """The tracked changes that touch a stretch of the text of some lines."""
    above = 0
    for line in lines:
        for one in line.tracked:
            if above + one.start <= end and above + one.end >= start:
                yield one
        above += len(line.text) + 1


def _marks(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """The bookmarks of paragraphs; those of annotations within them tell nothing more."""
    return tuple((mark.name, line.text) for line in lines for mark in line.marks if not is_annotation(mark.name))


def _authors(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.author for line in lines for one in line.tracked if one.author))


def _moved(base: Printed, found: Sequence[Segment]) -> Iterator[tuple[int, Edit]]:
    """Holders that stand elsewhere: all that are not part of the longest run that kept its order.

    Lines in boxes stand anywhere; tables may float, so that their cells are held against those of their own table alone.
    """
    placed = [(place, base.holders[one.holder], one.lines[0].boxed) for place, one in enumerate(found) if one.holder]
    running = [
        (place, holder)
        for place, holder, boxed in placed
        if holder.sort in (Sort.ITEM, Sort.HEADING, Sort.TEXT) or (holder.sort is Sort.FRAME and not boxed)
    ]
    yield from _out_of_order(base, running)
    cells = [(place, holder) for place, holder, _ in placed if holder.sort is Sort.CELL]
    for _, own in groupby(cells, key=lambda one: one[1].lines[0].row.partition("/rows/")[0].removesuffix(".columns")):
        heads = {holder.lines[0].row: (place, holder) for place, holder in reversed(list(own))}
        yield from _out_of_order(base, list(heads.values())[::-1])


def _out_of_order(base: Printed, own: Sequence[tuple[int, Holder]]) -> Iterator[tuple[int, Edit]]:
    kept = rising([holder.lines[0].place for _, holder in own])
    for at, (place, holder) in enumerate(own):
        if at in kept:
            continue
        behind = own[at - 1][1].address if at else ""
        yield place, _whole(base, holder, Kind.MOVED, after=holder.text, behind=behind)


def _removed(base: Printed, found: Sequence[Segment]) -> Iterator[Edit]:
    left = {segment.holder for segment in found}
    for holder in base.holders.values():
        if holder.address not in left and holder.bare:
            yield _whole(base, holder, Kind.REMOVED, after="")


def _whole(base: Printed, holder: Holder, kind: Kind, *, after: str, behind: str = "") -> Edit:
    """An edit of a holder as a whole."""
    place = base.place(holder.address)
    return Edit(kind=kind, holder=holder.address, behind=behind, before=holder.text, after=after, place=place)


def _in_place(
    base: Printed, found: Sequence[Segment], own: Sequence[tuple[int, Edit]], gone: Sequence[Edit]
) -> Iterator[Edit]:
    """All edits in the order of the copy; what is gone behind what stood before it."""
    order = {segment.holder: place for place, segment in enumerate(found) if segment.holder}
    before: dict[str, int] = {}
    last = -1
    for address in base.holders:
        last = order.get(address, last)
        before[address] = last
    ranked = [(place, 0, edit) for place, edit in own] + [(before[edit.holder], 1, edit) for edit in gone]
    yield from (edit for _, _, edit in sorted(ranked, key=lambda one: one[:2]))
