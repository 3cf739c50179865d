"""An attachment without a name: the list after the text would print ``附件：`` and nothing.

Bad: ``attachments: [{kind: table, columns: [单位], rows: [{单位: 区教育局}]}]``. Good: the same with a ``title`` or
``listed``; an assignment table needs neither, it is called 任务分解表.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.model import AssignmentsPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan import Plan

ID = "untitled-attachment"
SEVERITY = Severity.ERROR


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such attachment; one whose title was at fault is not called untitled as well."""
    for numbered in plan.attachments:
        part = numbered.part
        named = part.title or part.listed or part.node.left_out & {"title", "listed"}
        if not named and not isinstance(part, AssignmentsPart):
            yield Diagnostic(ID, part.head, {}, SEVERITY)
