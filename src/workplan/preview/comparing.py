"""Two plans beside each other, and the life of a task: what ``diff`` and ``log`` say, for the browser."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse
from workplan.source import Directory, find_side, years
from workplan.source.commits import moments
from workplan.source.revspec import prefix_in_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Lock

    from workplan.plan.compiled import Plan
    from workplan.source import Source
    from workplan.source.commits import CommitChange

#: Revisions that are offered, the newest of those that touch the plans; as much of an id is shown as git shows.
_REVISIONS, _SHORT = 30, 7


@dataclass(frozen=True, slots=True)
class Side:
    """What can be compared: a plan as it stands, or in a revision."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A side that cannot be compared for its errors."""

    side: str


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is compared beside the plan of ``source``; one at a time."""

    source: Directory
    lock: Lock = field(repr=False)

    def sides(self) -> tuple[Side, ...]:
        """The plans beside it, the latest first, then those of recent revisions, the newest first."""
        plans = [Side(name, name) for name in reversed(self.beside())]
        return (*plans, *islice(self._revisions(), _REVISIONS))

    def beside(self) -> tuple[str, ...]:
        """The names of all plans in the folder, this one's among them, the earliest first."""
        try:
            return years(self.source.folder.resolve().parent)
        except Misuse:  # the folder is gone
            return (self.source.plan,)

    def _revisions(self) -> Iterator[Side]:
        for moment in reversed(self._moments()):
            for path in moment.after:
                if path not in moment.before or moment.before[path].ids != moment.after[path].ids:
                    commit, name = moment.commit, path.rpartition("/")[2]
                    label = f"{name}  {commit.date}  {commit.id[:_SHORT]}  {commit.subject}"
                    yield Side(f"{commit.id}:{path}", label)

    def _moments(self) -> list[CommitChange]:
        folder = self.source.folder.resolve()
        try:
            path = prefix_in_repository(folder)
            return [] if path is None else list(moments(folder.parent, path.rpartition("/")[0]))
        except (Misuse, OSError):  # no git, no commits
            return []

    def diff(self, old: str, new: str) -> dict[str, Any] | Faulty:
        """The shape of ``diff --format json``; KeyError for what is no side, Faulty where a plan has errors."""
        from workplan.compare.plans import compare  # noqa: PLC0415 - loaded when somebody compares
        from workplan.compare.report.json import shape  # noqa: PLC0415 - likewise
        from workplan.compare.subject import called  # noqa: PLC0415 - likewise

        with self.lock:
            known = {side.id for side in self.sides()}
            sources = [self._source(side, known) for side in (old, new)]
            plans = [self._plan(one) for one in sources]
            for side, plan in zip((old, new), plans, strict=True):
                if plan is None:
                    return Faulty(side)
            before, after = (plan for plan in plans if plan is not None)
            return dict(shape(compare(before, after, called(*sources))))

    def _source(self, side: str, known: set[str]) -> Source:
        if side not in known:
            raise KeyError(side)
        folder = self.source.folder.resolve().parent
        return find_side(side, None, folder) if ":" in side else Directory(folder / side)

    def _plan(self, source: Source) -> Plan | None:
        from workplan.compiler import compile_readable  # noqa: PLC0415 - likewise

        result = compile_readable(source)
        return result.plan if result.clean else None

    def life(self, task: str) -> dict[str, Any]:
        """The shape of ``log --task … --format json``; Misuse where there is no history, or no such task."""
        from workplan.compare import history  # noqa: PLC0415 - likewise
        from workplan.compare.report import log  # noqa: PLC0415 - likewise

        with self.lock:
            folder = self.source.folder.resolve()
            path = prefix_in_repository(folder)
            if path is None:
                raise Misuse("no-history", path=folder.as_posix())
            plans = path.rpartition("/")[0]
            steps = tuple(history.History().steps(moments(folder.parent, plans), path))
            steps = history.with_changes(history.of_task(steps, task))
            told: dict[str, Any] = json.loads(log.shape(steps, task, ""))
            return told
