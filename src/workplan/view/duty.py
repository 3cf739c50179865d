"""Who has to do what: the task rows of a plan, and what each unit carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from workplan.language.model import Clause
from workplan.language.scalar import Scalar
from workplan.plan.compiled import label_of
from workplan.view import deadlines, runs
from workplan.view.assignments import Assignment, Load, NamedUnit, Note, TaskRow
from workplan.view.located_text import LocatedText, composed, in_line, joined, keys_of, located
from workplan.view.quantity import targets
from workplan.view.sequence import CELL_ROLES, CELLS, HEADS, Face, Role, Run, printed_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.language.model import Record
    from workplan.plan.compiled import Plan
    from workplan.plan.duties import Duty
    from workplan.plan.numbering import Numbered
    from workplan.plan.registry import Name, Phrase, UnitReference
    from workplan.plan.registry.phrase import Role as UnitRole
    from workplan.view.assignments import RowKind
    from workplan.view.sequence import Block, Element

    #: What is printed of an item or text itself.
    Own = Callable[[Numbered], Iterable[Block]]


def rows(plan: Plan, own: Own) -> tuple[TaskRow, ...]:
    """The plan's duties as task rows, in printed order; ``own`` gives the printed paragraphs of an item itself."""
    taken = frozenset(duty.numbered.address for duty in plan.duties if not duty.paragraph)
    return tuple(_with_own_ids(_row(plan, duty, own, taken) for duty in plan.duties))


def _with_own_ids(found: Iterable[TaskRow]) -> Iterator[TaskRow]:
    """The rows, each with an id of its own: clauses without a number would all bear that of their item."""
    taken: set[str] = set()
    for row in found:
        own, count = row.id, 1
        while own in taken:
            count += 1
            own = f"{row.id}#{count}"
        taken.add(own)
        yield row if own == row.id else replace(row, id=own)


def _row(plan: Plan, duty: Duty, own: Own, taken: frozenset[str]) -> TaskRow:
    numbered, item = duty.numbered, duty.numbered.item
    record = item if isinstance(item, Clause) else None
    part = duty.part.part if duty.part else None
    references = (*duty.references, *((plan.everyone,) if plan.everyone else ()))
    blocks = tuple(_blocks(duty, own))
    keys = keys_of(record) if record else {"text": item} if isinstance(item, Scalar) else {}
    return TaskRow(
        id=_id(duty),
        number=numbered.number,
        mark=_mark(numbered, blocks),
        path=numbered.path,
        part=located(part.title if part else None),
        kind=cast("RowKind", duty.kind),
        section=located(duty.section),
        title=located(record.title if record else None),
        text=joined(_text_key(item), "\n", _text(duty, blocks, own, taken)),
        assignments=tuple(_assignments(plan, duty, references)),
        due=deadlines.told(plan, numbered, references),
        targets=targets(record),
        notes=tuple(_notes(plan, numbered, references)),
        keys={**keys, "part": (part.key("title") if part else None) or runs.NOWHERE},
    )


def _id(duty: Duty) -> str:
    """The id that the author gave, else the printed numbers, else where the duty stands."""
    item = duty.numbered.item
    if isinstance(item, Clause) and item.id:
        return item.id.text
    if duty.part is None:
        return duty.numbered.address.removeprefix("document.").removesuffix(".text")
    if duty.numbered is duty.part.heading and not duty.numbered.path:
        return duty.part.address
    line = item.span.line if isinstance(item, Scalar) else item.head.line
    return "/".join(duty.numbered.path) or f"#{line}"


def _text_key(item: Record | Scalar) -> Scalar:
    return item if isinstance(item, Scalar) else item.key("text") or runs.NOWHERE


def _blocks(duty: Duty, own: Own) -> Iterator[Block]:
    """What is printed of the duty itself: all its paragraphs, or the one that it is."""
    for place, block in enumerate(own(duty.numbered), 1):
        if duty.paragraph in (0, place):
            yield block


def _mark(numbered: Numbered, blocks: Iterable[Block]) -> LocatedText:
    """The printed number of an item."""
    own = (run for block in blocks for one in block.elements if one.owner == numbered.address for run in one.runs)
    printed = next((run for run in own if run.number and run.text == numbered.printed_number), None)
    return LocatedText((printed,)) if printed else composed(runs.NOWHERE, numbered.printed_number)


def _notes(plan: Plan, numbered: Numbered, references: Iterable[UnitReference]) -> Iterator[Note]:
    """What the annotations tell under labels that name no units, each once."""
    found = (
        Note(
            composed(_key(plan, numbered, one, phrase) or runs.NOWHERE, words.label),
            LocatedText((Run(words.text, Face.FANGSONG, one.scalar, one.offset + words.start),)),
        )
        for one in references
        for phrase in one.phrases
        for words in phrase.columns
    )
    yield from dict.fromkeys(found)


def _text(duty: Duty, blocks: Iterable[Block], own: Own, taken: frozenset[str]) -> Iterator[LocatedText]:
    """The full text: its own paragraphs without number, title and annotation, then what is below it as printed.

    What has a row of its own (``taken``) is not told twice.
    """
    numbered = duty.numbered
    for line in printed_lines(blocks):
        shown = (one for one in line if one.owner == numbered.address or one.owner not in taken)
        text = LocatedText(run for one in shown for run in _own_runs(one, numbered))
        yield from (text,) if text else ()
    for line in printed_lines(block for one in duty.inner for block in own(one)):
        kept = tuple(element for element in line if element.owner not in taken)
        if kept:
            in_cells = kept[0].role in CELL_ROLES
            yield _in_cells(kept) if in_cells else LocatedText(run for one in kept for run in one.runs)


