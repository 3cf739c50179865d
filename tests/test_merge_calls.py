"""How `merge` is called and what it answers: plans with errors that copies brought, files that cannot be read or written, JSON."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from merging import Desk

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from edited import Copy

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def desk(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk.new(tmp_path / "project", run)
    monkeypatch.chdir(desk.folder)
    return desk


def stranger(copy: Copy) -> None:
    copy.retype("区人社局", "区乡村振兴中心")


def unquoted(copy: Copy) -> None:
    copy.retype("36个村的规划编制", "村庄规划")


def monthly(copy: Copy) -> None:
    copy.retype("定期调度", "每月调度")


# ------------------------------------------------------------------------------------------- what a plan may have


@pytest.mark.parametrize(("brought", "rule"), [(stranger, "unknown-unit"), (unquoted, "stale-quote")])
def test_what_one_copy_brought_does_not_keep_out_the_next(
    desk: Desk, brought: Callable[[Copy], None], rule: str
) -> None:
    """An unregistered name and a stale quotation are errors of the plan: told each time, and in nobody's way."""
    desk.merge(desk.copy(brought, "甲.docx"), code=1)
    told = desk.told(desk.copy(monthly, "乙.docx"), code=1)
    assert [(edit["fate"]) for edit in told["copies"][0]["edits"]] == ["taken"]
    assert told["complete"]
    assert {one["rule"] for one in told["diagnostics"]} == {rule}
    assert "每月调度" in (desk.plan / "document.yaml").read_text(encoding="utf-8")
    again = desk.merge(desk.folder.parent / "甲.docx", code=1)
    assert f"[{rule}]" in again


def test_opinions_are_gathered_and_applied_beside_an_unregistered_name(desk: Desk) -> None:
    desk.merge(desk.copy(stranger, "甲.docx"), code=1)
    table = desk.folder / "汇总.xlsx"
    assert "[unknown-unit]" in desk.merge(desk.copy(monthly, "乙.docx"), "--opinions", table)
    assert table.exists()
    assert "[unknown-unit]" in desk.merge("--opinions", table, code=1)


@pytest.mark.parametrize("arguments", [[], ["--opinions", "汇总.xlsx"]])
def test_a_plan_with_any_other_error_is_told_as_an_object_too(desk: Desk, arguments: list[str]) -> None:
    copy = desk.copy(monthly)
    desk.write("goals.yaml", "kind: goals", "kind: goalz")
    told = desk.told(copy, *arguments, code=1)
    assert (told["plan"], told["written"], told["complete"], told["copies"]) == ("2031", False, False, [])
    assert "bad-value" in {one["rule"] for one in told["diagnostics"]}
    assert told["error"] is None


# ------------------------------------------------------------------------------------------------- what is printed


def refused(desk: Desk, *arguments: str | Path) -> dict[str, Any]:
    """What a call that ends with 2 says to programs; a person is told the same."""
    ended = desk.run("merge", *arguments, "--format", "json")
    assert ended.returncode == 2
    told: dict[str, Any] = json.loads(ended.stdout)
    assert str(told["error"]) in ended.stderr
    assert (told["version"], told["written"], told["files"], told["copies"]) == (1, False, [], [])
    return told


@pytest.mark.parametrize("option", ["--revisions", "--comments"])
def test_a_word_that_an_option_does_not_know_is_an_object_too(desk: Desk, option: str) -> None:
    assert "某" in str(refused(desk, desk.copy(monthly), option, "某")["error"])


def test_whatever_keeps_a_merge_from_its_work_is_an_object(desk: Desk) -> None:
    copy = desk.copy(monthly)
    (desk.folder / "空").mkdir()
    refused(desk)
    refused(desk, "没有.docx")
    refused(desk, "空")
    refused(desk, copy, "--into", "1999")
    refused(desk, "--opinions", copy)
    refused(desk, copy, "--opinions", "汇总.docx")


def test_gathering_is_told_as_an_object(desk: Desk) -> None:
    copies = [desk.copy(monthly, "反馈/区水务局.docx"), desk.copy(lambda _: None, "反馈/某公司.docx")]
    table = desk.folder / "汇总.xlsx"
    trial = desk.told(*copies, "--opinions", table, "--dry-run")
    assert not trial["written"]
    assert not table.exists()
    told = desk.told(*copies, "--opinions", table)
    assert told["written"]
    assert (told["table"], told["opinions"], told["plan"]) == (table.as_posix(), 1, "2031")
    assert [(one["unit"], one["registered"], one["opinions"]) for one in told["received"]] == [
        ("区水务局", True, 1),
        ("某公司", False, 0),
    ]


def test_in_english_one_copy_is_no_copies(desk: Desk) -> None:
    copy = desk.copy(monthly, "区水务局.docx")
    said = desk.run("--lang", "en", "merge", copy, "--opinions", "汇总.xlsx").stderr
    assert "1 copy, 1 opinion. " in said


# --------------------------------------------------------------------------------------- files that are not what they seem


