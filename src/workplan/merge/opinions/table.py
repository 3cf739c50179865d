"""A table of opinions that came back: its rows by what they carry, wherever they and their columns stand by now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.merge.opinions import stored, words
from workplan.merge.opinions.row import digest
from workplan.merge.opinions.workbook import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.merge.opinions.stored import Carried, Origin, Part
    from workplan.merge.opinions.workbook import Sheet

#: Why a row is not what was written; see ``Filled``.
_UNCERTAIN = _BROKEN, _FOREIGN, _PARTS, _DOUBLE, _ORIGINAL = ("broken", "foreign", "parts", "double", "original")
#: The headings stand in one of the first lines of a sheet.
_HEAD = 40


@dataclass(frozen=True, slots=True)
class At:
    """A place in the workbook: the sheet, and the line as the program numbers it."""

    sheet: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One row as it was filled in: what it says now, and what it ``carried``, None where that cannot be told.

    ``fault`` says why not: "" for a line that a person added, ``broken`` for damaged hidden cells, ``foreign`` for a line of
    another table, ``parts`` where lines of a long row are missing, ``double`` where a row is there twice and not the same,
    ``original`` where the words in 原文 are those of another row or were edited.
    """

    at: At
    decision: str
    opinion: str
    carried: Carried | None = None
    fault: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the words in 意见."""
        return self.carried is not None and stored.exact_digest(self.opinion) != self.carried.opinion


@dataclass(frozen=True, slots=True)
class Table:
    """A filled-in table, and what it was made for."""

    file: str
    origin: Origin
    rows: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a sheet, by the headings of its columns; ``carried`` are its hidden cells joined."""

    at: At
    cells: Mapping[str, str]
    carried: str


def read(content: bytes, name: str) -> Table:
    """The table in a workbook that ``name`` is what the user calls; columns are found by their headings.

    Raises Misuse where the file cannot be read, is no table of opinions, has lost its hidden columns or is of a newer version.
    """
    heads: dict[str, Origin] = {}
    lines: list[tuple[str, _Line]] = []
    known = False
    for sheet in sheets(content, name):
        for place, (_, cells) in enumerate(sheet.lines[:_HEAD]):
            columns = _columns(cells)
            known = known or bool(columns)
            hidden = _hidden(cells) if columns else []
            if hidden:
                head = "".join(cells[column].strip().partition(" ")[2] for column in hidden)
                heads[digest(head)] = _origin(head, name)
                lines += ((digest(head), line) for line in _lines(sheet, place + 1, columns, hidden))
                break
    if not heads:
        raise Misuse("opinions-no-data" if known else "opinions-no-table", path=name)
    if len(heads) > 1:
        raise Misuse("opinions-several", path=name)
    return Table(name, next(iter(heads.values())), tuple(_rows(lines)))


def _origin(head: str, name: str) -> Origin:
    try:
        return stored.origin_of(head)
    except stored.NewerError as fault:
        raise Misuse("opinions-newer", path=name) from fault
    except stored.DamagedError as fault:
        raise Misuse("opinions-no-data", path=name) from fault


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """The place of each column by its heading, if a line has those without which nothing can be applied."""
    bare = ["".join(cell.split()) for cell in cells]
    found = {heading: bare.index(heading) for heading in words.HEADINGS if heading in bare}
    return found if {words.OPINION, words.DECISION} <= found.keys() else {}


def _hidden(cells: Sequence[str]) -> list[int]:
    """The places of the hidden columns, in the order of their numbers."""
    numbered = {
        int(number): column
        for column, cell in enumerate(cells)
        if cell.startswith(stored.HEADING)
        and (number := cell.removeprefix(stored.HEADING).strip().partition(" ")[0]).isdecimal()
    }
    return [numbered[number] for number in sorted(numbered)]


def _lines(sheet: Sheet, first: int, columns: Mapping[str, int], hidden: Sequence[int]) -> Iterator[_Line]:
    for number, cells in sheet.lines[first:]:
        said = {heading: cells[column] for heading, column in columns.items()}
        carried = "".join(cells[column] for column in hidden).strip()
        if carried or any(said[heading].strip() for heading in (words.OPINION, words.DECISION) if heading in said):
            yield _Line(At(sheet.name, number), said, carried)


def _rows(lines: Sequence[tuple[str, _Line]]) -> Iterator[Filled]:
    """The rows in the order of their first lines; those whose lines say nothing certain each by itself."""
    by_number: dict[int, list[tuple[Part, _Line]]] = defaultdict(list)
    waiting: list[int | Filled] = []
    for table, line in lines:
        try:
            part = stored.part_of(line.carried) if line.carried else None
        except stored.DamagedError:
            waiting.append(_plain(line, _BROKEN))
            continue
        if part is None or part.table != table:
            waiting.append(_plain(line, "" if part is None else _FOREIGN))
            continue
        if part.number not in by_number:
            waiting.append(part.number)
        by_number[part.number].append((part, line))
    for one in waiting:
        yield one if isinstance(one, Filled) else _filled(by_number[one])


def _plain(line: _Line, fault: str) -> Filled:
    decision, opinion = (stored.settled(line.cells.get(heading, "")) for heading in (words.DECISION, words.OPINION))
    return Filled(at=line.at, decision=decision, opinion=opinion, fault=fault)


def _filled(found: Sequence[tuple[Part, _Line]]) -> Filled:
    """One row from its lines, which may have been sorted apart."""
    lines: dict[int, _Line] = {}
    fault = ""
    for part, line in found:
        other = lines.setdefault(part.part, line)
        if other is not line and _said(other) != _said(line):
            fault = _DOUBLE
    first = next((part.carried for part, _ in found if part.carried), None)
    decisions = {decision for line in lines.values() if (decision := _decision(line))}
    if len(decisions) > 1:
        fault = _DOUBLE
    whole = first is not None and sorted(lines) == list(range(found[0][0].parts))
    ordered = [lines[number] for number in sorted(lines)]
    opinion = _joined([line.cells[words.OPINION] for line in ordered], first.joints if first else ())
    original = [line.cells[words.ORIGINAL] for line in ordered if words.ORIGINAL in line.cells]
    if not fault and not whole:
        fault = _PARTS
    elif not fault and first and original and stored.cell_digest("".join(original)) != first.original:
        fault = _ORIGINAL
    return Filled(
        at=ordered[0].at,
        decision="、".join(sorted(decisions)),
        opinion=stored.settled(opinion),
        carried=first,
        fault=fault,
    )


def _decision(line: _Line) -> str:
    return "".join(line.cells[words.DECISION].split())


def _said(line: _Line) -> tuple[str, str]:
    return _decision(line), stored.settled(line.cells[words.OPINION])


def _joined(parts: Sequence[str], joints: Sequence[str]) -> str:
    joined = "".join(f"{part}{joint}" for part, joint in zip(parts, joints, strict=False))
    return joined + "".join(parts[len(joints) :])
