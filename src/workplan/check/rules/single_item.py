"""A section with one numbered item: a number that nothing follows.

Numbers that go on through the sections (``continuous``, or any but the first) may stand alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered

ID = "single-item"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.3；实务：只有一层意思的不编序号"
BAD = """\
kind: tasks
title: 重点任务
items:
  - title: 人才培养
    items:
      - {title: 办班, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - title: 人才培养
    items:
      - {title: 办班, units: 区教育局}
      - {title: 讲座, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such section, at its only item."""
    for _, numbered in plan.walk():
        rows = [[child for child in numbered.items if child.level], list(numbered.clauses)]
        for row in rows:
            only = row[0] if len(row) == 1 else None
            if (
                only is not None
                and not isinstance(only.item, Scalar)
                and numerals.value(only.number) == 1
                and not _goes_on(only)
            ):
                yield Diagnostic(ID, only.item.head, {"mark": only.printed_number}, SEVERITY)


def _goes_on(numbered: Numbered) -> bool:
    form = numbered.printed_number.replace(numbered.number, "", 1)
    return any(NUMERAL.sub("", glyph, count=1) == form for glyph in numbered.style.continuous)
