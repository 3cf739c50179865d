"""A 版记 whose 印发日期 lies before the 成文日期: nothing is sent out before it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.deadlines import Known, read
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "date-order"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.4.3"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
date: 2022-06-29
imprint: {office: 区教育局办公室, date: 2022-06-28}
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
date: 2022-06-29
imprint: {office: 区教育局办公室, date: 2022-06-29}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the earlier date."""
    document = plan.document
    signed = (document.notice or document).date
    sent = document.imprint.date if document.imprint else None
    if signed is None or sent is None:
        return
    first, second = (read(day.text, Known()).last for day in (signed, sent))
    if first and second and second < first:
        related = (Related("date-order.first", signed.span),)
        arguments: dict[str, str | int] = {"sent": second.isoformat(), "signed": first.isoformat()}
        yield Diagnostic(ID, sent.span, arguments, SEVERITY, related=related)
