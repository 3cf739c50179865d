"""Ctrl-C ends the program with 130, in words, at any moment of its own: while it is loaded, at work and about to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.output import staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Project = Callable[[Mapping[str, str | bytes | None]], Path]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="interrupts are of another kind there")

#: A call in which Ctrl-C comes when a module is looked for, or when the named function is called.
CALL = """
import importlib.abc, os, signal, sys
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = ["workplan", *{arguments!r}]
from workplan.__main__ import run
run()
"""


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    """What runs in the background of a shell inherits that Ctrl-C is ignored, and so would the programs of these tests."""
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, inherited)


def interrupted(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = CALL.format(module=module, arguments=arguments)
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "module",
    [
        *("workplan.cli", "workplan.cli.entry", "workplan.cli.call", "typer", "workplan.cli.build", "pydantic", "yaml"),
        *("workplan.compiler", "weasyprint", "docx", "jinja2", "workplan.output.write"),
    ],
)
def test_while_something_is_loaded(module: str, project: Project) -> None:
    root = project({})
    ended = interrupted(root, module, "build", "--force", "-o", "out")  # nothing is loaded for what is kept already
    assert (ended.returncode, ended.stdout) == (130, "")
    assert "Traceback" not in ended.stderr
    assert not (root / "out").exists()


def test_once_the_work_is_done_it_changes_nothing(project: Project) -> None:
    root = project({})
    code = CALL.format(module="", arguments=("check",)).replace(
        "run()",
        "import atexit, time\natexit.register(lambda: (os.kill(os.getpid(), signal.SIGINT), time.sleep(.1)))\nrun()",
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(("arguments", "code"), [(("check",), 0), (("check", "nowhere"), 2), (("--version",), 0)])
def test_what_others_have_to_put_away_is_put_away_before_the_program_ends(
    arguments: tuple[str, ...], code: int, project: Project
) -> None:
    """It ends without taking every object apart, but not without its code, its words and what was registered for the end."""
    call = CALL.format(module="", arguments=arguments).replace(
        "run()",
        "import atexit, threading, time\n"
        "import workplan.cli.entry as entry\n"
        "entry._prepare_streams = lambda: atexit.register(print, 'put away')\n"
        "threading.Thread(target=lambda: (time.sleep(.5), print('finished'))).start()\nrun()",
    )
    root = project({})
    ended = subprocess.run([sys.executable, "-c", call], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == code
    assert ended.stdout.splitlines()[-2:] == ["finished", "put away"]


def test_what_python_would_only_print_ends_the_program_too(project: Project) -> None:
    code = CALL.format(module="", arguments=("check",)).replace(
        "run()",
        "import workplan.cli.entry as entry\n"
        "class Lost:\n    def __del__(self):\n        raise KeyboardInterrupt\n"
        "entry._prepare_streams = lambda: Lost() and None\nrun()",
    )
    root = project({})
    ended = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_between_the_old_files_and_the_new_ones_it_waits() -> None:
    done: list[str] = []

    def work() -> None:
        with staging.undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_outside_of_the_main_thread_nothing_is_asked_of_signals() -> None:
    done: list[str] = []

    def work() -> None:
        with staging.undisturbed():
            done.append("all")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["all"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are looked up in /proc")
@pytest.mark.parametrize("pause", [0.0, 0.05, 0.2])
def test_a_process_that_is_killed_while_it_makes_sheets_ends_the_build_in_words(pause: float, project: Project) -> None:
    names = [f"区第{number}局" for number in range(1, 31)]
    units = "units:\n" + "".join(f"  - name: {name}\n" for name in names)
    task = f"  - title: 加强培训\n    text: 办好培训班。\n    units: {'、'.join(names)}\n"
    root = project({"units.yaml": units, "tasks.yaml": f"kind: tasks\ntitle: 重点任务\nitems:\n{task}"})
    call = [sys.executable, "-m", "workplan", "--lang", "en", "build", "--only", "sheets", "--format", "pdf"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(root / "cache")}
    build = subprocess.Popen(
        [*call, "--jobs", "2", "-o", "out"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    killed = 0
    while not killed and build.poll() is None:
        for child in children.read_text("utf-8").split():
            time.sleep(pause)
            os.kill(int(child), signal.SIGKILL)
            killed += 1
    told, complaint = build.communicate(timeout=300)
    assert (killed, build.returncode, told) == (1, 2, "")
    assert complaint.startswith("workplan: a process that made task sheets was ended from outside")
    assert not (root / "out").exists()
