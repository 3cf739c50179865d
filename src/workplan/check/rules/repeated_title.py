"""Two tasks of one part with one title: mostly a copy that was to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, Severity
from workplan.language.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

ID = "repeated-title"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育局}
  - {title: 加强培训, text: 办好讲座。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 加强培训, text: 办好培训班。, units: 区教育局}
  - {title: 加强宣讲, text: 办好讲座。, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each title that the part had before, with the first."""
    first: dict[tuple[int, str], Scalar] = {}
    for duty in plan.duties:
        item = duty.numbered.item
        if duty.kind == "duties":
            continue
        if not isinstance(item, Item) or item.title is None:
            continue
        before = first.setdefault((id(duty.part), item.title.line), item.title)
        if before is not item.title:
            related = (Related("repeated-title.first", before.span),)
            yield Diagnostic(ID, item.title.span, {"title": item.title.line}, SEVERITY, related=related)
