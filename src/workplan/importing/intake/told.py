"""The report of an import, for programs: keys may be added, none is ever renamed or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan import view
from workplan.importing.intake.doubts import suggestions, unsure
from workplan.importing.outline import entries
from workplan.render.task_json import VERSION, Shape, dump

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.diagnostic import Diagnostic, Span
    from workplan.importing.intake.several import Brought
    from workplan.importing.outline import Entry
    from workplan.importing.piece import Place
    from workplan.importing.record import Record
    from workplan.importing.registering import Known
    from workplan.resources.messages import Catalogue


def as_json(
    found: Sequence[Brought], registry: Known, folders: Mapping[str, str], words: Catalogue, *, written: bool
) -> bytes:
    """All that came in as one object; ``folders`` are the folders of the plans by name, and of the registry under ""."""
    units = [
        {"unit": unit.name, "kind": unit.kind, "aliases": list(unit.aliases), "places": unit.count}
        for unit in registry.units
    ]
    aliases = [{"unit": each.unit, "alias": each.alias, "places": each.count} for each in registry.aliases]
    shape: Shape = {
        "version": VERSION,
        "written": written,
        "registry": {"file": folders[""], "added": units, "aliases": aliases},
        "documents": [_document(one, folders[one.imported.name], words) for one in found],
    }
    return dump(shape)


def _document(one: Brought, folder: str, words: Catalogue) -> Shape:
    made = one.imported
    outline = list(entries(made))
    return {
        "source": one.file,
        "kind": str(one.kind),
        "plan": made.name,
        "folder": folder,
        "files": list(made.files),
        "title": view.official(made.plan).name,
        "exact": True,
        "rows": len(view.rows(made.plan)),
        "outline": [_entry(entry, folder) for entry in outline],
        "unsure": [_finding(finding, folder, words) for finding in unsure(one)],
        "suggestions": [_finding(finding, folder, words) for finding in suggestions(one)],
        "given_up": [
            {"step": entry.step.name.lower().replace("_", "-"), **_entry(entry, folder)}
            for entry in outline
            if entry.step
        ],
        "whole": made.whole or None,
        "records": [_record(record) for record in one.records],
    }


def _entry(entry: Entry, folder: str) -> Shape:
    return {
        "number": entry.number,
        "title": entry.title,
        "level": entry.level,
        "units": list(entry.units),
        "source": place(entry.source),
        **_at(entry.place, folder),
    }


def place(source: Place | None) -> Shape | None:
    """A place in a source: what it has of page, block, row, column and line, each from 1."""
    if source is None:
        return None
    parts = {
        "page": source.page,
        "block": source.block,
        "row": source.row,
        "column": source.column,
        "line": source.line,
    }
    return {name: number for name, number in parts.items() if number}


def _at(span: Span, folder: str) -> Shape:
    return {"file": f"{folder}/{span.file}", "line": span.line, "column": span.column}


def _finding(finding: Diagnostic, folder: str, words: Catalogue) -> Shape:
    message = words.message(finding.key, finding.arguments)
    return {"rule": finding.rule, "message": message, **_at(finding.span, folder)}


def _record(record: Record) -> Shape:
    return {"deed": str(record.deed), "text": record.text, "became": record.became, "source": place(record.place)}
