"""A target that the text of a row sets and its ``targets`` does not quote; told where it is asked for (``--suggest``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.rules.suggestions import row_texts, with_target
from workplan.chinese.targets import find
from workplan.diagnostic import Diagnostic, Severity
from workplan.view.quantity import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Clause
    from workplan.plan.compiled import Plan

ID = "suggest-target"
SEVERITY = Severity.INFO
OFF = True
SOURCE = "workplan"
BAD = """\
kind: tasks
items:
  - {title: 增加学位, text: 新建学校5所。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 增加学位, text: 新建学校5所。, units: 区教育局, targets: {学校: 5所}}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such target of a row, at the words of its quantity."""
    told: set[tuple[str, str, str]] = set()
    for found in row_texts(plan):
        quoted = [str(one.text) for one in targets(found.item)]
        for one in find(found.scalar.text):
            words = found.scalar.text[one.start : one.end]
            place = (found.duty.numbered.address, one.name, words)
            if place in told or any(words in text or text in words for text in quoted if text):
                continue
            told.add(place)
            name = _free(one.name, found.item)
            span = found.scalar.part(one.start, one.end)
            arguments = {"words": words, "name": name}
            yield Diagnostic(ID, span, arguments, SEVERITY, fix=with_target(found, name, words))


def _free(name: str, item: Clause) -> str:
    """The name, numbered where the item has a target of that name."""
    count, own = 1, name
    while own in item.targets:
        count += 1
        own = f"{name}（{count}）"
    return own
