"""A unit of the registry that no plan of any year names and no group lists: a slip, or a name that has gone.

With the plan of one year alone nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.phrases import unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "unused-unit"
SEVERITY = Severity.INFO
SOURCE = "实务"
BAD = """\
# units.yaml
units:
  - {name: 区教育局}
  - {name: 区体育局}
"""
GOOD = """\
# units.yaml
units:
  - {name: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such entry, at its name; a name that stands anywhere in another plan counts as used."""
    named = _named(plan)
    spellings = plan.book.spellings
    unused = [unit for unit in plan.registry.units if spellings[unit.name.line] not in named]
    texts = plan.elsewhere() if unused else ()
    for unit in unused if texts else ():
        own = [name for name, owner in spellings.items() if owner == spellings[unit.name.line]]
        if not any(spelling in text for text in texts for spelling in own):
            yield Diagnostic(ID, unit.name.span, {"name": unit.name.line}, SEVERITY)


def _named(plan: Plan) -> set[str]:
    """The units that this plan names, and those that belong to a group or hold others."""
    everyone = plan.everyone.phrases if plan.everyone else ()
    phrases = (*everyone, *(named.phrase for named in unit_phrases(plan)))
    within = {plan.book.spellings.get(entry.within, "") for entry in plan.book.entries.values()}
    return {name.unit for phrase in phrases for name in phrase.names} | set(plan.book.groups_of) | within
