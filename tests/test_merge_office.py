"""Copies edited in a real LibreOffice come home: exactly what was changed, however it was recorded and saved."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hidden
import office
import tracking
from repositories import commit, git, repository
from word_edits import WAYS, plans
from workplan import view
from workplan.compiler import compile_plan
from workplan.source import Directory
from workplan.view.sequence import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not office.python(), reason="no Python can drive LibreOffice (Debian: python3-uno)"),
]

#: Each kind of copy: the ending of its file, and what the command needs besides to take the edits home.
KINDS = {
    "edited": ("docx", ()),
    "tracked": ("docx", ("--revisions", "accept")),
    "accepted": ("docx", ()),
    "rejected": ("docx", ()),
    "doc": ("doc", ()),
    "pasted": ("docx", ("--into", "plan/2022")),
}
EACH = [(way, kind) for way in WAYS for kind in KINDS]


def orders(source: Path, way: str, copies: Path) -> list[office.Order]:
    """What makes all kinds of copies of one way, and a DOCX of that in the old format, which only Word can read."""
    place = {kind: str(copies / f"{way}-{kind}.{ending}") for kind, (ending, _) in KINDS.items()}
    steps = WAYS[way].steps
    track: list[tuple[str, object]] = [("track", True)]
    accept, reject = ("press", "AcceptAllTrackedChanges"), ("press", "RejectAllTrackedChanges")
    edited = [("docx", place["edited"]), ("doc", place["doc"]), ("pasted", place["pasted"])]
    return [
        {"open": str(source), "steps": steps, "save": edited},
        {"open": str(source), "steps": [*track, *steps], "save": [("docx", place["tracked"])]},
        {"open": place["tracked"], "steps": [accept], "save": [("docx", place["accepted"])]},
        {"open": place["tracked"], "steps": [reject], "save": [("docx", place["rejected"])]},
        {"open": place["doc"], "steps": [], "save": [("docx", str(copies / f"{way}-doc.docx"))]},
    ]


def make(folder: Path) -> None:
    """Commit the plans, build their documents, and let one LibreOffice make all copies."""
    copies = folder / "copies"
    copies.mkdir()
    for plan, files in plans().items():
        project = repository(folder / plan)
        commit(project, files)
        build = [sys.executable, "-m", "workplan", "build", "plan/2022", "--only", "official", "--format", "docx"]
        subprocess.run([*build, "-o", str(folder / f"{plan}-build")], cwd=project, capture_output=True, check=True)
    documents = {plan: folder / f"{plan}-build" / "2022" / "official.docx" for plan in plans()}
    office.carry_out([one for way in WAYS for one in orders(documents[WAYS[way].plan], way, copies)], folder)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with plans and copies, made once for all processes of a run of the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "edited-in-office"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            new = Path(tempfile.mkdtemp(dir=folder))
            make(new)
            new.rename(folder / "made")
    return folder / "made"


def printed(plan: Path) -> list[str]:
    """The lines that a plan prints, blanks aside."""
    compiled = compile_plan(Directory(plan)).plan
    assert compiled is not None
    blocks = view.official(compiled).sequence
    return ["".join(block.printed.split()) for block in blocks if isinstance(block, Paragraph)]


def said(document: bytes, rejected: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - one reader for both
    """The lines of a copy with its tracked changes accepted or rejected, blanks aside."""
    body = tracking.rejected(document) if rejected else tracking.accepted(document)
    return ["".join(line.split()) for line in tracking.lines(body)]


def plan_of(made: Path, way: str) -> Path:
    return made / WAYS[way].plan / "plan" / "2022"


@pytest.mark.parametrize(("way", "kind"), EACH)
def test_the_copies_say_what_was_meant(made: Path, way: str, kind: str) -> None:
    """Without this a copy in which nothing was changed would come home as well as any."""
    before = printed(plan_of(made, way))
    copy = (made / "copies" / f"{way}-{kind}.docx").read_bytes()
    assert said(copy) == (before if kind == "rejected" else WAYS[way].said(before))
    if kind == "tracked":
        assert said(copy, rejected=True) == before
    assert (hidden.made_from(copy) is None) == (kind == "pasted")
    assert {one.get(f"{hidden.W}name") for one in hidden.root(copy).iter(f"{hidden.W}bookmarkStart")}


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A repository of its own with the plan that a way is about; its folder is the current one."""

    def copy(way: str) -> Path:
        folder = tmp_path / "project"
        shutil.copytree(made / WAYS[way].plan, folder)
        monkeypatch.chdir(folder)
        return folder

    return copy


def contents(project: Path) -> dict[str, bytes]:
    """All files of the plans, the registry among them."""
    plan = project / "plan"
    return {path.relative_to(plan).as_posix(): path.read_bytes() for path in plan.rglob("*") if path.is_file()}


def status(project: Path) -> set[str]:
    """What git calls changed or new."""
    return {line[3:] for line in git(project, "status", "--porcelain", "--untracked-files=all").decode().splitlines()}


def check_home(way: str, project: Path, before: list[str]) -> None:
    """The plan prints what it must, and nothing else of its files has changed."""
    expected = WAYS[way]
    assert printed(project / "plan" / "2022") == expected.printed(expected.said(before))
    assert status(project) == {f"plan/2022/{name}" for name in expected.files}
    for name, is_right in expected.files.items():
        old = git(project, "show", f"HEAD:plan/2022/{name}").decode()
        assert is_right(old, (project / "plan" / "2022" / name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize(("way", "kind"), EACH)
def test_exactly_the_edits_come_home(made: Path, project: Callable[[str], Path], run: Run, way: str, kind: str) -> None:
    ending, options = KINDS[kind]
    copy = made / "copies" / f"{way}-{kind}.{ending}"
    folder = project(way)
    untouched, before = contents(folder), printed(folder / "plan" / "2022")
    ended = run("merge", copy, *options)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    if kind == "rejected" or not WAYS[way].steps:
        assert contents(folder) == untouched
    else:
        check_home(way, folder, before)


@pytest.mark.parametrize("way", WAYS)
def test_tracked_changes_may_stay_out(made: Path, project: Callable[[str], Path], run: Run, way: str) -> None:
    folder = project(way)
    untouched = contents(folder)
    ended = run("merge", made / "copies" / f"{way}-tracked.docx", "--revisions", "reject")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert contents(folder) == untouched


@pytest.mark.parametrize("way", WAYS)
def test_a_trial_writes_nothing_and_a_second_time_changes_nothing(
    made: Path, project: Callable[[str], Path], run: Run, way: str
) -> None:
    folder, copy = project(way), made / "copies" / f"{way}-edited.docx"
    untouched = contents(folder)
    assert run("merge", copy, "--dry-run").returncode == 0
    assert contents(folder) == untouched
    assert run("merge", copy).returncode == 0
    once = contents(folder)
    ended = run("merge", copy)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert contents(folder) == once


def test_a_copy_that_has_lost_its_property_needs_the_plan(made: Path, project: Callable[[str], Path], run: Run) -> None:
    folder = project("retype a sentence")
    untouched = contents(folder)
    assert run("merge", made / "copies" / "retype a sentence-pasted.docx").returncode == 2
    assert contents(folder) == untouched
