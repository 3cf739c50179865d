"""Git repositories for tests: made by real git, with names and words that are not ASCII, under any locale."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
#: Nobody's settings but those of the test.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "王芳",
    "GIT_AUTHOR_EMAIL": "wang@example.invalid",
    "GIT_COMMITTER_NAME": "王芳",
    "GIT_COMMITTER_EMAIL": "wang@example.invalid",
}


def git(folder: Path, *arguments: str, date: str = "2022-06-29T09:00:00+08:00") -> bytes:
    """What git prints; it must go well."""
    dated = {**ENVIRONMENT, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    ended = subprocess.run(["git", *arguments], cwd=folder, env=dated, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    return ended.stdout


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Files as given; None takes one away."""
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(
    folder: Path,
    files: Mapping[str, str | bytes | None],
    message: str = "修改工作要点",
    date: str = "2022-06-29T09:00:00+08:00",
) -> str:
    """Commit files and give the revision's id."""
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message, date=date)
    return git(folder, "rev-parse", "HEAD").decode().strip()


def repository(folder: Path, *arguments: str) -> Path:
    """An empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", *arguments)
    return folder


def plan_files(year: str = "2022") -> dict[str, bytes]:
    """The files of an issued plan of this repository and the registry, by their paths."""
    paths = [ROOT / "plan" / "units.yaml", *sorted((ROOT / "plan" / year).iterdir())]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder, the repository's own too, with its time and bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
