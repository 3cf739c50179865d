"""All rules by their ids, and which of them may be set to another level; loading it loads every one of them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from workplan.check import rules
from workplan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.plan.compiled import Plan


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
    own = __name__.rpartition(".")[2]
    for module in sorted(iter_modules(rules.__path__), key=lambda module: module.name):
        if module.name == own:
            continue
        loaded = import_module(f"{rules.__name__}.{module.name}")
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


def check(plan: Plan, asked: Container[str]) -> Iterator[Diagnostic]:
    """All findings of all rules; of those that are ``OFF`` only of the ones that are in ``asked``."""
    for name, rule in RULES.items():
        if name not in OFF or name in asked:
            yield from rule.check(plan)
