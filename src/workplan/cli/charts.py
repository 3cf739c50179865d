"""``--chart`` of ``units`` and ``tasks``: what was collected, if anything was, stands in the pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from workplan.cli.follow import state_of
from workplan.source import collected

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.progress.answers import State
    from workplan.source import Directory


def answered(source: "Directory", plan: "Plan", file: Path | None = None) -> "State | None":
    """The answers in a file, by default the latest that were collected; None where there are none."""
    found = file or collected.latest(source.folder)
    return state_of(source, plan, found) if found is not None else None
