"""An item that says who answers for it twice: in ``units`` and in an annotation that ends its text. Both would print.

Where a sentence follows the annotation, ``units`` answers for that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import HAN
from workplan.diagnostic import Diagnostic, Related, Severity
from workplan.language.model import Clause
from workplan.plan.registry import in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import UnitReference

ID = "units-twice"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班（责任单位：区教育局）。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 办好培训班。, units: 区教育局}
  - {title: 讲座, text: 办好讲座（责任单位：区教育局）。}
"""

#: Words after the last annotation.
_SENTENCE = re.compile(f"[{HAN}]")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such item, at the annotation in its text; ``units`` may answer for what stands behind the last."""
    for numbered in plan.naming():
        item = numbered.item
        mentions = [reference for reference in numbered.unit_references or () if reference.source == "text"]
        if not mentions or not isinstance(item, Clause) or item.units is None:
            continue
        start, end = _annotation(mentions[-1], plan)
        scalar = mentions[-1].scalar
        if _SENTENCE.search(scalar.text, end):
            continue
        related = (Related("units-twice.first", item.place("units")),)
        yield Diagnostic(ID, scalar.part(start, end), {}, SEVERITY, related=related)


def _annotation(reference: UnitReference, plan: Plan) -> tuple[int, int]:
    bounds = (found for found in in_text(reference.scalar.text, plan.book) if found[0] == reference.offset)
    return next(bounds)
