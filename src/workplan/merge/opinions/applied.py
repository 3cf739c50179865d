"""From a filled-in table to the edits that were adopted; what cannot be applied is told, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, Severity, Span
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.opinions import words
from workplan.merge.opinions.row import Row, RowKind, digest, rivals
from workplan.merge.opinions.sentence import applied, hunks_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.merge.opinions.table import Filled, Table

#: What only a person can apply: a line that somebody added, a comment, a move with other words, a part of an opinion.
_BY_HAND = ("own", "comment", "moved", "partly")
#: So many 字 of an opinion are told of it.
_BRIEF = 40


@dataclass(frozen=True, slots=True)
class Adopted:
    """The edits of a table in the order of the document, what is told of its rows, and number of rows by decision ("": none)."""

    edits: tuple[Edit, ...]
    diagnostics: tuple[Diagnostic, ...]
    decisions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A row that is to be applied."""

    row: Row
    at: Filled


def adopted(table: Table, texts: Mapping[str, str]) -> Adopted:
    """What the rows of a table that are marked 采纳 come to.

    ``texts`` are those that the plan printed when the table was made, as ``collect`` had them. A row marked 部分采纳 counts as
    adopted where its opinion was edited, with the edited words; an edited opinion always counts as it stands.
    """
    told: list[Diagnostic] = []
    by_holder: dict[str, list[_Accepted]] = defaultdict(list)
    for one in _accepted(table, texts, told):
        by_holder[one.row.holder].append(one)
    for holder, group in by_holder.items():
        if holder and len(group) > 1:
            by_holder[holder] = _without_clashes(group, table, told)
    _take_out_halves(by_holder, table, told)
    edits = [(one.row.number, _added(one.row)) for one in by_holder.pop("", ())]
    for holder, group in by_holder.items():
        edits += _edits(group, texts[holder])
    told.sort(key=lambda finding: finding.span)
    counts = Counter(filled.decision for filled in table.rows if filled.carried)
    return Adopted(tuple(edit for _, edit in sorted(edits, key=lambda pair: pair[0])), tuple(told), counts)


def _accepted(table: Table, texts: Mapping[str, str], told: list[Diagnostic]) -> Iterator[_Accepted]:
    """The rows that are to be applied; ``told`` gets what there is to say of them and of the others."""
    for filled in table.rows:
        finding = _refused(filled, table, texts)
        if finding:
            told.append(finding)
        elif filled.decision in (words.ADOPTED, words.PARTLY) and filled.carried:
            row = _row(filled, filled.carried.row, texts)
            if filled.is_edited:
                told.append(Diagnostic("opinion-edited", _span(filled, table), _arguments(filled), Severity.INFO))
            if row:
                yield _Accepted(row, filled)


# ------------------------------------------------------------------------------------------------ what cannot be applied


def _refused(filled: Filled, table: Table, texts: Mapping[str, str]) -> Diagnostic | None:
    """Why a row is not applied although somebody decided on it; None where it is, and where nobody did."""
    if not filled.decision or filled.decision == words.REJECTED:
        return None
    span, arguments = _span(filled, table), _arguments(filled)
    if filled.fault:
        return Diagnostic("opinion-damaged", span, arguments, variant=filled.fault)
    if filled.decision not in words.DECISIONS:
        return Diagnostic("opinion-decision", span, arguments)
    by_hand = _by_hand(filled)
    if by_hand:
        return Diagnostic("opinion-by-hand", span, arguments, Severity.WARNING, variant=by_hand)
    if not filled.opinion:
        return Diagnostic("opinion-empty", span, arguments)
    stands = filled.carried is not None and _fits(filled.carried.row, texts)
    return None if stands else Diagnostic("opinion-stale", span, arguments)


def _by_hand(filled: Filled) -> str:
    """Why only a person can apply a row; "" where workplan can."""
    own, comment, moved, partly = _BY_HAND
    row = filled.carried.row if filled.carried else None
    if row is None:
        return own
    if row.kind is RowKind.COMMENT:
        return comment
    if row.kind is RowKind.MOVED and filled.is_edited:
        return moved
    return partly if filled.decision == words.PARTLY and not filled.is_edited else ""


def _fits(row: Row, texts: Mapping[str, str]) -> bool:
    """Whether a row stands on the text that it was made for."""
    if row.behind and row.behind not in texts:
        return False
    if row.kind is RowKind.ADDED:
        return not row.holder
    text = texts.get(row.holder)
    if text is None or digest(text) != row.before or not 0 <= row.start <= row.end <= len(text):
        return False
    places = [row.start, *(at for hunk in row.hunks for at in (hunk.start, hunk.end)), row.end]
    return places == sorted(places)


def _arguments(filled: Filled) -> dict[str, str | int]:
    return {
        "sheet": filled.at.sheet,
        "line": filled.at.line,
        "place": filled.carried.row.place if filled.carried else "",
        "decision": filled.decision,
        "opinion": _brief(filled.opinion),
        "choices": "、".join(words.DECISIONS),
    }


