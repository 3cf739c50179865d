"""The report of an import, for people: what was understood, what was not, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import visible
from workplan.importing.intake.doubts import suggestions, unsure
from workplan.importing.outline import entries
from workplan.importing.record import Deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.importing.intake.several import Brought
    from workplan.importing.outline import Entry
    from workplan.importing.piece import Place
    from workplan.importing.record import Record
    from workplan.importing.registering import Known
    from workplan.resources.messages import Catalogue
    from workplan.rewrite.registering.entries import NewUnit

#: So many lines of one kind are shown, the rest is counted.
_MOST = 20
#: So many 字 of what was left out are shown.
_LONGEST = 30
_TOLD = (Deed.LEFT_OUT, Deed.NOTED, Deed.FLATTENED, Deed.DELETED, Deed.DROPPED, Deed.MAPPED)


def lines(found: Sequence[Brought], registry: Known, folders: Mapping[str, str], words: Catalogue) -> Iterator[str]:
    """The report, line by line."""
    for one in found:
        yield from _document(one, folders[one.imported.name], words)
    if registry.units or registry.aliases:
        counts = {"file": folders[""], "units": len(registry.units), "aliases": len(registry.aliases)}
        yield words.text("import.registered", counts)
        kinds = words.words("kinds")
        yield from (_unit(unit, kinds[unit.kind], words) for unit in registry.units)


def _unit(unit: NewUnit, kind: str, words: Catalogue) -> str:
    """A new entry of the registry with what was guessed of it."""
    aliases = f" = {words.text('summary.separator').join(unit.aliases)}" if unit.aliases else ""
    return f"  {unit.name} [{kind}]{aliases}" if unit.kind != "unit" else f"  {unit.name}{aliases}"


def _document(one: Brought, folder: str, words: Catalogue) -> Iterator[str]:
    made = one.imported
    title = view.official(made.plan).name
    yield words.text("import.document", {"folder": folder, "title": title, "source": one.file})
    counts = {"rows": len(view.rows(made.plan)), "loads": len(view.loads(made.plan))}
    yield f"  {words.text('import.exact')}"
    yield f"  {words.text('import.rows', counts)}"
    if made.whole:
        yield f"  {words.text(f'import.whole-{made.whole}')}"
    outline = list(entries(made))
    yield from _some([_entry(entry, words) for entry in outline if not _is_deep(entry)], "import.outline", words)
    given_up = [_given_up(entry, words) for entry in outline if entry.step]
    yield from _some(given_up, "import.given-up", words)
    findings = [f"{one.span.file}:{one.span.line} {words.message(one.key, one.arguments)}" for one in unsure(one)]
    yield from _some(findings, "import.unsure", words)
    if more := len(suggestions(one)):
        yield f"  {words.text('import.suggestions', {'count': more, 'plan': made.name})}"
    told = [_record(record, words) for record in one.records if record.deed in _TOLD]
    yield from _some(told, "import.records", words)
    quiet = {deed: count for deed, count in _counted(one.records).items() if deed not in _TOLD}
    for deed, count in quiet.items():
        yield f"  {words.text('import.quiet', {'deed': words.text(f'import.deed.{deed}'), 'count': count})}"


def _counted(records: Iterable[Record]) -> dict[str, int]:
    """How many records there are of each deed."""
    counts: dict[str, int] = {}
    for record in records:
        counts[str(record.deed)] = counts.get(str(record.deed), 0) + 1
    return counts


def _is_deep(entry: Entry) -> bool:
    """Whether an entry lies so deep that the outline for people leaves it out."""
    return entry.level > len(("part", "section", "task"))


def _some(told: Sequence[str], heading: str, words: Catalogue) -> Iterator[str]:
    """A heading and the first of some lines, the rest counted."""
    if not told:
        return
    yield f"  {words.text(heading, {'count': len(told)})}"
    most = len(told) if heading == "import.outline" else _MOST
    yield from (f"    {line}" for line in told[:most])
    if len(told) > most:
        yield f"    {words.text('import.more', {'count': len(told) - most})}"


def _entry(entry: Entry, words: Catalogue) -> str:
    units = f" ← {words.text('summary.separator').join(entry.units)}" if entry.units else ""
    at = f"{entry.place.file}:{entry.place.line}"
    source = _place(entry.source, words) if entry.source else ""
    key = "import.entry" if source else "import.entry-alone"
    number = (
        f"{entry.number} " if entry.number[-1:].isalnum() else entry.number
    )  # a table numbers its lines without a mark
    said = {"number": number, "title": entry.title, "units": units, "at": at, "source": source}
    return "  " * (entry.level - 1) + words.text(key, said)


def _given_up(entry: Entry, words: Catalogue) -> str:
    step = words.text(f"import.step.{entry.step.name.lower().replace('_', '-')}")
    return f"{entry.place.file}:{entry.place.line} {step} {entry.number}{entry.title}"


def _record(record: Record, words: Catalogue) -> str:
    text = record.text if len(record.text) <= _LONGEST else f"{record.text[: _LONGEST - 1]}…"
    became = f" → {record.became}" if record.became and record.deed is Deed.MAPPED else ""
    at = _place(record.place, words)
    said = {
        "deed": words.text(f"import.deed.{record.deed}"),
        "text": f"{visible(text, one_line=True)}{became}",
        "at": at,
    }
    return words.text("import.record" if at else "import.record-nowhere", said)


def _place(place: Place, words: Catalogue) -> str:
    """A place in the words of people: page 2, paragraph 14."""
    parts = {"page": place.page, "block": place.block, "row": place.row, "column": place.column}
    said = (words.text(f"import.{name}", {"number": number}) for name, number in parts.items() if number)
    return "".join(said).strip()
