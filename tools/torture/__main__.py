"""Torture: builds, ``fmt`` and ``check --fix`` are killed, starved and raced, and what they leave is looked at.

    python tools/torture [--seed N] [--kills 200] [--jobs 2]

A small plan has two states; a folder with the build of the old one, in which people filled in two sheets, gets the new one
under every disturbance. Afterwards no file may be half, the manifest is true or absent, what people wrote is there, and the next
build without a disturbance gives the bytes of a clean one. A table tells how it went; the exit code is 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import changes
import kills
import lacks
import several
from ground import NEW, Ground, Outcome, project

from workplan.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a copy of this process need not load again.
LOADED = (
    *("workplan.cli.call", "workplan.cli.build", "workplan.cli.fmt", "workplan.cli.check", "workplan.output.make"),
    *(
        "workplan.output.write",
        "workplan.cli.building",
        "workplan.output.several",
        "workplan.output.production",
        "workplan.render.pdf",
        "workplan.render.docx",
        "workplan.render.html",
        "workplan.rewrite.fix",
    ),
    *(
        "workplan.render.text",
        "workplan.render.markdown",
        "workplan.render.xlsx",
        "workplan.rewrite.fmt",
        "workplan.compiler",
    ),
    *("workplan.check.rules.every", "workplan.measure.hidden.wording", "workplan.report.terminal"),
)
#: Numbers of trials of what is not killed.
PAIRS, SIZES, DISKS, HANDLES, PLAN_HANDLES = 40, 40, 24, 40, 24


def trials(count: int, seed: str) -> list[tuple[Callable[..., Outcome], tuple[object, ...]]]:
    """Everything that is tried, in an order that tires no single part."""
    found: list[tuple[Callable[..., Outcome], tuple[object, ...]]] = []
    found += [(kills.build, (number, seed)) for number in range(count)]
    found += [(kills.incremental, (number, seed)) for number in range(count)]
    found += [(several.several, (number, seed)) for number in range(count)]
    found += [(kills.rewrite, (number, seed, command)) for command in ("fmt", "fix") for number in range(count)]
    found += [(kills.pair, (number, seed)) for number in range(PAIRS)]
    found += [(lacks.short_files, (number,)) for number in range(SIZES)]
    if lacks.IS_ROOT:
        found += [(lacks.full_disk, (number,)) for number in range(DISKS)]
    found += [(lacks.rights, (number,)) for number in range(len(lacks.RIGHTS))]
    found += [(lacks.handles, (number,)) for number in range(HANDLES)]
    found += [(lacks.plan_handles, (number,)) for number in range(PLAN_HANDLES)]
    found += [(changes.environment, (number,)) for number in range(len(changes.ENVIRONMENTS))]
    found += [(changes.user, (number,)) for number in range(3)]
    found += [(changes.clock, (number,)) for number in range(len(changes.CLOCKS))]
    random.Random(seed).shuffle(found)  # noqa: S311 - to be repeated
    return found


def tried(job: tuple[Callable[..., Outcome], Ground, tuple[object, ...]]) -> Outcome:
    """One trial; what it trips over itself is a finding too."""
    trial, ground, arguments = job
    try:
        return trial(ground, *arguments)
    except Exception as error:  # noqa: BLE001 - the table says it
        return Outcome(trial.__name__, wrong=[f"{arguments}: {type(error).__name__}: {error}"])


def table(outcomes: list[Outcome]) -> str:
    """How it went, a line a kind."""
    lines = [f"{'':32}{'trials':>8}{'cut at writing':>16}{'wrong':>8}  exit codes"]
    for what in sorted({one.what for one in outcomes}):
        own = [one for one in outcomes if one.what == what]
        codes = " ".join(f"{code}×{count}" for code, count in sorted(Counter(one.code for one in own).items()))
        wrong = sum(bool(one.wrong) for one in own)
        lines.append(f"{what:32}{len(own):8}{sum(one.writing for one in own):16}{wrong:8}  {codes}")
    faulty = Counter(line for one in outcomes for line in one.wrong)
    lines += [f"  {count} × {line}" for line, count in faulty.most_common(40)]
    return "\n".join(lines)


def _load(root: Path) -> None:
    """Build once in this process: what is loaded only then need not be loaded by its copies, which may have no right to it."""
    here = Path.cwd()
    os.chdir(root)
    try:
        with redirect_stderr(StringIO()):
            main(["build"])
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        os.chdir(here)


def run(arguments: list[str]) -> int:
    """Run it whole; 0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="torture")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="trials whose function has this name")
    given = parser.parse_args(arguments)
    for name in LOADED:
        importlib.import_module(name)
    top = Path(tempfile.mkdtemp(prefix="torture"))
    os.environ |= {"WORKPLAN_LANG": "en", "NO_COLOR": "1", "XDG_CACHE_HOME": str(top / "cache")}
    top.chmod(0o755)
    start = time.monotonic()
    try:
        _load(project(top / "first", NEW))
        ground = Ground.laid_out(top)
        several.prepare(top)
        wanted = [job for job in trials(given.kills, given.seed) if given.only in ("", job[0].__name__)]
        jobs = [(trial, ground, values) for trial, values in wanted]
        with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
            outcomes = list(pool.imap_unordered(tried, jobs))
    finally:
        shutil.rmtree(top, ignore_errors=True)
    print(table(outcomes))
    wrong = sum(bool(one.wrong) for one in outcomes)
    print(f"{len(outcomes)} trials, {wrong} wrong, {time.monotonic() - start:.0f} s, seed {given.seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
