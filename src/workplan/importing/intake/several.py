"""Files of several years as plans of one registry: read, imported one after the other, nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse
from workplan.importing.bring import imported
from workplan.importing.intake.sources import is_wrapped, reading_of
from workplan.importing.piece import Paragraph, Table
from workplan.importing.registering import Known, known
from workplan.importing.years import in_name
from workplan.source import REGISTRY, Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.importing.bring import Imported
    from workplan.importing.piece import Piece
    from workplan.importing.record import Record, Revisions
    from workplan.importing.sniff import Kind
    from workplan.rewrite.registering.proposed import Remarks


#: Longest text that is imported, in characters: ten times the longest issued document that is known.
MOST_CHARACTERS = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One file that came in: what the user calls it, its kind, its plan, all that was done to it, and the plan's findings."""

    file: str
    kind: Kind
    imported: Imported
    records: tuple[Record, ...]
    result: Result


def brought(
    files: Sequence[tuple[str, bytes]], registry: str, remarks: Remarks, revisions: Revisions
) -> tuple[tuple[Brought, ...], Known]:
    """Import files in order; each finds the registry that those before it have left.

    Raises Misuse for a file that cannot be read, one that names no year, two of one year, and a registry with errors.
    """
    grown = known(registry)
    if grown is None:
        raise Misuse("import-registry")
    found: list[Brought] = []
    years: dict[str, str] = {}
    for name, content in files:
        kind, reading = reading_of(content, name, revisions=revisions)
        count = sum(map(_length, reading.pieces))
        if count > MOST_CHARACTERS:
            raise Misuse("import-long", path=name, count=count, limit=MOST_CHARACTERS)
        if not count:
            raise Misuse("import-no-text", path=name)
        made = imported(reading, grown, remarks, wrapped=is_wrapped(kind), year=in_name(PurePath(name).name))
        if not made.name:
            raise Misuse("import-year", path=name)
        if made.name in years:
            raise Misuse("import-same-year", path=name, other=years[made.name], year=made.name)
        years[made.name] = name
        grown = made.registry
        result = compile_plan(_source(made), Selection(suggest=True))
        records = (*reading.records, *made.records)
        found.append(Brought(file=name, kind=kind, imported=made, records=records, result=result))
    return tuple(found), grown


def _length(piece: Piece) -> int:
    """The characters of a piece."""
    match piece:
        case Paragraph():
            return len(piece.text)
        case Table():
            return sum(len(cell.text) for row in piece.rows for cell in row)
    return 0


def _source(made: Imported) -> Memory:
    return Memory({**made.files, REGISTRY: made.registry.text or "units: []\n"}, made.name)
