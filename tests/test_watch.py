"""``check --watch`` and ``build --watch`` as programs of their own: they do again what was saved, and end in good order."""

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

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, "-m", "workplan", *words, "plan/2022", "plan/2023", "--watch"]
        # Whoever starts the tests in the background has SIGINT ignored, and a process inherits that.
        inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        signal.signal(signal.SIGINT, inherited)
        self.lines: queue.Queue[str] = queue.Queue()
        self.told = words[0] == "build"  # where its lines go: results are files
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        stream = self.process.stderr if self.told else self.process.stdout
        assert stream
        for line in stream:
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
    watch = Watching(root, "check")
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


def test_a_build_says_of_which_plan_its_lines_are(project: Project) -> None:
    """Also where one of several plans is built again: whoever looks at the terminal has two files open."""
    root = project({"tasks.yaml": TASKS, "plan/2023/document.yaml": DOCUMENT, "plan/2023/tasks.yaml": TASKS})
    watch = Watching(root, "build", "--only", "official", "--format", "txt")

    def until(end: str) -> list[str]:
        lines = [""]
        while not lines[-1].startswith(end):
            lines.append(watch.lines.get(timeout=_PATIENCE))
        return lines

    try:
        until("已生成 2 个文件，在 build/2023")
        tasks = root / "plan/2023/tasks.yaml"
        tasks.write_text(TASKS.replace("区教育局", "区教育居"), "utf-8")
        assert not [line for line in until("2023：没有写出任何文件") if "2022" in line]
        tasks.write_text(TASKS.replace("办好", "办好、办实"), "utf-8")
        assert not [line for line in until("已生成 2 个文件，在 build/2023") if "2022" in line]
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(_PATIENCE) == 0
    finally:
        watch.close()
