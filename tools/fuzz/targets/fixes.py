"""``check --fix``: a second run changes nothing, no plan is broken by it, and every file reads as it did but for the corrections."""

from __future__ import annotations

from fuzz import bundle
from fuzz.laws import hold
from fuzz.mutate import plans as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.diagnostic import has_errors
from workplan.rewrite.fix import fixed
from workplan.source import Memory

#: The folder of kept inputs.
KEPT = "plans"


def run(data: bytes) -> None:
    """Two runs, and the plan before and after."""
    before = bundle.plan(bundle.files(data))
    first = compile_plan(before)
    done = fixed(before, Selection())
    if not done.changes:
        return
    after = Memory({**before.files, **{change.file: change.after for change in done.changes}}, plan=before.plan)
    then = compile_plan(after)
    hold(then.diagnostics == done.result.diagnostics, "the result that is told is that of the files")
    hold(has_errors(first.diagnostics) or not has_errors(then.diagnostics), *then.diagnostics)
    hold(first.plan is None or then.plan is not None, "a plan that could be read can still be")
    again = fixed(after, Selection())
    hold(not again.changes, *(change.diff() for change in again.changes))
