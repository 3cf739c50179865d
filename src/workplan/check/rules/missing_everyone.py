"""Units that answer for all that follows by the text (以下均需各街镇落实，不再列出), in a document that does not say so in ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.laid_down import correction, first_onward
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "missing-everyone"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。（责任单位：区教育局。以下均需各街镇落实，不再列出）}
  - {title: 讲座, text: 办好讲座。（责任单位：区财政局）}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。（责任单位：区教育局、各街镇）}
  - {title: 讲座, text: 办好讲座。（责任单位：区财政局、各街镇）}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the first such sentence."""
    if plan.document.rules is not None and plan.document.rules.everyone is not None:
        return
    found = first_onward(plan, "everyone")
    if found:
        rule, place = found
        yield Diagnostic(ID, place, {"words": rule.words}, SEVERITY, fix=correction(plan))
