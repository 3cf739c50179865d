"""A deadline that lies before the plan's year or after it.

A title that spans years (2021—2023年) gives the period; a plan of several years that does not name them
(三年行动) is let be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.view import deadlines

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
#: A deadline that looks beyond the plan's year on purpose: 到2030年, 五年内, “十五五”末.
_BEYOND = re.compile("到|[0-9０-９二两三四五六七八九十]年(?:之|以)?内|今后|未来|十[一二三四五六七八九]五")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such deadline, at its words."""
    if not plan.year or _LONG.search(plan.document.title.line):
        return
    years = [int(year) for year in (plan.year, *_YEARS.findall(plan.document.title.line))]
    for _, numbered in plan.walk():
        for words, due in deadlines.keyed(plan, numbered):
            first, last = (int((day or "0")[:4]) for day in (due.begins or due.date, due.date))
            if last and not (first <= max(years) and last >= min(years)) and not _BEYOND.search(words.text):
                arguments: dict[str, str | int] = {"words": words.text, "day": due.date or "", "year": plan.year}
                yield Diagnostic(ID, words.span, arguments, SEVERITY, variant="" if last > max(years) else "past")
