"""``workplan fmt``: a second run changes nothing, and what a plan prints and says stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import bundle
from fuzz.laws import hold
from fuzz.mutate import plans as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan import view
from workplan.compiler import compile_plan
from workplan.rewrite.fmt import formatted
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result

#: The folder of kept inputs.
KEPT = "plans"


def run(data: bytes) -> None:
    """Two runs, and the printed sequence before and after."""
    before = bundle.plan(bundle.files(data))
    changes, _ = formatted(before)
    if not changes:
        return
    after = Memory({**before.files, **{change.file: change.after for change in changes}}, plan=before.plan)
    again, _ = formatted(after)
    hold(not again, *(change.diff() for change in again))
    one, other = compile_plan(before), compile_plan(after)
    hold(printed(one) == printed(other), printed(one), printed(other))
    hold(rules(one) == rules(other), rules(one), rules(other))


def printed(result: Result) -> Sequence[tuple[str, str]]:
    """What a plan prints, element by element."""
    if result.plan is None:
        return ()
    return [(element.address, element.text) for element in view.official(result.plan).elements]


def rules(result: Result) -> list[str]:
    """The findings by rule: none comes or goes with the layout."""
    return sorted(finding.key for finding in result.diagnostics)
