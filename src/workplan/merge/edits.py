"""A matched copy to its edits: what became of each holder, told against what the plan printed when the copy was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.compare.moves import rising
from workplan.compare.text_diff import compare
from workplan.importing.marks import mark_at
from workplan.importing.piece import Outside
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.matching import matched
from workplan.merge.printed import Sort
from workplan.merge.remarks import remarks
from workplan.merge.signs import bare, in_signs
from workplan.merge.stretches import stretches
from workplan.render.docx.bookmarks import LETTERS, role_letter
from workplan.view.sequence import CELLS, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.printed import Holder, Printed
    from workplan.merge.remarks import Remark
    from workplan.merge.returned import Line, Tracked


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of a copy that follow each other and stand for one holder, or for none: they are new."""

    holder: str
    lines: tuple[Line, ...]
    #: Holders of which it has words too: their paragraphs were joined to its own.
    swallowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a copy says: its edits and its comments in its order, and the lines that stand outside of the document's text."""

    edits: tuple[Edit, ...]
    remarks: tuple[Remark, ...]
    outside: tuple[Line, ...]


def understood(base: Printed, lines: Sequence[Line]) -> Understood:
    """Hold the lines of a copy against the plan that it was made from."""
    own = [line for line in lines if line.outside is None and (line.text.strip() or line.marks)]
    places_of = matched(base, own)
    return Understood(
        edits=edits(base, own, places_of),
        remarks=tuple(remarks(base, own, places_of)),
        outside=tuple(line for line in lines if line.outside not in (None, Outside.PAGE_NUMBER)),
    )


def edits(base: Printed, lines: Sequence[Line], places_of: Sequence[tuple[int, ...]]) -> tuple[Edit, ...]:
    """The edits of matched lines in their order; what was removed stands where it stood."""
    found = segments(base, lines, places_of)
    return tuple(_in_place(base, found, [*_written(base, found), *_moved(base, found)], list(_removed(base, found))))


def segments(base: Printed, lines: Sequence[Line], places_of: Sequence[tuple[int, ...]]) -> list[Segment]:
    """The lines of a copy by their holders; of a holder that stands in two places one is it, the other new."""
    found: list[Segment] = []
    last: tuple[int, ...] = ()
    for line, own in zip(lines, places_of, strict=True):
        holder = base.lines[own[0]].holder if own else ""
        apart = bool(own) and own == last and _is_item(base, holder) and mark_at(line.text.strip()) is not None
        holder = "" if apart else holder
        joined = tuple(dict.fromkeys(base.lines[place].holder for place in own))[1:] if holder else ()
        if found and found[-1].holder == holder:
            last_one = found[-1]
            found[-1] = Segment(holder, (*last_one.lines, line), (*last_one.swallowed, *joined))
        elif line.text.strip() or holder:
            found.append(Segment(holder, (line,), joined))
        last = own
    whole = _once(base, _around(found))
    return _joined([part for segment in whole for part in _longer(base, segment)])


def _is_item(base: Printed, holder: str) -> bool:
    return base.holders[holder].sort is Sort.ITEM


def _around(found: Sequence[Segment]) -> list[Segment]:
    """Paragraphs without a number that were put between two of one holder belong to it."""
    whole: list[Segment] = []
    for segment in found:
        between = whole[-1] if whole else None
        above = whole[-2] if len(whole) > 1 else None
        if (
            between is not None
            and above is not None
            and segment.holder
            and above.holder == segment.holder
            and not between.holder
            and not any(mark_at(line.text.strip()) or line.place.row for line in between.lines)
        ):
            whole[-2:] = []
            lines = (*above.lines, *between.lines, *segment.lines)
            segment = Segment(segment.holder, lines, (*above.swallowed, *segment.swallowed))  # noqa: PLW2901
        whole.append(segment)
    return whole


def _once(base: Printed, found: list[Segment]) -> list[Segment]:
    best: dict[str, int] = {}
    for place, segment in enumerate(found):
        if segment.holder:
            kept = best.setdefault(segment.holder, place)
            if place != kept and _share(base, segment) > _share(base, found[kept]):
                best[segment.holder] = place
    return [
        segment if not segment.holder or best[segment.holder] == place else Segment("", segment.lines)
        for place, segment in enumerate(found)
    ]


def _share(base: Printed, segment: Segment) -> int:
    """How much of its holder a segment still says."""
    pieces = compare(base.holders[segment.holder].bare, in_signs(_said(segment.lines), lines=True))
    return sum(len(words) for sign, words in pieces if sign == "=")


def _longer(base: Printed, segment: Segment) -> Iterator[Segment]:
    """A segment without the paragraphs that were typed behind its holder, which is as it was; these are new."""
    holder = base.holders.get(segment.holder)
    count = len(holder.lines) if holder is not None else 0
    if holder is not None and len(segment.lines) > count and holder.sort is not Sort.FRAME:
        head = replace(segment, lines=segment.lines[:count])
        if after(holder, head)[0] == holder.bare:
            yield head
            yield Segment("", segment.lines[count:])
            return
    yield segment


