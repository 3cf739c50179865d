"""The rules of a compiled plan: each a small module with its id and one generator, found here by itself.

A module of this folder that has an ``ID`` is a rule; one without is a helper that rules share.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from workplan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.plan import Plan


class Rule(Protocol):
    """What a rule module offers.

    ``SOURCE`` is what the rule rests on, printed as it is. ``BAD`` and ``GOOD`` are one file each, part ``tasks.yaml`` unless
    their first line names another (``# document.yaml``). A rule with ``OFF = True`` speaks only where it is asked to.
    """

    ID: str
    SEVERITY: Severity
    SOURCE: str
    BAD: str
    GOOD: str

    def check(self, plan: Plan) -> Iterator[Diagnostic]:
        """The findings in one plan."""
        ...


def _found() -> Iterator[Rule]:
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        loaded = import_module(f"{__name__}.{module.name}")
        if hasattr(loaded, "ID"):
            yield cast("Rule", loaded)


RULES: dict[str, Rule] = {rule.ID: rule for rule in _found()}
#: Rules that say nothing unless a plan or a call asks for them.
OFF = frozenset(name for name, rule in RULES.items() if getattr(rule, "OFF", False))
#: Rules that a plan may set to another level, or ignore in places: those that are no errors. An error always stays one.
ADJUSTABLE = frozenset(
    (
        *(name for name, rule in RULES.items() if rule.SEVERITY is not Severity.ERROR),
        "unused-part",
        "unused-suppression",
    )
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """All findings of all rules, also of those that are ``OFF``."""
    for rule in RULES.values():
        yield from rule.check(plan)
