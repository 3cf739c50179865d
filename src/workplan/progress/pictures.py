"""The pictures of a plan's year: what each unit carries beside the year before, when what is due, and how it stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workplan import view
from workplan.compiler import compile_readable
from workplan.progress.following import followed
from workplan.render import chart
from workplan.render.chart.bars import Compared
from workplan.source import DOCUMENT, Directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.plan.compiled import Plan
    from workplan.progress.answers import State
    from workplan.progress.following import Followed
    from workplan.view.assignments import TaskRow
    from workplan.view.status import Status

_DONE: Status = "已完成"


def loads(source: Directory, plan: Plan, state: State | None) -> bytes:
    """What each unit carries as SVG, beside the plan of the year before where one lies beside it and means something."""
    done: dict[str, tuple[int, int]] | None = None
    if state is not None:
        rows = followed(plan, state)
        every, ready = Counter(row.unit for row in rows), Counter(row.unit for row in rows if row.status == _DONE)
        done = {unit: (ready[unit], count) for unit, count in every.items()}
    return chart.loads(_title(plan), view.loads(plan), Compared(_before(source, plan), done))


def calendar(plan: Plan, rows: Sequence[TaskRow], state: State | None) -> bytes:
    """When these rows are due, as SVG, and how they stand where somebody answered."""
    states = None if state is None else _states(followed(plan, state))
    return chart.calendar(_title(plan), int(plan.year or 0), rows, states)


def _title(plan: Plan) -> str:
    """The document's title in one line."""
    return "".join(plan.document.title.lines) or plan.name


def _before(source: Directory, plan: Plan) -> dict[str, int] | None:
    """What each unit carried in the year before, under the names that it has now; None where no plan says."""
    if not plan.year:
        return None
    folder = source.folder.parent / str(int(plan.year) - 1)
    if not (folder / DOCUMENT).is_file():
        return None
    result = compile_readable(Directory(folder))
    if result.plan is None or not result.clean:
        return None
    found: Counter[str] = Counter()
    for load in view.loads(result.plan):
        found[plan.book.spellings.get(load.unit, load.unit)] += load.lead + load.responsible + load.support
    return dict(found)


def _states(rows: Iterable[Followed]) -> dict[str, str]:
    """How each row stands for all its units together: as the worst of those who answered, done where all are."""
    by_row: dict[str, set[Status]] = {}
    for row in rows:
        by_row.setdefault(row.id, set()).add(row.status)
    return {identity: _together(found) for identity, found in by_row.items()}


def _together(found: set[Status]) -> Status:
    if "有困难" in found:
        return "有困难"
    return next(iter(found)) if len(found) == 1 else "推进中"
