"""What a plan prints, line by line, as an edited copy is held against it: who says each line, and what of it was only counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from workplan import view
from workplan.language.model import TablePart
from workplan.merge.signs import in_signs
from workplan.render.docx.bookmarks import known_as
from workplan.view.sequence import BODY, DERIVED, HEADS, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.sequence import Element, Run


class Sort(Enum):
    """What says a line: an item, the title of a part, a key with running text, a key of the frame, a cell, or nobody."""

    ITEM = auto()
    HEADING = auto()
    TEXT = auto()
    FRAME = auto()
    CELL = auto()
    DERIVED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One printed paragraph, or one cell of a table; ``address`` is that of its first element.

    ``runs`` are without the number that was counted (``number``), and so is ``text``. ``mark`` is what the hidden bookmark of
    its paragraph begins with; ``row`` is the address of the table's line that it stands in, "" for none.
    """

    place: int
    address: str
    holder: str
    sort: Sort
    role: Role
    runs: tuple[Run, ...]
    number: str
    mark: str
    row: str = ""

    @property
    def text(self) -> str:
        """What is printed, without the number that was counted."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Holder:
    """What says one or more lines that follow each other; ``path`` are the printed numbers down to it, then its title."""

    address: str
    sort: Sort
    lines: tuple[PrintedLine, ...]
    path: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What its lines say, without counted numbers, parted by line ends."""
        return "\n".join(line.text for line in self.lines)

    @property
    def number(self) -> str:
        """The counted number that its first line begins with."""
        return self.lines[0].number

    @property
    def bare(self) -> str:
        """The text as copies are compared: without blanks; line ends count in running text only."""
        return in_signs(self.text, lines=self.is_running)

    @property
    def is_running(self) -> bool:
        """Whether it is running text, whose paragraphs count."""
        return self.sort in (Sort.ITEM, Sort.TEXT, Sort.CELL)


@dataclass(frozen=True)
class Printed:
    """All that a plan prints. ``numbered`` are its items by address, ``parts`` its parts and attachments by theirs."""

    plan: Plan
    lines: tuple[PrintedLine, ...]
    holders: dict[str, Holder]
    numbered: dict[str, Numbered]
    parts: dict[str, NumberedPart]
    #: The address of what holds an item: another item, or its part.
    above: dict[str, str]

    def place(self, address: str) -> str:
        """Where a holder stands: its numbers and title; for the text of a part or a cell those of what it is in.

        A key of the frame is told by its address, and so is what has no title; "" for no holder.
        """
        holder = self.holders.get(address)
        if holder is None:
            return ""
        if holder.path or holder.sort is Sort.FRAME:
            return "".join(holder.path) or address
        row = holder.lines[0].row
        above = row.partition("/rows/")[0].removesuffix(".columns") if row else address.rpartition(".")[0]
        head = self.holders.get(above)
        named = "".join(head.path) if head is not None and above != "document" else ""
        column = f"｜{unquote(address.rpartition('/')[2])}" if "/rows/" in row else ""
        return f"{named}{column}" if named else address

    @cached_property
    def marks(self) -> dict[str, int]:
        """The lines by what the bookmarks of their paragraphs begin with."""
        return {line.mark: line.place for line in self.lines}

    @cached_property
    def elements(self) -> frozenset[str]:
        """What the bookmarks of all its elements begin with, those within paragraphs included."""
        return frozenset(known_as(one.address, one.role) for one in view.official(self.plan).elements)


def printed(plan: Plan) -> Printed:
    """The lines of a plan's official document and who says them: made once, and gone with the plan, as its view is."""
    kept = vars(plan)
    if "printed" not in kept:
        kept["printed"] = _printed(plan)
    return cast("Printed", kept["printed"])


def _printed(plan: Plan) -> Printed:
    numbered: dict[str, Numbered] = {}
    above: dict[str, str] = {}
    owners: dict[str, str] = {}
    parts = {part.address: part for part in plan.sections}
    for part in plan.sections:
        for item in part.items:
            _gather(item, part.address, numbered, above, owners)
    lines = tuple(_lines(plan, numbered, parts, owners))
    holders = {
        address: _holder(address, list(own), numbered) for address, own in groupby(lines, lambda one: one.holder)
    }
    return Printed(plan=plan, lines=lines, holders=holders, numbered=numbered, parts=parts, above=above)


def _gather(
    item: Numbered, over: str, numbered: dict[str, Numbered], above: dict[str, str], owners: dict[str, str]
) -> None:
    numbered[item.address], above[item.address] = item, over
    owners |= {clause.address: item.address for clause in item.clauses}
    for child in item.items:
        _gather(child, item.address, numbered, above, owners)


def _holder(address: str, lines: list[PrintedLine], numbered: dict[str, Numbered]) -> Holder:
    item = numbered.get(address)
    title = next(("".join(run.text for run in line.runs if not run.number) for line in lines if line.role in HEADS), "")
    path = item.path if item is not None else ((lines[0].number,) if lines[0].number else ())
    return Holder(address, lines[0].sort, tuple(lines), (*path, title.partition("。")[0]) if title else path)


def _lines(
    plan: Plan, numbered: dict[str, Numbered], parts: dict[str, NumberedPart], owners: dict[str, str]
) -> Iterator[PrintedLine]:
    place = 0
    for block in view.official(plan).sequence:
        if isinstance(block, Table):
            for line in (*block.header, *block.rows):
                for cell in line:
                    yield _cell(cell.element, place, block.address, parts, numbered)
                    place += 1
            continue
        first = block.elements[0]
        owner = owners.get(first.owner, first.owner)
        sort = _sort(first, owner, numbered, parts)
        number, runs = _apart(block.runs)
        yield PrintedLine(
            place=place,
            address=first.address,
            holder=first.address if sort is Sort.DERIVED else owner,
            sort=sort,
            role=first.role,
            runs=runs,
            number=number,
            mark=known_as(first.address, first.role),
        )
        place += 1


def _cell(
    element: Element, place: int, table: str, parts: dict[str, NumberedPart], numbered: dict[str, Numbered]
) -> PrintedLine:
    part, item = parts.get(table), numbered.get(table)
    own = part.part if part else item.item if item else None
    sort = Sort.CELL if isinstance(own, TablePart) and element.owner != DERIVED else Sort.DERIVED
    return PrintedLine(
        place=place,
        address=element.address,
        holder=element.address,
        sort=sort,
        role=element.role,
        runs=element.runs,
        number="",
        mark=known_as(element.address, element.role),
        row=element.owner or table,
    )


def _sort(first: Element, owner: str, numbered: dict[str, Numbered], parts: dict[str, NumberedPart]) -> Sort:
    if owner == DERIVED or first.role is Role.LISTED:
        return Sort.DERIVED
    if owner in numbered:
        return Sort.ITEM
    if owner in parts:
        return Sort.DERIVED if first.role is Role.LABEL else Sort.HEADING
    return Sort.TEXT if first.role in BODY else Sort.FRAME


def _apart(runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """A paragraph's counted number, and the runs behind it."""
    if runs and runs[0].number == "counted":
        return runs[0].text, runs[1:]
    return "", runs
