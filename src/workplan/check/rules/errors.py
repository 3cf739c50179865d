"""The rules whose findings keep a plan from meaning anything certain; apart, so that who only reads plans loads no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules import (
    duplicate_id,
    empty_item,
    numbering_example,
    stale_quote,
    too_many_levels,
    unknown_column,
    unknown_unit,
    untitled_attachment,
)

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan

ERRORS = (
    duplicate_id,
    empty_item,
    numbering_example,
    stale_quote,
    too_many_levels,
    unknown_column,
    unknown_unit,
    untitled_attachment,
)


def any_in(plan: Plan) -> bool:
    """Whether any of them finds anything."""
    return any(True for rule in ERRORS for _ in rule.check(plan))
