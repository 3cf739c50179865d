"""The hooks for pre-commit, in real commits: a plan with an error is held back, one out of layout is laid out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from repositories import ENVIRONMENT, ROOT, git, plan_files, repository, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Commit = Callable[[Mapping[str, str]], subprocess.CompletedProcess[str]]

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
PROGRAMS = Path(sys.executable).parent
TASKS, GOALS, UNITS = "plan/2022/tasks.yaml", "plan/2022/goals.yaml", "plan/units.yaml"


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)


def environment(folder: Path) -> dict[str, str]:
    """The machine's, with the cache of pre-commit beside the repository, and these tests' workplan as the first on the path."""
    path = os.pathsep.join((str(PROGRAMS), os.environ["PATH"]))
    return ENVIRONMENT | {
        "PATH": path,
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
        "WORKPLAN_LANG": "zh",
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository whose commits run the shipped hooks, with workplan taken from the path: no network."""
    folder = repository(tmp_path / "工作 要点")
    local = {"repo": "local", "hooks": [{**hook, "language": "system"} for hook in HOOKS]}
    config = yaml.safe_dump({"repos": [local]}, allow_unicode=True)
    write(folder, {".pre-commit-config.yaml": config})
    git(folder, "add", "--all")
    installed = pre_commit(folder, "install")
    assert installed.returncode == 0, installed.stderr
    return folder


@pytest.fixture
def commit(office: Path) -> Commit:
    """Commits files through the hooks; the standard error has what they say."""

    def call(files: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        write(office, files)
        git(office, "add", "--all")
        command = ["git", "commit", "--message", "修改工作要点"]
        return subprocess.run(
            command, cwd=office, env=environment(office), capture_output=True, encoding="utf-8", check=False
        )

    return call


@pytest.fixture
def issued(commit: Commit) -> dict[str, str]:
    """The plans of both years, committed."""
    files = {name: content.decode() for year in ("2022", "2023") for name, content in plan_files(year).items()}
    done = commit(files)
    assert done.returncode == 0, done.stderr
    assert outcome(done.stderr) == {"workplan check": "Passed", "workplan fmt": "Passed"}
    return files


def outcome(said: str) -> dict[str, str]:
    """How each hook ended, by its name."""
    return dict(re.findall(r"^(workplan \w+)\.+(?:\(.*\))?(\w+)$", said, re.MULTILINE))


def checked(said: str) -> list[str]:
    """The plans that were checked, one for each time."""
    return re.findall(r"^(\d{4})：\d+ 个错误", said, re.MULTILINE)


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    ended = pre_commit(ROOT, "validate-manifest", str(MANIFEST))
    assert ended.returncode == 0, ended.stdout
    assert [hook["id"] for hook in HOOKS] == ["workplan-check", "workplan-fmt"]


def test_plans_with_warnings_alone_are_committed(issued: dict[str, str], office: Path) -> None:
    assert set(git(office, "-c", "core.quotePath=off", "ls-files", "plan").decode().splitlines()) == set(issued)


def test_a_plan_with_an_error_is_held_back_and_checked_once(
    issued: dict[str, str], commit: Commit, office: Path
) -> None:
    done = commit({TASKS: changed(issued[TASKS], "区教育局", "区教育据"), GOALS: issued[GOALS] + "# 已核\n"})
    assert done.returncode == 1
    assert outcome(done.stderr) == {"workplan check": "Failed", "workplan fmt": "Passed"}
    assert re.search(r"^plan/2022/tasks\.yaml:\d+:\d+ 错误 .*区教育据.* \[unknown-unit\]$", done.stderr, re.MULTILINE)
    assert checked(done.stderr) == ["2022"]
    assert git(office, "log", "--format=%s").decode().count("\n") == 1


def test_a_change_of_the_registry_checks_the_plans_of_all_years(issued: dict[str, str], commit: Commit) -> None:
    done = commit({UNITS: changed(issued[UNITS], "区财政局", "区财政处")})
    assert done.returncode == 1
    assert checked(done.stderr) == ["2022", "2023"]


def test_a_plan_out_of_layout_is_laid_out_and_can_then_be_committed(
    issued: dict[str, str], commit: Commit, office: Path
) -> None:
    done = commit({TASKS: changed(issued[TASKS], "title:", "title:    "), GOALS: "# 已核\n" + issued[GOALS]})
    assert done.returncode == 1
    assert outcome(done.stderr) == {"workplan check": "Passed", "workplan fmt": "Failed"}
    assert (office / TASKS).read_text(encoding="utf-8") == issued[TASKS]
    assert commit({}).returncode == 0


def test_a_commit_that_touches_no_plan_starts_no_hook(issued: dict[str, str], commit: Commit) -> None:
    strays = (
        "notes.yaml",
        "plan/notes.yaml",
        "plan/2022/drafts/tasks.yaml",
        "plan/2022/.tasks.yaml",
        "plan/2022/a.txt",
    )
    assert not set(strays) & set(issued)
    done = commit(dict.fromkeys(strays, "随手记：: [\n"))
    assert done.returncode == 0, done.stderr
    assert outcome(done.stderr) == {"workplan check": "Skipped", "workplan fmt": "Skipped"}
