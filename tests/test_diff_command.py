"""``workplan diff`` as a user runs it: its sides, its reports, its exit codes."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from edits import PLANS
from repositories import commit, repository
from workplan.compare.plans import compare
from workplan.compare.report import REPORTERS
from workplan.compare.report.wording import shortened
from workplan.compare.subject import Subject
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n"
ONE = "  - {id: 培训, title: 加强培训, text: 全年办好2期培训班。, units: 区教育局}\n"
TWO = "  - {id: 培训, title: 加强培训, text: 全年办好3期培训班。, units: 区财政局}\n"


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two years, in a folder to work in."""
    shutil.copytree(PLANS, tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_two_years_are_compared_as_text(both: Path, run: Run, golden: Callable[[str, str], None]) -> None:
    assert both.is_dir()
    ended = run("diff", "2022", "2023")
    assert ended.returncode == 0
    golden("diff-2023.txt", ended.stdout)


def test_two_years_are_compared_as_markdown(both: Path, run: Run, golden: Callable[[str, str], None]) -> None:
    ended = run("--lang", "en", "diff", "2022", "2023", "--format", "md", "-o", both / "changes.md")
    assert ended.stdout == ""
    golden("diff-2023.md", (both / "changes.md").read_text(encoding="utf-8"))


def test_the_json_shape_is_the_one_that_programs_rely_on(both: Path, run: Run) -> None:
    assert both.is_dir()
    shape: dict[str, Any] = json.loads(run("diff", "2022", "2023", "--format", "json").stdout)
    assert list(shape)[:6] == ["version", "old", "new", "changes", "renumbered", "units"]
    assert (shape["version"], shape["old"], shape["new"]) == (1, "2022", "2023")
    change = next(
        change for change in shape["changes"] if change["new"] and change["new"][0]["id"] == "加大专业人才技术支援"
    )
    assert {"kinds", "old", "new", "similarity", "doubtful", "units", "text_diff"} <= change.keys()
    assert ["-", "2"] in change["text_diff"]
    assert ["+", "3"] in change["text_diff"]
    assert change["figures"] == [{"from": "2名", "to": "3名", "column": ""}]
    ref = change["new"][0]
    assert (ref["number"], ref["section"], ref["title"]) == ("5", "人才支援", "加大专业人才技术支援")
    renamed = next(unit for change in shape["changes"] for unit in change["units"] if unit["change"] == "renamed")
    assert renamed == {
        "unit": "区投资促进办",
        "change": "renamed",
        "from": "区投资办",
        "to": "区投资促进办",
        "since": 2023,
    }
    assert shape["renumbered"][0] == {"id": "加大财政资金支持力度", "from": "7", "to": "8"}
    assert {"unit", "gained", "lost", "kept", "reworded", "roles"} == shape["units"][0].keys()


def test_equal_plans_have_no_difference(both: Path, run: Run) -> None:
    assert both.is_dir()
    ended = run("diff", "2022", "plan/2022", "--exit-code")
    assert ended.returncode == 0
    assert ended.stdout == "plan/2022 与 plan/2022 没有不同\n"


def test_with_exit_code_a_difference_ends_with_1(both: Path, run: Run) -> None:
    assert both.is_dir()
    assert run("diff", "2022", "2023", "--exit-code").returncode == 1
    assert run("diff", "2022", "2023").returncode == 0


def test_the_last_commit_is_compared_with_the_files_at_hand(project: Callable[..., Path], run: Run) -> None:
    top = project({"tasks.yaml": TASKS + ONE})
    repository(top)
    commit(top, {})
    assert run("diff").stdout == "HEAD:plan/2022 与 plan/2022 没有不同\n"
    (top / "plan/2022/tasks.yaml").write_text(TASKS + TWO, encoding="utf-8")
    printed = run("diff").stdout.splitlines()
    assert printed[0] == "HEAD:plan/2022 → plan/2022：改写 1、责任单位变动 1"
    assert "    数字：2期 → 3期" in printed
    assert "    单位：增加区财政局；减去区教育局" in printed


def test_an_older_revision_has_the_registry_of_its_time(project: Callable[..., Path], run: Run) -> None:
    top = project({"tasks.yaml": TASKS + ONE, "units.yaml": "units:\n  - {name: 区教育局}\n"})
    repository(top)
    commit(top, {})
    units = "units:\n  - {name: 区教育和体育局, renamed: {from: 区教育局, year: 2022}}\n"
    (top / "plan/units.yaml").write_text(units, encoding="utf-8")
    (top / "plan/2022/tasks.yaml").write_text(TASKS + ONE.replace("区教育局", "区教育和体育局"), encoding="utf-8")
    printed = run("diff", "HEAD", "2022").stdout
    assert "区教育局更名为区教育和体育局（自2022年）" in printed


def test_a_plan_with_errors_is_not_compared(both: Path, run: Run) -> None:
    tasks = both / "plan/2023/tasks.yaml"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("units: 区委组织部\n", "units: 区组织部\n", 1), "utf-8")
    ended = run("diff", "2022", "2023")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "unknown-unit" in ended.stderr


def test_warnings_of_either_plan_are_no_part_of_a_comparison(both: Path, run: Run) -> None:
    document = both / "plan/2023/document.yaml"
    document.write_text(document.read_text(encoding="utf-8").replace('date: ""\n', ""), encoding="utf-8")
    assert run("diff", "2022", "2023").stderr == ""


def test_an_unknown_format_is_refused_with_those_there_are(both: Path, run: Run) -> None:
    assert both.is_dir()
    ended = run("diff", "2022", "2023", "--format", "xml")
    assert ended.returncode == 2
    assert all(name in ended.stderr for name in REPORTERS)


def test_on_a_terminal_what_went_is_struck_and_what_came_underlined(
    both: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b" not in run("diff", "2022", "2023").stdout
    old, new = (compile_plan(Directory(both / "plan" / year)).plan for year in ("2022", "2023"))
    assert old is not None
    assert new is not None
    written = REPORTERS["text"](
        Subject(
            comparison=compare(old, new), old=old, new=new, words=catalogue("zh"), templates=Templates(), colour=True
        )
    ).decode()
    assert "\x1b[9;31m2\x1b[0m\x1b[4;32m3\x1b[0m名教师" in written
    assert "[-" not in written


def test_markdown_shows_text_that_looks_like_markup_as_it_is(project: Callable[..., Path], run: Run) -> None:
    top = project({"tasks.yaml": TASKS + ONE.replace("加强培训", "加强*培训*")})
    shutil.copytree(top / "plan/2022", top / "plan/2023")
    new = TASKS + ONE.replace("加强培训", "加强*培训*").replace("2期", "<b>3期")
    (top / "plan/2023/tasks.yaml").write_text(new, encoding="utf-8")
    printed = run("diff", "2022", "2023", "--format", "md").stdout
    assert r"加强\*培训\*" in printed
    assert r"<ins>\<b\>3</ins>" in printed


def test_what_stayed_is_cut_on_both_sides_of_a_change() -> None:
    pieces = shortened(
        (("=", "一二三四五六"), ("-", "七"), ("=", "八九十百千万亿兆京"), ("+", "垓"), ("=", "甲\n乙丙丁")), 2
    )
    assert pieces == (("=", "…五六"), ("-", "七"), ("=", "八九…兆京"), ("+", "垓"), ("=", "甲↵…"))
