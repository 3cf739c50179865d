"""``check --watch`` as a program of its own: it checks what was saved, and ends in good order."""

from __future__ import annotations

import os
import queue
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


class Watching:
    """A running watch; its lines come as they are written."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "workplan", "check", "plan/2022", "plan/2023", "--watch"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def counts(self, number: int) -> list[str]:
        """The next count lines, one a plan."""
        found: list[str] = []
        while len(found) < number:
            line = self.lines.get(timeout=_PATIENCE)
            if line.startswith(("2022：", "2023：")):
                found.append(line)
        return found


@pytest.fixture
def watching(project: Project) -> Iterator[tuple[Path, Watching]]:
    root = project({"tasks.yaml": TASKS, "plan/2023/document.yaml": DOCUMENT, "plan/2023/tasks.yaml": TASKS})
    watch = Watching(root)
    yield root, watch
    watch.process.kill()
    watch.process.wait()


def test_saved_plans_are_checked_again_and_no_others(watching: tuple[Path, Watching]) -> None:
    root, watch = watching
    assert watch.counts(2) == ["2022：没有发现问题", "2023：没有发现问题"]
    tasks = root / "plan/2023/tasks.yaml"
    tasks.write_text(TASKS.replace("区教育局", "区教育据"), encoding="utf-8")
    assert watch.counts(1) == ["2023：1 个错误，0 个警告，0 条提示"]
    tasks.write_text(TASKS, encoding="utf-8")
    assert watch.counts(1) == ["2023：没有发现问题"]
    registry = root / "plan/units.yaml"
    registry.write_text(registry.read_text(encoding="utf-8") + "  - {name: 区卫生健康委}\n", encoding="utf-8")
    assert [line[:4] for line in watch.counts(2)] == ["2022", "2023"]
    assert watch.lines.empty()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_watching_in_good_order(watching: tuple[Path, Watching]) -> None:
    _, watch = watching
    watch.counts(2)
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=_PATIENCE) == 0
    assert watch.process.stderr
    assert "Traceback" not in watch.process.stderr.read()


def test_watching_and_rewriting_do_not_go_together(project: Project, run: Run) -> None:
    project({})
    ended = run("check", "--watch", "--fix")
    assert ended.returncode == 2
    assert "--watch" in ended.stderr
