"""A document number in another form than 代字〔2022〕1号: other brackets, 第, a leading zero, a year cut short.

Looked for in the plan's own number and in numbers that running text refers to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import BLANK, HAN, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "number-form"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.2.5"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ''
number: 静合组办[2022]1号
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ''
number: 静合组办〔2022〕1号
"""

_NUMBER = re.compile(
    rf"(?<=[{HAN}A-Za-z]){BLANK}?(?P<open>[\[(（【［〈〔{{]){BLANK}?(?P<year>(?:19|20)?\d\d){BLANK}?(?P<close>[\])）】］〉〕}}])"
    rf"{BLANK}*(?P<extra>第?0*){BLANK}?(?P<count>[1-9]\d*){BLANK}?号(?![楼线院])"
)
_YEAR = len("2022")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each number, at its first fault."""
    for text in texts(plan):
        for match in _NUMBER.finditer(text.text):
            if match["open"] + match["close"] == "〔〕" and len(match["year"]) == _YEAR and not match["extra"]:
                continue
            variant, place = _fault(match)
            right = f"〔{match['year']}〕{match['count']}号"
            fix = None if variant == "year" else text.fix((*match.span(), right))
            arguments = {"written": match[0], "right": right}
            yield Diagnostic(ID, text.part(*match.span(place)), arguments, SEVERITY, variant=variant, fix=fix)


def _fault(match: re.Match[str]) -> tuple[str, str]:
    """What is to be said of a number, and the group at which."""
    if len(match["year"]) < _YEAR:
        return "year", "year"
    if match["open"] + match["close"] != "〔〕":
        return "", "open" if match["open"] != "〔" else "close"
    return "nth" if match["extra"].startswith("第") else "zeros", "extra"
