"""Makes the files of a build in memory, so that nothing is written unless all of them came out."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Diagnostic, Misuse, nearest
from workplan.output.formats import ASSIGNMENTS, FORMATS, OFFICIAL, SHEETS, lacks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.plan.compiled import Plan
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Load, Sheet, TaskRow
    from workplan.view.blocks import Official

#: Fewer sheets than this are written sooner by one process than by several that must start first.
_WORTH_PROCESSES = 40

#: Sheets that a process makes at a time: more, and the bar stands still; fewer, and the same faces are loaded too often.
_SHARE = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is asked for; empty ``formats`` and ``units`` mean all. ``jobs`` 0 lets the number of sheets decide.

    ``clean`` leaves out of the files what only tells where they came from. ``beyond`` are the formats of a group, such as
    ``sheets.pdf``, that this computer cannot make: ``makeable`` finds them.
    """

    only: str = ""
    formats: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    members: bool = False
    blanks: tuple[str, ...] = ()
    jobs: int = 0
    clean: bool = False
    beyond: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether the build makes all files of the plan, so that files of an earlier one may go."""
        return not (self.only or self.formats or self.units)

    def of(self, group: str) -> tuple[str, ...]:
        """The formats to make of ``official``, ``sheets`` or ``assignments``."""
        if self.only not in ("", group) or (self.units and group != "sheets"):
            return ()
        asked = (name for name in FORMATS[group] if not self.formats or name in self.formats)
        return tuple(name for name in asked if f"{group}.{name}" not in self.beyond)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished build in memory: the files by their path below the plan's folder, and the sheets' stems by unit.

    ``missing`` are the files that this computer could not make, for what it lacks, which ``findings`` say.
    """

    files: dict[str, bytes]
    units: dict[str, str]
    missing: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


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


def makeable(plan: Plan, wanted: Wanted) -> tuple[Wanted, tuple[Diagnostic, ...]]:
    """The part of a build that this computer can make, and what it lacks for the rest."""
    official, findings = view.official(plan), list[Diagnostic]()
    beyond = set[str]()
    for group in FORMATS:
        for name in wanted.of(group):
            if found := lacks(group, name, official):
                beyond.add(f"{group}.{name}")
                findings += [one for one in found if one not in findings]
    return replace(wanted, beyond=frozenset(beyond)), tuple(findings)


def make(plan: Plan, wanted: Wanted, templates: Templates, step: Callable[[str], None]) -> Made:
    """Make every wanted file that this computer can make; ``step`` is told each path when it is done.

    Raises Refusal where a template is broken or a character has no face, Misuse where a unit has no sheet or a process that made sheets was
    killed.
    """
    asked, (wanted, findings) = wanted, makeable(plan, wanted)
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
    units = {sheet.unit: sheet.stem for sheet in sheets} if asked.of("sheets") else {}
    return Made(files, units, tuple(path for path in _paths(asked, units.values()) if path not in files), findings)


def _paths(wanted: Wanted, stems: Iterable[str]) -> Iterator[str]:
    """The paths of all files of a build; ``stems`` are those of its task sheets."""
    for group in ("official", "assignments"):
        yield from (f"{group}.{name}" for name in wanted.of(group))
    yield from (f"sheets/{stem}.{name}" for name in wanted.of("sheets") for stem in stems)


def count(plan: Plan, wanted: Wanted) -> int:
    """How many files ``make`` will make."""
    wanted, _ = makeable(plan, wanted)
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
    # spawn is what every system has; the workers import nothing but what they render with
    shares = [(name, sheets[start : start + _SHARE]) for name in formats for start in range(0, len(sheets), _SHARE)]
    with ProcessPoolExecutor(min(jobs, len(shares)), get_context("spawn"), _begin_worker) as pool:
        with _interrupts_held():
            works = [pool.submit(_share_files, name, share, wanted, templates) for name, share in shares]
        try:
            # A result comes whole or, where a worker was killed, as an error: no lock of a dead worker is waited for.
            for work in as_completed(works):
                for path, _ in work.result():
                    step(path)
        except BrokenProcessPool as fault:
            raise Misuse("worker-killed") from fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    for work in works:
        yield from work.result()


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


def _begin_worker() -> None:
    """Ctrl-C is the main process's to answer: a worker would only print a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _share_files(name: str, sheets: Sequence[Sheet], wanted: Wanted, templates: Templates) -> list[tuple[str, bytes]]:
    """The files of one share in the format ``name``, made by a worker."""
    return list(_in_format(name, sheets, wanted, templates))


def _in_format(name: str, sheets: Sequence[Sheet], wanted: Wanted, templates: Templates) -> Iterator[tuple[str, bytes]]:
    made = SHEETS[name](sheets, templates, clean=wanted.clean)
    return ((f"sheets/{sheet.stem}.{name}", content) for sheet, content in made)


def sheet_files(sheets: Sequence[Sheet], wanted: Wanted, templates: Templates) -> Iterator[tuple[str, bytes]]:
    """The files of some sheets, in one process."""
    for name in wanted.of("sheets"):
        yield from _in_format(name, sheets, wanted, templates)


def _assignments(
    rows: Sequence[TaskRow], loads: Sequence[Load], official: Official, wanted: Wanted
) -> Iterator[tuple[str, bytes]]:
    for name in wanted.of("assignments"):
        yield f"assignments.{name}", ASSIGNMENTS[name](rows, loads, official)
