"""What was understood of a document, line by line: its headings and tasks with their places in the source and in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan import view
from workplan.importing.draft import Step
from workplan.language.scalar import Scalar
from workplan.view.sequence import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.diagnostic import Span
    from workplan.importing.bring import Imported
    from workplan.importing.draft import Node, Part
    from workplan.importing.piece import Place
    from workplan.plan.numbering import Numbered, NumberedPart

#: So many 字 of a paragraph without a title stand for it.
_OPENING = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One heading or numbered paragraph: number and title as printed, level from 1, units as printed, and both its places.

    ``source`` is None for a title of the frame that is no piece of the running text.
    """

    number: str
    title: str
    level: int
    units: tuple[str, ...]
    source: Place | None
    place: Span
    step: Step = Step.READ


def entries(made: Imported) -> Iterator[Entry]:
    """The outline of a plan, in printed order; attachments behind the parts."""
    draft, plan = made.draft, made.plan
    for part, numbered in (
        *zip(draft.parts, plan.parts, strict=True),
        *zip(draft.attachments, plan.attachments, strict=True),
    ):
        yield from _part(part, numbered, made)


def _part(part: Part, numbered: NumberedPart, made: Imported) -> Iterator[Entry]:
    titled = numbered.part.title
    if titled is not None:
        head = part.head
        known = head is not None and head.id >= 0
        yield Entry(
            number=numbered.printed_number,
            title=titled.line,
            level=1,
            units=_units(numbered.heading),
            source=made.leaves[head.id].piece.place if head and known else None,
            place=numbered.part.head,
            step=made.steps.get(head.id, Step.READ) if head else Step.READ,
        )
    level = 2 if titled is not None else 1
    if part.kind == "table":
        yield from _lines(part.items[0], numbered.lines, made, level)
    else:
        yield from _items(part.items, numbered.items, made, level)


def _lines(table: Node, lines: Sequence[Numbered], made: Imported, level: int) -> Iterator[Entry]:
    """The tasks that the lines of a table set, which is a part by itself."""
    for line in lines:
        yield Entry(
            number=line.printed_number,
            title=_of_line(line),
            level=level,
            units=_units(line),
            source=made.leaves[table.id].piece.place,
            place=line.item.span if isinstance(line.item, Scalar) else line.item.head,
        )


def _of_line(line: Numbered) -> str:
    """What a line of a table calls its task: its title, else how its text begins."""
    title = line.item.line if isinstance(line.item, Scalar) else line.item.title
    texts = (inner.item.line for inner in line.items if isinstance(inner.item, Scalar))
    return _shortened((title if isinstance(title, str) else title.line if title else "") or next(texts, ""))


def _items(nodes: Sequence[Node], items: Sequence[Numbered], made: Imported, level: int) -> Iterator[Entry]:
    for node, numbered in zip(nodes, items, strict=True):
        item = numbered.item
        counted = node.mark is not None
        step = made.steps.get(node.id, Step.READ)
        if counted or step:
            yield Entry(
                number=numbered.printed_number,
                title=node.title or _opening(numbered, made),
                level=level,
                units=_units(numbered),
                source=made.leaves[node.id].piece.place,
                place=item.span if isinstance(item, Scalar) else item.head,
                step=step,
            )
        yield from _items(node.items, numbered.items, made, level + counted)


def _opening(numbered: Numbered, made: Imported) -> str:
    blocks = view.of(made.plan).own(numbered)
    words = blocks[0].printed if blocks and isinstance(blocks[0], Paragraph) else ""
    return _shortened(words.removeprefix(numbered.printed_number).lstrip())


def _shortened(words: str) -> str:
    return words if len(words) <= _OPENING else f"{words[: _OPENING - 1]}…"


def _units(numbered: Numbered | None) -> tuple[str, ...]:
    references = numbered.unit_references or () if numbered else ()
    names = (
        one.scalar.text[one.offset + name.start : one.offset + name.end].strip()
        for one in references
        for phrase in one.phrases
        for name in phrase.names
    )
    return tuple(dict.fromkeys(names))
