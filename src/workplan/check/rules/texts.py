"""Every text of a plan that is printed, with its place and what it is: the ground that the rules of official style share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Replacement
from workplan.language.edit import escaped
from workplan.language.model import Clause, Item, TablePart
from workplan.language.scalar import Scalar
from workplan.language.syntax import walk
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan

#: A Chinese character, and a Chinese character or mark, as the inside of a class in a regular expression.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
CHINESE = HAN + "、。〈〉《》「」『』【】〔〕！（），：；？“”‘’…"
#: Blanks but for the line end that parts paragraphs.
BLANK = r"[^\S\n]"


#: A word and its colon at the beginning of a text without quotes, and what stands before them where they may be a key.
_KEY = re.compile(rf"[ \t]*[^\s:：,，。；、（）()“”]+{BLANK}*[:：]")
_AFTER_KEY = re.compile(r"[ \t]*:(?=\s|$)")
_BEFORE_KEY = re.compile(r"^[ \t]*(?:- +)*$|[\[{,]\s*$")


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
    r"""A text that is printed; ``text`` is what it says, paragraphs parted by ``\\n``.

    ``held`` are words in it that other keys quote or name, so that they cannot be corrected here alone.
    """

    scalar: Scalar
    text: str
    kind: TextKind
    held: tuple[str, ...] = ()

    def part(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]`` in the file."""
        return self.scalar.part(start, end)

    def fix(self, *changes: tuple[int, int, str]) -> tuple[Replacement, ...] | None:
        """The fix that puts new words at the places; None where nobody but a person should.

        That is where the file has other signs there (an escape, a line end), where other keys quote the words, and where
        they are a key or may be one whose colon lost its blank (``title:三级``).
        """
        is_key = _AFTER_KEY.match(self.scalar.file.text, self.scalar.end)
        if is_key or any(self._is_held(start, end) for start, end, _ in changes):
            return None
        found = [(self._written(start, end), new) for start, end, new in changes]
        spans = [(span, new) for span, new in found if span is not None and not self._may_be_key(span)]
        return tuple(Replacement(span, new) for span, new in spans) if len(spans) == len(changes) else None

    def _is_held(self, start: int, end: int) -> bool:
        return any(
            found.start() <= end and start <= found.end()
            for words in self.held
            for found in re.finditer(re.escape(words), self.text)
        )

    def _written(self, start: int, end: int) -> Span | None:
        """The place in the file, with the whole of an escaped quote at its end; None where the words are written otherwise."""
        span, words, file = self.part(start, end), self.text[start:end], self.scalar.file
        if self.scalar.style not in ("'", '"'):
            return span if file.text[span.start : span.end] == words else None
        last = escaped(words[-1:], self.scalar.style)
        if len(last) > 1 and file.text.startswith(last, span.end - 1):
            span = file.span(span.start, span.end - 1 + len(last))
        return span if file.text[span.start : span.end] == escaped(words, self.scalar.style) else None

    def _may_be_key(self, span: Span) -> bool:
        """Whether the place belongs to a word with a colon that begins a plain text, or a line of one."""
        file = self.scalar.file.text
        begin = max(file.rfind("\n", 0, span.start) + 1, self.scalar.start)
        key = None if self.scalar.style else _KEY.match(file, begin)
        line = file[file.rfind("\n", 0, begin) + 1 : begin]
        return key is not None and span.start <= key.end() and _BEFORE_KEY.search(line) is not None


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
    found, quoted = view.of(plan).texts, _quoted(plan)
    return tuple(
        Text(scalar, scalar.text, _KIND_OF[role], (scalar.text,) if role is Role.COLUMN else quoted)
        for scalar, role in found
        if scalar.value
    )


def _quoted(plan: Plan) -> tuple[str, ...]:
    """The words of the plan that its deadlines and targets quote."""
    items = (numbered.item for _, numbered in plan.walk())
    keys = (item.node.get(key) for item in items if isinstance(item, Clause) for key in ("due", "targets"))
    found = {part.text for node in keys if node is not None for part in walk(node) if isinstance(part, Scalar)}
    return tuple(sorted(filter(None, found)))


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
