"""The lines of a copy in segments: each stands for one holder, or is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.compare.text_diff import common
from workplan.importing.marks import mark_at
from workplan.merge.printed import Sort
from workplan.merge.signs import in_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.printed import Holder, Printed
    from workplan.merge.returned import Line


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of a copy that follow each other and stand for one holder, or for none: they are new."""

    holder: str
    lines: tuple[Line, ...]
    #: Holders of which it has words too: their paragraphs were joined to its own.
    swallowed: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What its lines say, parted by line ends."""
        return "\n".join(line.text for line in self.lines)


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
        elif line.text.strip() or line.place.row or holder:
            found.append(Segment(holder, (line,), joined))
        last = own
    whole = _once(base, _around(base, found))
    return _joined([part for segment in whole for part in _longer(base, segment)])


def _is_item(base: Printed, holder: str) -> bool:
    return base.holders[holder].sort is Sort.ITEM


def _around(base: Printed, found: Sequence[Segment]) -> list[Segment]:
    """Paragraphs that were put between two of one holder belong to it; numbered ones in an item stand by themselves."""
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
            and not any(line.place.row for line in between.lines)
            and not (_is_item(base, segment.holder) and any(mark_at(line.text.strip()) for line in between.lines))
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
    return common(base.holders[segment.holder].bare, in_signs(segment.said, lines=True))


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
        if last and not last.holder and not segment.holder and row(last.lines[-1]) == row(segment.lines[0]):
            joined[-1] = Segment("", (*last.lines, *segment.lines))
        elif segment.holder:
            joined.append(segment)
        else:
            joined += _rows(segment)
    return joined


def _rows(segment: Segment) -> Iterator[Segment]:
    own: list[Line] = []
    for line in segment.lines:
        if own and row(line) != row(own[-1]):
            yield Segment("", tuple(own))
            own = []
        own.append(line)
    yield Segment("", tuple(own))


def row(line: Line) -> tuple[int, int] | None:
    """The table and its line that a cell stands in; None for a paragraph."""
    return (line.place.block, line.place.row) if line.place.row else None


def after(holder: Holder, segment: Segment) -> tuple[str, str, str]:
    """What a copy has in a holder's place: its signs, the text itself, and the number that it begins with.

    The number is left out of both where the plan counts it.
    """
    text, number = segment.said, ""
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
