"""How much of what a person reads in an issued document an import understands: figures against the keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from import_keys import FRAME, PROSE, spelling
from workplan import view
from workplan.importing.marks import mark_at
from workplan.language.model import Item
from workplan.view import wording
from workplan.view.sequence import Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from import_keys import Key, Piece
    from import_keys import Table as KeyTable
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.blocks import Official
    from workplan.view.section import Section
    from workplan.view.sequence import Element

_ROLES = {
    Role.MASTHEAD: "masthead",
    Role.NUMBER: "number",
    Role.TITLE: "title",
    Role.SUBTITLE: "subtitle",
    Role.RECIPIENTS: "to",
    Role.SIGNATURE: "signature",
    Role.DATE: "date",
    Role.NOTE: "note",
    Role.COPIES: "cc",
    Role.OFFICE: "office",
    Role.ISSUED: "printed",
    Role.LISTED: "list",
    Role.LABEL: "label",
    Role.STATUS: "code",
}
#: What prints before and behind all of a document belongs to its first text.
_OUTER = {"masthead", "number", "code", "cc", "office", "printed"}
#: So far ahead an annotation is looked for, in names.
_AHEAD = 40


@dataclass
class Figure:
    """How many of some things were understood; ``missed`` names the others."""

    found: int = 0
    wanted: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, what: str, *, found: bool) -> None:
        self.wanted += 1
        self.found += found
        if not found:
            self.missed.append(what)

    def add(self, other: Figure) -> None:
        self.found += other.found
        self.wanted += other.wanted

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0


@dataclass
class Figures:
    """The figures of one document, or of several."""

    numbered: Figure = field(default_factory=Figure)
    frame: Figure = field(default_factory=Figure)
    attachments: Figure = field(default_factory=Figure)
    merged: Figure = field(default_factory=Figure)
    units: Figure = field(default_factory=Figure)
    paragraphs: Figure = field(default_factory=Figure)

    def named(self) -> Iterator[tuple[str, Figure]]:
        yield from vars(self).items()

    def add(self, other: Figures) -> None:
        for name, figure in self.named():
            figure.add(getattr(other, name))


def measured(key: Key, plan: Plan) -> Figures:
    """The figures of a plan that was imported from the document of a key."""
    official = view.official(plan)
    figures = Figures()
    _numbered(key, plan, figures.numbered)
    _frame(key, official, figures.frame)
    _attachments(key, official, figures.attachments)
    _merged(key, official, figures.merged)
    _units(key, plan, figures.units)
    _paragraphs(key, official, figures.paragraphs)
    return figures


def _numbered(key: Key, plan: Plan, figure: Figure) -> None:
    read = Counter(_items(plan))
    for piece in key.items:
        said = piece.numbered
        assert said
        wanted = (piece.head, piece.length, said.depth, said.number)
        figure.count(f"{piece.head} depth {said.depth} number {said.number}", found=read[wanted] > 0)
        read[wanted] -= 1


def _items(plan: Plan) -> Iterator[tuple[str, int, int, int]]:
    """Head, length, depth and number of every numbered paragraph of a plan."""
    for part in plan.sections:
        titled = part in plan.parts and part.part.title is not None
        if titled:
            heading = next(iter(_heading(part)), "")
            yield from _said(heading, 1)
        for item in part.items:
            yield from _below(item, plan, 2 if titled else 1)


def _heading(part: NumberedPart) -> Iterator[str]:
    yield from (paragraph.printed for paragraph in wording.heading(part))


def _below(numbered: Numbered, plan: Plan, depth: int) -> Iterator[tuple[str, int, int, int]]:
    blocks = view.of(plan).own(numbered)
    first = blocks[0] if blocks else None
    counted = isinstance(numbered.item, Item) and isinstance(first, Paragraph)
    if counted and isinstance(first, Paragraph):
        yield from _said(first.printed, depth)
    for item in numbered.items:
        yield from _below(item, plan, depth + counted)


def _said(text: str, depth: int) -> Iterator[tuple[str, int, int, int]]:
    mark = mark_at(text)
    if mark is not None:
        words = spelling(text)
        yield words[:6], len(words), depth, mark.number


def _frame(key: Key, official: Official, figure: Figure) -> None:
    """The elements of the frame in the order of the document; one may stand in several lines, or several in one."""
    printed: dict[tuple[str, str], str] = {}
    for scope, element in _framed(official):
        role = _ROLES[element.role]
        printed[scope, role] = printed.get((scope, role), "") + spelling(element.text)
    first = key.scopes[0]
    for place, pieces in _grouped(piece for piece in key.pieces if piece.role in FRAME).items():
        scope, role = place
        words = printed.get((first if role in _OUTER else scope, role), "") or printed.get((first, role), "")
        for piece in pieces:
            found = words.startswith(piece.head) and len(words) >= piece.length
            at = words.find(piece.head)
            words = words[at + piece.length :] if at >= 0 else words
            figure.count(f"{scope} {role} {piece.head} {piece.length}", found=found or at > 0)
        if words:
            figure.missed.append(f"{scope} {role}: {words[:20]} too much")


def _grouped(pieces: Iterable[Piece]) -> dict[tuple[str, str], list[Piece]]:
    grouped: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        grouped.setdefault((piece.scope, piece.role), []).append(piece)
    return grouped


def _framed(official: Official) -> Iterator[tuple[str, Element]]:
    """Every element of the frame with the scope that it belongs to."""
    noticed = official.notice is not None
    attached = 0
    for section in official.sections:
        attached += section.kind == "attachment"
        for element in _elements(section):
            if element.role in _ROLES:
                yield _scope(section, attached, noticed=noticed), element


def _elements(section: Section) -> Iterator[Element]:
    for block in section.blocks:
        yield from block.elements


def _scope(section: Section, attached: int, *, noticed: bool) -> str:
    if section.kind == "attachment":
        return f"attachment {attached}"
    if section.kind == "notice" or (section.kind in ("head", "imprint") and noticed):
        return "notice"
    return "document"


def _attachments(key: Key, official: Official, figure: Figure) -> None:
    read = [(spelling(one.label), spelling("".join(one.title))) for one in official.attachments]
    for scope in key.scopes:
        if not scope.startswith("attachment"):
            continue
        label = "".join(piece.head for piece in key.pieces if piece.scope == scope and piece.role == "label")
        titles = [piece for piece in key.pieces if piece.scope == scope and piece.role == "title"]
        place = int(scope.split()[1]) - 1
        own = read[place] if place < len(read) else ("", "")
        found = own[0].startswith(label) and (
            not titles or (own[1].startswith(titles[0].head) and len(own[1]) == sum(one.length for one in titles))
        )
        figure.count(f"{scope} {label}", found=found and place < len(read))


def _merged(key: Key, official: Official, figure: Figure) -> None:
    read = [_shape(block) for block in official.sequence if isinstance(block, Table)]
    for table in key.tables:
        if table.merged:
            wanted = _without_titles(table)
            figure.count(f"table {table.rows}×{table.columns} {wanted} of {read}", found=wanted in read)


def _shape(table: Table) -> tuple[int, int, frozenset[tuple[int, int, int, int]]]:
    lines = (*table.header, *table.rows)
    merged = {
        (row, cell.column + 1, cell.rowspan, cell.colspan)
        for row, line in enumerate(lines, 1)
        for cell in line
        if cell.rowspan > 1 or cell.colspan > 1
    }
    return len(lines), len(table.widths), frozenset(merged)


def _without_titles(table: KeyTable) -> tuple[int, int, frozenset[tuple[int, int, int, int]]]:
    """The table less the rows at its top and its end that are one cell: titles, and remarks."""
    full = {one.row for one in table.merged if one.columns == table.columns and one.rows == 1}
    above = next(row for row in range(table.rows) if row + 1 not in full)
    below = next(row for row in range(table.rows) if table.rows - row not in full)
    merged = {
        (one.row - above, one.column, one.rows, one.columns)
        for one in table.merged
        if above < one.row <= table.rows - below
    }
    return table.rows - above - below, table.columns, frozenset(merged)


def _units(key: Key, plan: Plan, figure: Figure) -> None:
    """Annotations in order: all parties with their roles under the rules of the document, arguable ones or not."""
    read = [
        (spelling(named.printed), named.role)
        for row in view.rows(plan)
        for assignment in row.assignments
        if assignment.source != "rules"
        for named in assignment.units
    ]
    at = 0
    for one in key.annotations:
        every = [(spelling(party.name), str(party.under_rules)) for party in one.parties]
        sure = [(spelling(party.name), str(party.under_rules)) for party in one.parties if not party.doubtful]
        found = next((place for parties in (every, sure) if (place := _run(read, parties, at)) is not None), None)
        if found is not None:
            at = found
        figure.count(f"{every} at {read[at : at + len(every) + 1]}", found=found is not None)


def _run(read: Sequence[tuple[str, str]], parties: Sequence[tuple[str, str]], start: int) -> int | None:
    """Where the parties end that follow each other from ``start`` on, or not far behind; None where they do not."""
    for place in range(start, min(start + _AHEAD, len(read) - len(parties) + 1)):
        if list(read[place : place + len(parties)]) == list(parties):
            return place + len(parties)
    return None


def _paragraphs(key: Key, official: Official, figure: Figure) -> None:
    printed = Counter(
        (words[:6], len(words))
        for block in official.sequence
        if isinstance(block, Paragraph)
        if (words := spelling(block.printed))
    )
    for piece in key.pieces:
        if piece.role in PROSE or piece.numbered:
            wanted = (piece.head, piece.length)
            figure.count(f"{piece.scope} {piece.role} {piece.head} {piece.length}", found=printed[wanted] > 0)
            printed[wanted] -= 1
