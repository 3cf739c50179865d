"""A year in the frame that is not the plan's: mostly last year's, left standing in a copy.

A plan may be dated in the year before its own, and a title that spans years holds those between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "wrong-year"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.2.5、7.3.5.4；实务"
BAD = """\
# document.yaml
title: 2021年培训工作要点
parts: [tasks]
date: ""
"""
GOOD = """\
# document.yaml
title: 2022年培训工作要点
parts: [tasks]
date: 2021-12-28
"""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—–～~-]\d{4}年|至)")
_OF_NUMBER = re.compile(r"[〔［【\[(（]((?:19|20)\d\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THIS_YEAR = re.compile(r"\s*((?:19|20)\d\d)年是")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such year, at the year."""
    if not plan.year:
        return
    year = int(plan.year)
    document = plan.document
    titled = [int(found[1]) for found in _YEAR.finditer(document.title.text)]
    if titled and not min(titled) <= year <= max(titled):
        found = _YEAR.search(document.title.text)
        if found:
            arguments: dict[str, str | int] = {"year": found[1], "right": year, "plan": plan.name}
            yield Diagnostic(ID, document.title.part(*found.span(1)), arguments, SEVERITY)
    yield from _issued(plan, range(year - 1, max([year, *titled]) + 1))
    begins = _THIS_YEAR.match(document.preamble.text) if document.preamble else None
    if begins and document.preamble and f"{year}年" not in document.preamble.text.split("\n", 1)[0]:
        arguments = {"year": begins[1], "right": year}
        yield Diagnostic(ID, document.preamble.part(*begins.span(1)), arguments, SEVERITY, variant="preamble")


def _issued(plan: Plan, years: range) -> Iterator[Diagnostic]:
    """A date outside the years, and a number of another year than the date."""
    document = plan.document
    day = (document.notice or document).date
    issued = _ANY_YEAR.search(day.text) if day else None
    if day is None or issued is None:
        return
    if int(issued[0]) not in years:
        arguments: dict[str, str | int] = {"year": issued[0], "right": plan.year}
        yield Diagnostic(ID, day.part(*issued.span()), arguments, SEVERITY, variant="date")
    number = _OF_NUMBER.search(document.number.text) if document.number else None
    if document.number and number and number[1] != issued[0]:
        arguments = {"year": number[1], "right": issued[0]}
        yield Diagnostic(ID, document.number.part(*number.span(1)), arguments, SEVERITY, variant="number")
