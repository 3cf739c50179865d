"""The Word document with tracked changes: accepted it is that of the new plan, rejected that of the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tracking
from fuzz import bundle
from fuzz.laws import hold
from fuzz.mutate import pairs as MUTATE  # noqa: F401, N812 - the name that targets have in common
from fuzz.targets.printed import templates
from workplan import view
from workplan.compare.marked.tracked import tracked
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.diagnostic import Refusal
from workplan.render import docx

if TYPE_CHECKING:
    from workplan.view.blocks import Official

#: The folder of kept inputs.
KEPT = "pairs"


def run(data: bytes) -> None:
    """Two plans without errors, and their documents paragraph by paragraph with their formats."""
    old, new = (compile_plan(source) for source in bundle.both(bundle.files(data)))
    if not (old.clean and new.clean) or old.plan is None or new.plan is None:
        return
    before, after = (view.official(plan) for plan in (old.plan, new.plan))
    try:
        made = tracked(compare(old.plan, new.plan), (before, after), templates(), "起草人")
    except Refusal:
        return
    hold(tracking.told(tracking.accepted(made)) == _written(after), "accepted")
    hold(tracking.told(tracking.rejected(made)) == _written(before), "rejected")


def _written(official: Official) -> list[tracking.Told]:
    return tracking.told(tracking.body(docx.official(official, templates())))
