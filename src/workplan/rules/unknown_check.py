"""A ``checks`` entry for a rule that does not exist, or whose level is not the plan's to set.

Bad: ``checks: {missing-dat: off}``. Good: ``checks: {missing-date: off}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan import Plan

ID = "unknown-check"
SEVERITY = Severity.ERROR


def check(plan: Plan, adjustable: frozenset[str]) -> Iterator[Diagnostic]:
    """One finding for each entry that names none of the ``adjustable`` rules."""
    for name in plan.document.checks:
        if name not in adjustable:
            near = nearest(name, sorted(adjustable))
            arguments: dict[str, str | int] = {"name": name, "near": near, "known": "、".join(sorted(adjustable))}
            yield Diagnostic(
                ID, plan.document.place("checks", name), arguments, SEVERITY, variant="near" if near else ""
            )
