"""A text that sends its readers to an attachment (详见附件, 见附件3) which the plan does not have.

The attachment of another document (《通知》附件2) is none of the plan's, and one may be sent apart (附件（另发）).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.chinese import numerals
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "missing-attachment"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.4"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班（详见附件）。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 按照《通知》附件2办好培训班。, units: 区教育局}
"""

_NAMED = re.compile(
    r"(?:详见|参见|见|按照?|依据)本?(?:要点|方案|通知)?(?P<name>附[件表](?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?)(?!（[^（）]*另)"
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such place; a number beyond the last attachment is one."""
    count = len(plan.attachments)
    for text in texts(plan):
        if text.kind not in (TextKind.TEXT, TextKind.CELL, TextKind.TITLE):
            continue
        for match in _NAMED.finditer(text.text):
            number = numerals.value(match["number"]) if match["number"] else 1
            if count < (number or 1):
                arguments: dict[str, str | int] = {"words": match["name"], "count": count}
                variant = "number" if count else ""
                yield Diagnostic(ID, text.part(*match.span("name")), arguments, SEVERITY, variant=variant)
