"""Several units and none that leads, in a document that names leaders, or makes the first one lead unheard.

Where all that is named are groups (各地区、各部门), nobody could. The other case is 列第一位的为牵头单位，下同 in the text without
``rules: {first: lead}``, or 逗号前为牵头单位，下同. Words such as 按职责分工 and 共同 share
the work on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.laid_down import correction, first_onward, leading
from workplan.check.rules.phrases import UnitPhrase, is_vague, leads, unit_phrases
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name

ID = "missing-lead"
SEVERITY = Severity.WARNING
SOURCE = "实务：多家单位承担的任务明确牵头单位"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局牵头，区财政局配合}
  - {title: 讲座, units: 区教育局牵头，区财政局配合}
  - {title: 评比, units: 区财政局牵头，区教育局配合}
  - {title: 巡讲, units: 区教育局、区财政局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局牵头，区财政局配合}
  - {title: 讲座, units: 区教育局牵头，区财政局配合}
  - {title: 评比, units: 区财政局牵头，区教育局配合}
  - {title: 巡讲, units: 区教育局、区财政局按职责分工负责}
"""

#: Number of tasks with a leader from which, with no more than a quarter without, leaders count as the document's way.
_SOME, _SHARE = 3, 4


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such list, at its first unit; one at the words that make the first unit lead."""
    if plan.document.rules is not None and plan.document.rules.first is not None:
        return
    found = first_onward(plan, "first", "comma")
    if found is None:
        yield from _leaderless(plan, list(unit_phrases(plan)))
        return
    rule, place = found
    said = leading(rule)
    variant = "first" if said == "lead" else "comma" if said else "several"
    yield Diagnostic(ID, place, {"count": rule.count}, SEVERITY, variant=variant, fix=correction(plan))


def _leaderless(plan: Plan, found: list[UnitPhrase]) -> Iterator[Diagnostic]:
    """The lists of several units without a leader, where nearly all others have one."""
    several = [named for named in found if len(named.phrase.names) > 1 or leads(plan, named.numbered)]
    led = [named for named in several if leads(plan, named.numbered)]
    bare = [
        named
        for named in several
        if not (leads(plan, named.numbered) or named.shared)
        and any(_can_lead(plan, name) for name in named.phrase.names)
    ]
    items = {id(named.numbered) for named in led}
    if len(items) >= _SOME and len(bare) * _SHARE <= len(items) + len(bare):
        for named in bare:
            yield Diagnostic(ID, named.place(named.phrase.names[0]), {"count": len(items)}, SEVERITY)


def _can_lead(plan: Plan, name: Name) -> bool:
    """Whether a name is that of one unit; a group has nobody who could lead it."""
    entry = plan.book.entries.get(name.unit)
    return not name.printed.startswith("各") and not is_vague(name.printed) and (entry is None or entry.kind != "group")
