"""A plan as the entries that comparison works on: the elements of the printed sequence, gathered by what says them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from workplan import view
from workplan.compare.change import Cell, Entry
from workplan.language.model import AssignmentsPart, Clause, TablePart
from workplan.language.scalar import Scalar
from workplan.plan.numbering import quoted
from workplan.view import deadlines
from workplan.view.attached import ASSIGNMENTS, style_of
from workplan.view.duty import own_text
from workplan.view.quantity import targets
from workplan.view.sequence import CELL_ROLES, CELLS, DERIVED, Role, printed_lines
from workplan.view.table import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workplan.compare.change import EntryKind
    from workplan.language.model import Document
    from workplan.language.model.plan import Part, PartOrName
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.assignments import TaskRow
    from workplan.view.sequence import Element

#: The elements of one paragraph, or of one line of a table.
_Line = tuple["Element", ...]
_Above = tuple[str, ...]


def entries(plan: Plan) -> tuple[Entry, ...]:
    """Everything that a plan prints, in printed order and each text once: frame, headings, rows, prose and tables.

    What is made from the rest (the assignment table, numbers that were counted, the list of attachments) makes no entries.
    """
    return tuple(replace(entry, place=place) for place, entry in enumerate(_Reader(plan).entries()))


class _Reader:
    """Goes through the printed sequence of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        #: By address; a text of several paragraphs that name units is one entry.
        self.rows: dict[str, TaskRow] = {}
        for duty, row in zip(plan.duties, view.rows(plan), strict=True):
            first = self.rows.setdefault(duty.numbered.address, row)
            if first is not row:
                both = (*first.assignments, *row.assignments)
                self.rows[duty.numbered.address] = replace(first, assignments=both)
        self.said: dict[str, list[_Line]] = {}
        for line in printed_lines(view.official(plan).sequence):
            for owner in dict.fromkeys(element.owner for element in line):
                self.said.setdefault(owner, []).append(line)
        self.said.pop(DERIVED, None)
        #: By owner what makes its entry; None for what is part of the entry of another.
        self.makers: dict[str, Callable[[], Entry] | None] = {}
        for named, parts in ((plan.document.parts, plan.parts), (plan.document.attachments, plan.attachments)):
            for name, part in zip(named, parts, strict=True):
                self._part(name, part)

    def entries(self) -> Iterator[Entry]:
        """An entry for each owner, where it is first named."""
        for owner, lines in self.said.items():
            if owner not in self.makers and any(map(_whole, chain.from_iterable(lines))):
                yield self._frame(owner, owner.removeprefix("document."), ())
            elif maker := self.makers.get(owner):
                yield maker()
        for key, words in chain(_frame_style(self.plan.document), _disclosed(self.plan.document)):
            yield replace(self._entry("frame", (), key, ()), text=words, whole=words)

    def _part(self, name: PartOrName, part: NumberedPart) -> None:
        """What makes the entries of a part: of its heading, its own texts, its items, the lines of its table."""
        own = name.text if isinstance(name, Scalar) else ""
        default = ASSIGNMENTS if isinstance(part.part, AssignmentsPart) else ""
        title = part.part.title.line if part.part.title else default
        above = (title,) if title else ()
        self.makers[part.address] = partial(self._heading, part, own, title, ())
        self._texts_and_lines(part.address, part.part, own or title, above)
        for numbered in part.items:
            self._item(numbered, above)

    def _texts_and_lines(self, address: str, part: Part, name: str, above: _Above) -> None:
        """What makes the entries of a part's own texts and of the lines of its table, or of a table among items."""
        for key in ("listed", "text", "columns"):
            known = f"{name}.{key}" if name else key
            self.makers[f"{address}.{key}"] = partial(self._frame, f"{address}.{key}", known, above)
        columns = {quoted(title): title for title in names(part.columns)} if isinstance(part, TablePart) else {}
        for owner in self._table_lines(address):
            self.makers[owner] = partial(self._table_line, owner, above, columns)

    def _table_lines(self, address: str) -> Iterator[str]:
        """The owners of the lines of a table."""
        return (owner for owner in self.said if owner.startswith(f"{address}/rows/"))

    def _frame(self, owner: str, key: str, section: _Above, *, kind: EntryKind = "frame") -> Entry:
        """A text that is nothing but its words: of the document, of a part, of a line of a table."""
        found = replace(self._entry(kind, (owner,), key, section), text="\n".join(self._texts(owner, _whole)))
        return self._answered(found, owner)

    def _table_line(self, owner: str, section: _Above, columns: Mapping[str, str]) -> Entry:
        """A line of a table; ``columns`` are the titles of its columns by the last steps of the cells' addresses."""
        found = self._frame(owner, "", section, kind="prose")
        elements = (element for line in self.said[owner] for element in line)
        cells = [Cell(columns.get(element.address.rpartition("/")[2], ""), _whole(element)) for element in elements]
        row = self.rows.get(owner)
        return replace(found, cells=tuple(cells) if found.text else (), key=row.id if row else "")

    def _answered(self, entry: Entry, owner: str) -> Entry:
        """The entry with the units, deadlines and targets of its row, where it has one."""
        row = self.rows.get(owner)
        return replace(entry, units=row.named, due=row.due, targets=row.targets) if row else entry

    def _heading(self, part: NumberedPart | Numbered, name: str, title: str, section: _Above) -> Entry:
        found = self._entry("section", (part.address,), name, section)
        found = replace(found, title=title, number=part.number, path=part.path, key=name or title)
        return self._answered(found, part.address)

    def _item(self, numbered: Numbered, above: _Above, *, within: list[Numbered] | None = None) -> None:
        """What makes the entry of an item, and those of what is below it and not part of it.

        ``within`` collects the items that are part of a row above: they have no units of their own.
        """
        item = numbered.item
        title = item.title.line if not isinstance(item, Scalar) and item.title else ""
        below = (*above, title) if title else above
        if isinstance(item, TablePart) and within is None:
            self.makers[numbered.address] = partial(self._heading, numbered, "", title, above)
            self._texts_and_lines(numbered.address, item, "/".join(below), below)
            return
        row = self.rows.get(numbered.address)
        inner = within
        if row:
            inner = []
            self.makers[numbered.address] = partial(self._row, numbered, row, above, inner)
        elif within is not None:
            within.append(numbered)
            self.makers |= dict.fromkeys(self._owners(numbered))
        else:
            self.makers[numbered.address] = partial(self._prose, numbered, above)
        for clause in numbered.clauses:
            own = self.rows.get(clause.address)
            self.makers[clause.address] = partial(self._row, clause, own, below, []) if own else None
        for child in numbered.items:
            self._item(child, below, within=inner)

    def _row(self, numbered: Numbered, row: TaskRow, section: _Above, inner: list[Numbered]) -> Entry:
        text = [*self._own(numbered), *(line for child in inner for line in self._absorbed(child))]
        clauses = (clause for one in (numbered, *inner) for clause in self._clauses(one))
        owners = [one.address for one in (numbered, *clauses)] + [own for one in inner for own in self._owners(one)]
        kind: EntryKind = "prose" if row.kind == "goals" else row.kind
        found = self._entry(kind, owners, _id(numbered), section)
        return replace(
            found, title=row.title, text="\n".join(text), number=row.number, path=row.path, printed=self._printed(numbered, row), units=row.named, due=row.due,
            targets=row.targets, key=row.id,
        )  # fmt: skip

    def _printed(self, numbered: Numbered, row: TaskRow) -> tuple[str, ...]:
        """The annotations of a row: as printed, else as its units are written."""
        notes = self._notes(numbered)
        if notes or not isinstance(numbered.item, Clause) or numbered.item.units is None:
            return notes
        own = (assignment for assignment in row.assignments if assignment.source == "units")
        return tuple(f"{given.label}：{given.printed}" if given.label else given.printed for given in own)

    def _notes(self, numbered: Numbered) -> tuple[str, ...]:
        return tuple(
            element.text
            for line in self.said.get(numbered.address, ())
            for element in line
            if element.owner == numbered.address and element.role is Role.UNITS
        )

    def _prose(self, numbered: Numbered, section: _Above) -> Entry:
        item = numbered.item
        text = "\n".join(self._own(numbered))
        owners = [one.address for one in (numbered, *self._clauses(numbered))]
        if not isinstance(item, Clause):
            return replace(self._entry("prose", owners, "", section), text=text)
        title = item.title.line if item.title else ""
        kind: EntryKind = "prose" if text else "section"
        found = self._entry(kind, owners, _id(numbered), section)
        return replace(
            found, title=title, text=text, number=numbered.number, path=numbered.path, printed=self._notes(numbered),
            due=deadlines.told(self.plan, numbered), targets=targets(item),
            key=_id(numbered) or "/".join(numbered.path) or title,
        )  # fmt: skip

    def _clauses(self, numbered: Numbered) -> Iterator[Numbered]:
        """The clauses that are part of their item."""
        return (clause for clause in numbered.clauses if clause.address not in self.rows)

    def _own(self, numbered: Numbered) -> Iterator[str]:
        """The paragraphs of an item without number, title and annotation, and without the clauses that are rows."""
        parts = {numbered.address, *(clause.address for clause in self._clauses(numbered))}
        return self._texts(
            numbered.address, lambda element: own_text(element, numbered) if element.owner in parts else ""
        )

    def _owners(self, numbered: Numbered) -> tuple[str, ...]:
        """What says an item, or a table among items: its title, its text, its columns, each of its lines."""
        address = numbered.address
        if not isinstance(numbered.item, TablePart):
            return (address,)
        return (address, f"{address}.text", f"{address}.columns", *self._table_lines(address))

    def _absorbed(self, numbered: Numbered) -> Iterator[str]:
        """What is printed of an item below a row, without numbers that were only counted."""
        owners = self._owners(numbered)
        parts = {*owners, *(clause.address for clause in self._clauses(numbered))}

        def text(element: Element) -> str:
            if element.owner not in owners:
                return element.text if element.owner in parts else ""
            return "".join(run.text for run in element.runs if run.number != "counted")

        return (line for owner in owners for line in self._texts(owner, text))

    def _texts(self, owner: str, text: Callable[[Element], str]) -> Iterator[str]:
        """What the lines of an owner say, empty ones left out; the cells of a table's line are parted."""
        for line in self.said.get(owner, ()):
            between = CELLS if line[0].role in CELL_ROLES else ""
            words = [text(element) for element in line]
            if any(words):
                yield between.join(words)

    def _entry(self, kind: EntryKind, owners: Iterable[str], key: str, section: _Above) -> Entry:
        """The entry of what some owners say together, its words still to be filled in."""
        own = dict.fromkeys(owners)
        lines = {line[0].address: line for owner in own for line in self.said.get(owner, ())}
        said = [element for line in lines.values() for element in line if element.owner in own]
        printed = (run.text for element in said for run in element.runs if run.number != "counted")
        return Entry(
            kind=kind, id=key, number="", path=(), section=section, title="", text="", printed=(), units=(), due=(),
            targets=(), place=0, key=key, addresses=frozenset(element.address for element in said),
            whole="".join("".join(printed).split()),
        )  # fmt: skip


def _frame_style(document: Document) -> Iterator[tuple[str, str]]:
    """What ``style`` says of where the frame prints what, and of how attachments are called: no element says it by itself."""
    called = style_of(document)
    found = {
        "style.number": document.style.number if document.style else None,
        "style.attachments.label": called.label.text if called.label else None,
        "style.attachments.list": f"“{called.list.text}”" if called.list is not None else None,
        "style.attachments.place": called.place_,
    }
    usual = ("above-title", "before-signature")
    return ((key, words) for key, words in found.items() if words is not None and words not in usual)


def _disclosed(document: Document) -> Iterator[tuple[str, str]]:
    """What stands on the web page alone, and so in no element of the printed sequence."""
    said = document.disclosure
    keys = ("index", "topic", "published") if said else ()
    found = ((key, getattr(said, key)) for key in keys)
    return ((f"disclosure.{key}", words.line) for key, words in found if words is not None)


def _whole(element: Element) -> str:
    return element.text.replace("\n", "") if element.role in CELL_ROLES else element.text


def _id(numbered: Numbered) -> str:
    return numbered.item.id.text if isinstance(numbered.item, Clause) and numbered.item.id else ""
