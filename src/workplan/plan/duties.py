"""What somebody has to do: every place of a plan that becomes a task row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language.model import Clause, Item, ItemsPart
from workplan.language.scalar import Scalar
from workplan.plan.numbering import DUTY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.plan.registry import UnitReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty: what sets it (``numbered``), the ``part`` it stands in (None for the frame) and the title above it.

    ``references`` name who answers for it. ``inner`` is what stands below it and is part of it, since it is no duty of its own,
    in printed order. ``paragraph`` counts from 1 where the duty is one paragraph of a text; 0 means all that ``numbered`` says.
    ``is_line`` says that it is a line of a table.
    """

    part: NumberedPart | None
    numbered: Numbered
    section: Scalar | None
    references: tuple[UnitReference, ...]
    inner: tuple[Numbered, ...] = ()
    paragraph: int = 0
    is_line: bool = False

    @property
    def kind(self) -> str:
        """The kind of its part; a table that sets tasks holds ``tasks``, and what stands in the frame is ``prose``."""
        kind = self.part.part.kind if self.part else "prose"
        return "tasks" if self.is_line or kind in ("table", "assignments") else kind


def of(plan: Plan) -> Iterator[Duty]:
    """The duties of a plan in printed order.

    A duty is whatever names units: an item, a clause, the heading of a part for all that stands under it, a paragraph with an
    annotation in any text, a line of a table. In parts of tasks, safeguards and duties it is also every leaf that nobody
    answers for; below an item that names units the leaves without any are part of its duty. Clauses are leaves where one
    of them names units.
    """
    for text in plan.texts:
        yield from _paragraphs(None, text, None)
    for part in plan.parts:
        yield from _of_part(part)
    if plan.closing:
        yield from _paragraphs(None, plan.closing, None)
    for part in plan.attachments:
        yield from _of_part(part)


def _of_part(part: NumberedPart) -> Iterator[Duty]:
    yield from _Reader(part).under(part, None, covered=False)


def _paragraphs(part: NumberedPart | None, text: Numbered, section: Scalar | None) -> Iterator[Duty]:
    """The paragraphs of a text that hold annotations, a duty each."""
    item = text.item
    assert isinstance(item, Scalar)  # noqa: S101 - narrows the type
    found: dict[int, list[UnitReference]] = {}
    for reference in text.unit_references or ():
        within = item.text.count("\n", 0, reference.offset) if reference.scalar is item else _last(item)
        found.setdefault(within + 1, []).append(reference)
    for paragraph, references in found.items():
        yield Duty(part=part, numbered=text, section=section, references=tuple(references), paragraph=paragraph)


def _last(text: Scalar) -> int:
    """Where a line that stands below a text and names units for it belongs: to the last paragraph."""
    return text.text.rstrip("\n").count("\n")


def _inner(numbered: Numbered, duties: set[str]) -> Iterator[Numbered]:
    """An item and what is below it, without duties, what belongs to those, and headings that stand over nothing else."""
    if numbered.address in duties or numbered.labels:
        return
    below = [one for child in numbered.items for one in _inner(child, duties)]
    item = numbered.item
    is_heading = numbered.items and isinstance(item, Clause) and not item.text and not numbered.clauses
    if below or not is_heading:
        yield numbered
    yield from below


class _Reader:
    """Finds the duties among the items of one part."""

    def __init__(self, part: NumberedPart) -> None:
        self.part = part
        self.leaves = isinstance(part.part, ItemsPart) and part.part.kind in DUTY_KINDS

    def under(self, frame: NumberedPart, section: Scalar | None, *, covered: bool) -> Iterator[Duty]:
        """The duties of a part, or of a table among its items: of the heading, the text below it, the items, the lines."""
        heading, text = frame.heading, frame.text
        references = heading.unit_references or () if heading else ()
        title = section if frame is self.part else frame.part.title or section
        covered = covered or bool(references)
        below = [duty for item in frame.items for duty in self.item(item, title, covered=covered)]
        if heading and references:
            own = {duty.numbered.address for duty in below}
            plain = (text,) if text and not text.unit_references else ()
            inner = (*plain, *(one for item in frame.items for one in _inner(item, own)))
            yield Duty(part=self.part, numbered=heading, section=section, references=references, inner=inner)
        if text:
            yield from _paragraphs(self.part, text, title)
        yield from below
        for line in frame.lines:
            found = line.unit_references or ()
            yield Duty(part=self.part, numbered=line, section=title, references=found, inner=line.items, is_line=True)

    def item(self, numbered: Numbered, section: Scalar | None, *, covered: bool) -> Iterator[Duty]:
        """The duties of an item and of all below it; ``covered`` where something above it names units."""
        item = numbered.item
        if numbered.table:
            yield from self.under(numbered.table, section, covered=covered)
            return
        if not isinstance(item, Clause):
            yield from _paragraphs(self.part, numbered, section)
            return
        references = numbered.unit_references or ()
        title = item.title or section
        below = [
            duty for child in numbered.items for duty in self.item(child, title, covered=covered or bool(references))
        ]
        clauses = [clause for clause in numbered.clauses if clause.unit_references]
        annotated = any(duty.paragraph for duty in below)
        leaf = not clauses and not annotated and not any(isinstance(child.item, Item) for child in numbered.items)
        if references or (leaf and self.leaves and not covered):
            own = {duty.numbered.address for duty in below}
            inner = tuple(one for child in numbered.items for one in _inner(child, own))
            yield Duty(part=self.part, numbered=numbered, section=section, references=references, inner=inner)
        if clauses and not references and not covered and self.leaves:
            clauses = list(numbered.clauses)
        for clause in clauses:
            yield Duty(part=self.part, numbered=clause, section=title, references=clause.unit_references or ())
        yield from below
