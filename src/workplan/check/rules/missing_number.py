"""A document without 发文字号: it prints as a draft, with room for the number (〔2022〕　号).

``number: ""`` says that a document has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "missing-number"
SEVERITY = Severity.WARNING
SOURCE = "条例 第九条"
BAD = """\
# document.yaml
issuer: 样本办公室
title: 样本
parts: [tasks]
date: ""
"""
GOOD = """\
# document.yaml
issuer: 样本办公室
number: 样办〔2022〕1号
title: 样本
parts: [tasks]
date: ""
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the title."""
    document = plan.document
    if document.number is None and plan.has_masthead and "number" not in document.node.left_out:
        yield Diagnostic(ID, document.place("title"), {"year": plan.year}, SEVERITY)
