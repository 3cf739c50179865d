"""Where the parts of a plan name units: in ``units``, in titles and running text, in lines of their own, in tables.

Whatever prints is read, in parts of every kind: nobody's duty may be lost because of the place where it is written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.language.model import Clause, Item, ItemsPart, TablePart
from workplan.language.scalar import Scalar
from workplan.plan import task_table
from workplan.plan.numbering import Numbered, NumberedPart
from workplan.plan.registry import UnitReference, in_running_text, label_line, unit_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.registry import Book


def resolved(part: NumberedPart, book: Book) -> NumberedPart:
    """The part with the units that its heading, its text, its items and the lines of its table name."""
    record = part.part
    titled = isinstance(record, ItemsPart) and record.kind == "duties"
    items, labels = _children(part.items, book, titled=titled)
    heading = _heading(part, book)
    return replace(
        part,
        heading=replace(heading, unit_references=(*(heading.unit_references or ()), *labels)),
        text=paragraph(record.text, f"{part.address}.text", part.path, part.style, book) if record.text else None,
        items=items,
        lines=tuple(task_table.lines(part, record, book)) if isinstance(record, TablePart) else (),
    )


def paragraph(text: Scalar, address: str, path: tuple[str, ...], style: ComputedStyle, book: Book) -> Numbered:
    """A text that is no item (a preamble, the text of a part) as bare paragraphs."""
    return Numbered(
        item=text,
        printed_number="",
        number="",
        level=0,
        path=path,
        style=style,
        unit_references=tuple(in_running_text(text, book)),
        address=address,
    )


def _heading(part: NumberedPart, book: Book) -> Numbered:
    """The title of a part with what is said there of units, for all that stands under it."""
    record = part.part
    units = record.units if isinstance(record, ItemsPart | TablePart) else None
    heading = Clause.model_construct(title=record.title, units=units)
    heading._node = record.node  # noqa: SLF001 - the keys of a heading are those of its part
    return Numbered(
        item=heading,
        printed_number=part.printed_number,
        number=part.number,
        level=1,
        path=part.path,
        style=part.style,
        unit_references=tuple(unit_references(heading, book, titled=False)),
        address=part.address,
    )


def _resolved(numbered: Numbered, book: Book, *, titled: bool) -> Numbered:
    item = numbered.item
    if isinstance(item, Scalar):
        return replace(numbered, unit_references=tuple(in_running_text(item, book)))
    if isinstance(item, TablePart):
        table = NumberedPart(
            part=item,
            printed_number=numbered.printed_number,
            number=numbered.number,
            path=numbered.path,
            style=numbered.style,
            address=numbered.address,
        )
        return replace(numbered, table=resolved(table, book))
    items, labels = _children(numbered.items, book, titled=titled)
    # A chapter of a 职责分工 is headed by words of its own; whoever is named in a title without anything below is meant.
    names = titled and not any(isinstance(child.item, Item) for child in numbered.items)
    return replace(
        numbered,
        items=items,
        clauses=tuple(_resolved(clause, book, titled=False) for clause in numbered.clauses),
        unit_references=(*unit_references(item, book, titled=names), *labels),
    )


def _children(
    children: Sequence[Numbered], book: Book, *, titled: bool
) -> tuple[tuple[Numbered, ...], tuple[UnitReference, ...]]:
    """What stands under a heading, and the units that lines at its end (责任单位：甲) name for the heading itself.

    Such a line speaks of the item or paragraph above it; where it ends a text of plain paragraphs and is the only one there,
    of the whole text.
    """
    said = [label_line(child.item, book) if isinstance(child.item, Scalar) else None for child in children]
    begins = next((place for place, line in enumerate(said) if line is not None), len(said))
    plain = all(isinstance(child.item, Scalar) for child in children)
    whole = plain and all(line is not None for line in said[begins:])
    found: list[Numbered] = []
    labels: list[UnitReference] = []
    above = -1
    for child, line in zip(children, said, strict=True):
        if line is None:
            above = len(found)
            found.append(_resolved(child, book, titled=titled))
            continue
        found.append(replace(child, unit_references=(), labels=True))
        if whole or above < 0:
            labels.append(line)
        else:
            found[above] = _answered(found[above], line)
    return tuple(found), tuple(labels)


def _answered(numbered: Numbered, reference: UnitReference) -> Numbered:
    return replace(numbered, unit_references=(*(numbered.unit_references or ()), reference))


def all_of(parts: Iterable[NumberedPart], book: Book) -> tuple[NumberedPart, ...]:
    """Several parts resolved."""
    return tuple(resolved(part, book) for part in parts)
