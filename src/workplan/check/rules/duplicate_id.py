"""Two items with one id: next year nobody could say which of them came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, Severity
from workplan.language.model import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

ID = "duplicate-id"
SEVERITY = Severity.ERROR
SOURCE = "workplan"
BAD = """\
kind: tasks
items:
  - {id: 培训, title: 加强培训, text: 办好培训班。, units: 区教育局}
  - {id: 培训, title: 加强保障, text: 落实培训经费。, units: 区财政局}
"""
GOOD = """\
kind: tasks
items:
  - {id: 培训, title: 加强培训, text: 办好培训班。, units: 区教育局}
  - {id: 保障, title: 加强保障, text: 落实培训经费。, units: 区财政局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each id that was used before, with the first use."""
    first: dict[str, Scalar] = {}
    for _, numbered in plan.walk():
        own = numbered.item.id if isinstance(numbered.item, Clause) else None
        if own is None:
            continue
        if own.text in first:
            related = (Related("duplicate-id.first", first[own.text].span, {"id": own.text}),)
            yield Diagnostic(ID, own.span, {"id": own.text}, SEVERITY, related=related)
        else:
            first[own.text] = own
