"""A deadline or target whose words the text does not have (any more): the sheets would say what the plan does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import Clause, Item, TablePart
from workplan.language.scalar import Scalar
from workplan.language.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """One finding for each quotation that its item does not hold."""
    for _, numbered in plan.walk():
        item = numbered.item
        if not isinstance(item, Clause) or not (item.due or item.targets) or _damaged(numbered):
            continue
        text = _all_text(numbered)
        for words in item.due:
            if words.text not in text:
                yield Diagnostic(ID, words.span, {"words": words.text}, SEVERITY, variant="due")
        for name, words in item.targets.items():
            if words.text not in text:
                yield Diagnostic(ID, words.span, {"words": words.text}, SEVERITY, variant="target")
            if name not in text:
                yield Diagnostic(ID, item.place("targets", name), {"words": name}, SEVERITY, variant="target")


def _damaged(numbered: Numbered) -> bool:
    """Whether a text had to be left out: who knows what it says."""
    items = (below.item for below in numbered.walk())
    return any(item.node.left_out & {"title", "text"} for item in items if not isinstance(item, Scalar))


def _all_text(numbered: Numbered) -> str:
    """Title and text of the item and of everything below it."""
    return "\n".join(_words(below.item) for below in numbered.walk())


def _words(item: Item | Clause | TablePart | Scalar) -> str:
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, TablePart):
        return "\n".join(found.text for found in walk(item.node) if isinstance(found, Scalar))
    return "\n".join(part.text for part in (item.title, item.text) if part is not None)
