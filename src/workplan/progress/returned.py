"""A returned sheet: what its file hides of where it came from, and what was written into its fields.

Files are foreign: they are unpacked within bounds, with no entity, no link and no formula followed. What stands in a field is
text, as it shows; of a formula that is the value that was saved with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.diagnostic import Misuse
from workplan.importing.package import Package
from workplan.importing.piece import Paragraph, Picture
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.importing.piece import Piece
    from workplan.merge.opinions.workbook import Sheet
    from workplan.render.docx.origin import Origin

_ZIP = b"PK\x03\x04"
_CUSTOM, _CORE, _BODY, _TYPES = "docProps/custom.xml", "docProps/core.xml", "word/document.xml", "[Content_Types].xml"
#: Where the pictures of a workbook lie; they hang over its cells.
_PICTURES = "xl/media/"
#: Longest answer to one field, in characters: a page has a thousand.
_LONGEST = 10_000
#: Labels of the room to sign that name people, with what they are called here.
PEOPLE = {"填报人": "filled_by", "审核人": "checked_by"}


@dataclass(frozen=True, slots=True)
class Field:
    """What was written into a field: its name, its lines, and which row it belongs to.

    ``row`` is the row's address on the sheet (``sheet/tasks/加强组织领导``), or what a bookmark says of the field.
    """

    row: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned sheet: its path, the plan and the unit that it names, its fields, and when it was saved ("" unknown).

    ``pictured`` are the names of fields that have pictures, which no answer can hold.
    """

    path: str
    origin: Origin
    saved: str
    fields: tuple[Field, ...]
    people: Mapping[str, str] = field(default_factory=dict)
    pictured: tuple[str, ...] = ()


def read(content: bytes, path: str) -> Returned:
    """A returned sheet; ``path`` is what the user calls it. Raises Misuse for whatever is none that can be read."""
    if not content.startswith(_ZIP):
        raise Misuse("progress-kind", path=path)
    try:
        package = Package(content, path)
        found = _written(package, content, path)
        origin, saved = _origin(package), _saved(package)
    except Misuse as fault:
        raise _told(fault, path) from fault
    for one in found.fields:
        if sum(map(len, one.lines)) > _LONGEST:
            raise Misuse("progress-long", path=path, field=one.name, limit=_LONGEST)
    return Returned(
        path=path,
        origin=origin,
        saved=saved,
        fields=tuple(found.fields),
        people=found.people,
        pictured=tuple(dict.fromkeys(found.pictured)),
    )


def named_plan(content: bytes, path: str) -> str:
    """The plan that a file names; "" for none. Raises Misuse where it cannot be opened."""
    return _origin(Package(content, path)).plan if content.startswith(_ZIP) else ""


@dataclass(slots=True)
class _Written:
    """The fields of a sheet, the people who signed it, and the names of fields with pictures."""

    fields: list[Field] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    pictured: list[str] = field(default_factory=list)


def _written(package: Package, content: bytes, path: str) -> _Written:
    types = package.read(_TYPES) if _TYPES in package.names else b""
    if _BODY in package.names and b"wordprocessingml" in types:
        return _of_word(package, path)
    if b"spreadsheetml" in types:
        return _of_workbook(package, content, path)
    raise Misuse("progress-kind", path=path)


def _told(fault: Misuse, path: str) -> Misuse:
    """What is said of a sheet where others say it of a document or a table."""
    if fault.key.startswith("progress-"):
        return fault
    kind = fault.key.rpartition("-")[2]
    if kind in ("large", "unpacks", "elements"):
        return Misuse("progress-large", path=path)
    if kind == "kind":
        return Misuse("progress-kind", path=path)
    return Misuse("progress-locked" if kind == "locked" else "progress-broken", path=path)


def _origin(package: Package) -> Origin:
    from workplan.render.docx import origin  # noqa: PLC0415 - it loads all that writes a DOCX

    if _CUSTOM not in package.names:
        return origin.Origin("")
    for one in package.tree(_CUSTOM):
        if one.get("name") == origin.NAME:
            return origin.read("".join(map(str, one.itertext())))
    return origin.Origin("")


def _saved(package: Package) -> str:
    if _CORE not in package.names:
        return ""
    found = next((one.text or "" for one in package.tree(_CORE) if str(one.tag).endswith("}modified")), "")
    return found if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", found) else ""


def _lines(text: str) -> tuple[str, ...]:
    """The lines of an answer, without blanks around them and without empty ones."""
    return tuple(filter(None, (clean(line).strip() for line in text.splitlines())))


# ------------------------------------------------------------------------------------------------------------ documents


