"""Everything that the pages show is run: each page as one session of a shell, in a project such as a fresh clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pages
from pages import PAGES, ROOT, Step
from repositories import ENVIRONMENT, commit, repository

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a fresh clone has that the pages use, packing included; plans that somebody began beside those are no part of it.
CLONE = (
    *("plan/2022", "plan/2023", "plan/.schema", "plan/units.yaml", "plan/.gitattributes", "templates", "src", "docs"),
    *("Makefile", "pyproject.toml", "LICENSE", "README.md", "README.zh-CN.md"),
    "tests/edited.py",  # by which the pages edit a Word file as a person would
)
#: What make hands down to those it starts: with these it says which folder it enters.
_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
#: In place of ``tools/setup.sh``, which installs from the network: what it says where ``.venv`` is not there yet.
SETUP = """\
[ "$1" = demo ] && [ ! -e .set-up ] || exit 0
printf 'setup: %s\\n' "making $PWD/.venv with Python 3.11" 'installing the Python packages of requirements.lock'
touch .set-up
"""
SAID = (
    'say "making $venv with Python ${version%% *}"',
    'say "installing the Python packages of $lock"',
    "lock=requirements.lock",
)
#: The tests would run themselves.
STAND_INS = {"make test": "make --dry-run test"}
#: What the README says to begin with in every terminal; the pages that do not show it follow the README.
ACTIVATION = ". .venv/bin/activate"
SHOWN = [page for page in PAGES if pages.steps(page)]
#: Where the machine's fonts are known; the rest of the home folder is the test's own.
_HOMES = {
    "XDG_DATA_HOME": Path.home() / ".local" / "share",
    "XDG_CONFIG_HOME": Path.home() / ".config",
    "XDG_CACHE_HOME": Path.home() / ".cache",
}
_MARK = "\x1e"


def clone(folder: Path) -> Path:
    """A copy of the repository with one commit, its Python that of the tests."""
    repository(folder)
    for name in CLONE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8") + "/.venv\n/.set-up\n"
    commit(folder, {"tools/setup.sh": SETUP, ".gitignore": ignored})
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def environment(home: Path, language: str) -> dict[str, str]:
    """A terminal in the language of a page, and not one below ``make test``; what is installed goes beside the clone."""
    return {
        **{name: value for name, value in ENVIRONMENT.items() if name not in _MAKE},
        **{name: os.environ.get(name, str(place)) for name, place in _HOMES.items()},
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "WORKPLAN_LANG": language,
        "PYTHONUNBUFFERED": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_TARGET": str(home / "installed"),
    }


def printed(steps: Sequence[Step], folder: Path, environment: dict[str, str]) -> list[tuple[int, list[str]]]:
    """The exit code and the lines of each command, run one after the other in one shell."""
    commands = [STAND_INS.get(step.command, step.command) for step in steps]
    begin = "" if ACTIVATION in commands else ACTIVATION
    script = "".join(f"{command}\nprintf '{_MARK}%s{_MARK}' $?\n" for command in commands)
    ended = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{begin}\n{script}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    said = ended.stdout.split(_MARK)
    return [(int(code), output.rstrip().splitlines()) for output, code in zip(said[::2], said[1::2], strict=False)]


@pytest.mark.slow
@pytest.mark.parametrize("page", SHOWN)
def test_every_command_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    """What is shown is all that is printed, but for …; a command that fails is one whose findings are shown."""
    steps = pages.steps(page)
    results = printed(steps, clone(tmp_path / "workplan"), environment(tmp_path, PAGES[page]))
    assert len(results) == len(steps)
    for step, (code, lines) in zip(steps, results, strict=True):
        told = "\n".join([f"$ {step.command}", *lines, f"(ended with {code})"])
        assert code == 0 or (code == 1 and step.lines), told
        difference = pages.first_difference(step.lines, lines) if step.lines else ""
        assert difference == "", f"shown, but not printed:\n{difference}\n\nprinted:\n{told}"


def test_set_up_says_what_its_stand_in_says() -> None:
    real = (ROOT / "tools" / "setup.sh").read_text(encoding="utf-8")
    assert [words for words in SAID if words not in real] == []


@pytest.mark.parametrize(
    ("shown", "printed", "difference"),
    [
        (["a", "b"], ["a", "b"], ""),
        (["a"], ["a", "b"], "a"),
        (["b"], ["a", "b"], "b"),
        (["…", "b"], ["a", "b"], ""),
        (["…", "a"], ["a", "b"], "a"),
        (["a", "…"], ["a", "b"], ""),
        (["…", "b", "…", "d", "…"], ["a", "b", "c", "d", "e"], ""),
        (["…", "d", "…", "b", "…"], ["a", "b", "c", "d", "e"], "b"),
        (["…", "b", "d", "…"], ["a", "b", "c", "d"], "b\nd"),
        (["a…c", "…"], ["abc"], ""),
        (["a…c"], ["abd"], "a…c"),
        (["…"], [], ""),
        (["a"], [], "a"),
    ],
)
def test_a_gap_stands_for_anything_and_all_else_is_compared(
    shown: list[str], printed: list[str], difference: str
) -> None:
    assert pages.first_difference(shown, printed) == difference
