"""From returned copies to the rows of the table: those that agree joined, those that clash below each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.compare.text_diff import common
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.opinions.row import Row, RowKind, digest, rivals
from workplan.merge.opinions.sender import Sender, senders
from workplan.merge.opinions.sentence import Sentences, applied, hunks_between, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from workplan.merge.opinions.copy import Copy, PlacedComment
    from workplan.plan.registry.book import Book

#: What may tell two rows apart; rows that agree in it are one.
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A copy that came in: its path, who sent it, and number of opinions in it (0: 无意见)."""

    path: str
    sender: Sender
    count: int


@dataclass(frozen=True, slots=True)
class Opinions:
    """All that came in: ``rows`` in the order of the document, ``loose`` on the whole document or without a place."""

    rows: tuple[Row, ...]
    loose: tuple[Row, ...]
    received: tuple[Received, ...]


def collect(copies: Sequence[Copy], texts: Mapping[str, str], book: Book) -> Opinions:
    """The opinions of all copies.

    ``texts`` are what the plan printed when the copies were made: the text of each holder (its paragraphs parted by line
    ends) by address, in the order of the document.
    """
    sent_by = senders([copy.path for copy in copies], book)
    ranks = _ranks(sent_by, book)
    found: dict[_Key, Row] = {}
    received = []
    for copy, sender in zip(copies, sent_by, strict=True):
        own = list(_keyed(_rows(copy, texts, sender)))
        received.append(Received(copy.path, sender, len(own)))
        for key, row in own:
            found[key] = _joined(found[key], row, ranks) if key in found else row
    placed = [row for row in found.values() if not _is_loose(row, texts)]
    loose = [row for row in found.values() if _is_loose(row, texts)]
    rows = _numbered([*_ordered(placed, texts, ranks), *sorted(loose, key=lambda row: ranks[row.units[0]])])
    return Opinions(rows[: len(placed)], rows[len(placed) :], tuple(received))


def _ranks(sent_by: Iterable[Sender], book: Book) -> dict[str, int]:
    """The order of the units: that of the registry, the others behind it as they came in."""
    strangers = dict.fromkeys(sender.name for sender in sent_by if sender.name not in book.order)
    return {**book.order, **{name: len(book.order) + place for place, name in enumerate(strangers)}}


def _is_loose(row: Row, texts: Mapping[str, str]) -> bool:
    return row.kind is RowKind.COMMENT and row.holder not in texts


# ------------------------------------------------------------------------------------------------- the rows of one copy


def _rows(copy: Copy, texts: Mapping[str, str], sender: Sender) -> Iterator[Row]:
    units = (sender.name,)
    strangers = () if sender.registered else units
    into = {holder: edit.holder for edit in copy.edits for holder in edit.swallowed}
    for edit in copy.edits:
        for row in _of_edit(edit, texts, units, into.get(edit.holder, "")):
            yield replace(row, strangers=strangers)
    for comment in copy.comments:
        yield replace(_of_comment(comment, units), strangers=strangers)


def _of_edit(edit: Edit, texts: Mapping[str, str], units: tuple[str, ...], into: str) -> Iterator[Row]:
    """The rows of one edit: one for what is added, removed or moved, one for each stretch of sentences that is changed.

    ``into`` is the holder that has words of the edit's own now, "" for none.
    """
    plain = Row(
        kind=RowKind(edit.kind),
        holder=edit.holder,
        behind=edit.behind,
        neighbour=texts.get(edit.behind, ""),
        place=edit.place,
        before=digest(edit.before) if edit.holder else "",
        original=edit.before,
        end=len(edit.before),
        proposed=edit.after,
        units=units,
        authors=_authors(edit),
        into=into if edit.kind is Kind.REMOVED else "",
    )
    if edit.kind is not Kind.CHANGED:
        yield replace(plain, proposed=edit.before) if edit.kind is Kind.MOVED else plain
    if edit.kind not in (Kind.CHANGED, Kind.MOVED):
        return
    changed = replace(plain, kind=RowKind.CHANGED, behind="", neighbour="")
    passages = list(sentences(edit.before, _hunks(edit)))
    joined = {holder: _takes(passages, texts.get(holder, "")) for holder in edit.swallowed}
    gave = _most(passages, _lost) if into else -1
    for place, passage in enumerate(passages):
        start, end, own = passage.start, passage.end, passage.hunks
        yield replace(
            changed,
            start=start,
            end=end,
            original=edit.before[start:end],
            proposed=applied(edit.before, own, start, end),
            hunks=own,
            authors=_union(*(hunk.authors for hunk in own)) or edit.authors,
            swallowed=tuple(holder for holder in edit.swallowed if joined[holder] == place),
            into=into if gave == place else "",
        )


def _most(passages: Sequence[Sentences], share: Callable[[Sentences], int]) -> int:
    """The place of the first passage with the largest share; -1 where there is none."""
    return max(range(len(passages)), key=lambda place: share(passages[place]), default=-1)


def _takes(passages: Sequence[Sentences], text: str) -> int:
    """Which of some passages has most of a text that was joined."""
    return _most(passages, lambda one: sum(common(text, hunk.words) for hunk in one.hunks))


def _lost(passage: Sentences) -> int:
    """How many characters a passage loses."""
    return sum(hunk.end - hunk.start - len(hunk.words) for hunk in passage.hunks)


def _authors(edit: Edit) -> tuple[str, ...]:
    return edit.authors or _union(*(hunk.authors for hunk in edit.hunks))


