"""A mark at the end of a heading that stands on a line of its own, as in 一、组织领导；.

A question or exclamation mark may stand; so may the stop after a heading that is a sentence with parts of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import Text, TextKind, headings
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "heading-stop"
SEVERITY = Severity.WARNING
SOURCE = "实务（标题单独成行，末尾不加标点）"
BAD = """\
kind: tasks
title: 重点任务。
items:
  - {title: 加强培训, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 加强培训, units: 区教育局}
"""

_STOP = re.compile(r"[。；：，、;:,.]+$")
#: A heading of several parts: it may end as the sentence that it is.
_SENTENCE = re.compile("[，；].*。$")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each heading, at its last mark."""
    for heading in headings(plan):
        text = Text(heading, heading.text, TextKind.TITLE)
        match = _STOP.search(text.text)
        if match and not _SENTENCE.search(text.text):
            fix = text.fix((*match.span(), ""))
            yield Diagnostic(ID, text.part(*match.span()), {"mark": match[0]}, SEVERITY, fix=fix)
