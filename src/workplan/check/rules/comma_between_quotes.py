"""、 between quotations or titles of works that stand side by side: their own marks part them.

Where something else stands between them, or an item of the list has no such marks, the comma stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "comma-between-quotes"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.5.3.5"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 扩大“订单式”、“定向式”培训。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 扩大“订单式”“定向式”、委托培训和“一对一”、集中辅导。, units: 区教育局}
"""

_LIST = re.compile(r"(?<!、)(?:“[^“”\n]*”(?:、?“[^“”\n]*”)+|《[^《》\n]*》(?:、?《[^《》\n]*》)+)(?!、)")
_BETWEEN = re.compile("(?<=[”》])、(?=[“《])")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each comma."""
    for text in texts(plan):
        for found in _LIST.finditer(text.text):
            for match in _BETWEEN.finditer(text.text, *found.span()):
                start, end = match.span()
                fix = text.fix((start, end, ""))
                variant = "titles" if text.text[end] == "《" else ""
                yield Diagnostic(ID, text.part(start, end), {}, SEVERITY, variant=variant, fix=fix)
