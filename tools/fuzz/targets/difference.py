"""Two plans compared: everything is carried on, came or went once; the pieces are both texts; every report can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import bundle
from fuzz.laws import hold
from fuzz.mutate import pairs as MUTATE  # noqa: F401, N812 - the name that targets have in common
from fuzz.targets.printed import templates
from workplan.compare.entry import entries
from workplan.compare.plans import compare
from workplan.compare.report import REPORTERS
from workplan.compare.subject import Subject
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan

_REPORTS = ("text", "json", "md", "html")

#: The folder of kept inputs.
KEPT = "pairs"


def run(data: bytes) -> None:
    """There and back, and each with itself; only plans without errors are compared."""
    results = [compile_plan(source) for source in bundle.both(bundle.files(data))]
    old, new = (result.plan for result in results)
    if old is None or new is None or not all(result.clean for result in results):
        return
    _compared(old, new)
    _compared(new, old)
    for plan in (old, new):
        same = compare(plan, plan)
        hold(not (same.changes or same.renumbered or same.registry), *same.changes, *same.renumbered)


def _compared(old: Plan, new: Plan) -> None:
    found = compare(old, new)
    alone = [change for change in found.changes if not (change.old and change.new)]
    for side, plan in (("old", old), ("new", new)):
        places = [entry.place for one in (*found.matches, *alone) for entry in getattr(one, side)]
        hold(sorted(places) == list(range(len(entries(plan)))), side, places)
    for change in found.changes:
        if "reworded" in change.kinds and not any(entry.cells for entry in (*change.old, *change.new)):
            before, after = ("".join(text for mark, text in change.text_diff if mark != other) for other in ("+", "-"))
            hold(before != after, change.text_diff)
    subject = Subject(comparison=found, old=old, new=new, words=catalogue("zh"), templates=templates())
    for name in _REPORTS:
        REPORTERS[name](subject)