def _of_word(package: Package, path: str) -> _Written:
    from workplan.importing.readers.docx.parts import parts  # noqa: PLC0415 - it loads lxml
    from workplan.importing.readers.docx.reader import Reader  # noqa: PLC0415 - likewise
    from workplan.importing.record import Revisions  # noqa: PLC0415 - likewise
    from workplan.render.docx.bookmarks import LETTERS, element_of, is_ours, original, role_letter  # noqa: PLC0415 - likewise
    from workplan.render.docx.markup import W  # noqa: PLC0415 - likewise
    from workplan.view.sheet_lines import SheetRole  # noqa: PLC0415 - likewise

    blank, sign = LETTERS[SheetRole.BLANK], LETTERS[SheetRole.SIGN]
    reader = Reader(parts(package, path), path, Revisions.ACCEPT)
    reader.inline.begin(reader.parts.body)
    written = _Written()
    found: dict[str, Field] = {}
    for row in reader.parts.body.iter(f"{W}tr"):
        cells = list(row.iterchildren(f"{W}tc", f"{W}sdt"))
        for place, cell in enumerate(cells):
            names = [mark.get(f"{W}name", "") for mark in cell.iter(f"{W}bookmarkStart")]
            ours = [original(name) for name in names if is_ours(name)]
            if not ours:
                continue
            text, _ = _said(reader.pieces_of(cell))
            if any(role_letter(name) == sign for name in ours):
                written.people |= _person(text)
            for name in (one for one in ours if role_letter(one) == blank and element_of(one) not in found):
                answers = [_said(reader.pieces_of(other)) for other in cells[place + 1 :]]
                label, lines = "".join(_lines(text)), _lines("\n".join(answer for answer, _ in answers))
                found[element_of(name)] = Field(element_of(name), label, lines)
                if any(pictures for _, pictures in answers):
                    written.pictured.append(label)
    written.fields = list(found.values())
    return written


def _said(pieces: Sequence[Piece]) -> tuple[str, int]:
    """What a cell shows, a line for each paragraph and each row of a table in it, and the number of its pictures."""
    lines: list[str] = []
    pictures = 0
    for piece in pieces:
        if isinstance(piece, Picture):
            pictures += 1
        elif isinstance(piece, Paragraph):
            lines.append(piece.text)
        else:
            lines += (CELLS.join(" ".join(cell.text.split()) for cell in row) for row in piece.rows)
    return "\n".join(lines), pictures


def _person(text: str) -> dict[str, str]:
    said = "".join(_lines(text))
    for label, key in PEOPLE.items():
        if said.startswith(label) and (name := said.removeprefix(label).strip("：: 　")):
            return {key: name[:40]}
    return {}


# ------------------------------------------------------------------------------------------------------------ workbooks


def _of_workbook(package: Package, content: bytes, path: str) -> _Written:
    from workplan.merge.opinions.workbook import sheets  # noqa: PLC0415 - it loads lxml

    for sheet in sheets(content, path):
        found = _of_sheet(sheet, path)
        if found is not None:
            if any(name.startswith(_PICTURES) for name in package.names):
                found.pictured.append(sheet.name)
            return found
    return _Written()


def _of_sheet(sheet: Sheet, path: str) -> _Written | None:
    """The fields of a sheet with our hidden column; None for any other sheet."""
    from workplan.render.xlsx.sheet import COLUMNS, HIDDEN  # noqa: PLC0415 - it loads XlsxWriter

    rows = [cells for _, cells in sheet.lines]
    head = next((place for place, cells in enumerate(rows) if HIDDEN in cells), -1)
    if head < 0:
        return None
    hidden = rows[head].index(HIDDEN)
    names = {column: rows[head][column] for column in range(len(COLUMNS), hidden) if rows[head][column]}
    written: dict[tuple[str, str], list[str]] = {}
    people: dict[str, str] = {}
    owner = ""
    for line, cells in sheet.lines[head + 1 :]:
        said = cells[hidden] if hidden < len(cells) else ""
        if not said and any(map(str.strip, cells[:1])):
            people |= {key: name for cell in cells for key, name in _person(cell).items()}
            owner = ""
        owner = said or owner
        for column, name in names.items() if owner else ():
            if (line, column) in sheet.unsaved:
                raise Misuse("progress-formula", path=path, field=name, row=line)
            text = cells[column] if column < len(cells) else ""
            written.setdefault((owner, name), []).append(text)
    fields = [Field(row, name, _lines("\n".join(texts))) for (row, name), texts in written.items()]
    return _Written(fields, people)
