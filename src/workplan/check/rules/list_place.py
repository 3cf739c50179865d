"""A list of attachments that is to stand in a cover notice which the plan does not have: it stands before the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.view.attached import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "list-place"
SEVERITY = Severity.WARNING
SOURCE = "workplan"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
attachments: [{kind: table, title: 单位表, columns: [单位], rows: [{单位: 区教育局}]}]
style: {attachments: {place: notice}}
date: ""
"""
GOOD = """\
# document.yaml
notice: {title: 样本办公室关于印发样本的通知, text: 现印发给你们。, listed: 样本, date: 2022-01-05}
title: 样本
parts: [tasks]
attachments: [{kind: table, title: 单位表, columns: [单位], rows: [{单位: 区教育局}]}]
style: {attachments: {place: notice}}
date: ""
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the place."""
    style = style_of(plan.document)
    if style.place_ == "notice" and plan.document.notice is None:
        yield Diagnostic(ID, style.place("place"), {}, SEVERITY)
