"""Makes the files of a build in memory, so that nothing is written unless all of them came out."""

from __future__ import annotations

import gc
import os
import time
from collections import Counter
from concurrent.futures import BrokenExecutor, as_completed
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Misuse
from workplan.output import jobs
from workplan.output.cache import Cache
from workplan.output.formats import FORMATS, load
from workplan.output.result import Done, Made
from workplan.output.surroundings import Surroundings
from workplan.output.wanted import Wanted, makeable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from workplan.output.jobs import Job
    from workplan.plan.compiled import Plan
    from workplan.resources.templates import Templates

__all__ = ["Done", "Made", "Wanted", "counts", "make"]

#: Fewer sheets as PDF than this are written sooner by one process than by several: as copies of it, and begun from nothing.
_WORTH_COPIES, _WORTH_PROCESSES = 8, 40

#: The fewest and the most sheets that a process makes at a time: fewer, and the same faces are loaded too often; after more
#: it should have looked for what it can drop. Between them, each process gets some shares of a format.
_SHARE, _LARGEST_SHARE, _SHARES = 5, 40, 2


def make(
    plan: Plan, wanted: Wanted, templates: Templates, step: Callable[[Done], None], cache: Cache | None = None
) -> Made:
    """Make every wanted file that this computer can make and ``cache`` does not have; ``step`` is told of each when it is done.

    Raises Refusal where a template is broken or a character has no face, Misuse where a unit has no sheet or a process that made
    sheets was killed.
    """
    units = wanted.sheet_units(plan)
    asked, (wanted, findings) = wanted, makeable(plan, wanted)
    kept, around = cache or Cache(), Surroundings.now(templates) if cache else None
    planned = jobs.planned(plan, wanted, templates, around)
    files: dict[str, bytes] = {}
    for job in planned if cache else ():
        content = kept.get(job.key)
        if content is not None:
            files[job.path] = content
            step(Done(job.path, kept=True))
    fresh = [job for job in planned if job.path not in files]
    with _few_collections():
        for job, content, seconds in _produced(fresh, wanted.jobs, templates):
            files[job.path] = content
            step(Done(job.path, seconds))
    if fresh and cache and around == Surroundings.now(templates):  # a template may have been saved while it was used
        for job in fresh:
            kept.put(job.key, files[job.path])
        kept.trim()
    stems = {sheet.unit: sheet.stem for sheet in view.sheets(plan, units)} if asked.of("sheets") else {}
    return Made(
        files={job.path: files[job.path] for job in planned},
        units=stems,
        missing=tuple(path for path in asked.paths(stems.values()) if path not in files),
        findings=findings,
        keys={job.path: job.key for job in planned if job.key},
    )


def counts(plan: Plan, wanted: Wanted) -> Counter[tuple[str, str]]:
    """How many files of each group and format ``make`` will make."""
    wanted, _ = makeable(plan, wanted)
    sheets = len(wanted.sheet_units(plan))
    return Counter(
        {(group, form): sheets if group == "sheets" else 1 for group in FORMATS for form in wanted.of(group)}
    )


@contextmanager
def _few_collections() -> Iterator[None]:
    """Leave the objects of the plan and of the libraries out of the search for cycles: they stay anyway.

    What a renderer drops is looked for after each share.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


#: A file that was made: its job, its bytes, and the seconds of processor time.
_Produced = tuple["Job", bytes, float]


def _produced(fresh: Sequence[Job], processes: int, templates: Templates) -> Iterator[_Produced]:
    workers = _workers(fresh, processes)
    sheets = max(Counter(job.form for job in fresh if job.group == "sheets").values(), default=0)
    size = -(-sheets // ((workers + 1) * _SHARES)) if workers else _LARGEST_SHARE
    shares = list(_shares(fresh, min(max(size, _SHARE), _LARGEST_SHARE)))
    if not workers:
        for share in shares:
            yield from _of_share(share, templates)
        return
    from workplan.output.pool import Workers  # noqa: PLC0415 - most builds need no other process

    for form in sorted({share[0].form for share in shares if share[0].group == "sheets"}):
        load(form)  # what is loaded before it is copied is loaded once
    with Workers(workers) as pool:
        try:
            yield from _side_by_side(shares, templates, pool)
        except BrokenExecutor as fault:
            raise Misuse("worker-killed") from fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _workers(fresh: Sequence[Job], processes: int) -> int:
    """How many processes help this one."""
    sheets = [job for job in fresh if job.group == "sheets"]
    shares = -(-len(sheets) // _SHARE)
    if processes:
        return min(processes, shares) - 1 if shares else 0
    from workplan.output.pool import copies  # noqa: PLC0415 - as above

    least = _WORTH_COPIES if copies() else _WORTH_PROCESSES
    slow = sum(job.form == "pdf" for job in sheets)
    return min(os.cpu_count() or 1, shares) - 1 if slow >= least else 0


def _side_by_side(shares: Sequence[Sequence[Job]], templates: Templates, pool: Executor) -> Iterator[_Produced]:
    """The sheets made by workers from the first on, and here from the last on; everything else here while they begin."""
    works = {pool.submit(share_of, share, templates): share for share in shares if share[0].group == "sheets"}
    for share in shares:
        if share[0].group != "sheets":
            yield from _of_share(share, templates)
    told = set()
    for work in reversed(list(works)):
        for done in [one for one in works if one.done() and not one.cancelled() and one not in told]:
            told.add(done)
            yield from _matched(works[done], done.result())
        if work.cancel():  # nobody has begun it
            told.add(work)
            yield from _of_share(works[work], templates)
    for work in as_completed(works.keys() - told):
        yield from _matched(works[work], work.result())


def _shares(fresh: Sequence[Job], most: int) -> Iterator[Sequence[Job]]:
    """Jobs of one format, at most so many at a time."""
    for _, group in groupby(fresh, key=lambda job: (job.group, job.form)):
        every = list(group)
        for start in range(0, len(every), most):
            yield every[start : start + most]


def _of_share(share: Sequence[Job], templates: Templates) -> Iterator[_Produced]:
    begun = time.process_time()
    for job, content in jobs.made(share, templates):
        ended = time.process_time()
        yield job, content, ended - begun
        begun = ended
    gc.collect()


def share_of(share: Sequence[Job], templates: Templates) -> list[tuple[bytes, float]]:
    """The files of a share in their order, each with its seconds, made by a worker."""
    with _few_collections():
        return [(content, seconds) for _, content, seconds in _of_share(share, templates)]


def _matched(share: Sequence[Job], contents: Iterable[tuple[bytes, float]]) -> Iterator[_Produced]:
    return ((job, content, seconds) for job, (content, seconds) in zip(share, contents, strict=True))
