"""What the tests share: a small project on disk, and the command line run in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MINIMAL = Path(__file__).parent / "samples" / "minimal"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes the golden files anew instead of comparing with them: read the difference before you keep it."""
    parser.addoption("--update-golden", action="store_true", help="write the files in tests/golden anew")


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, or writes the file under ``--update-golden``."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("update_golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return check


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Builds a plan folder with everything in it, once in a session, and gives the folder with the files."""
    done: dict[Path, Path] = {}

    def build(plan: Path) -> Path:
        if plan not in done:
            out = tmp_path_factory.mktemp("build")
            command = [sys.executable, "-m", "workplan", "build", str(plan), "-o", str(out)]
            made = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            assert made.returncode == 0, made.stderr
            done[plan] = out / plan.name
        return done[plan]

    return build


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No build of a test takes a file from the user's cache, or leaves one there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _chinese_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the tests do not hang on the machine's settings."""
    monkeypatch.setenv("WORKPLAN_LANG", "zh")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str | bytes | None]], Path]:
    """Writes a project into a new folder and goes there; its plan is ``plan/2022``.

    Files of the plan are named as in its folder, ``units.yaml`` is the registry, a name with ``/`` lies below the project.
    ``document.yaml``, ``tasks.yaml`` and ``units.yaml`` are there even if not given; None leaves one out.
    """

    def make(files: Mapping[str, str | bytes | None]) -> Path:
        minimal = {path.name: path.read_bytes() for path in MINIMAL.iterdir()}
        for name, content in {**minimal, **files}.items():
            place = name if "/" in name else f"plan/{name}" if name == "units.yaml" else f"plan/2022/{name}"
            path = tmp_path / "project" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        monkeypatch.chdir(tmp_path / "project")
        return tmp_path / "project"

    return make


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``workplan`` with the arguments given, in this process; any exception but the exit itself gets through."""

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        given = [str(argument) for argument in arguments]
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(given)
        sys.stderr.flush()
        out, err = capfd.readouterr()
        return subprocess.CompletedProcess(given, int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``workplan`` as a program of its own, for what only a real process shows; ``before`` is put before it."""

    def call(
        *arguments: str | Path, before: Sequence[str] = (), cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "workplan", *map(str, arguments)]
        environment = {**os.environ, "HOME": str(tmp_path)}
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, cwd=cwd, timeout=60, check=False
        )

    return call
