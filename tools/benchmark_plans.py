"""What many plans cost: ``python tools/benchmark_plans.py`` builds them in one process, in a pool of two, and on a cluster.

    python tools/benchmark_plans.py [--plans 50] [--tasks 20] [--units 26] [--runs 3] [--cluster]

Every way takes its turn in every run, on plans of which no file is kept. The table has medians: seconds on the clock and of the
processor, the peak of memory of the largest process, and how much faster than one process it was. Memory is also told of a tenth
of the plans: it should not hang on their number. ``--cluster`` starts a scheduler with two workers, whose processor time and
memory are asked of the system.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.plans import write
from bench.run import Cost, cost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    _Ways = dict[str, tuple[list[str], int]]

_TICKS = os.sysconf("SC_CLK_TCK")
_KIB = 1024


def measured(root: Path, plans: Sequence[str], options: Sequence[str], leader: int) -> Cost:
    """One build, with what the processes of the group ``leader`` did meanwhile, if there are any."""
    shutil.rmtree(root / "build", ignore_errors=True)
    before = _group(leader)
    used = cost(["-m", "workplan", "build", *plans, "--force", *options], root)
    after = _group(leader)
    return Cost(used.processor + after.processor - before.processor, used.wall, max(used.memory, after.memory))


def _group(leader: int) -> Cost:
    """The processor time of a process group so far, and the peak of its largest process in MB; nothing for no group."""
    seconds, peak = 0.0, 0.0
    for entry in Path("/proc").iterdir() if leader else ():
        try:
            fields = (entry / "stat").read_text("utf-8").rpartition(")")[2].split()
            if entry.name.isdecimal() and int(fields[2]) == leader:
                seconds += sum(map(int, fields[11:13])) / _TICKS
                lines = (entry / "status").read_text("utf-8").splitlines()
                peak = max(peak, *(int(line.split()[1]) / _KIB for line in lines if line.startswith("VmHWM")))
        except (OSError, IndexError, TypeError):  # it has ended meanwhile
            continue
    return Cost(seconds, 0.0, peak)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a scheduler with two workers, and the number of their process group."""
    file = folder / "scheduler.json"
    call = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(  # noqa: S603 - our own arguments
        [*call, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), "--no-dashboard"],
        process_group=0,
        **quiet,
    )
    while not (file.exists() and file.read_bytes().endswith(b"}")):
        time.sleep(0.1)
    address = json.loads(file.read_bytes())["address"]
    workers = subprocess.Popen(  # noqa: S603 - likewise
        [*call, "worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard"],
        process_group=scheduler.pid,
        **quiet,
    )
    try:
        yield address, scheduler.pid
    finally:
        os.killpg(scheduler.pid, signal.SIGKILL)
        scheduler.wait()
        workers.wait()


def compared(root: Path, plans: Sequence[str], ways: _Ways, runs: int) -> None:
    """Print what each way costs; ``ways`` have options and the process group that works for them."""
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, (options, leader) in ways.items():
            found[name].append(measured(root, plans, options, leader))
    print(f"\n{len(plans)} plans{'':22}{'wall s':>9}{'processor s':>13}{'peak MB':>9}{'faster':>8}")
    alone = statistics.median(one.wall for one in next(iter(found.values())))
    for name, costs in found.items():
        wall, processor = (statistics.median(getattr(one, part) for one in costs) for part in ("wall", "processor"))
        peak = max(one.memory for one in costs)
        print(f"{name:30}{wall:9.2f}{processor:13.2f}{peak:9.0f}{alone / wall:7.2f}×", flush=True)


def main() -> int:
    """Write the plans and measure."""
    parser = argparse.ArgumentParser(prog="benchmark_plans")
    for name, usual in (("plans", 50), ("tasks", 20), ("units", 26), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--cluster", action="store_true")
    given = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="plans"))
    os.environ |= {"XDG_CACHE_HOME": str(root / "cache")}
    try:
        plans = [str(write(root, given.tasks, given.units, year=str(2001 + place))) for place in range(given.plans)]
        ways: _Ways = {"one process": (["--jobs", "1"], 0), "two processes": (["--jobs", "2"], 0)}
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {given.tasks} tasks a plan")
        compared(root, plans[: max(given.plans // 10, 2)], ways, 1)
        if not given.cluster:
            compared(root, plans, ways, given.runs)
        else:
            with cluster(root) as (address, leader):
                ways["a cluster of two workers"] = ["--scheduler", address], leader
                compared(root, plans, ways, given.runs)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
