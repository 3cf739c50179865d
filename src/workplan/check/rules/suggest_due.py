"""A deadline that the text of a row sets and its ``due`` does not quote; told where it is asked for (``--suggest``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.suggestions import row_texts, with_deadline
from workplan.chinese.deadlines import find
from workplan.diagnostic import Diagnostic, Severity
from workplan.view import deadlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "suggest-due"
SEVERITY = Severity.INFO
OFF = True
SOURCE = "workplan"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 9月底前办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 9月底前办好培训班。, units: 区教育局, due: 9月底前}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such deadline of a row, at its words."""
    told: set[tuple[str, str]] = set()
    for found in row_texts(plan):
        duty = found.duty
        quoted = [str(due.text) for due in deadlines.told(plan, duty.numbered, duty.references)]
        for one in find(found.scalar.text, plan.known):
            words = found.scalar.text[one.start : one.end]
            place = (duty.numbered.address, words)
            if place in told or any(words in due or due in words for due in quoted if due):
                continue
            told.add(place)
            span = found.scalar.part(one.start, one.end)
            yield Diagnostic(ID, span, {"words": words}, SEVERITY, fix=with_deadline(found, words))
