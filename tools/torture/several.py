"""Kills of a build of several plans in two processes: the one that was called, or one of its workers, at a random moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

from ground import (
    NAME,
    NEW,
    OLD,
    Ground,
    Outcome,
    cache_of,
    contents,
    ended,
    faults,
    forked,
    has_drafts,
    light,
    log_of,
    project,
    ran,
    told,
)

#: The plans, all with the same words; what they are called is in some of their files.
PLANS = (NAME, f"{NAME}甲", f"{NAME}乙", f"{NAME}丙")
_CALL = ("build", *(f"plan/{name}" for name in PLANS), "-o", "build", "--jobs", "2")
#: Seconds for which those that are left may go on, and of the trials those in which a worker is killed.
_PATIENCE, _WORKERS = 60.0, 0.5
#: Seconds that writing a plan takes, at most.
_WRITING = 0.03


def prepare(top: Path) -> None:
    """The clean builds of both states, with the cache that they leave."""
    for state, text in (("several-old", OLD), ("several-new", NEW)):
        if ran(_project(top / state, text), *_CALL, "--jobs", "1"):
            raise SystemExit(log_of(top / state).read_text(encoding="utf-8"))


def _project(folder: Path, text: str) -> Path:
    project(folder, text)
    for name in PLANS[1:]:
        shutil.copytree(folder / "plan" / NAME, folder / "plan" / name)
    return folder


def several(ground: Ground, number: int, seed: str) -> Outcome:
    """A build of the new state over the old one; every third time the cache is empty."""
    chance = random.Random(f"{seed} several {number}")  # noqa: S311 - to be repeated
    root = _project(ground.top / f"m{number}", NEW)
    if number % 3:
        shutil.copytree(cache_of(ground.top / "several-old"), cache_of(root))
    shutil.copytree(ground.top / "several-old/build", root / "build")
    of_worker = chance.random() < _WORKERS
    child = forked(root, _CALL, _leading)
    if number % 2:  # while something is written
        while not any(has_drafts(root / "build" / name) for name in PLANS) and _state(child) not in ("", "Z"):
            time.sleep(0.001)
    time.sleep(chance.uniform(0, _WRITING if number % 2 else ground.seconds * 1.5))
    victim = _worker(child, chance) if of_worker else child
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    writing = any((root / "build" / name / ".unfinished.json").exists() for name in PLANS)
    code = ended(child)
    wrong = [] if _silence(child) else ["somebody is still at work"]
    if code not in ((0,) if of_worker else (0, -9)):
        wrong.append(f"ended with {code}")
    old, new = (contents(ground.top / state / "build") for state in ("several-old", "several-new"))
    for name in PLANS:
        states = [_of(name, old), _of(name, new)]
        wrong += [f"{one} ({name})" for one in faults(root / "build" / name, states, {})]
    if of_worker and contents(root / "build") != new:
        wrong.append("something was lost with a worker")
    if ran(root, *_CALL, before=_leading) or contents(root / "build") != new:
        wrong.append("the next build differs")
    wrong += told(root)
    shutil.rmtree(root)
    shutil.rmtree(cache_of(root), ignore_errors=True)
    return Outcome("several plans, worker killed" if of_worker else "several plans, killed", code, writing, wrong)


def _leading() -> None:
    """A group of its own, in which it may start others."""
    os.setsid()
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    light()


def _worker(child: int, chance: random.Random) -> int:
    """One of the workers that a build has begun; itself where it has begun none and is done."""
    while True:
        try:
            found = Path(f"/proc/{child}/task/{child}/children").read_text("ascii").split()
        except OSError:
            return child
        if found:
            return int(chance.choice(found))
        if _state(child) in ("", "Z"):
            return child


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _silence(group: int) -> bool:
    """Whether all of a process group come to their end: workers finish what they have in hand when nobody is there to tell."""
    last = time.monotonic() + _PATIENCE
    while time.monotonic() < last:
        left = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError, IndexError):
                state, _, own = (entry / "stat").read_text("utf-8").rpartition(")")[2].split()[:3]
                left += [entry] if int(own) == group and state != "Z" else []
        if not left:
            return True
        time.sleep(0.05)
    return False


def _of(name: str, found: dict[str, bytes]) -> dict[str, bytes]:
    return {path.removeprefix(f"{name}/"): one for path, one in found.items() if path.startswith(f"{name}/")}
