"""A plan of work with several tasks that says nowhere how they are seen to.

A ``safeguards`` part does, and a heading that speaks of 保障, 组织领导, 实施 or 督查. Short plans and documents of other
kinds are let be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "no-safeguards"
SEVERITY = Severity.INFO
SOURCE = "实务：工作要点、实施方案一般由目标、任务、保障三部分组成"
BAD = """\
# document.yaml
title: 2022年培训工作要点
parts:
  - kind: tasks
    title: 重点任务
    items:
      - {title: 甲, units: 区教育局}
      - {title: 乙, units: 区教育局}
      - {title: 丙, units: 区教育局}
      - {title: 丁, units: 区教育局}
      - {title: 戊, units: 区教育局}
  - tasks
date: ""
"""
GOOD = """\
# document.yaml
title: 2022年培训工作要点
parts:
  - kind: tasks
    title: 重点任务
    items:
      - {title: 甲, units: 区教育局}
      - {title: 乙, units: 区教育局}
      - {title: 丙, units: 区教育局}
      - {title: 丁, units: 区教育局}
      - {title: 戊, units: 区教育局}
  - tasks
  - kind: safeguards
    title: 保障措施
    items:
      - {title: 加强督查, units: 区教育局}
      - {title: 落实经费, units: 区教育局}
date: ""
"""

#: Fewer tasks need no measures of their own.
_SEVERAL = 5
_KINDS = re.compile("(?:要点|方案|工作计划|行动计划)$")
_HEADINGS = re.compile("保障|组织|领导|实施|督[查办促]|要求|落实|考核")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the title."""
    if not _KINDS.search(plan.document.title.line):
        return
    kinds = {part.part.kind for part in plan.sections}
    tasks = sum(duty.kind == "tasks" for duty in plan.duties)
    if "safeguards" not in kinds and tasks >= _SEVERAL and not any(map(_HEADINGS.search, _headings(plan))):
        yield Diagnostic(ID, plan.document.place("title"), {}, SEVERITY)


def _headings(plan: Plan) -> Iterator[str]:
    """The titles of parts, and those of the two upper levels."""
    for part in plan.sections:
        items = (numbered.item for numbered in part.walk() if numbered.level in (1, 2))
        for holder in (part.part, *items):
            if not isinstance(holder, Scalar) and holder.title is not None:
                yield holder.title.line
