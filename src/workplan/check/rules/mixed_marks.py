"""Marks of numbers that differ from the others of their row: 1． among 2. and 3., 3） after （1） and （2）.

A row is one list: items or clauses beside each other with their numbers, and paragraphs that begin with a typed number. Where a
number goes on from one with another mark, both belong to one row. Dots of two widths are told apart through the whole document.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.check.rules.texts import BLANK, HAN, Text, TextKind, texts
from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.diagnostic import Replacement, Span
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered

_CHINESE = "[一二三四五六七八九十]{1,3}"
#: A number with its mark at the beginning of a paragraph.
_TYPED = re.compile(
    rf"^(?:[（(](?:{_CHINESE}|\d{{1,2}})[）)]|\d{{1,2}}(?:[）)]|[.．、](?!\d))|{_CHINESE}[、.．]|[①-⑳])(?={BLANK}*[{HAN}“《])",
    re.MULTILINE,
)
#: Pairs of brackets in two widths are the matter of another rule.
_WIDE = str.maketrans("()", "（）")
_DOTS = ("1.", "1．")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with its mark; ``text`` is what holds it at ``start``, None where the program numbers."""

    words: str
    text: Text | None = None
    start: int = 0

    @property
    def form(self) -> str:
        """The mark with 1 (or 一, ①) in place of its number."""
        return _first(self.words)

    @property
    def count(self) -> int | None:
        """The number; None where it is none."""
        found = NUMERAL.search(self.words)
        return numerals.value(found[0]) if found else None

    def like(self, form: str) -> str:
        """This number with the mark of another form."""
        own, other = NUMERAL.search(self.words), NUMERAL.search(form)
        if own is None or other is None:
            return form
        return NUMERAL.sub(numerals.written(self.count or 1, other.lastgroup or ""), form, count=1)


@lru_cache(maxsize=512)
def _first(words: str) -> str:
    found = NUMERAL.search(words)
    one = numerals.written(1, found.lastgroup or "") if found else ""
    form = NUMERAL.sub(one, words, count=1)
    return form.translate(_WIDE) if form.startswith(("(", "（")) else form


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark that differs, and how it would be written like the others; ``certain`` where more others have theirs."""

    mark: Mark
    text: Text
    right: str
    certain: bool

    @property
    def place(self) -> Span:
        """Where the mark is written."""
        return self.text.part(self.mark.start, self.mark.start + len(self.mark.words))

    @property
    def fix(self) -> tuple[Replacement, ...] | None:
        """The mark of the others put in its place, where it is certain and the file has it as it is."""
        start = self.mark.start
        return self.text.fix((start, start + len(self.mark.words), self.right)) if self.certain else None


def strays(plan: Plan) -> Iterator[Stray]:
    """Every mark that differs, once, list by list; those of each attachment are compared among themselves."""
    kinds = {id(text.scalar): text for text in texts(plan)}
    for numbered, titles in ((plan.parts, True), *(((part,), False) for part in plan.attachments)):
        rows: list[list[Mark]] = []
        if titles:
            rows += _rows([_mark(part.part.number, part.printed_number) for part in numbered])
        for part in numbered:
            for siblings in _lists(part.items):
                rows += _rows([mark for one in siblings for mark in _marks(one, kinds)])
            for scalar in (getattr(part.part, "text", None), *_bodies(part.items)):
                rows += _rows(_typed(scalar, kinds)) if isinstance(scalar, Scalar) else []
        yield from _differing(rows)


def _lists(items: Sequence[Numbered]) -> Iterator[Sequence[Numbered]]:
    """Everything that stands beside each other, from the top down."""
    yield items
    for numbered in items:
        yield numbered.clauses
        yield from _lists(numbered.items)


def _bodies(items: Iterable[Numbered]) -> Iterator[Scalar]:
    """The texts of items and clauses."""
    for numbered in (below for item in items for below in item.walk()):
        text = getattr(numbered.item, "text", None)
        if isinstance(text, Scalar) and text is not numbered.item:
            yield text


def _marks(numbered: Numbered, kinds: dict[int, Text]) -> list[Mark]:
    if isinstance(numbered.item, Scalar):
        return _typed(numbered.item, kinds)
    return [_mark(getattr(numbered.item, "number", None), numbered.printed_number)]


def _mark(given: Scalar | None, printed: str) -> Mark:
    """The printed number; as its author wrote it where he gave the mark too."""
    if given is not None and given.text == printed:
        return Mark(printed, Text(given, given.text, TextKind.NUMBER))
    return Mark(printed)


def _typed(scalar: Scalar, kinds: dict[int, Text]) -> list[Mark]:
    text = kinds.get(id(scalar))
    return [Mark(found[0], text, found.start()) for found in _TYPED.finditer(text.text)] if text else []


def _rows(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of one list by the rows in which they count."""
    rows: list[list[Mark]] = []
    row_of: dict[str, list[Mark]] = {}
    before: Mark | None = None
    for mark in marks:
        count, form = mark.count, mark.form
        if count is None:
            continue
        goes_on = before is not None and count > 1 and before.count == count - 1
        if count > 1 and form not in row_of and goes_on and before is not None:
            row_of[form] = row_of[before.form]
        elif count == 1 or form not in row_of:
            row_of[form] = []
            rows.append(row_of[form])
        row_of[form].append(mark)
        before = mark
    return rows


def _differing(rows: Sequence[Sequence[Mark]]) -> Iterator[Stray]:
    """The marks that differ in their row, then those whose dots differ from most of all rows."""
    told: set[int] = set()
    for row in rows:
        for stray in _minority(row, Counter(mark.form for mark in row)):
            told.add(id(stray.mark))
            yield stray
    dotted = [mark for row in rows for mark in row if mark.form in _DOTS and id(mark) not in told]
    counts = Counter(mark.form for mark in dotted)
    if len(counts) > 1 and len(set(counts.values())) > 1:
        yield from _minority(dotted, counts)


def _minority(marks: Sequence[Mark], counts: Counter[str]) -> Iterator[Stray]:
    (usual, most), *others = counts.most_common()
    for mark in marks if others else ():
        if mark.form != usual and mark.text is not None:
            yield Stray(mark, mark.text, mark.like(usual), certain=most > counts[mark.form])