def _joined(found: Sequence[Segment]) -> list[Segment]:
    """What is new side by side as one; lines of a table stay apart from paragraphs and from each other."""
    joined: list[Segment] = []
    for segment in found:
        last = joined[-1] if joined else None
        if last and not last.holder and not segment.holder and _row(last.lines[-1]) == _row(segment.lines[0]):
            joined[-1] = Segment("", (*last.lines, *segment.lines))
        elif segment.holder:
            joined.append(segment)
        else:
            joined += _rows(segment)
    return joined


def _rows(segment: Segment) -> Iterator[Segment]:
    own: list[Line] = []
    for line in segment.lines:
        if own and _row(line) != _row(own[-1]):
            yield Segment("", tuple(own))
            own = []
        own.append(line)
    yield Segment("", tuple(own))


def _row(line: Line) -> tuple[int, int] | None:
    return (line.place.block, line.place.row) if line.place.row else None


def _said(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def after(holder: Holder, segment: Segment) -> tuple[str, str, str]:
    """What a copy has in a holder's place: its signs, the text itself, and the number that it begins with.

    The number is left out of both where the plan counts it.
    """
    text, number = _said(segment.lines), ""
    if holder.number:
        number, text = _numbered(text, holder.number)
    return in_signs(text, lines=holder.is_running), text, number


def _numbered(text: str, counted: str) -> tuple[str, str]:
    """A text's number apart, where it is the one that was counted or one like it."""
    words = text.lstrip()
    end = len(counted) if words.startswith(counted) else 0
    if not end:
        own, other = mark_at(words), mark_at(f"{counted}甲")
        end = own.end if own and other and own.kind == other.kind else 0
    return words[:end], words[end:]


def _written(base: Printed, found: Sequence[Segment]) -> Iterator[tuple[int, Edit]]:
    """What was changed in place, and what is new, each with the place of its segment."""
    behind = ""
    for place, segment in enumerate(found):
        if not segment.holder:
            words = (CELLS if _row(segment.lines[0]) else "\n").join(line.text for line in segment.lines)
            yield (
                place,
                Edit(
                    kind=Kind.ADDED,
                    holder="",
                    behind=behind,
                    before="",
                    after=words,
                    place=base.place(behind),
                    authors=_authors(segment.lines),
                    date=max((one.date for line in segment.lines for one in line.tracked), default=""),
                    marks=_marks(segment.lines),
                ),
            )
            continue
        behind = segment.holder
        holder = base.holders[segment.holder]
        signs, words, number = after(holder, segment)
        if bare(number) != bare(holder.number):
            where = base.place(holder.address)
            yield place, Edit(Kind.RENUMBERED, holder.address, "", holder.number, number.strip() + words, where)
        if not signs and holder.bare and holder.sort is not Sort.CELL:
            where = base.place(holder.address)
            yield place, Edit(Kind.REMOVED, holder.address, "", holder.text, "", where, authors=_authors(segment.lines))
        elif signs != holder.bare:
            own = tuple(_hunks(holder, words, segment))
            yield (
                place,
                Edit(
                    kind=Kind.CHANGED,
                    holder=holder.address,
                    behind="",
                    before=holder.text,
                    after=words,
                    place=base.place(holder.address),
                    hunks=own,
                    authors=tuple(dict.fromkeys(name for hunk in own for name in hunk.authors)),
                    date=max((hunk.date for hunk in own), default=""),
                    swallowed=segment.swallowed,
                    marks=_marks(segment.lines),
                ),
            )


def _hunks(holder: Holder, words: str, segment: Segment) -> Iterator[Hunk]:
    """The stretches of a holder's text that were replaced, with whoever tracked them."""
    shift = len(_said(segment.lines)) - len(words)
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
    return tuple(
        (mark.name, line.text) for line in lines for mark in line.marks if role_letter(mark.name) != LETTERS[Role.UNITS]
    )


def _authors(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.author for line in lines for one in line.tracked if one.author))


def _moved(base: Printed, found: Sequence[Segment]) -> Iterator[tuple[int, Edit]]:
    """Holders that stand elsewhere: all that are not part of the longest run that kept its order."""
    own = [(place, base.holders[segment.holder]) for place, segment in enumerate(found) if segment.holder]
    own = [(place, holder) for place, holder in own if holder.sort in (Sort.ITEM, Sort.HEADING, Sort.TEXT)]
    kept = rising([holder.lines[0].place for _, holder in own])
    for at, (place, holder) in enumerate(own):
        if at in kept:
            continue
        behind = own[at - 1][1].address if at else ""
        yield place, Edit(Kind.MOVED, holder.address, behind, holder.text, holder.text, base.place(holder.address))


def _removed(base: Printed, found: Sequence[Segment]) -> Iterator[Edit]:
    left = {segment.holder for segment in found}
    for holder in base.holders.values():
        if holder.address not in left and holder.bare:
            yield Edit(Kind.REMOVED, holder.address, "", holder.text, "", base.place(holder.address))


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
