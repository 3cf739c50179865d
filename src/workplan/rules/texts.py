"""Every text of a plan that is printed, with its place and what it is: the ground that the rules of official style share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.model import Clause, Column, Item, TablePart
from workplan.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Span
    from workplan.model import Document, Row
    from workplan.plan import Plan

#: A Chinese character, and a Chinese character or mark, as the inside of a class in a regular expression.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
CHINESE = HAN + "、。〈〉《》「」『』【】〔〕！（），：；？“”‘’…"
#: Blanks but for the line end that parts paragraphs.
BLANK = r"[^\S\n]"


class Kind(StrEnum):
    """What a text is, as far as rules treat it differently."""

    TITLE = "title"
    #: Running text: preamble, bodies, bare paragraphs, closing.
    TEXT = "text"
    #: A phrase that names units.
    UNITS = "units"
    #: 发文字号.
    NUMBER = "number"
    #: The frame around the text, set apart by blanks if at all: signature, speaker, masthead.
    FRAME = "frame"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Text:
    r"""A text that is printed; ``text`` is what it says, paragraphs parted by ``\\n``."""

    scalar: Scalar
    text: str
    kind: Kind

    def part(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]`` in the file."""
        return self.scalar.part(start, end)

    def fix(self, *changes: tuple[int, int, str]) -> tuple[Replacement, ...] | None:
        """The fix that puts new words at the places; None where the file has other signs there (an escape, a line end)."""
        spans = [(self.part(start, end), self.text[start:end], new) for start, end, new in changes]
        file = self.scalar.file.text
        if any(file[span.start : span.end] != old for span, old, _ in spans):
            return None
        return tuple(Replacement(span, new) for span, _, new in spans)


def texts(plan: Plan) -> Iterator[Text]:
    """All printed texts, the document's first, then those of parts and attachments in printed order."""
    for kind, scalars in (*_of_document(plan.document), *_of_parts(plan)):
        for scalar in scalars:
            if scalar is not None and scalar.value:
                yield Text(scalar, scalar.text, kind)


_Kinds = tuple[Kind, "Iterable[Scalar | None]"]


def _of_document(document: Document) -> Iterator[_Kinds]:
    yield Kind.NUMBER, (document.number,)
    frame = (document.masthead, document.speaker, document.status, document.note)
    yield Kind.FRAME, (*(document.issuer or ()), *frame)
    notice = document.notice
    if notice is not None:
        yield Kind.TITLE, (notice.title,)
        yield Kind.TEXT, (notice.to, notice.text)
        yield Kind.FRAME, (*(notice.signature or ()), notice.date, notice.note)
    yield Kind.TITLE, (document.title, document.subtitle)
    yield Kind.TEXT, (document.to, document.preamble, document.closing)
    yield Kind.FRAME, (*(document.signature or ()), document.date)
    if document.imprint is not None:
        yield Kind.TEXT, (document.imprint.cc,)
        yield Kind.FRAME, (document.imprint.office, document.imprint.date)


def _of_parts(plan: Plan) -> Iterator[_Kinds]:
    for numbered in plan.sections:
        part = numbered.part
        yield Kind.TITLE, (part.title, part.listed)
        yield Kind.TEXT, (part.text,)
        if isinstance(part, TablePart):
            yield from _of_table(part)
        for below in numbered.walk():
            yield from _of_item(below.item)


def _of_item(item: Item | Clause | Scalar) -> Iterator[_Kinds]:
    if isinstance(item, Scalar):
        yield Kind.TEXT, (item,)
        return
    yield Kind.TITLE, (item.title,)
    yield Kind.TEXT, (item.text,)
    if item.units is not None:
        yield Kind.UNITS, (item.units,) if isinstance(item.units, Scalar) else item.units.values()


def _of_table(part: TablePart) -> Iterator[_Kinds]:
    columns = list(part.columns)
    while columns:
        column = columns.pop(0)
        yield Kind.CELL, (column.title if isinstance(column, Column) else column,)
        columns[:0] = column.columns if isinstance(column, Column) else ()
    rows: list[Row] = list(part.rows)
    while rows:
        row = rows.pop(0)
        yield Kind.CELL, row.cells.values()
        rows[:0] = row.rows


def headings(plan: Plan) -> Iterator[Scalar]:
    """The titles that stand on a line of their own with something under them, that of the document first."""
    yield plan.document.title
    for numbered in plan.sections:
        if numbered.part.title is not None:
            yield numbered.part.title
        for below in numbered.walk():
            item = below.item
            if not isinstance(item, Item) or item.title is None:
                continue
            body = item.text is not None or item.clauses
            if (item.items and not body) or (body and below.manner.titles == "own-line"):
                yield item.title
