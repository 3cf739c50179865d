"""A task that nobody answers for, in a part whose other tasks (two thirds at least) say who does."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause
from workplan.plan.registry import doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered

ID = "no-units"
SEVERITY = Severity.WARNING
SOURCE = "实务：一事一责，任务分解到单位"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, units: 区教育局}
  - {title: 评比}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, units: 区教育局}
  - {title: 评比, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such task, at its beginning."""
    for _, group in groupby(plan.duties, key=lambda duty: id(duty.part)):
        duties = list(group)
        bare = [duty for duty in duties if not duty.numbered.unit_references]
        if len(bare) * 3 > len(duties):
            continue
        for duty in bare:
            item = duty.numbered.item
            if isinstance(item, Clause) and not item.node.left_out and not _announced(duty.numbered, plan):
                yield Diagnostic(ID, item.head, {"count": len(duties) - len(bare)}, SEVERITY)


def _announced(numbered: Numbered, plan: Plan) -> bool:
    """Whether the text names units in a way that another rule speaks of."""
    item = numbered.item
    return isinstance(item, Clause) and item.text is not None and any(doubtful(item.text.text, plan.book))
