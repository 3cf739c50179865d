"""A letter (信函, GB/T 9704 10.1) that has what the clause leaves out, or lacks the mark that makes it one.

What was written prints all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "letter-form"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 10.1"
BAD = """\
# document.yaml
title: 样本
issuer: 甲办公室
number: 甲办函〔2022〕1号
date: ""
parts: [tasks]
style: {form: letter}
imprint: {cc: 乙局, office: 甲办公室}
"""
GOOD = """\
# document.yaml
title: 样本
issuer: 甲办公室
number: 甲办函〔2022〕1号
date: ""
parts: [tasks]
style: {form: letter}
imprint: {cc: 乙局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the form for a missing mark, and one at each key of the imprint that a letter does not have."""
    document = plan.document
    if document.style is None or document.style.form != "letter":
        return
    if not plan.has_masthead:
        yield Diagnostic(ID, document.style.place("form"), {}, SEVERITY, variant="masthead")
    elif document.imprint is not None:
        for key in ("office", "date"):
            if getattr(document.imprint, key) is not None:
                yield Diagnostic(ID, document.imprint.place(key), {"key": key}, SEVERITY)
