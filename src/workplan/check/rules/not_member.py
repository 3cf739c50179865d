"""A unit that answers for a task of a leading group and is none of its members: the list of members, or the unit, may be wrong.

Groups with 领导小组, 专班, 成员单位 and the like in their names, whose members are all listed, and that the plan names. A unit
that the plan names beside the group was meant to be no member, and one that only supports may be anybody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, unit_phrases
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name

ID = "not-member"
SEVERITY = Severity.INFO
SOURCE = "实务：领导小组成员单位与承担任务的单位一致"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 专班成员单位}
  - {title: 讲座, units: 区财政局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 专班成员单位}
  - {title: 讲座, units: 区教育局}
"""

_LEADING = re.compile("成员单位|领导小组|专班|指挥部|联席会议|协调小组|协调机制|委员会$")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each unit and group, at the first task of the unit, with the members of the group."""
    named = [(phrase, name) for phrase in unit_phrases(plan) for name in phrase.phrase.names if name.unit]
    units = {name.unit for _, name in named}
    everyone = {name.unit for phrase in (plan.everyone.phrases if plan.everyone else ()) for name in phrase.names}
    for entry in plan.registry.units:
        group = plan.book.spellings.get(entry.name.line, "")
        if entry.members and _is_closed(plan, group) and group in units | everyone:
            for phrase, name in _strangers(plan, group, named):
                arguments: dict[str, str | int] = {"name": phrase.spelling(name), "group": entry.name.line}
                related = (Related("not-member.also", entry.name.span, arguments),)
                yield Diagnostic(ID, phrase.place(name), arguments, SEVERITY, related=related)


def _is_closed(plan: Plan, group: str) -> bool:
    """Whether it is a group that leads a work, all of whose members are listed."""
    entry = plan.book.entries.get(group)
    return entry is not None and entry.kind == "group" and not entry.open and _LEADING.search(group) is not None


def _strangers(plan: Plan, group: str, named: list[tuple[UnitPhrase, Name]]) -> Iterator[tuple[UnitPhrase, Name]]:
    """The units that answer for tasks without belonging to the group, each with its first task."""
    members = {group, *plan.book.members(group)}
    beside = {id(phrase.reference) for phrase, name in named if name.unit == group}
    known = members | {name.unit for phrase, name in named if id(phrase.reference) in beside}
    for phrase, name in named:
        entry = plan.book.entries[name.unit]
        within = plan.book.spellings.get(entry.within, "")
        if name.unit not in known and within not in members and entry.kind == "unit" and name.role != "support":
            known.add(name.unit)
            yield phrase, name
