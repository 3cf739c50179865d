"""A unit named as it was before its renaming, in a plan of the year of the new name or a later one; earlier plans keep the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import old_names, unit_phrases
from workplan.diagnostic import Diagnostic, Replacement, Severity

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
    """One finding for each such name, with the new one as the fix."""
    old = old_names(plan)
    for named in unit_phrases(plan):
        for name in named.phrase.names:
            words = named.spelling(name)
            if words in old:
                arguments: dict[str, str | int] = {"old": words, "new": name.unit, "year": old[words]}
                place = named.place(name)
                yield Diagnostic(ID, place, arguments, SEVERITY, fix=(Replacement(place, name.unit),))
