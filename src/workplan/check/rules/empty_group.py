"""A group that a task names and whose members the registry neither lists nor says to be ``open``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "empty-group"
SEVERITY = Severity.WARNING
SOURCE = "实务：任务单要发到组内各单位"
BAD = """\
# units.yaml
units:
  - {name: 区教育局, kind: group}
  - {name: 区财政局}
"""
GOOD = """\
# units.yaml
units:
  - {name: 区教育局, kind: group, open: true}
  - {name: 区财政局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such group, at its name in the registry."""
    everyone = plan.everyone.phrases if plan.everyone else ()
    phrases = (*everyone, *(named.phrase for named in unit_phrases(plan)))
    named = {name.unit for phrase in phrases for name in phrase.names}
    for unit in plan.registry.units:
        stated = unit.node.get("open") is not None or "members" in unit.node.left_out
        if unit.kind == "group" and not unit.members and not stated and plan.book.spellings[unit.name.line] in named:
            yield Diagnostic(ID, unit.name.span, {"name": unit.name.line}, SEVERITY)
