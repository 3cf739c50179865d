"""An item or part that prints nothing: no title, no text, nothing below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause, Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "empty-item"
SEVERITY = Severity.ERROR
SOURCE = "workplan"
BAD = """\
kind: tasks
items:
  - {id: 培训}
"""
GOOD = """\
kind: tasks
items:
  - {id: 培训, title: 加强培训, text: 办好培训班。, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such item; one whose keys were at fault is not called empty as well."""
    for _, numbered in plan.walk():
        item = numbered.item
        if isinstance(item, Clause) and not (item.title or item.text or item.node.left_out) and not _below(item):
            yield Diagnostic(ID, item.head, {}, SEVERITY)


def _below(item: Clause) -> bool:
    return isinstance(item, Item) and bool(item.items or item.clauses)
