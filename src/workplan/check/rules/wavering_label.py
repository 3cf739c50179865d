"""One kind of label in two wordings: 责任单位 here and 责任部门 there. 牵头单位 and 责任单位 are two kinds."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, unit_phrases
from workplan.diagnostic import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "wavering-label"
SEVERITY = Severity.WARNING
SOURCE = "实务：同一文件体例一致"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, units: {责任部门: 区教育局}}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, units: 区教育局}
  - {title: 讲座, units: {牵头单位: 区教育局, 责任单位: 区财政局}}
"""

_KIND = re.compile("(.+)(单位|部门)")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each label that is not the usual one of its kind (the first of several)."""
    kinds: dict[str, list[tuple[UnitPhrase, str]]] = {}
    for named in unit_phrases(plan):
        label = named.label
        kind = _KIND.fullmatch(label)
        if kind:
            kinds.setdefault(kind[1], []).append((named, label))
    for found in kinds.values():
        usual = Counter(label for _, label in found).most_common(1)[0][0]
        model = next(named for named, label in found if label == usual)
        for named, label in found:
            if label != usual:
                arguments: dict[str, str | int] = {"label": label, "usual": usual}
                related = (Related("wavering-label.first", model.label_place, arguments),)
                yield Diagnostic(ID, named.label_place, arguments, SEVERITY, related=related)
