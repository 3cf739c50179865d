"""Deadlines and targets that quote an item's words: they follow where the words change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.language.model import Clause
from workplan.language.scalar import Scalar
from workplan.merge import text_ops
from workplan.plan.quotations import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.merge.printed import Holder
    from workplan.merge.stretches import Stretch
    from workplan.merge.text_ops import Replacements


def followed(items: Iterable[object], holder: Holder, after: str, changes: Sequence[Stretch]) -> Replacements:
    """The quotations of some items, those that a holder's words stand in, in the new words.

    Only changes within the quoted words are followed. Where they were taken out, or are part of something larger that
    reads otherwise, nobody can say what is quoted now: the quotation stays, and ``check`` complains of it.
    """
    made = []
    for quoted in _quoted(items):
        at = places(quoted.text, holder.text)
        if at and not places(quoted.text, after):
            words = _now(at[0], at[0] + len(quoted.text), after, changes)
            if words:
                made.append(text_ops.rewritten(quoted, words))
    return tuple(made)


def _quoted(items: Iterable[object]) -> Iterator[Scalar]:
    for item in items:
        if isinstance(item, Clause):
            yield from (words for words in (*item.due, *item.targets.values()) if isinstance(words, Scalar))


def _now(start: int, end: int, after: str, changes: Sequence[Stretch]) -> str:
    """What ``text[start:end]`` reads now; "" where that cannot be said."""
    first, last = start, end
    for change in changes:
        if change.end <= start and (change.end, change.start) != (start, start):
            shift = change.last - change.first - (change.end - change.start)
            first, last = first + shift, last + shift
        elif start <= change.start and change.end <= end:
            last += change.last - change.first - (change.end - change.start)
        elif change.start < end and change.end > start:
            return ""
    words = after[first:last].strip()
    return words if "\n" not in words else ""
