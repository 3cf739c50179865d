"""A deadline that lies before the plan's year or after it.

A title that spans years (2021—2023年) gives the period; a plan of several years that does not name them
(三年行动) is let be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.chinese.days import last_day
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "due-outside"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 2021年6月底前办好培训班。, units: 区教育局, due: 2021年6月底前}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 2022年6月底前办好培训班。, units: 区教育局, due: 2022年6月底前}
"""

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d")
_LONG = re.compile("[二两三四五六七八九十][年个]|规划|中长期|十[一二三四五六]五")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such deadline, at its words."""
    if not plan.year or _LONG.search(plan.document.title.line):
        return
    years = [int(year) for year in (plan.year, *_YEARS.findall(plan.document.title.line))]
    for _, numbered in plan.walk():
        for words in numbered.item.due if isinstance(numbered.item, Clause) else ():
            day = last_day(words.text, plan.year)
            if day and not min(years) <= day.year <= max(years):
                arguments: dict[str, str | int] = {"words": words.text, "day": day.isoformat(), "year": plan.year}
                yield Diagnostic(ID, words.span, arguments, SEVERITY, variant="" if day.year > max(years) else "past")