def _span(filled: Filled, table: Table) -> Span:
    """The line of the sheet as the line of the file."""
    line = filled.at.line
    return Span(file=table.file, start=0, end=0, line=line, column=1, end_line=line, end_column=1)


def _brief(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _BRIEF else f"{joined[: _BRIEF - 1]}…"


def _without_clashes(group: Sequence[_Accepted], table: Table, told: list[Diagnostic]) -> list[_Accepted]:
    """The adopted rows of one holder but those that touch the same words: of these none is applied, and each is told."""
    by_row = {id(one.row): one for one in group}
    against: dict[int, list[_Accepted]] = defaultdict(list)
    for row, rival in rivals([one.row for one in group]):
        against[id(row)].append(by_row[id(rival)])
        against[id(rival)].append(by_row[id(row)])
    for one in group:
        others = against.get(id(one.row), [])
        if others:
            related = tuple(
                Related("opinion-clash.also", _span(other.at, table), _arguments(other.at)) for other in others
            )
            span, arguments = _span(one.at, table), _arguments(one.at)
            told.append(Diagnostic("opinion-clash", span, arguments, related=related))
    return [one for one in group if id(one.row) not in against]


def _take_out_halves(by_holder: dict[str, list[_Accepted]], table: Table, told: list[Diagnostic]) -> None:
    """Take out the rows that join a text to another where the other half was not adopted, or cannot be applied."""
    at = {filled.carried.row.number: filled for filled in table.rows if filled.carried}
    while True:
        numbers = {one.row.number for group in by_holder.values() for one in group}
        halves = [
            one
            for group in by_holder.values()
            for one in group
            if any(numbers.isdisjoint(others) for others in one.row.joint)
        ]
        if not halves:
            return
        for one in halves:
            by_holder[one.row.holder].remove(one)
            others = [at[number] for group in one.row.joint for number in group if number in at]
            related = tuple(Related("opinion-joined.also", _span(other, table), _arguments(other)) for other in others)
            span, arguments = _span(one.at, table), _arguments(one.at)
            told.append(Diagnostic("opinion-joined", span, arguments, related=related))


# -------------------------------------------------------------------------------------------------------- what is applied


def _row(filled: Filled, row: Row, texts: Mapping[str, str]) -> Row | None:
    """The row as it is to be applied: with the edited words, where there are any; None where these change nothing."""
    if not filled.is_edited:
        return _proposing(row, row.hunks, texts) if row.kind is RowKind.CHANGED else row
    edited = "" if filled.opinion == words.DELETED else filled.opinion
    if row.kind is RowKind.ADDED:
        return replace(row, proposed=edited) if edited else None
    text = texts[row.holder]
    was = text[row.start : row.end]
    if row.kind is RowKind.REMOVED:
        row = replace(row, kind=RowKind.CHANGED)
    before, after = was[: len(was) - len(was.lstrip())], was[len(was.rstrip()) :]
    hunks = hunks_between(was, f"{before}{edited}{after}" if edited else "", row.start, row.authors)
    return _proposing(row, hunks, texts) if hunks else None


def _proposing(row: Row, hunks: tuple[Hunk, ...], texts: Mapping[str, str]) -> Row:
    return replace(row, hunks=hunks, proposed=applied(texts[row.holder], hunks, row.start, row.end))


def _edits(group: Sequence[_Accepted], text: str) -> Iterator[tuple[int, Edit]]:
    """The edit of one holder from its adopted rows, which do not clash, with the number of the first of them."""
    rows = sorted((one.row for one in group), key=lambda row: row.number)
    if not rows:
        return
    first = rows[0]
    moved = next((row for row in rows if row.kind is RowKind.MOVED), None)
    removed = any(row.kind is RowKind.REMOVED for row in rows)
    # Of rows that come to the same words by different steps one is taken.
    steps = {(row.start, row.end, row.proposed): row.hunks for row in reversed(rows) if row.kind is RowKind.CHANGED}
    hunks = () if removed else _together(hunk for some in steps.values() for hunk in some)
    kind = Kind.REMOVED if removed else Kind.MOVED if moved else Kind.CHANGED
    edit = Edit(
        kind=kind,
        holder=first.holder,
        behind=moved.behind if moved else "",
        before=text,
        after="" if removed else applied(text, hunks),
        place=first.place,
        hunks=hunks,
        authors=_authors(rows),
        swallowed=tuple(dict.fromkeys(holder for row in rows for holder in row.swallowed)) if hunks else (),
    )
    yield first.number, edit


def _together(hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """All hunks in order; what several rows change alike is one, with the authors of all."""
    same: dict[tuple[int, int, str], Hunk] = {}
    for hunk in hunks:
        key = (hunk.start, hunk.end, hunk.words)
        known = same.get(key, hunk)
        same[key] = replace(known, authors=tuple(dict.fromkeys((*known.authors, *hunk.authors))))
    return tuple(same[key] for key in sorted(same))


def _added(row: Row) -> Edit:
    return Edit(
        kind=Kind.ADDED,
        holder="",
        behind=row.behind,
        before="",
        after=row.proposed,
        place=row.place,
        authors=row.authors,
    )


def _authors(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row.authors))
