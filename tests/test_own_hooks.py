"""The project's own hooks, run by pre-commit in a repository that is made as this one: nothing comes from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from repositories import ENVIRONMENT, ROOT, commit, plan_files, repository

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = ".pre-commit-config.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / CONFIG).read_text(encoding="utf-8"))["repos"]
GOOD = '"""A module."""\n\n\ndef words(count: int) -> str:\n    """The count in words."""\n    return str(count)\n'
PLAN = "plan/2022/tasks.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The settings of this repository, its ``.venv``, one module, one test and a plan."""
    folder = repository(tmp_path / "项目")
    (folder / ".venv").symlink_to(sys.prefix)
    for name in (CONFIG, "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / ".gitignore").write_text(".venv\n.cache\n", encoding="utf-8")
    commit(folder, {"src/good.py": GOOD, "tests/test_good.py": '"""Tests."""\n', **plan_files()})
    return folder


def run(folder: Path, *files: str) -> dict[str, str]:
    """How each hook ended, by its name."""
    command = [sys.executable, "-m", "pre_commit", "run", *(("--files", *files) if files else ("--all-files",))]
    settings = {**ENVIRONMENT, "PRE_COMMIT_HOME": str(folder.parent / "cache"), "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    found = dict(re.findall(r"^(\w+ ?\w*)\.+(?:\(.*\))?(\w+)$", ended.stdout, re.MULTILINE))
    assert len(found) == len(HOOKS[0]["hooks"]), ended.stdout + ended.stderr
    assert ended.returncode == ("Failed" in found.values())
    return found


def test_every_hook_is_a_program_of_the_locked_environment() -> None:
    """No repository of others: their versions would be pinned beside the lock, and a commit would need the network."""
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert {hook["language"] for hook in HOOKS[0]["hooks"]} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in HOOKS[0]["hooks"])


def test_a_tidy_commit_passes(project: Path) -> None:
    assert set(run(project).values()) == {"Passed"}


@pytest.mark.parametrize(
    ("file", "old", "new", "failed"),
    [
        ("src/good.py", '    """The count in words."""\n', "", {"ruff check"}),
        ("src/good.py", "str(count)", "str(  count)", {"ruff format"}),
        ("src/good.py", "str(count)", "count", {"mypy"}),
        (PLAN, "区教育局", "区教育据", {"workplan check"}),
        (PLAN, "title: 组织领导", "title:   组织领导", {"workplan fmt"}),
    ],
)
def test_each_hook_holds_back_what_it_is_for(project: Path, file: str, old: str, new: str, failed: set[str]) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert {name for name, ended in run(project, file).items() if ended == "Failed"} == failed
