"""Every text of a plan that is printed, with its place and what it is: the ground that the rules of official style share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Replacement
from workplan.language.model import Item, TablePart
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

#: A Chinese character, and a Chinese character or mark, as the inside of a class in a regular expression.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
CHINESE = HAN + "、。〈〉《》「」『』【】〔〕！（），：；？“”‘’…"
#: Blanks but for the line end that parts paragraphs.
BLANK = r"[^\S\n]"


class TextKind(StrEnum):
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
    kind: TextKind

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


_KINDS = {
    TextKind.TITLE: (Role.TITLE, Role.SUBTITLE, Role.SECTION, Role.RUN_IN, Role.CLAUSE_TITLE, Role.LISTED),
    TextKind.TEXT: (Role.RECIPIENTS, Role.PREAMBLE, Role.TEXT, Role.CLAUSE, Role.CLOSING, Role.COPIES),
    TextKind.UNITS: (Role.UNITS,),
    TextKind.NUMBER: (Role.NUMBER,),
    TextKind.FRAME: (
        *(Role.SERIAL, Role.SECRECY, Role.URGENCY, Role.STATUS, Role.MASTHEAD, Role.SPEAKER, Role.LABEL),
        *(Role.SIGNATURE, Role.DATE, Role.NOTE, Role.OFFICE, Role.ISSUED),
    ),
    TextKind.CELL: (Role.COLUMN, Role.CELL),
}
_KIND_OF = {role: kind for kind, roles in _KINDS.items() for role in roles}


@lru_cache(maxsize=1)
def texts(plan: Plan) -> tuple[Text, ...]:
    """All texts of the plan that print, each once, in printed order; then the phrases that only task sheets print."""
    found = view.of(plan).texts
    return tuple(Text(scalar, scalar.text, _KIND_OF[role]) for scalar, role in found if scalar.value)


def headings(plan: Plan) -> Iterator[Scalar]:
    """The titles that stand on a line of their own with something under them, that of the document first."""
    if plan.document.title.text:
        yield plan.document.title
    for numbered in plan.sections:
        if numbered.part.title is not None:
            yield numbered.part.title
        for below in numbered.walk():
            item = below.item
            if isinstance(item, TablePart) and item.title is not None:
                yield item.title
            if not isinstance(item, Item) or item.title is None:
                continue
            body = item.text is not None or item.clauses
            if (item.items and not body) or (body and below.style.titles == "own-line"):
                yield item.title