def _hunks(edit: Edit) -> tuple[Hunk, ...]:
    """The hunks of an edit, found anew where those it has do not lead to its text."""
    at = 0
    for hunk in edit.hunks:
        if not at <= hunk.start <= hunk.end <= len(edit.before):
            break
        at = hunk.end
    else:
        if applied(edit.before, edit.hunks) == edit.after:
            return edit.hunks
    return hunks_between(edit.before, edit.after, authors=edit.authors)


def _of_comment(comment: PlacedComment, units: tuple[str, ...]) -> Row:
    return Row(
        kind=RowKind.COMMENT,
        holder=comment.holder,
        place=comment.place,
        original=comment.words,
        start=comment.start,
        end=comment.start + len(comment.words),
        proposed=comment.said,
        units=units,
        authors=(comment.author,) if comment.author else (),
    )


# -------------------------------------------------------------------------------------------------------- joining them


def _keyed(rows: Iterable[Row]) -> Iterator[tuple[_Key, Row]]:
    """Each row with what it proposes; what one copy proposes twice (two equal paragraphs added) stays two."""
    counts: dict[_Key, int] = defaultdict(int)
    for row in rows:
        place = (row.kind, row.holder, row.behind, row.before, row.start, row.end)
        key = (*place, row.original, row.proposed, row.swallowed, row.into)
        counts[key] += 1
        yield (*key, counts[key]), row


def _joined(one: Row, other: Row, ranks: Mapping[str, int]) -> Row:
    """One row for two that propose the same."""
    units = sorted({*one.units, *other.units}, key=ranks.__getitem__)
    return replace(
        one,
        units=tuple(units),
        strangers=tuple(name for name in units if name in {*one.strangers, *other.strangers}),
        authors=_union(one.authors, other.authors),
        hunks=tuple(_named(hunk, other.hunks) for hunk in one.hunks),
    )


def _named(hunk: Hunk, others: Iterable[Hunk]) -> Hunk:
    """A hunk with the authors of the same one in another copy."""
    same = [one for one in others if (one.start, one.end, one.words) == (hunk.start, hunk.end, hunk.words)]
    return replace(hunk, authors=_union(hunk.authors, *(one.authors for one in same)))


def _union(*names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


# ------------------------------------------------------------------------------------------------------- ordering them


def _ordered(rows: Sequence[Row], texts: Mapping[str, str], ranks: Mapping[str, int]) -> Iterator[Row]:
    """The rows in the order of the document; what is added stands behind the rows of the holder that it follows."""
    places = {address: place for place, address in enumerate(texts)}
    by_place: dict[tuple[int, bool], list[Row]] = defaultdict(list)
    for row in rows:
        added = row.kind is RowKind.ADDED
        address = row.behind if added else row.holder
        by_place[places.get(address, len(places) if address else -1), added].append(row)
    for _, group in sorted(by_place.items(), key=lambda item: item[0]):
        group.sort(key=lambda row: (row.start, row.end, ranks[row.units[0]]))
        yield from _clustered(group, ranks)


def _clustered(group: Sequence[Row], ranks: Mapping[str, int]) -> Iterator[Row]:
    """The rows of one holder: where it goes, then each run of sentences with all that is proposed and said there."""
    yield from (row for row in group if row.kind is RowKind.MOVED)
    pairs = {frozenset((id(one), id(other))) for one, other in rivals(group)}
    clusters: list[list[Row]] = []
    for row in (row for row in group if row.kind not in (RowKind.MOVED, RowKind.COMMENT)):
        last = clusters[-1] if clusters else []
        if any(row.start < other.end or frozenset((id(row), id(other))) in pairs for other in last):
            last.append(row)
        else:
            clusters.append([row])
    for comment in (row for row in group if row.kind is RowKind.COMMENT):
        place = sum(cluster[0].start <= comment.start for cluster in clusters)
        if place:
            clusters[place - 1].append(comment)
        else:
            clusters.insert(0, [comment])
    for cluster in clusters:
        cluster.sort(key=lambda row: (row.kind is RowKind.COMMENT, row.start, row.end, ranks[row.units[0]]))
        yield from cluster


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their numbers, and those of their rivals and of others for the same sentence."""
    counted = [replace(row, number=number) for number, row in enumerate(rows, 1)]
    by_holder: dict[str, list[Row]] = defaultdict(list)
    for row in counted:
        if row.holder:
            by_holder[row.holder].append(row)
    against: dict[int, set[int]] = defaultdict(set)
    for group in by_holder.values():
        for one, other in rivals(group):
            against[one.number].add(other.number)
            against[other.number].add(one.number)
    return tuple(
        replace(
            row,
            rivals=tuple(sorted(against[row.number])),
            beside=tuple(
                other.number
                for other in by_holder.get(row.holder, ())
                if _are_beside(row, other) and other.number not in {row.number, *against[row.number]}
            ),
            joint=tuple(_joint(row, by_holder)),
        )
        for row in counted
    )


def _joint(row: Row, by_holder: Mapping[str, Sequence[Row]]) -> Iterator[tuple[int, ...]]:
    """The numbers of the rows that say the other half of what one row joins: a group for each holder that has it."""
    for holder in (*row.swallowed, *filter(None, [row.into])):
        others = (other for other in by_holder.get(holder, ()) if set(other.units) & set(row.units))
        group = [one.number for one in others if row.holder in (one.into, *one.swallowed)]
        if group:
            yield tuple(group)


def _are_beside(one: Row, other: Row) -> bool:
    both_changed = one.kind is other.kind is RowKind.CHANGED
    return both_changed and one.start < other.end and other.start < one.end
