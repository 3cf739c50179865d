"""Makes the files of a build in memory, so that nothing is written unless all of them came out."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Misuse, nearest
from workplan.output.formats import ASSIGNMENTS, FORMATS, OFFICIAL, SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from multiprocessing.queues import SimpleQueue

    from workplan.plan.compiled import Plan
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Load, Sheet, TaskRow
    from workplan.view.blocks import Official

#: Fewer sheets than this are written sooner by one process than by several that must start first.
_WORTH_PROCESSES = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is asked for; empty ``formats`` and ``units`` mean all. ``jobs`` 0 lets the number of sheets decide.

    ``clean`` leaves out of the files what only tells where they came from.
    """

    only: str = ""
    formats: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    members: bool = False
    blanks: tuple[str, ...] = ()
    jobs: int = 0
    clean: bool = False

    @property
    def everything(self) -> bool:
        """Whether the build makes all files of the plan, so that files of an earlier one may go."""
        return not (self.only or self.formats or self.units)

    def of(self, group: str) -> tuple[str, ...]:
        """The formats to make of ``official``, ``sheets`` or ``assignments``."""
        if self.only not in ("", group) or (self.units and group != "sheets"):
            return ()
        return tuple(name for name in FORMATS[group] if not self.formats or name in self.formats)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished build in memory: the files by their path below the plan's folder, and the sheets' stems by unit."""

    files: dict[str, bytes]
    units: dict[str, str]


def wanted_units(plan: Plan, loads: Sequence[Load], wanted: Wanted) -> tuple[str, ...]:
    """The units that get a sheet, in the registry's order; raises Misuse for one that the plan has nothing for."""
    named = {load.unit for load in loads}
    listed = {member for group in named for member in plan.book.members(group)}
    if not wanted.units:
        chosen = named | (listed if wanted.members else set())
    else:
        chosen = set()
        for spelling in wanted.units:
            unit = plan.book.spellings.get(spelling, "")
            if unit not in named | listed:
                near = nearest(spelling, [*named, *listed])
                raise Misuse("unknown-unit-near" if near else "unknown-unit", name=spelling, near=near)
            chosen |= {unit, *(plan.book.members(unit) if wanted.members else ())}
    return tuple(sorted(chosen, key=plan.book.order.__getitem__))


def make(plan: Plan, wanted: Wanted, templates: Templates, step: Callable[[str], None]) -> Made:
    """Make every wanted file; ``step`` is told each path when it is done.

    Raises Refusal where a template is broken or a character has no face, Misuse where a unit has no sheet.
    """
    rows, loads, official = view.rows(plan), view.loads(plan), view.official(plan)
    sheets = view.sheets(plan, wanted_units(plan, loads, wanted), wanted.blanks)
    files: dict[str, bytes] = {}
    makers = (
        _told(_official(official, wanted, templates), step),
        _sheets(sheets, wanted, templates, step),
        _told(_assignments(rows, loads, official, wanted), step),
    )
    for maker in makers:
        files.update(maker)
    return Made(files, {sheet.unit: sheet.stem for sheet in sheets} if wanted.of("sheets") else {})


def count(plan: Plan, wanted: Wanted) -> int:
    """How many files ``make`` will make."""
    sheets = len(wanted_units(plan, view.loads(plan), wanted)) * len(wanted.of("sheets"))
    return len(wanted.of("official")) + sheets + len(wanted.of("assignments"))


def _told(files: Iterator[tuple[str, bytes]], step: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    """The same files; ``step`` is told the path of each."""
    for path, content in files:
        step(path)
        yield path, content


def _official(official: Official, wanted: Wanted, templates: Templates) -> Iterator[tuple[str, bytes]]:
    for name in wanted.of("official"):
        yield f"official.{name}", OFFICIAL[name](official, templates, clean=wanted.clean)


def _sheets(
    sheets: Sequence[Sheet], wanted: Wanted, templates: Templates, step: Callable[[str], None]
) -> Iterator[tuple[str, bytes]]:
    formats = wanted.of("sheets")
    if not sheets or not formats:
        return
    jobs = wanted.jobs or (1 if len(sheets) < _WORTH_PROCESSES else os.cpu_count() or 1)
    if jobs == 1:
        yield from _told(sheet_files(sheets, wanted, templates), step)
        return
    shares = [sheets[place::jobs] for place in range(jobs) if sheets[place::jobs]]
    # spawn is what every system has; the workers import nothing but what they render with
    context = get_context("spawn")
    finished = context.SimpleQueue()
    with ProcessPoolExecutor(len(shares), context, _begin_worker, (finished,)) as pool:
        with _interrupts_held():
            works = [pool.submit(_all_sheet_files, share, wanted, templates) for share in shares]
        _tell_each(works, finished, step)
        done = dict(pair for work in works for pair in work.result())
    yield from ((path, done[path]) for path in (f"sheets/{s.stem}.{name}" for name in formats for s in sheets))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait while workers are started: they inherit that, and are deaf to it before any of their code runs."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tell_each(
    works: Sequence[Future[list[tuple[str, bytes]]]], finished: SimpleQueue[str], step: Callable[[str], None]
) -> None:
    """Tell ``step`` the path of each file as the workers finish it, until the last work has ended, however it did."""
    for work in works:
        work.add_done_callback(lambda _: finished.put(""))
    ended = 0
    while ended < len(works):
        path = finished.get()
        ended += not path
        if path:
            step(path)


#: In a worker, where it says which files are done.
_FINISHED: list[SimpleQueue[str]] = []


def _begin_worker(finished: SimpleQueue[str]) -> None:
    """Ctrl-C is the main process's to answer: a worker would only print a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _FINISHED.append(finished)


def _all_sheet_files(sheets: Sequence[Sheet], wanted: Wanted, templates: Templates) -> list[tuple[str, bytes]]:
    return list(_told(sheet_files(sheets, wanted, templates), _FINISHED[-1].put))


def sheet_files(sheets: Sequence[Sheet], wanted: Wanted, templates: Templates) -> Iterator[tuple[str, bytes]]:
    """The files of some sheets, in one process."""
    for name in wanted.of("sheets"):
        yield from (
            (f"sheets/{s.stem}.{name}", done) for s, done in SHEETS[name](sheets, templates, clean=wanted.clean)
        )


def _assignments(
    rows: Sequence[TaskRow], loads: Sequence[Load], official: Official, wanted: Wanted
) -> Iterator[tuple[str, bytes]]:
    for name in wanted.of("assignments"):
        yield f"assignments.{name}", ASSIGNMENTS[name](rows, loads, official)
