"""A unit under a name that it has only since a later year, or a unit that there was not yet: a plan keeps the names of its year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import misdated
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "early-name"
SEVERITY = Severity.WARNING
SOURCE = "党政机关公文处理工作条例 第十九条（使用规范化的机关名称）"
BAD = """\
# units.yaml
units:
  - {name: 区教育局, renamed: {from: 区教委, year: 2030}}
"""
GOOD = """\
# units.yaml
units:
  - {name: 区教育局, renamed: {from: 区教委, year: 2019}}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such name, with the one of the plan's year as the fix where there is only one."""
    for name in misdated(plan, plan.book.early):
        arguments: dict[str, str | int] = {"new": name.words, "old": name.right, "year": name.year}
        yield Diagnostic(ID, name.place, arguments, SEVERITY, variant="" if name.fix else "several", fix=name.fix)
