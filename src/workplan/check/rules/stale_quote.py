"""A deadline or target whose words the text does not have (any more): the sheets would say what the plan does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause
from workplan.language.scalar import Scalar
from workplan.plan.quotations import places, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.language.model import Record
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered

ID = "stale-quote"
SEVERITY = Severity.ERROR
SOURCE = "workplan"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 9月底前办好培训班。, due: 6月底前, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 9月底前办好培训班。, due: 9月底前, units: 区教育局}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each quotation that its item does not hold; what is only given, and names of targets, quote nothing."""
    for _, numbered in plan.walk():
        item = numbered.item
        if not isinstance(item, Clause) or not (item.due or item.targets) or _damaged(numbered):
            continue
        text = said(numbered)
        for words in _stale(item.due, text):
            yield Diagnostic(ID, words.span, {"words": words.text}, SEVERITY, variant="due")
        for words in _stale(item.targets.values(), text):
            yield Diagnostic(ID, words.span, {"words": words.text}, SEVERITY, variant="target")


def _stale(quoted: Iterable[Scalar | Record], text: str) -> Iterator[Scalar]:
    """The quotations that the text does not hold."""
    return (words for words in quoted if isinstance(words, Scalar) and not places(words.text, text))


def _damaged(numbered: Numbered) -> bool:
    """Whether a text had to be left out: who knows what it says."""
    items = (below.item for below in numbered.walk())
    return any(item.node.left_out & {"title", "text"} for item in items if not isinstance(item, Scalar))
