"""Workers side by side: what they are told and tell, and what becomes of it when one is killed, at any moment."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from concurrent.futures import BrokenExecutor, Future, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan import files, view
from workplan.compiler import compile_plan
from workplan.diagnostic import Diagnostic, Refusal, Span
from workplan.output import pool, production
from workplan.output.jobs import Job
from workplan.output.pool import Workers
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = Path(__file__).parents[1] / "plan/2022"
#: Seconds after which a result that does not come is taken for one that never will.
PATIENCE = 120


@pytest.fixture(params=["copies", "begun from nothing"])
def workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Workers]:
    """Workers of both kinds, on whatever system."""
    if request.param == "copies" and sys.platform != "linux":
        pytest.skip("no copies are made here")
    monkeypatch.setattr(pool, "copies", lambda: request.param == "copies")
    return Workers


def refuse() -> None:
    raise Refusal(Diagnostic("template", Span.whole("a.html"), {"fault": "no"}))


def test_results_and_findings_come_back(workers: Callable[[int], Workers]) -> None:
    with workers(2) as made:
        found = [made.submit(pow, number, 2) for number in range(20)]
        refused = made.submit(refuse)
        assert [one.result(PATIENCE) for one in found] == [number**2 for number in range(20)]
        with pytest.raises(Refusal) as told:
            refused.result(PATIENCE)
    assert told.value.diagnostics[0].arguments == {"fault": "no"}


def test_a_call_that_cannot_be_sent_is_told_and_the_next_one_is_made(workers: Callable[[int], Workers]) -> None:
    with workers(1) as made:
        unsendable = made.submit(lambda: None)
        with pytest.raises(Exception, match=r"pickle|lambda"):
            unsendable.result(PATIENCE)
        assert made.submit(pow, 2, 3).result(PATIENCE) == 8


def test_what_waits_can_be_taken_back(workers: Callable[[int], Workers]) -> None:
    with workers(1) as made:
        first = made.submit(time.sleep, 0.5)
        waiting = made.submit(pow, 2, 3)
        assert waiting.cancel()
        first.result(PATIENCE)
    with pytest.raises(RuntimeError):
        made.submit(pow, 2, 3)


def test_all_are_there_before_a_call_is_handed_out(workers: Callable[[int], Workers]) -> None:
    with workers(3) as made:
        assert len({process.pid for process, _ in made.workers}) == 3
        assert all(process.is_alive() for process, _ in made.workers)


def ended(found: list[Future[object]]) -> list[bool]:
    """Whether each call came out, and none is still open."""
    return [one.exception(PATIENCE) is None for one in as_completed(found, PATIENCE)]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
@pytest.mark.parametrize("moment", ["at once", "at work", "telling"])
def test_a_worker_that_is_killed_is_told_and_nothing_waits_for_it(
    moment: str, workers: Callable[[int], Workers]
) -> None:
    """Also before it has begun, and while it tells a result that is larger than what a line holds."""
    for pause in (0.0, 0.01, 0.02, 0.05, 0.1):
        made = workers(2)
        victim = made.workers[0][0].pid
        assert victim is not None
        if moment == "at once":
            os.kill(victim, signal.SIGKILL)
        try:
            call = (bytes, 30_000_000) if moment == "telling" else (time.sleep, 0.2)
            found = [made.submit(*call) for _ in range(6)]
        except BrokenExecutor:
            found = []
        if moment != "at once":
            time.sleep(pause)
            os.kill(victim, signal.SIGKILL)
        outcomes = ended(found)
        made.shutdown(cancel_futures=True)
        assert not (moment == "at work" and all(outcomes))
        assert not any(process.is_alive() for process, _ in made.workers)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")
def test_after_a_kill_no_more_calls_are_taken(workers: Callable[[int], Workers]) -> None:
    with workers(1) as made:
        victim = made.workers[0][0]
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        try:
            with pytest.raises(BrokenExecutor):
                made.submit(pow, 2, 3).result(PATIENCE)
        finally:
            made.shutdown(cancel_futures=True)
        with pytest.raises((BrokenExecutor, RuntimeError)):
            made.submit(pow, 2, 3)


def leave_a_folder(folder: str) -> None:
    files.passing(folder)


def test_folders_of_a_worker_go_with_it(workers: Callable[[int], Workers], tmp_path: Path) -> None:
    """A library that makes a folder for a while removes it when its objects go, and those of a copy never do."""
    folder = tmp_path / "while-it-lives"
    folder.mkdir()
    with workers(1) as made:
        made.submit(leave_a_folder, str(folder)).result(PATIENCE)
        assert folder.is_dir()
        (process, _), *_ = made.workers
    process.join(PATIENCE)
    assert not folder.exists()


def test_what_one_share_drops_is_found_in_a_later_one(workers: Callable[[int], Workers]) -> None:
    """Nothing that a share leaves behind is left out of the search for good: a worker would grow with every share."""
    with workers(1) as made:
        counts = [made.submit(_frozen_after_a_share).result(PATIENCE) for _ in range(3)]
    assert counts[1] == counts[2]


def _frozen_after_a_share() -> int:
    production.share_of((), Templates())
    ring: list[object] = []
    ring.append(ring)
    return gc.get_freeze_count()


def _jobs() -> list[Job]:
    plan = compile_plan(Directory(PLAN)).plan
    assert plan is not None
    units = [load.unit for load in view.loads(plan)][:8]
    return [
        Job(path=sheet.stem, group="sheets", form="md", value=(sheet,), clean=False)
        for sheet in view.sheets(plan, units)
    ]


def test_where_no_process_can_begin_the_sheets_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may have too many processes, or no handle left."""

    def refused(_: int) -> Workers:
        raise BlockingIOError

    made = list(production.made(_jobs(), 2, Templates()))
    monkeypatch.setattr(pool, "Workers", refused)
    alone = list(production.made(_jobs(), 2, Templates()))
    assert sorted((job.path, content) for job, content, _ in made) == [
        (job.path, content) for job, content, _ in sorted(alone, key=lambda one: one[0].path)
    ]


def test_a_worker_of_somebody_else_begins_none() -> None:
    """Python allows none to what is itself a worker; workplan may be called there."""
    with get_context("spawn").Pool(1) as others:
        assert others.apply(_count_made) == len(_jobs())


def _count_made() -> int:
    return len(list(production.made(_jobs(), 2, Templates())))
