"""The rules of a compiled plan: each a small module with its id and one generator, found here by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workplan.diagnostic import Severity
from workplan.rules import (
    doubtful_annotation,
    duplicate_id,
    empty_item,
    missing_date,
    missing_number,
    numbering_example,
    stale_quote,
    too_many_levels,
    unknown_check,
    unknown_column,
    unknown_unit,
    untitled_attachment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.plan import Plan


class Rule(Protocol):
    """What a rule module offers: ``ID``, the ``SEVERITY`` of its findings, and ``check``."""

    ID: str
    SEVERITY: Severity

    def check(self, plan: Plan) -> Iterator[Diagnostic]:
        """The findings in one plan."""
        ...


RULES: tuple[Rule, ...] = (
    numbering_example,
    doubtful_annotation,
    duplicate_id,
    empty_item,
    missing_date,
    missing_number,
    stale_quote,
    too_many_levels,
    unknown_column,
    unknown_unit,
    untitled_attachment,
)
#: Rules that a plan's ``checks`` may set to another level: warnings. An error always stays one.
ADJUSTABLE = frozenset((*(rule.ID for rule in RULES if rule.SEVERITY is not Severity.ERROR), "unused-part"))


def check(plan: Plan) -> Iterator[Diagnostic]:
    """All findings of all rules."""
    yield from unknown_check.check(plan, ADJUSTABLE)
    for rule in RULES:
        yield from rule.check(plan)
