"""A plan as the entries that comparison works on: everything that is printed, each in one entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan import view
from workplan.diff.change import Entry
from workplan.diff.frame import frame
from workplan.model import AssignmentsPart, Clause, ItemsPart, TablePart
from workplan.scalar import Scalar
from workplan.view import table, wording
from workplan.view.official import ASSIGNMENTS
from workplan.view.quantity import due, target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.diff.change import EntryKind
    from workplan.model.plan import PartOrName
    from workplan.numbering import Numbered, NumberedPart
    from workplan.plan import Plan
    from workplan.view.rows import Row

#: Stands between the cells of a table's line.
CELLS = "｜"


def entries(plan: Plan) -> tuple[Entry, ...]:
    """Everything that a plan prints, in printed order and each text once: frame, headings, rows, prose and tables.

    What is made from the rest (the assignment table, numbers, the list of attachments) makes no entries.
    """
    rows = dict(zip((id(duty.numbered) for duty in plan.duties), view.rows(plan), strict=True))
    first, last = frame(plan)
    reader = _Reader(plan, rows)
    found = [
        *(_frame(key, text) for key, text in first),
        *reader.parts(plan.document.parts, plan.parts),
        *(_frame(key, text) for key, text in last),
        *reader.parts(plan.document.attachments, plan.attachments),
    ]
    return tuple(replace(entry, place=place) for place, entry in enumerate(found))


def _frame(key: str, text: str, section: tuple[str, ...] = ()) -> Entry:
    return _plain("frame", key, text, section)


def _plain(kind: EntryKind, key: str, text: str, section: tuple[str, ...]) -> Entry:
    """An entry that is nothing but its text."""
    return Entry(kind, key, "", (), section, "", text, (), (), (), (), 0, key)


class _Reader:
    """Goes through the parts of one plan."""

    def __init__(self, plan: Plan, rows: Mapping[int, Row]) -> None:
        self.plan = plan
        self.rows = rows

    def parts(self, named: Sequence[PartOrName], numbered: Sequence[NumberedPart]) -> Iterator[Entry]:
        for name, part in zip(named, numbered, strict=True):
            yield from self._part(name.text if isinstance(name, Scalar) else "", part)

    def _part(self, name: str, part: NumberedPart) -> Iterator[Entry]:
        default = ASSIGNMENTS if isinstance(part.part, AssignmentsPart) else ""
        title = part.part.title.line if part.part.title else default
        listed = part.part.listed.line if part.part.listed else ""
        if title:
            heading = _plain("section", name, "", ())
            yield replace(heading, number=part.number, path=part.path, title=title, key=name or title)
        above = (title,) if title else ()
        key = f"{name or title}." if name or title else ""
        if listed and listed != title:
            yield _frame(f"{key}listed", listed, above)
        if part.part.text:
            yield _frame(f"{key}text", "\n".join(part.part.text.paragraphs), above)
        if isinstance(part.part, ItemsPart):
            for item in part.items:
                yield from self._item(item, above)
        elif isinstance(part.part, TablePart):
            yield from _table(part.part, key, above)

    def _item(self, numbered: Numbered, above: tuple[str, ...]) -> Iterator[Entry]:
        """The entry of an item, then those of what is below it and not part of it."""
        item = numbered.item
        title = item.title.line if isinstance(item, Clause) and item.title else ""
        below = (*above, title) if title else above
        row = self.rows.get(id(numbered))
        yield self._row(numbered, row, above) if row else self._prose(numbered, above)
        for clause in numbered.clauses:
            if id(clause) in self.rows:
                yield self._row(clause, self.rows[id(clause)], below)
        for child in numbered.items:
            yield from self._inner(child, below) if row else self._item(child, below)

    def _inner(self, numbered: Numbered, above: tuple[str, ...]) -> Iterator[Entry]:
        """The rows below what is itself part of a row."""
        if id(numbered) in self.rows:
            yield from self._item(numbered, above)
            return
        title = numbered.item.title.line if isinstance(numbered.item, Clause) and numbered.item.title else ""
        below = (*above, title) if title else above
        for clause in numbered.clauses:
            if id(clause) in self.rows:
                yield self._row(clause, self.rows[id(clause)], below)
        for child in numbered.items:
            yield from self._inner(child, below)

    def _row(self, numbered: Numbered, row: Row, section: tuple[str, ...]) -> Entry:
        text = [*self._own(numbered), *(line for child in numbered.items for line in self._absorbed(child))]
        return Entry(
            row.kind, _id(numbered), row.number, row.path, section, row.title, "\n".join(text),
            self._printed(numbered, row), row.named, row.due, row.targets, 0, row.id,
        )  # fmt: skip

    def _printed(self, numbered: Numbered, row: Row) -> tuple[str, ...]:
        note = wording.annotation(self.plan, numbered)
        if note or isinstance(numbered.item, Scalar) or numbered.item.units is None:
            return (note,) if note else ()
        own = (assignment for assignment in row.assignments if assignment.source == "units")
        return tuple(f"{given.label}：{given.printed}" if given.label else given.printed for given in own)

    def _prose(self, numbered: Numbered, section: tuple[str, ...]) -> Entry:
        item = numbered.item
        text = "\n".join(self._own(numbered))
        if isinstance(item, Scalar):
            return _plain("prose", "", text, section)
        note = wording.annotation(self.plan, numbered)
        title = item.title.line if item.title else ""
        key = _id(numbered) or "/".join(numbered.path) or title
        return Entry(
            "prose" if text else "section", _id(numbered), numbered.number, numbered.path, section, title, text,
            (note,) if note else (), (), tuple(due(words.text, self.plan.year) for words in item.due),
            tuple(target(name, words.text) for name, words in item.targets.items()), 0, key,
        )  # fmt: skip

    def _own(self, numbered: Numbered) -> list[str]:
        """The paragraphs of an item, without the clauses that are rows."""
        return wording.paragraphs(self.plan, self._without_rows(numbered))

    def _absorbed(self, numbered: Numbered) -> Iterator[str]:
        """What is printed of an item below a row, without numbers that were only counted."""
        if id(numbered) in self.rows:
            return
        counted = isinstance(numbered.item, Scalar) or numbered.item.number is None
        bare = self._without_rows(replace(numbered, mark="") if counted else numbered)
        yield from (block.printed for block in wording.own_blocks(self.plan, bare) if block.printed)
        for child in numbered.items:
            yield from self._absorbed(child)

    def _without_rows(self, numbered: Numbered) -> Numbered:
        return replace(numbered, clauses=tuple(clause for clause in numbered.clauses if id(clause) not in self.rows))


def _id(numbered: Numbered) -> str:
    return numbered.item.id.text if isinstance(numbered.item, Clause) and numbered.item.id else ""


def _table(part: TablePart, key: str, above: tuple[str, ...]) -> Iterator[Entry]:
    built = table.build(part)
    yield _frame(f"{key}columns", "\n".join(_cells(cell.text for cell in line) for line in built.header), above)
    for line in built.rows:
        yield _plain("prose", "", _cells(cell.text for cell in line), above)


def _cells(texts: Iterable[str]) -> str:
    return CELLS.join(text.replace("\n", "") for text in texts)
