"""A text that sends its readers to an attachment (详见附件, 见附件3) which the plan does not have.

The attachment of another document (《通知》附件2) is none of the plan's, and one may be sent apart (附件（另发）).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.attachment_words import numbers, references
from workplan.check.rules.texts import TextKind, texts
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


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such place; a number that no attachment has is one."""
    known = numbers(plan).values()
    for text in texts(plan):
        if text.kind not in (TextKind.TEXT, TextKind.CELL, TextKind.TITLE):
            continue
        for named in references(text.text):
            missing = [number for number in named.numbers or (1,) if number not in known]
            if named.leads and missing:
                words = text.text[named.start : named.end]
                arguments: dict[str, str | int] = {"words": words, "count": len(known)}
                variant = "number" if known else ""
                yield Diagnostic(ID, text.part(named.start, named.end), arguments, SEVERITY, variant=variant)
