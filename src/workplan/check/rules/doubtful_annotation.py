"""Words that look like a responsibility annotation and are not read as one: whoever they name gets no sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause
from workplan.plan.registry import doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "doubtful-annotation"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。责任单位：区教育局, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班。（责任单位：区教育局）}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such place in the texts that may carry annotations."""
    for _, numbered in plan.walk():
        item = numbered.item
        if numbered.unit_references is not None and isinstance(item, Clause) and item.text is not None:
            for start, end in doubtful(item.text.text, plan.book):
                words = item.text.text[start:end]
                yield Diagnostic(ID, item.text.part(start, end), {"words": words}, SEVERITY)
