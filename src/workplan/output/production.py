"""Makes files, in this process or by several side by side, and goes on where one sheet cannot be made."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import Counter
from concurrent.futures import BrokenExecutor, as_completed
from contextlib import ExitStack, contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse, Refusal
from workplan.output import jobs
from workplan.output.formats import FIXED, load, shared
from workplan.output.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from workplan.resources.templates import Templates

#: A job, its file or why there is none, and the seconds of processor time that it took.
Produced = tuple[Job, bytes | Refusal, float]
#: Fewer sheets as PDF than this are written sooner by one process than by several: as copies of it, and begun from nothing. The
#: document takes as long as so many sheets, and leaves them to the other meanwhile.
_WORTH_COPIES, _WORTH_PROCESSES, _DOCUMENT = 6, 40, 4

#: The fewest and the most sheets that a process makes at a time: fewer, and the same faces are loaded too often; after more
#: it should have looked for what it can drop. Between them, each process gets some shares of a format.
_SHARE, _LARGEST_SHARE, _SHARES = 3, 40, 4
#: New objects after which those that a share dropped are looked for; a task sheet leaves some 5,000, which is half a megabyte.
_MANY = 250_000
#: Seconds after which another thread has its turn.
_TURN = 0.0005
#: What is wrong with a template that takes too much, in time or memory: one sheet is enough to learn it.
_ENDLESS = ("time", "memory", "length")


@contextmanager
def _few_collections() -> Iterator[None]:
    """Leave the objects of the plan and of the libraries out of the search for cycles: they stay anyway.

    What renderers drop is looked for when it has become much.
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


def made(fresh: Sequence[Job], processes: int, templates: Templates) -> Iterator[Produced]:
    """The files of some jobs, as they come; ``processes`` 0 lets their number decide how many make them."""
    for form in sorted({job.form for job in fresh}):
        load(form)  # what is loaded now is searched by nobody, and loaded once for all copies of this process
    with _few_collections():
        yield from _made(fresh, processes, templates)


def _made(fresh: Sequence[Job], processes: int, templates: Templates) -> Iterator[Produced]:
    workers = _workers(fresh, processes)
    sheets = max(Counter(job.form for job in fresh if job.group == "sheets").values(), default=0)
    size = -(-sheets // ((workers + 1) * _SHARES)) if workers else _LARGEST_SHARE
    shares = list(_shares(fresh, min(max(size, _SHARE), _LARGEST_SHARE)))
    with ExitStack() as at_hand:
        for form, several in _in_several(shares):
            at_hand.enter_context(shared(form, several, templates))
        yield from _of_shares(shares, templates, workers)


def _in_several(shares: Sequence[Sequence[Job]]) -> Iterator[tuple[str, list[Any]]]:
    """The sheets of each format of which there are several shares."""
    jobs_of: dict[str, list[Sequence[Job]]] = {}
    for share in shares:
        if share[0].group == "sheets":
            jobs_of.setdefault(share[0].form, []).append(share)
    for form, several in jobs_of.items():
        if len(several) > 1:
            yield form, [job.value[0] for share in several for job in share]


def _of_shares(shares: Sequence[Sequence[Job]], templates: Templates, workers: int) -> Iterator[Produced]:
    if not workers:
        for share in shares:
            yield from _of_share(share, templates)
        return
    from workplan.output.pool import Workers  # noqa: PLC0415 - most builds need no other process

    try:
        begun = Workers(workers)
    except OSError:  # the system lets no further process begin, or no further file be opened
        yield from _of_shares(shares, templates, 0)
        return
    with begun as pool, _short_turns():
        try:
            yield from _side_by_side(shares, templates, pool)
        except BrokenExecutor as fault:
            raise Misuse("worker-killed") from fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let the threads that hand shares out and take files in have their turn soon: a worker waits for them.

    Each part of a result is read in a turn of its own, and Python lets whoever is at work here go on for 5 ms before each.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _workers(fresh: Sequence[Job], processes: int) -> int:
    """How many processes help this one."""
    sheets = [job for job in fresh if job.group == "sheets"]
    shares = sum(-(-count // _SHARE) for count in Counter(job.form for job in sheets).values())
    slow = sum(1 if job.group == "sheets" else _DOCUMENT for job in fresh if job.form in FIXED)
    if not shares or processes == 1 or (not processes and slow < _WORTH_COPIES):
        return 0
    from workplan.output.pool import copies, may_begin  # noqa: PLC0415 - as above

    if not may_begin() or (not processes and slow < _WORTH_PROCESSES and not copies()):
        return 0
    return min(processes or os.cpu_count() or 1, shares) - 1


def _side_by_side(shares: Sequence[Sequence[Job]], templates: Templates, pool: Executor) -> Iterator[Produced]:
    """The sheets made by workers from the first on, and here from the last on; everything else here while they begin."""
    works = {pool.submit(share_of, share, templates): share for share in shares if share[0].group == "sheets"}
    for share in shares:
        if share[0].group != "sheets":
            yield from _of_share(share, templates)
    while works:
        for done in [one for one in works if one.done()]:
            yield from _matched(works.pop(done), done.result())  # and nothing else holds what came out
        last = next(reversed(works), None)
        if last is None or not last.cancel():  # somebody has begun it, so all are begun
            break
        yield from _of_share(works.pop(last), templates)
    for work in as_completed(list(works)):
        yield from _matched(works.pop(work), work.result())


def _shares(fresh: Sequence[Job], most: int) -> Iterator[Sequence[Job]]:
    """Jobs of one format, at most so many at a time."""
    for _, group in groupby(fresh, key=lambda job: (job.group, job.form)):
        every = list(group)
        for start in range(0, len(every), most):
            yield every[start : start + most]


def _of_share(share: Sequence[Job], templates: Templates) -> Iterator[Produced]:
    begun = time.process_time()
    for job, content in _each(share, templates):
        ended = time.process_time()
        yield job, content, ended - begun
        begun = ended
        if gc.get_count()[0] > _MANY:
            gc.collect()


def _each(share: Sequence[Job], templates: Templates) -> Iterator[tuple[Job, bytes | Refusal]]:
    """The files of a share; sheets of which one is refused are made one by one."""
    done = 0
    try:
        for job, content in jobs.made(share, templates):
            yield job, content
            done += 1
    except Refusal as refusal:
        if share[0].group != "sheets" or any(one.variant in _ENDLESS for one in refusal.diagnostics):
            raise
        if len(share) == 1:
            yield share[0], refusal
            return
        for job in share[done:]:
            yield from _each((job,), templates)


def share_of(share: Sequence[Job], templates: Templates) -> list[tuple[bytes | Refusal, float]]:
    """The files of a share in their order, each with its seconds, made by a worker."""
    if not gc.get_freeze_count():  # in a copy of a process that makes files all that is done
        gc.disable()
        gc.freeze()
    return [(content, seconds) for _, content, seconds in _of_share(share, templates)]


def _matched(share: Sequence[Job], contents: Iterable[tuple[bytes | Refusal, float]]) -> Iterator[Produced]:
    return ((job, content, seconds) for job, (content, seconds) in zip(share, contents, strict=True))
