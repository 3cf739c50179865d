"""Who has to do what: the task rows of a plan, and what each unit carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from workplan.language.model import Clause, ItemsPart
from workplan.plan.compiled import label_of
from workplan.view import runs
from workplan.view.assignments import Assignment, Load, Named, Row
from workplan.view.located_text import Placed, composed, joined, keys_of, placed
from workplan.view.quantity import due, target
from workplan.view.sequence import HEADS, Face, Role, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Duty, Plan
    from workplan.plan.numbering import Numbered
    from workplan.plan.registry import Mention, Name, Phrase
    from workplan.view.assignments import RowKind
    from workplan.view.document import Worded
    from workplan.view.sequence import Element, Paragraph


def rows(plan: Plan, worded: Worded) -> tuple[Row, ...]:
    """The plan's duties as task rows, in printed order."""
    return tuple(_with_own_ids(_row(plan, duty, worded) for duty in plan.duties))


def _with_own_ids(found: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with an id of its own: clauses without a number would all bear that of their item."""
    taken: set[str] = set()
    for row in found:
        own, count = row.id, 1
        while own in taken:
            count += 1
            own = f"{row.id}#{count}"
        taken.add(own)
        yield row if own == row.id else replace(row, id=own)


def _row(plan: Plan, duty: Duty, worded: Worded) -> Row:
    part, numbered = duty.part, duty.numbered
    item = numbered.item
    assert isinstance(item, Clause)  # noqa: S101 - narrows the type; nothing else is a duty
    assert isinstance(part.part, ItemsPart)  # noqa: S101 - likewise
    mentions = (*(numbered.mentions or ()), *((plan.everyone,) if plan.everyone else ()))
    paragraphs = tuple(worded(numbered))
    return Row(
        id=item.id.text if item.id else "/".join(numbered.path) or f"#{item.head.line}",
        number=numbered.number,
        mark=_mark(numbered, paragraphs),
        path=numbered.path,
        part=placed(part.part.title),
        kind=cast("RowKind", part.part.kind),
        section=placed(duty.section),
        title=placed(item.title),
        text=joined(item.key("text") or runs.NOWHERE, "\n", _text(numbered, paragraphs)),
        assignments=tuple(_assignments(plan, numbered, mentions)),
        due=tuple(due(words, plan.year) for words in _deadlines(item, mentions)),
        targets=tuple(target(_own_key(item, name), Placed((runs.own(words),))) for name, words in item.targets.items()),
        keys={**keys_of(item), "part": part.part.key("title") or runs.NOWHERE},
    )


def _mark(numbered: Numbered, paragraphs: Iterable[Paragraph]) -> Placed:
    """The printed number of an item."""
    own = (run for line in paragraphs for one in line.elements if one.owner == numbered.address for run in one.runs)
    printed = next((run for run in own if run.number and run.text == numbered.mark), None)
    return Placed((printed,)) if printed else composed(runs.NOWHERE, numbered.mark)


def _deadlines(item: Clause, mentions: Iterable[Mention]) -> Iterator[Placed]:
    """What ``due`` quotes, then the deadlines that the annotations tell, each once."""
    found = [(mention, words) for mention in mentions for phrase in mention.phrases for words in phrase.due]
    told = (Run(words.text, Face.FANGSONG, one.scalar, one.offset + words.start) for one, words in found)
    yield from dict.fromkeys(Placed((run,)) for run in (*map(runs.own, item.due), *told))


def _own_key(item: Clause, name: str) -> Placed:
    """The name of a target, which is a key of its own; "" for a target without a name."""
    key = item.key("targets", name) or runs.NOWHERE
    return Placed((runs.own(key),)) if key.text == name else composed(key, name)


def _text(numbered: Numbered, paragraphs: Iterable[Paragraph]) -> Iterator[Placed]:
    """The full text: the item's own paragraphs without number, title and annotation, then everything below it as printed."""
    own = {numbered.address, *(clause.address for clause in numbered.clauses)}
    for paragraph in paragraphs:
        elements = (element for element in paragraph.elements if element.owner in own)
        text = Placed(run for element in elements for run in _own_runs(element, numbered))
        yield from (text,) if text else ()
        if paragraph.elements[0].owner not in own:
            yield Placed(paragraph.runs)


def own_text(element: Element, numbered: Numbered) -> str:
    """What an element adds to the text of the item or clause ``numbered``, of whose title and annotation it is no part."""
    return "".join(run.text for run in _own_runs(element, numbered))


def _own_runs(element: Element, numbered: Numbered) -> tuple[Run, ...]:
    if element.owner != numbered.address:
        return element.runs
    if element.role in (*HEADS, Role.CLAUSE_TITLE, Role.UNITS):
        return ()
    return tuple(run for run in element.runs if not run.number)


def _assignments(plan: Plan, numbered: Numbered, mentions: Iterable[Mention]) -> Iterator[Assignment]:
    first = plan.document.rules.first if plan.document.rules else None
    for mention in mentions:
        for phrase in mention.phrases:
            if not phrase.names and (phrase.due or phrase.columns):
                continue  # a deadline by itself is nobody's duty
            lead = bool(first) and mention.source != "rules"
            label = label_of(numbered, phrase, mention)
            text = phrase.text.strip()
            key = _key(plan, numbered, mention, phrase) or runs.NOWHERE
            units = tuple(_named(phrase.names, mention, key, lead=lead))
            yield Assignment(label=label, printed=text, open=phrase.open, units=units, source=mention.source, key=key)


def _key(plan: Plan, numbered: Numbered, mention: Mention, phrase: Phrase) -> Scalar | None:
    """The key that names the units: the item's ``units`` or a label there, its text, or the title of a duty."""
    item = numbered.item
    assert isinstance(item, Clause)  # noqa: S101 - nothing else is a duty
    if mention.source == "rules":
        return plan.document.key("rules", "everyone")
    if mention.source == "text":
        return item.key("text")
    if item.units is None:
        return item.key("title")
    return item.key("units", phrase.label) if isinstance(item.units, dict) else item.key("units")


def _named(names: Sequence[Name], mention: Mention, key: Scalar, *, lead: bool) -> Iterator[Named]:
    """The names with their roles; where the document says that the first named leads, a list without a lead has one."""
    told = any(name.role != "responsible" for name in names)
    for place, name in enumerate(names):
        role = "lead" if lead and place == 0 and not told else name.role
        yield Named(_printed(name, mention, key), name.unit, role)


def _printed(name: Name, mention: Mention, key: Scalar) -> Placed:
    """The printed name at its place; names that are joined (区科技局和区教育局) are each printed as the whole of it."""
    text, start, length = mention.scalar.text, mention.offset + name.start, name.end - name.start
    at = text.find(name.printed, max(0, start + length - len(name.printed)))
    found = Run(name.printed, Face.FANGSONG, mention.scalar, at) if 0 <= at <= start else None
    return Placed((found,)) if found else composed(key, name.printed)


def loads(plan: Plan, all_rows: Sequence[Row]) -> tuple[Load, ...]:
    """One load for each unit or group that the rows name, in the registry's order."""
    naming: dict[str, list[tuple[Row, list[Named]]]] = {}
    for row in all_rows:
        by_unit: dict[str, list[Named]] = {}
        for named in row.named:
            by_unit.setdefault(named.unit, []).append(named)
        for unit, found in by_unit.items():
            naming.setdefault(unit, []).append((row, found))
    naming.pop("", None)
    return tuple(_load(plan, unit, naming[unit]) for unit in sorted(naming, key=plan.book.order.__getitem__))


def _load(plan: Plan, unit: str, mine: Sequence[tuple[Row, Sequence[Named]]]) -> Load:
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
        lead=count("lead"),
        support=count("support"),
        responsible=count("responsible"),
    )
