"""A mark at the end of a heading that stands on a line of its own, as in 一、组织领导；.

One among headings that text runs on after is printed like them. A question or exclamation mark may stand; so may the stop after a heading that is a sentence with parts of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import Text, TextKind, headings
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered

ID = "heading-stop"
SEVERITY = Severity.WARNING
SOURCE = "实务（标题单独成行，末尾不加标点）"
BAD = """\
kind: tasks
title: 重点任务。
items:
  - {title: 加强培训, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 加强培训, units: 区教育局}
"""

_STOP = re.compile(r"[。；：，、;:,.]+$")
#: A heading of several parts: it may end as the sentence that it is.
_SENTENCE = re.compile("[，；].*。$")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each heading, at its last mark."""
    beside = {id(title) for row in _rows(plan) for title in _like_run_in(row)}
    for heading in headings(plan):
        if id(heading) in beside:
            continue
        text = Text(heading, heading.text, TextKind.TITLE)
        match = _STOP.search(text.text)
        if match and not _SENTENCE.search(text.text):
            fix = text.fix((*match.span(), ""))
            yield Diagnostic(ID, text.part(*match.span()), {"mark": match[0]}, SEVERITY, fix=fix)


def _rows(plan: Plan) -> Iterator[tuple[Numbered, ...]]:
    """The items that stand beside each other, part by part and item by item."""
    for part in plan.sections:
        yield part.items
    for _, numbered in plan.walk():
        yield numbered.items


def _like_run_in(row: tuple[Numbered, ...]) -> Iterator[Scalar]:
    """The titles of a row that end in 。, where others of the row print with theirs."""
    items = [(numbered, numbered.item) for numbered in row if isinstance(numbered.item, Item)]
    if any(_is_sentence(item, own_line=numbered.style.titles == "own-line") for numbered, item in items):
        yield from (item.title for _, item in items if item.title is not None and item.title.line.endswith("。"))


def _is_sentence(item: Item, *, own_line: bool) -> bool:
    """Whether a title is printed with its 。: text runs on after it, or it is all that the item says."""
    if item.title is None or item.items or item.clauses:
        return False
    return not own_line if item.text is not None else item.title.line.endswith("。")