def _in_cells(line: Sequence[Element]) -> LocatedText:
    """A line of a table as text."""
    key = next((run.scalar for cell in line for run in cell.runs), runs.NOWHERE)
    return joined(key, CELLS, (in_line(LocatedText(cell.runs)) for cell in line))


def own_text(element: Element, numbered: Numbered) -> str:
    """What an element adds to the text of the item or clause ``numbered``, of whose title and annotation it is no part."""
    return "".join(run.text for run in _own_runs(element, numbered))


def _own_runs(element: Element, numbered: Numbered) -> tuple[Run, ...]:
    if element.owner != numbered.address:
        return element.runs
    if element.role in (*HEADS, Role.CLAUSE_TITLE, Role.UNITS):
        return ()
    return tuple(run for run in element.runs if not run.number)


def _assignments(plan: Plan, duty: Duty, references: Iterable[UnitReference]) -> Iterator[Assignment]:
    numbered = duty.numbered
    for reference in references:
        for phrase in reference.phrases:
            if not phrase.names and (phrase.due or phrase.columns):
                continue  # a deadline by itself is nobody's duty
            roles = _roles(plan, phrase, reference)
            label = label_of(numbered, phrase, reference)
            text = phrase.text.strip()
            key = _key(plan, numbered, reference, phrase) or runs.NOWHERE
            units = tuple(NamedUnit(_printed(name, reference, key), name.unit, role) for name, role in roles)
            yield Assignment(label=label, printed=text, open=phrase.open, units=units, source=reference.source, key=key)


def _key(plan: Plan, numbered: Numbered, reference: UnitReference, phrase: Phrase) -> Scalar | None:
    """The key that names the units: the item's ``units`` or a label there, its text or title; a bare text says it itself."""
    item = numbered.item
    if reference.source == "rules":
        return plan.document.key("rules", "everyone")
    if isinstance(item, Scalar):
        return item
    if reference.scalar is item.title:
        return item.key("title")
    if reference.source == "text":
        return item.key("text")
    return item.key("units", phrase.label) if isinstance(item.units, dict) else item.key("units")


def _roles(plan: Plan, phrase: Phrase, reference: UnitReference) -> Iterator[tuple[Name, UnitRole]]:
    """The names of a phrase with their roles: their own, or those that the document lays down for lists that do not say them.

    Where a list gives no roles, the first names lead; where no verb gives them, those who do not lead have that of the ``rest``.
    """
    rules = plan.document.rules if reference.source != "rules" else None
    has_roles = any(name.role != "responsible" for name in phrase.names)
    leading = {"lead": 1, "before-comma": phrase.before_comma, None: 0}[rules.first if rules else None]
    leading = 0 if has_roles else leading
    led = leading > 0 or any(name.role == "lead" for name in phrase.names)
    rest = rules.rest if rules and led and not phrase.verb else None
    for place, name in enumerate(phrase.names):
        own = "lead" if place < leading else name.role
        yield name, rest if rest and own == "responsible" else own


def _printed(name: Name, reference: UnitReference, key: Scalar) -> LocatedText:
    """The printed name at its place; names that are joined (区科技局和区教育局) are each printed as the whole of it."""
    text, start, length = reference.scalar.text, reference.offset + name.start, name.end - name.start
    at = text.find(name.printed, max(0, start + length - len(name.printed)))
    found = Run(name.printed, Face.FANGSONG, reference.scalar, at) if 0 <= at <= start else None
    return LocatedText((found,)) if found else composed(key, name.printed)


def loads(plan: Plan, all_rows: Sequence[TaskRow]) -> tuple[Load, ...]:
    """One load for each unit or group that the rows name, in the registry's order."""
    naming: dict[str, list[tuple[TaskRow, list[NamedUnit]]]] = {}
    for row in all_rows:
        by_unit: dict[str, list[NamedUnit]] = {}
        for named in row.named:
            by_unit.setdefault(named.unit, []).append(named)
        for unit, found in by_unit.items():
            naming.setdefault(unit, []).append((row, found))
    naming.pop("", None)
    return tuple(_load(plan, unit, naming[unit]) for unit in sorted(naming, key=plan.book.order.__getitem__))


def _load(plan: Plan, unit: str, mine: Sequence[tuple[TaskRow, Sequence[NamedUnit]]]) -> Load:
    def ids(kind: str) -> tuple[str, ...]:
        return tuple(row.id for row, _ in mine if row.kind == kind)

    def count(role: str) -> int:
        return sum(any(named.role == role for named in found) for _, found in mine)

    return Load(
        unit=unit,
        kind=plan.book.entries[unit].kind,
        printed=tuple(dict.fromkeys(named.printed for _, found in mine for named in found)),
        tasks=ids("tasks"),
        safeguards=ids("safeguards"),
        duties=ids("duties"),
        goals=ids("goals"),
        prose=ids("prose"),
        lead=count("lead"),
        support=count("support"),
        responsible=count("responsible"),
    )
