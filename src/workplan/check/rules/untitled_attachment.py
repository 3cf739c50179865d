"""An attachment without a name: the list of attachments could not name it.

An assignment table needs none, it is called 任务分解表; nor does any where no list is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import AssignmentsPart
from workplan.view.attached import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "untitled-attachment"
SEVERITY = Severity.ERROR
SOURCE = "GB/T 9704-2012 7.3.4"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
attachments: [{kind: table, columns: [单位], rows: [{单位: 区教育局}]}]
date: ""
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
attachments: [{kind: table, title: 单位表, columns: [单位], rows: [{单位: 区教育局}]}]
date: ""
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such attachment; one whose title was at fault is not called untitled as well."""
    if style_of(plan.document).place_ == "none":
        return
    for numbered in plan.attachments:
        part = numbered.part
        named = part.title or part.listed or part.node.left_out & {"title", "listed"}
        if not named and not isinstance(part, AssignmentsPart):
            yield Diagnostic(ID, part.head, {}, SEVERITY)
