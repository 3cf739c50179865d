"""Who has to do what: the task rows of a plan, and what each unit carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from workplan.model import Clause, ItemsPart
from workplan.plan import label_of
from workplan.view.quantity import due, target
from workplan.view.rows import Assignment, Load, Named, Row
from workplan.view.sequence import HEADS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.numbering import Numbered
    from workplan.plan import Duty, Plan
    from workplan.registry import Mention, Name
    from workplan.view.official import Worded
    from workplan.view.rows import RowKind
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
    return Row(
        id=item.id.text if item.id else "/".join(numbered.path) or f"#{item.head.line}",
        number=numbered.number,
        mark=numbered.mark,
        path=numbered.path,
        part=part.part.title.line if part.part.title else "",
        kind=cast("RowKind", part.part.kind),
        section=duty.section,
        title=item.title.line if item.title else "",
        text="\n".join(_text(numbered, worded(numbered))),
        assignments=tuple(_assignments(plan, numbered, mentions)),
        due=tuple(due(words.text, plan.year) for words in item.due),
        targets=tuple(target(name, words.text) for name, words in item.targets.items()),
    )


def _text(numbered: Numbered, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The full text: the item's own paragraphs without number, title and annotation, then everything below it as printed."""
    own = {numbered.address, *(clause.address for clause in numbered.clauses)}
    for paragraph in paragraphs:
        text = "".join(own_text(element, numbered) for element in paragraph.elements if element.owner in own)
        yield from (text,) if text else ()
        if paragraph.elements[0].owner not in own:
            yield paragraph.printed


def own_text(element: Element, numbered: Numbered) -> str:
    """What an element adds to the text of the item or clause ``numbered``, of whose title and annotation it is no part."""
    if element.owner != numbered.address:
        return element.text
    if element.role in (*HEADS, Role.CLAUSE_TITLE, Role.UNITS):
        return ""
    return "".join(run.text for run in element.runs if not run.number)


def _assignments(plan: Plan, numbered: Numbered, mentions: Iterable[Mention]) -> Iterator[Assignment]:
    first = plan.document.rules.first if plan.document.rules else None
    for mention in mentions:
        for phrase in mention.phrases:
            lead = bool(first) and mention.source != "rules"
            label = label_of(numbered, phrase, mention)
            text = phrase.text.strip()
            yield Assignment(label, text, phrase.open, tuple(_named(phrase.names, lead=lead)), mention.source)


def _named(names: Sequence[Name], *, lead: bool) -> Iterator[Named]:
    """The names with their roles; where the document says that the first named leads, a list without a lead has one."""
    told = any(name.role != "responsible" for name in names)
    for place, name in enumerate(names):
        role = "lead" if lead and place == 0 and not told else name.role
        yield Named(name.printed, name.unit, role)


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
        unit,
        plan.book.entries[unit].kind,
        tuple(dict.fromkeys(named.printed for _, found in mine for named in found)),
        ids("tasks"),
        ids("safeguards"),
        ids("duties"),
        count("lead"),
        count("support"),
        count("responsible"),
    )
