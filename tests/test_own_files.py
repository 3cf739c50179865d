"""Files stay where they belong: links that lead out are refused by name, and no command overwrites what people write."""

from __future__ import annotations

import codecs
import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.files import ChangedError, put
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

PRIVATE = "title:  秘密，不该引用\nkind: tasks\n"


def everything(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file() and not path.is_symlink()}


@pytest.fixture(params=["yaml", "yml", "none", "hidden"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is no business of the plan: beside the project, or in a hidden folder of it."""
    name = {"yaml": "秘密.yaml", "yml": "秘密.yml", "none": "passwd", "hidden": "project/.ssh/id.yaml"}[request.param]
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PRIVATE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["2022/tasks.yaml", "2022/document.yaml", "units.yaml"])
@pytest.mark.parametrize("arguments", [("check",), ("check", "--fix"), ("fmt",), ("build", "-o", "out")])
def test_a_link_out_of_the_project_is_refused_with_its_target_and_never_quoted(
    name: str, arguments: tuple[str, ...], elsewhere: Path, project: Project, run: Run
) -> None:
    root = project({name.removeprefix("2022/"): None, "templates/x.txt": ""})
    (root / "plan" / name).symlink_to(elsewhere)
    before = everything(root.parent)
    ended = run(*arguments)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert f"plan/{name}:1:1 " in said
    assert str(elsewhere) in said
    assert "秘密，" not in said
    assert everything(root.parent) == before


def test_a_link_to_what_is_not_there_says_no_more_than_one_to_what_is(project: Project, tmp_path: Path) -> None:
    root = project({"tasks.yaml": None})
    (root / "plan/2022/tasks.yaml").symlink_to(tmp_path / "nowhere.yaml")
    keys = {finding.key for finding in compile_plan(Directory(root / "plan/2022")).diagnostics}
    assert "unreadable-file.leads-out" in keys


@pytest.mark.parametrize("folder", ["deep/er/plan", "plans"])
def test_a_plan_in_a_repository_may_share_files_with_all_of_it(folder: str, project: Project) -> None:
    """Whatever the folder of plans is called, and however deep it lies."""
    root = project({})
    (root / folder).parent.mkdir(parents=True, exist_ok=True)
    (root / "plan").rename(root / folder)
    shared = root / "共用/units.yaml"
    shared.parent.mkdir()
    (root / folder / "units.yaml").rename(shared)
    (root / folder / "units.yaml").symlink_to(os.path.relpath(shared, root / folder))
    plan = Directory(root / folder / "2022")
    assert "unreadable-file" in {finding.rule for finding in compile_plan(plan).diagnostics}
    (root / ".git").mkdir()
    assert compile_plan(plan).diagnostics == ()


def test_the_folder_of_a_plan_may_be_a_link_in_the_project_and_no_other(
    project: Project, run: Run, tmp_path: Path
) -> None:
    root = project({})
    (root / "plan/2023").symlink_to("2022")
    assert run("check", "2023").returncode == 0
    moved = tmp_path / "other/plan/2022"
    moved.parent.mkdir(parents=True)
    (root / "plan/2022").rename(moved)
    (root / "plan/units.yaml").rename(moved.parent / "units.yaml")
    (root / "plan/2022").symlink_to(moved)
    (root / "plan/2023").unlink()
    for arguments in (("check",), ("check", "2022"), ("fmt", "plan/2022"), ("check", "plan/2022/tasks.yaml")):
        ended = run(*arguments)
        assert ended.returncode == 2
        assert str(moved) in ended.stderr
    assert run("check", moved).returncode == 0


@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        ("plan/.schema", ("schema", "--write")),
        ("plan/.schema/part.json", ("schema", "--write")),
        ("plan/units.yaml", ("new", "2031")),
        ("plan/2031", ("new", "2031")),
        ("plan/.gitattributes", ("git", "install")),
    ],
)
def test_nothing_is_written_through_a_link_that_leads_out(
    place: str, arguments: tuple[str, ...], project: Project, run: Run, tmp_path: Path
) -> None:
    root = project({"units.yaml": None})
    subprocess.run(["git", "init", "--quiet", root], check=True)
    target = tmp_path / "书信"
    if place.endswith(("2031", ".schema")):
        target.mkdir()
    else:
        target.write_text("家书", encoding="utf-8")
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(target)
    outside = {path: path.read_bytes() for path in tmp_path.glob("书信/**/*")} | {target: None}
    ended = run(*arguments)
    assert ended.returncode == (0 if place == "plan/units.yaml" else 2), ended.stderr
    assert {path: path.read_bytes() for path in tmp_path.glob("书信/**/*")} | {target: None} == outside
    assert target.is_dir() or target.read_text(encoding="utf-8") == "家书"


@pytest.mark.parametrize(
    "out", ["plan/2022/tasks.yaml", "plan/2022/DOCUMENT.YAML", "plan/2022/新.yaml", "plan/units.yaml"]
)
@pytest.mark.parametrize(
    "command",
    [("tasks", "--format", "csv"), ("units", "--format", "json"), ("diff", "2022", "2022"), ("tasks",)],
)
def test_no_result_overwrites_a_file_of_a_plan(out: str, command: tuple[str, ...], project: Project, run: Run) -> None:
    root = project({"成果.csv": None})
    (root / "link.csv").symlink_to(root / out)
    before = everything(root)
    for name in (out, "link.csv"):
        ended = run(*command, "-o", name)
        assert ended.returncode == 2
        assert ended.stderr.startswith("workplan: ")
        assert ended.stderr.count("\n") == 1
    assert everything(root) == before


def test_no_build_goes_into_the_folder_of_a_plan(project: Project, run: Run) -> None:
    root = project({})
    before = everything(root)
    for out in ("plan", "plan/../plan/", root / "plan"):
        ended = run("build", "-o", out, "--format", "json")
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert everything(root) == before


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fmt_keeps_the_mark_of_order_and_the_line_ends(mark: bytes, end: str, project: Project, run: Run) -> None:
    text = "kind:   tasks\ntitle: 甲\nitems:\n  - title: 乙\n    text: >\n      一。二。\n\n      三。\n    units: 区教育局\n"
    laid = text.replace("kind:   tasks", "kind: tasks").replace("一。二。", "一。\n      二。")
    path = project({"tasks.yaml": mark + text.replace("\n", end).encode()}) / "plan/2022/tasks.yaml"
    assert run("fmt").returncode == 0
    assert path.read_bytes() == mark + laid.replace("\n", end).encode()
    assert run("fmt", "--check").returncode == 0


def test_a_file_with_ends_of_both_kinds_gets_those_that_most_lines_have(project: Project, run: Run) -> None:
    text = "kind: tasks\r\ntitle:   甲\nitems:\r\n  - {title: 乙, units: 区教育局}\r\n"
    path = project({"tasks.yaml": text}) / "plan/2022/tasks.yaml"
    run("fmt")
    assert path.read_bytes().decode().splitlines(keepends=True)[1] == "title: 甲\r\n"


def test_a_file_that_somebody_saved_meanwhile_is_left_alone(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is put in its place was worked out from the older text."""
    path = project({"tasks.yaml": "title:   甲\nkind: tasks\n"}) / "plan/2022/tasks.yaml"
    real = os.fsync

    def saved(opened: int) -> None:
        path.write_text("title: 刚刚保存\nkind: tasks\n", encoding="utf-8")
        real(opened)

    monkeypatch.setattr(os, "fsync", saved)
    ended = run("fmt")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert path.read_text(encoding="utf-8") == "title: 刚刚保存\nkind: tasks\n"
    assert [name.name for name in path.parent.iterdir() if name.name.endswith(".part")] == []


def test_who_makes_the_same_change_meanwhile_is_not_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"new")
    put(path, b"new", before=b"old")
    with pytest.raises(ChangedError):
        put(path, b"other", before=b"old")
    assert path.read_bytes() == b"new"


def test_drafts_that_a_killed_call_left_go_with_the_next_one_and_those_in_use_stay(tmp_path: Path) -> None:
    from workplan.files import hold  # noqa: PLC0415 - only this test is another process

    dead, live = (tmp_path / f".workplan-{digit * 32}.part" for digit in "01")
    dead.write_bytes(b"half")
    live.write_bytes(b"half")
    (tmp_path / f".workplan-{'2' * 32}.part").symlink_to(dead)
    opened = os.open(live, os.O_WRONLY)
    try:
        assert hold(opened)
        put(tmp_path / "甲.csv", b"new")
    finally:
        os.close(opened)
    assert {path.name for path in tmp_path.iterdir()} == {"甲.csv", live.name, f".workplan-{'2' * 32}.part"}


def test_drafts_are_opened_only_where_nothing_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who knew a draft's name could put a link there: it would not be followed."""
    monkeypatch.setattr(os, "urandom", lambda size: b"\0" * size)
    victim = tmp_path / "书信.txt"
    victim.write_bytes("家书".encode())
    (tmp_path / f".workplan-{'00' * 16}.part").symlink_to(victim)
    with pytest.raises(FileExistsError):
        put(tmp_path / "甲.csv", b"new")
    assert victim.read_bytes() == "家书".encode()


def test_a_machine_without_a_free_handle_is_told_so_in_the_words_of_the_system(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then not even the catalogue can be read."""

    def none_left(_: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), "zh.toml")

    monkeypatch.setattr("workplan.cli.entry._session", none_left)
    ended = run("check")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"workplan: zh.toml {os.strerror(errno.EMFILE)}\n"


def test_an_environment_that_cannot_name_files_in_chinese_is_told_so(project: Project) -> None:
    root = project({})
    names = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "workplan", "build", "--only", "sheets", "--format", "md"]
    ended = subprocess.run(command, cwd=root, env=names, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[-1].startswith("workplan: ")
    assert "Traceback" not in ended.stderr
    assert not (root / "build").exists()
