"""A document without 成文日期: it prints as a draft, with room for the date (2022年　月　日).

A cover notice carries the date for the plan it brings; ``date: ""`` says that a document has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "missing-date"
SEVERITY = Severity.WARNING
SOURCE = "条例 第九条"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
date: 2022-06-29
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """At most one finding, at the title of what should bear the date."""
    bearer = plan.document.notice or plan.document
    if bearer.date is None and "date" not in bearer.node.left_out:
        yield Diagnostic(ID, bearer.place("title"), {"year": plan.year}, SEVERITY)
