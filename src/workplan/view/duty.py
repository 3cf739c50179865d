"""Who has to do what: the task rows of a plan, and what each unit carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from workplan.model import Clause, Item, ItemsPart
from workplan.plan import DUTY_KINDS
from workplan.view import wording
from workplan.view.quantity import due, target
from workplan.view.rows import Assignment, Load, Named, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.numbering import Numbered, NumberedPart
    from workplan.plan import Mention, Plan
    from workplan.registry import Name, Phrase
    from workplan.view.rows import RowKind

    #: What makes a row: its part, the item or clause itself, and the title it stands under.
    Duty = tuple[NumberedPart, Numbered, str]


def rows(plan: Plan) -> tuple[Row, ...]:
    """Every task row in printed order.

    A row is an item or clause of a tasks, safeguards or duties part that names units itself, and a leaf there that nobody
    answers for; clauses are leaves where one of them names units. Below an item that names units the leaves without any
    are part of its duty, not rows.
    """
    return tuple(_with_own_ids(_row(plan, part, numbered, section) for part, numbered, section in duties(plan)))


def duties(plan: Plan) -> Iterator[Duty]:
    """What makes a row, in the order of the rows: the part, the item or clause, and the title it stands under."""
    for part in plan.sections:
        if isinstance(part.part, ItemsPart) and part.part.kind in DUTY_KINDS:
            for item in part.items:
                yield from _duties(plan, part, item, "", covered=False)


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


def _duties(plan: Plan, part: NumberedPart, numbered: Numbered, section: str, *, covered: bool) -> Iterator[Duty]:
    item = numbered.item
    if not isinstance(item, Clause):
        return
    own = bool(plan.mentions[id(numbered)])
    named_clauses = [clause for clause in numbered.clauses if plan.mentions[id(clause)]]
    leaf = not named_clauses and not any(isinstance(child.item, Item) for child in numbered.items)
    if own or (leaf and not covered):
        yield part, numbered, section
    below = item.title.line if item.title else section
    for clause in named_clauses if own or covered else numbered.clauses if named_clauses else ():
        yield part, clause, below
    for child in numbered.items:
        yield from _duties(plan, part, child, below, covered=covered or own)


def _row(plan: Plan, part: NumberedPart, numbered: Numbered, section: str) -> Row:
    item = numbered.item
    assert isinstance(item, Clause)  # noqa: S101 - narrows the type; _duties gives nothing else
    assert isinstance(part.part, ItemsPart)  # noqa: S101 - likewise
    mentions = (*plan.mentions[id(numbered)], *((plan.everyone,) if plan.everyone else ()))
    return Row(
        id=item.id.text if item.id else "/".join(numbered.path) or f"#{item.head.line}",
        number=numbered.number,
        mark=numbered.mark,
        path=numbered.path,
        part=part.part.title.line if part.part.title else "",
        kind=cast("RowKind", part.part.kind),
        section=section,
        title=item.title.line if item.title else "",
        text=_text(plan, numbered),
        assignments=tuple(_assignments(plan, numbered, mentions)),
        due=tuple(due(words.text, plan.year) for words in item.due),
        targets=tuple(target(name, words.text) for name, words in item.targets.items()),
    )


def _text(plan: Plan, numbered: Numbered) -> str:
    """The full text: the item's own paragraphs without its annotation, then everything below it as printed."""
    below = (block.printed for child in numbered.items for block in wording.blocks(plan, child))
    return "\n".join((*wording.paragraphs(plan, numbered), *below))


def _assignments(plan: Plan, numbered: Numbered, mentions: Iterable[Mention]) -> Iterator[Assignment]:
    first = plan.document.rules.first if plan.document.rules else None
    for mention in mentions:
        for phrase in mention.phrases:
            lead = bool(first) and mention.source != "rules"
            label = phrase.label or _default_label(numbered, phrase, mention)
            text = phrase.text.strip()
            yield Assignment(label, text, phrase.open, tuple(_named(phrase.names, lead=lead)), mention.source)


def _default_label(numbered: Numbered, phrase: Phrase, mention: Mention) -> str:
    return (
        ""
        if phrase.verb or mention.source != "units" or numbered.manner.annotations == "none"
        else numbered.manner.label
    )


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
