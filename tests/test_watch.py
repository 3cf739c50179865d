"""``check --watch`` as a program of its own: it checks what was saved, and ends in good order."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 加强培训, text: 办好培训班。, units: 区教育局}\n"
DOCUMENT = 'title: 样本\nparts: [tasks]\ndate: ""\n'
_PATIENCE = 60
_COUNTED = re.compile(r"(2022|2023)：(?:(\d+) 个错误|没有发现问题)")


class Watching:
    """A running watch; its lines come as they are written."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "workplan", "check", "plan/2022", "plan/2023", "--watch"]
        # Whoever starts the tests in the background has SIGINT ignored, and a process inherits that.
        inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        signal.signal(signal.SIGINT, inherited)
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def close(self) -> None:
        """End the process and close its streams, once everything that it wrote is read."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def errors(self, number: int) -> list[tuple[str, int]]:
        """The next plans that were checked, each with how many errors it has."""
        found: list[tuple[str, int]] = []
        while len(found) < number:
            counted = _COUNTED.match(self.lines.get(timeout=_PATIENCE))
            if counted:
                found.append((counted[1], int(counted[2] or 0)))
        return found


@pytest.fixture
def watching(project: Project) -> Iterator[tuple[Path, Watching]]:
    root = project({"tasks.yaml": TASKS, "plan/2023/document.yaml": DOCUMENT, "plan/2023/tasks.yaml": TASKS})
    watch = Watching(root)
    yield root, watch
    watch.close()
    watch.process.wait()


def test_saved_plans_are_checked_again_and_no_others(watching: tuple[Path, Watching]) -> None:
    root, watch = watching
    assert watch.errors(2) == [("2022", 0), ("2023", 0)]
    tasks = root / "plan/2023/tasks.yaml"
    tasks.write_text(TASKS.replace("区教育局", "区教育据"), encoding="utf-8")
    assert watch.errors(1) == [("2023", 1)]
    tasks.write_text(TASKS, encoding="utf-8")
    assert watch.errors(1) == [("2023", 0)]
    registry = root / "plan/units.yaml"
    registry.write_text(registry.read_text(encoding="utf-8") + "  - {name: 区卫生健康委}\n", encoding="utf-8")
    assert watch.errors(2) == [("2022", 0), ("2023", 0)]
    assert watch.lines.empty()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_watching_in_good_order(watching: tuple[Path, Watching]) -> None:
    _, watch = watching
    watch.errors(2)
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=_PATIENCE) == 0
    assert watch.process.stderr
    assert "Traceback" not in watch.process.stderr.read()


def test_watching_and_rewriting_do_not_go_together(project: Project, run: Run) -> None:
    project({})
    ended = run("check", "--watch", "--fix")
    assert ended.returncode == 2
    assert "--watch" in ended.stderr
