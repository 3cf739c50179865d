"""An item that lies deeper than the four levels of GB/T 9704 7.3.3, or than the style has numbers for.

An item with ``number: ""`` takes no level, and may stand below the deepest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar
from workplan.plan.numbering import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "too-many-levels"
SEVERITY = Severity.ERROR
SOURCE = "GB/T 9704-2012 7.3.3"
BAD = """\
kind: tasks
title: 重点任务
items:
  - title: 教育
    items:
      - title: 培训
        items:
          - title: 师资
            items: [{title: 选派教师, text: 办好培训班。, units: 区教育局}]
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - title: 教育
    items:
      - title: 培训
        items: [{title: 选派教师, text: 办好培训班。, units: 区教育局}]
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the first item of each branch that is too deep."""
    for _, numbered in plan.walk():
        # a style without any glyph is found by numbering-example
        limit = min(LEVELS, len(numbered.style.numbering))
        item = numbered.item
        if isinstance(item, Scalar) or (item.number is not None and not numbered.printed_number):
            continue
        if limit and numbered.level == limit + 1:
            arguments: dict[str, str | int] = {"level": numbered.level, "limit": limit}
            yield Diagnostic(ID, item.head, arguments, SEVERITY)
