"""Builds on a cluster: a real scheduler with two workers in processes of their own, which are killed, differ or are not there."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from workplan.diagnostic import Misuse
from workplan.output import cluster
from workplan.output.one_plan import Order
from workplan.output.places import Place
from workplan.output.wanted import Wanted
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    Project = Callable[[Mapping[str, str | bytes | None]], Path]

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal"),
]

TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 加强培训, text: 办好培训班。, units: 区教育局}\n"
DOCUMENT = 'title: 样本\nparts: [tasks]\ndate: ""\n'
YEARS = tuple(str(year) for year in range(2022, 2028))
#: What is put before a call, to have this computer differ from its workers.
CALL = "import sys\nfrom workplan.output import cluster\n{change}\nfrom workplan.cli import main\nmain(sys.argv[1:])\n"
PATIENCE = 120


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    """A part of a cluster, in a process group of its own."""
    call = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    return subprocess.Popen(
        call, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )


def scheduler(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A scheduler that answers, and its address."""
    file = folder / "scheduler.json"
    started = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    for _ in range(PATIENCE * 10):
        if file.exists() and (told := file.read_bytes()).endswith(b"}"):
            return started, str(json.loads(told)["address"])
        time.sleep(0.1)
    raise TimeoutError


def end(*parts: subprocess.Popen[bytes]) -> None:
    for part in parts:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The scheduler of two workers, each of which is begun again when it is killed."""
    started, at = scheduler(tmp_path_factory.mktemp("cluster"))
    workers = dask("worker", at, "--nworkers", "2", "--nthreads", "1", "--host", "127.0.0.1")
    yield at
    end(workers, started)


def built(root: Path, *arguments: str, change: str = "") -> subprocess.CompletedProcess[str]:
    """A build as a program of its own: a client of Dask leaves threads behind."""
    call = [sys.executable, "-c", CALL.format(change=change), "--lang", "en", "build", *arguments]
    return subprocess.run(call, cwd=root, capture_output=True, encoding="utf-8", check=False, timeout=300)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def office(project: Project) -> Path:
    """Plans of six years, of which one is faulty."""
    files: dict[str, str | bytes | None] = {}
    for year in YEARS:
        files |= {f"plan/{year}/document.yaml": DOCUMENT, f"plan/{year}/tasks.yaml": TASKS}
    return project({**files, "plan/2024/tasks.yaml": TASKS.replace("区教育局", "区教育据")})


PLANS = tuple(f"plan/{year}" for year in YEARS)


def test_workers_make_the_same_bytes_and_a_faulty_plan_stops_no_other(office: Path, address: str) -> None:
    there = built(office, *PLANS, "--force", "-o", "there", "--scheduler", address)
    here = built(office, *PLANS, "--force", "-o", "here")
    assert (there.returncode, here.returncode) == (1, 1)
    assert there.stderr == here.stderr.replace("here/", "there/")
    assert contents(office / "there") == contents(office / "here")
    assert sorted(path.name for path in (office / "there").iterdir()) == [year for year in YEARS if year != "2024"]


def test_what_a_killed_worker_had_in_hand_is_made_by_another(office: Path, address: str) -> None:
    """As soon as something stands on disk, whoever works is killed."""
    out = office / "out"
    child = "import os, signal\nfrom dask.distributed import Client\n"
    child += f"with Client({address!r}, set_as_default=False) as client:\n"
    child += f"    client.wait_for_workers(2, timeout={PATIENCE})\n"
    child += "    pids = client.run(os.getpid)\nprint(*pids.values())\n"
    pids = subprocess.run([sys.executable, "-c", child], capture_output=True, encoding="utf-8", check=True).stdout
    killed: list[int] = []

    def kill() -> None:
        while not list(out.glob("*/manifest.json")):
            time.sleep(0.01)
        for pid in map(int, pids.split()):
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    ended = built(office, *PLANS, "--force", "-o", "out", "--scheduler", address)
    killer.join(PATIENCE)
    assert len(killed) == 2
    assert ended.returncode == 1, ended.stderr
    assert sorted(path.parent.name for path in out.glob("*/manifest.json")) == [y for y in YEARS if y != "2024"]
    assert not list(out.glob("*/.*"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("there = cluster.computer()\ncluster.computer = lambda: there | {'weasyprint': '1.0'}", "weasyprint 7"),
        ("there = cluster.computer()\ncluster.computer = lambda: there | {'faces': 'others'}", "faces "),
        ("cluster._digest = lambda path: 'other'", "does not see the same files at"),
    ],
    ids=["version", "faces", "files"],
)
def test_workers_that_could_make_other_files_are_refused(change: str, told: str, office: Path, address: str) -> None:
    ended = built(office, *PLANS, "--scheduler", address, change=change)
    assert ended.returncode == 2
    assert ended.stderr.startswith("workplan: a worker (tcp://127.0.0.1:")
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (office / "build").exists()


def test_a_scheduler_without_workers_is_told(office: Path, tmp_path: Path) -> None:
    started, at = scheduler(tmp_path)
    ended = built(office, *PLANS, "--scheduler", at, change="cluster._FIRST = 0.2")
    end(started)
    assert (ended.returncode, ended.stderr.startswith(f"workplan: the scheduler at `{at}` has no workers")) == (2, True)


@pytest.mark.parametrize("wrong", ["nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1:1"])
def test_where_no_scheduler_answers_that_is_said(
    wrong: str, office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    ended = run("build", *PLANS, "--scheduler", wrong)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"workplan: “{wrong}”处没有 Dask 调度程序应答")
    assert ended.stderr.count("\n") == 1
    assert not (office / "build").exists()


@pytest.mark.usefixtures("office")
def test_an_address_that_accepts_and_never_speaks_is_given_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ended = run("build", *PLANS, "--scheduler", f"tcp://127.0.0.1:{silent.getsockname()[1]}")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "处没有 Dask 调度程序应答" in ended.stderr


def test_without_the_extra_the_way_to_get_it_is_said(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = run("build", *PLANS, "--scheduler", "tcp://127.0.0.1:1")
    assert ended.returncode == 2
    assert "pip install 'workplan[cluster]'" in ended.stderr
    assert not (office / "build").exists()


@pytest.mark.parametrize("option", [("--jobs", "2"), ("--verify",)])
def test_what_does_not_go_with_a_scheduler_is_refused(option: tuple[str, ...], office: Path, run: Run) -> None:
    ended = run("build", *PLANS, *option, "--scheduler", "tcp://127.0.0.1:1")
    assert (ended.returncode, "--scheduler" in ended.stderr) == (2, True)
    assert not (office / "build").exists()


def test_a_worker_without_workplan_is_told_apart_from_one_that_fails() -> None:
    assert cluster.reason(ModuleNotFoundError("No module named 'workplan'"))[0] == "without"
    assert cluster.reason(ZeroDivisionError("x")) == ("fault", "ZeroDivisionError: x")
    assert cluster.reason(("", "")) == ("", "")


def test_a_worker_looks_again_before_each_plan(office: Path) -> None:
    """One may have come since the others were asked."""
    order = Order(
        source=Directory(office / "plan/2022"), wanted=Wanted(), out=office / "out", place=Place("", "2022", "2022")
    )
    outcome = cluster.built_there(order, here=office, like={**cluster.computer(), "weasyprint": "1.0"})
    assert outcome.misuse
    assert outcome.misuse.key == "worker-differs"
    assert not (office / "out").exists()


@pytest.mark.parametrize("address", ["tls://127.0.0.1:18786", "ucx://127.0.0.1:18786"])
def test_a_kind_of_address_that_is_not_set_up_here_is_told_and_is_no_traceback(address: str) -> None:
    with pytest.raises(Misuse) as misuse:
        list(cluster.elsewhere((), address))
    assert misuse.value.key == "no-scheduler"
