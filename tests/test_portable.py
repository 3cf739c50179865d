"""Nothing is needed that only POSIX has: the commands work in processes from which it was taken away.

That is no Windows; but what would fail there for want of a module, a function or a signal fails here too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from repositories import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Project = Callable[[Mapping[str, str | bytes | None]], Path]

#: Python runs this by itself as it starts, in workers too.
_WITHOUT = """\
import os, signal, sys
for name in ("fcntl", "resource", "grp", "pwd", "termios", "tty", "pty", "readline", "syslog"):
    sys.modules[name] = None
for name in ("chown", "fork", "getuid", "geteuid", "getgid", "killpg", "mkfifo", "setsid", "sysconf", "O_NOFOLLOW",
             "O_NONBLOCK", "fchmod", "fchown", "statvfs", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGALRM", "SIGUSR1", "pthread_sigmask", "SIG_BLOCK", "SIG_SETMASK", "alarm", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``workplan`` without what only POSIX has."""
    hiding = tmp_path / "hiding"
    hiding.mkdir()
    (hiding / "sitecustomize.py").write_text(_WITHOUT, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(hiding), str(ROOT / "src")))}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "workplan", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)

    return run


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_needs_nothing_of_one_system_alone(
    jobs: str, project: Project, elsewhere: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    root = project({"tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训, units: 区教育局}\n"})
    for _ in range(2):  # anew over the first
        ended = elsewhere("build", "--jobs", jobs, "--format", "pdf,docx,xlsx")
        assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    manifest = json.loads((root / "build/2022/manifest.json").read_text("utf-8"))
    assert "official.pdf" in {one["path"] for one in manifest["files"]}


@pytest.mark.parametrize(
    "call",
    [
        ("new", "2031"),
        ("check", "2022"),
        ("check", "2022", "--fix"),
        ("fmt", "2022"),
        ("tasks", "2022"),
        ("diff", "2022", "2022"),
        ("fonts", "install", "plan"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_commands_need_nothing_of_one_system_alone(
    call: tuple[str, ...], project: Project, elsewhere: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    project({})
    ended = elsewhere(*call)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == (2 if call[0] == "fonts" else 0), ended.stderr


def test_a_pdf_is_measured_without_anything_of_one_system_alone(
    project: Project, elsewhere: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    project({})
    assert elsewhere("build", "--only", "official", "--format", "pdf").returncode == 0
    measured = elsewhere("measure", "build/2022/official.pdf")
    assert "Traceback" not in measured.stderr
    assert "210 mm" in measured.stdout
