"""A unit that one document spells in several ways where it says who answers: readers look for two.

各 before a group, and a list that names the province or district only once (省发展改革委、财政厅), make no
other spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, is_vague, unit_phrases
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name

ID = "wavering-name"
SEVERITY = Severity.WARNING
SOURCE = "实务：同一机关全文用同一称谓（党政机关公文处理工作条例 第十九条：使用规范化简称）"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, units: 区教委}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教委}
  - {title: 讲座, units: 区教委}
"""

#: What a list says once for all its names.
_OF_A_PLACE = re.compile("^[省市区县州旗]")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each spelling but the most frequent one (the first of several), with the first place of that."""
    other_years = plan.book.old.keys() | plan.book.early.keys()
    uses: dict[str, list[tuple[UnitPhrase, Name, str]]] = {}
    for named in unit_phrases(plan):
        for name in named.phrase.names:
            if name.unit and not is_vague(named.spelling(name)) and named.spelling(name) not in other_years:
                uses.setdefault(name.unit, []).append((named, name, _spelling(named, name)))
    for found in uses.values():
        counts = Counter(spelling for *_, spelling in found)
        usual = counts.most_common(1)[0][0]
        model = next((named, name) for named, name, spelling in found if spelling == usual)
        for named, name, spelling in found:
            if spelling != usual:
                arguments: dict[str, str | int] = {"name": named.spelling(name), "usual": model[0].spelling(model[1])}
                related = (Related("wavering-name.first", model[0].place(model[1]), arguments),)
                yield Diagnostic(ID, named.place(name), arguments, SEVERITY, related=related)


def _spelling(named: UnitPhrase, name: Name) -> str:
    """The spelling less what does not make another one: 各, and the place that the list named before."""
    if name.carried:
        return name.carried + named.spelling(name)
    words = named.spelling(name).removeprefix("各")
    known = _OF_A_PLACE.match(name.unit)
    before = any(named.spelling(other)[:1] == known[0] for other in named.phrase.names[:1]) if known else False
    return f"{known[0]}{words}" if known and before and f"{known[0]}{words}" == name.unit else words
