"""A unit under a name that it has no more in the plan's year: renamed, merged or split since; earlier plans keep the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import misdated
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "old-name"
SEVERITY = Severity.WARNING
SOURCE = "党政机关公文处理工作条例 第十九条（使用规范化的机关名称）"
BAD = """\
# units.yaml
units:
  - {name: 区教育委, renamed: {from: 区教育局, year: 2019}}
"""
GOOD = """\
# units.yaml
units:
  - {name: 区教育委, renamed: {from: 区教育局, year: 2023}}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such name, with the new one as the fix where there is only one."""
    for name in misdated(plan, plan.book.old):
        arguments: dict[str, str | int] = {"old": name.words, "new": name.right, "year": name.year}
        yield Diagnostic(ID, name.place, arguments, SEVERITY, variant="" if name.fix else "split", fix=name.fix)
