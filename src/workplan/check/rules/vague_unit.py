"""Words for nobody in particular (各相关部门) where a unit should stand: none can tell that it is meant.

Where somebody leads, 会同有关部门 is let be; so is a group of that name whose members units.yaml lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import is_vague, leads, unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "vague-unit"
SEVERITY = Severity.WARNING
SOURCE = "实务：责任单位须具体、明确"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 各相关部门}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局、区财政局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such name."""
    for named in unit_phrases(plan):
        led = leads(plan, named.numbered)
        for name in named.phrase.names:
            words = named.spelling(name)
            members = plan.book.entries[name.unit].members if name.unit else ()
            if is_vague(words) and not members and not (led and name.role != "lead"):
                yield Diagnostic(ID, named.place(name), {"words": words}, SEVERITY)
