"""A day in the text that no calendar has, or that was another day of the week. Without a year February may have 29 days."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.chinese import numerals
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

ID = "impossible-date"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 7408.1-2023；GB/T 15835-2011 5.1.1"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 2021年9月31日前办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 2024年2月29日（星期四）前办好培训班。, units: 区教育局}
"""

_DIGITS = "0-9０-９〇零一二三四五六七八九十"
_DAY = re.compile(
    rf"(?:(?<![{_DIGITS}])(?P<year>[{_DIGITS}]{{4}})年)?(?<![{_DIGITS}])(?P<month>[{_DIGITS}]{{1,3}})月(?P<day>[{_DIGITS}]{{1,3}})[日号]"
    r"(?:[（(]?(?:星期|周|礼拜)(?P<week>[一二三四五六日天]))?"
)
_MONTH = re.compile(
    rf"(?<![{_DIGITS}])(?:[{_DIGITS}]{{4}})年(?P<month>[{_DIGITS}]{{1,3}})月(?![{_DIGITS}]{{1,3}}[日号])"
)
_WEEK = "一二三四五六日"
#: A year that has every day of the calendar.
_LEAP = 2000
_MONTHS = 12


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such day, at its words; the keys that hold dates were read before."""
    for text in texts(plan):
        if text.kind is not TextKind.FRAME and "月" in text.text:
            for found in _DAY.finditer(text.text):
                yield from _in(text.scalar, found)
            for found in _MONTH.finditer(text.text):
                if numerals.value(found["month"]) not in (None, *range(1, _MONTHS + 1)):
                    arguments: dict[str, str | int] = {"words": found[0], "month": numerals.value(found["month"]) or 0}
                    yield Diagnostic(ID, text.part(*found.span()), arguments, SEVERITY, variant="month")


def _in(scalar: Scalar, found: re.Match[str]) -> Iterator[Diagnostic]:
    year = numerals.value(found["year"]) if found["year"] else None
    month, day = numerals.value(found["month"]), numerals.value(found["day"])
    if month is None or day is None or year == 0:
        return
    try:
        real = date(year or _LEAP, month, day)
    except ValueError:
        last = calendar.monthrange(year or _LEAP, month)[1] if 1 <= month <= _MONTHS else 0
        arguments: dict[str, str | int] = {"words": found[0], "month": month, "last": last}
        variant = "" if last else "month"
        yield Diagnostic(ID, scalar.part(*found.span()), arguments, SEVERITY, variant=variant)
        return
    week = _WEEK[real.weekday()]
    if year and found["week"] and found["week"].replace("天", "日") != week:
        said: dict[str, str | int] = {"words": found[0], "week": week}
        yield Diagnostic(ID, scalar.part(*found.span()), said, SEVERITY, variant="week")
