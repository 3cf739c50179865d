"""Whatever a plan or a repository holds, reading it ends, with a finding or a plain message."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from repositories import commit, git
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse
from workplan.files import NotPlainError, take
from workplan.source import Directory, Memory, find_side, program, years
from workplan.source.git import GitObjects, ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

DOCUMENT = "issuer: 示例区人民政府办公室\ntitle: 要点\nparts: [tasks]\n"
TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 甲, text: 内容。, units: 区教育局}\n"
UNITS = "units:\n  - {name: 区教育局}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan on disk."""
    made = tmp_path / "plan" / "2026"
    made.mkdir(parents=True)
    (made / "document.yaml").write_text(DOCUMENT, encoding="utf-8")
    (made / "tasks.yaml").write_text(TASKS, encoding="utf-8")
    (made.parent / "units.yaml").write_text(UNITS, encoding="utf-8")
    return made


def keys(folder: Path) -> set[str]:
    return {finding.key for finding in compile_plan(Directory(folder)).diagnostics}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_and_a_device_are_refused_before_they_are_read(folder: Path) -> None:
    (folder / "tasks.yaml").unlink()
    os.mkfifo(folder / "tasks.yaml")
    assert "unreadable-file.not-plain" in keys(folder)
    (folder / "tasks.yaml").unlink()
    (folder / "tasks.yaml").symlink_to("/dev/zero")
    assert "unreadable-file.leads-out" in keys(folder)
    with pytest.raises(NotPlainError):
        take(Path("/dev/zero"), 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "device", "large"])
def test_what_is_no_file_of_a_usual_size_is_not_measured(kind: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.pdf"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.touch()
        os.truncate(path, 1 << 40)
    ended = run("measure", path)
    assert ended.returncode == 2
    assert ("512 MB" if kind == "large" else "不是普通文件") in ended.stderr


def test_a_file_of_many_gigabytes_is_refused_by_its_size_alone(folder: Path) -> None:
    with (folder / "tasks.yaml").open("r+b") as file:
        file.truncate(1 << 40)
    (found,) = [finding for finding in compile_plan(Directory(folder)).diagnostics if finding.rule == "file-size"]
    assert found.arguments["size"] == "1048576.0"


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_broken_bytes_are_told_at_their_place_with_and_without_a_mark_of_order(before: bytes) -> None:
    tasks = before + b"kind: tasks\ntitle: \xe7\x94\xb2\xe5\n"
    source = Memory({"document.yaml": DOCUMENT, "tasks.yaml": tasks, "../units.yaml": UNITS})
    (found,) = [finding for finding in compile_plan(source).diagnostics if finding.rule == "encoding"]
    assert (found.span.line, found.span.column) == (2, 9)


@pytest.mark.parametrize("digits", ["1" * 5000, "１" * 5000, "二" * 5000, f"（{'1' * 5000}）"])
def test_a_figure_of_thousands_of_digits_is_text_wherever_it_stands(digits: str) -> None:
    tasks = (
        f"kind: tasks\ntitle: 重点任务\nnumber: '{digits}'\nstyle: {{numbering: ['{digits}']}}\n"
        f"items:\n  - {{title: 甲, number: '{digits}', text: '建成{digits}所，{digits}年底前完成。', units: 区教育局, "
        f"due: '{digits}年底前', targets: {{学校: '{digits}所'}}}}\n"
    )
    files = {
        "document.yaml": f"{DOCUMENT}number: 示府办〔{digits}〕{digits}号\n",
        "tasks.yaml": tasks,
        "../units.yaml": UNITS,
    }
    result = compile_plan(Memory(files, plan=digits[:200]))
    assert result.plan is not None


def test_folders_named_by_very_many_digits_are_put_in_order(tmp_path: Path) -> None:
    for name in ("9" * 200, "2026", "²"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "document.yaml").touch()
    assert years(tmp_path)[-1] == "2026"


@pytest.fixture
def false_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called git that does as the test says, and little patience with it."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(program, "PATIENCE", 0.5)
    return place / "git"


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="the false git is a shell script")
@pytest.mark.parametrize("script", ["sleep 15", "sleep 15 & wait", "yes"])
def test_a_git_that_sleeps_or_never_stops_is_left(script: str, false_git: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(program, "MOST", 1_000_000)
    write_program(false_git, script)
    with pytest.raises(Misuse, match="git-slow"):
        ask(tmp_path, "log")
    with GitObjects(tmp_path) as objects:
        if script == "yes":
            assert objects.get("HEAD") is None
        else:
            with pytest.raises(Misuse, match="git-slow"):
                objects.get("HEAD")


@pytest.mark.skipif(sys.platform == "win32", reason="the false git is a shell script")
def test_a_git_that_complains_at_length_does_not_wait_for_us(false_git: Path, tmp_path: Path) -> None:
    write_program(false_git, "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 128")
    ended = ask(tmp_path, "status")
    assert ended.returncode == 128
    assert ended.stderr.startswith(b"xxx")
    with GitObjects(tmp_path) as objects, pytest.raises(Misuse, match="git-failed"):
        objects.get("HEAD")


def test_a_broken_tree_is_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"plan/2026/document.yaml": DOCUMENT}, "甲")
    (tmp_path / "broken").write_bytes(b"100644 plan\0short")
    tree = git(tmp_path, "hash-object", "-t", "tree", "--literally", "-w", "broken").decode().strip()
    with pytest.raises(Misuse, match="git-broken"):
        find_side(f"{tree}:plan/2026", None, tmp_path)


def test_very_many_alternates_that_are_not_there_hold_nothing_up(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"plan/2026/document.yaml": DOCUMENT, "plan/units.yaml": UNITS}, "甲")
    (tmp_path / ".git" / "objects" / "info" / "alternates").write_text("".join(f"/nowhere/{n}\n" for n in range(5000)))
    assert find_side("HEAD:plan/2026", None, tmp_path).read("document.yaml") == DOCUMENT.encode()