@pytest.mark.parametrize("name", ["汇总.docx", "汇总", "汇总.xls", "汇总.ods"])
def test_a_table_of_opinions_is_written_as_xlsx_alone(desk: Desk, name: str) -> None:
    ended = desk.run("merge", desk.copy(monthly), "--opinions", name)
    assert ended.returncode == 2
    assert ".xlsx" in ended.stderr
    assert not (desk.folder / name).exists()


def test_a_table_that_cannot_be_written_says_which_option_names_another_place(desk: Desk) -> None:
    (desk.folder / "文件").write_text("", encoding="utf-8")
    ended = desk.run("merge", desk.copy(monthly), "--opinions", "文件/汇总.xlsx")
    assert ended.returncode == 2
    assert "--opinions" in ended.stderr
    assert "-o " not in ended.stderr.replace("--opinions", "")


def test_a_folder_with_the_name_of_a_document_is_looked_into(desk: Desk) -> None:
    folder = desk.folder / "反馈"
    (folder / "旧稿.docx").mkdir(parents=True)
    shutil.copy(desk.copy(monthly), folder / "旧稿.docx" / "区水务局.docx")
    told = desk.told(folder)
    assert [copy["file"] for copy in told["copies"]] == [f"{folder.as_posix()}/旧稿.docx/区水务局.docx"]


def test_a_folder_of_copies_that_cannot_be_looked_into_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the copies in it would be missing in silence."""
    folder = desk.folder / "反馈"
    (folder / "锁").mkdir(parents=True)
    shutil.copy(desk.copy(monthly), folder / "区水务局.docx")
    scandir = os.scandir

    def locked(path: Any) -> Any:  # noqa: ANN401 - as os.scandir
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    ended = desk.run("merge", folder)
    assert ended.returncode == 2
    assert "锁" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [["merge"], ["merge", "--opinions"], ["import"], ["measure"], ["tasks", "2031", "--format", "csv", "-o"]],
)
def test_a_file_that_may_not_be_read_is_said_to_be_so(
    desk: Desk, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no wrong value of an option; a person who may read everything cannot try that, so the system's answer is made up."""
    copy = desk.copy(monthly)
    access, opened = os.access, os.open

    def may(path: Any, mode: int, **how: Any) -> bool:  # noqa: ANN401 - as os.access
        return Path(path) != copy and access(path, mode, **how)

    def refuse(path: Any, flags: int, mode: int = 0o777, **how: Any) -> int:  # noqa: ANN401 - as os.open
        if Path(path) == copy:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, mode, **how)

    monkeypatch.setattr(os, "access", may)
    monkeypatch.setattr(os, "open", refuse)
    ended = desk.run("--lang", "en", *arguments, copy)
    assert ended.returncode == 2
    assert "permission denied" in ended.stderr


# ----------------------------------------------------------------------------------------- options that cancel each other


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--only", "official", "--unit", "区水务局"],
        ["build", "--only", "assignments", "--unit", "区水务局"],
        ["build", "--unit", "区水务局", "--format", "docx,json"],
        ["build", "--verify", "--only", "official"],
        ["build", "--verify", "--format", "pdf"],
        ["build", "--verify", "--timings"],
        ["check", "--diff", "--format", "json"],
        ["check", "--diff", "--strict"],
        ["fonts", "install", ".", "--yes"],
        ["fonts", "install", "--fetch", "--all"],
        ["merge", "稿.docx", "--opinions", "汇总.xlsx", "--comments", "keep"],
        ["merge", "--opinions", "汇总.xlsx", "--comments", "keep"],
        ["merge", "--opinions", "汇总.xlsx", "--revisions", "reject"],
    ],
)
def test_an_option_that_another_leaves_nothing_to_do_is_refused(desk: Desk, arguments: list[str]) -> None:
    before = desk.contents()
    ended = desk.run(*arguments)
    assert ended.returncode == 2
    assert "不起作用" in ended.stderr
    assert desk.contents() == before


def test_fonts_from_a_file_names_its_folder(desk: Desk) -> None:
    font = desk.folder / "字体" / "仿宋.ttf"
    font.parent.mkdir()
    font.write_bytes(b"")
    ended = desk.run("fonts", "install", font)
    assert ended.returncode == 2
    assert f"workplan fonts install {font.parent}" in ended.stderr


@pytest.mark.parametrize("arguments", [["check"], ["build"], ["import", "稿.docx"], ["merge", "稿.docx"]])
def test_a_working_folder_that_is_gone_is_said_to_be_gone(
    desk: Desk, tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "走了"
    gone.mkdir()
    copy = desk.copy(monthly)
    given = [str(copy) if one == "稿.docx" else one for one in arguments]
    monkeypatch.chdir(gone)
    gone.rmdir()
    ended = desk.run(*given)
    monkeypatch.chdir(tmp_path)
    assert ended.returncode == 2
    assert "当前文件夹已经不在了" in ended.stderr
