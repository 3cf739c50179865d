"""Those who do not lead support by the text (其余为配合单位，下同), in a document that does not say so in ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.laid_down import correction, rest_onward
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "missing-rest"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。（责任单位：区教育局★、区财政局。带★的为牵头单位，其余为配合单位，下同）}
  - {title: 讲座, text: 办好讲座。（责任单位：区财政局★、区教育局）}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。（责任单位：区教育局牵头，区财政局配合）}
  - {title: 讲座, text: 办好讲座。（责任单位：区财政局牵头，区教育局配合）}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the first such sentence."""
    if plan.document.rules is not None and plan.document.rules.rest is not None:
        return
    found = rest_onward(plan)
    if found:
        yield Diagnostic(ID, found[1], severity=SEVERITY, fix=correction(plan))
