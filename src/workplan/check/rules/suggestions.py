"""What the text of a row says that its keys might quote: the ground that the rules which suggest keys share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language import additions
from workplan.language.model import Clause
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Replacement
    from workplan.plan.compiled import Plan
    from workplan.plan.duties import Duty
    from workplan.plan.numbering import Numbered

#: Headings under which a plan looks back.
_REVIEW = ("回顾", "总结", "成效", "成绩", "进展情况", "完成情况")
#: The keys behind which a row has its deadlines and targets.
_BEFORE = {
    "due": ("id", "number", "title", "text", "units"),
    "targets": ("id", "number", "title", "text", "units", "due"),
}


@dataclass(frozen=True, slots=True)
class RowText:
    """A text of a row whose item can have keys: its own, or one below it that has no row."""

    duty: Duty
    item: Clause
    scalar: Scalar


def row_texts(plan: Plan) -> Iterator[RowText]:
    """The texts of all rows that look ahead, in printed order."""
    for duty in plan.duties:
        item = duty.numbered.item
        titles = (duty.section, duty.part.part.title if duty.part else None)
        review = any(word in title.line for title in titles if title for word in _REVIEW)
        if not isinstance(item, Clause) or duty.is_line or review or item.node.left_out:
            continue
        for numbered in (
            duty.numbered,
            *duty.numbered.clauses,
            *(one for one in duty.inner if one is not duty.numbered),
        ):
            text = _text(numbered)
            if text is not None and (numbered is duty.numbered or not numbered.unit_references):
                yield RowText(duty, item, text)


def _text(numbered: Numbered) -> Scalar | None:
    item = numbered.item
    if isinstance(item, Scalar):
        return item
    return item.text if isinstance(item, Clause) else None


def with_deadline(found: RowText, words: str) -> tuple[Replacement, ...] | None:
    """What writes a deadline into the keys of its row."""
    file, node = found.scalar.file, found.item.node
    entry = next((entry for entry in node.entries if entry.key.text == "due"), None)
    if entry is None:
        return additions.key(file, node, "due", additions.quoted(words), behind=_BEFORE["due"])
    return additions.item(file, entry, additions.quoted(words))


def with_target(found: RowText, name: str, words: str) -> tuple[Replacement, ...] | None:
    """What writes a target into the keys of its row."""
    file, node = found.scalar.file, found.item.node
    held = node.get("targets")
    name, words = additions.quoted(name), additions.quoted(words)
    if held is None:
        return additions.key(file, node, "targets", f"{{{name}: {words}}}", behind=_BEFORE["targets"])
    return additions.key(file, held, name, words, behind=()) if isinstance(held, Mapping) else None
