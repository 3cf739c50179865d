"""The life of a task and of a unit's duties through the revisions and years of a real repository."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from repositories import ENVIRONMENT, commit, git, plan_files, repository, state
from workplan.compare import history
from workplan.compiler import compile_readable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.compiler import Result
    from workplan.source import Source

    Run = Callable[..., CompletedProcess[str]]

TASKS = "plan/2022/tasks.yaml"
TASK = "加大专业人才技术支援"
OLD = plan_files()


def reworded(*pairs: tuple[str, str], path: str = TASKS) -> dict[str, str | bytes | None]:
    """A file of the issued plan with some words changed."""
    text = OLD[path].decode()
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return {path: text}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The issued plan, an edit of it, a new year, and an edit of that; the current folder."""
    folder = repository(tmp_path / "工作 要点")
    commit(folder, OLD, "印发", "2022-06-29T09:00:00+08:00")
    commit(folder, {"说明.txt": "与工作要点无关"}, "别的")
    commit(folder, reworded(("选派2名教师", "选派4名教师")), "征求意见", "2022-09-01T09:00:00+08:00")
    commit(folder, plan_files("2023"), "起草2023年", "2023-01-05T09:00:00+08:00")
    drafted = plan_files("2023")["plan/2023/tasks.yaml"].decode()
    more = drafted.replace("units: 区教育局、区卫生健康委、", "units: 区教育局、区卫生健康委、区残联、")
    commit(folder, {"plan/2023/tasks.yaml": more}, "会签", "2023-02-01T09:00:00+08:00")
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return folder


def steps(run: Run, *arguments: str) -> list[dict[str, Any]]:
    ended = run("log", "--format", "json", *arguments)
    assert ended.returncode == 0, ended.stderr
    shape = json.loads(ended.stdout)
    assert shape["version"] == 1
    found: list[dict[str, Any]] = shape["steps"]
    return found


def told(run: Run, *arguments: str) -> list[tuple[str, str, str, list[tuple[str, ...]]]]:
    """What was done, to which plan, from which, and the kinds of each change with the id it goes by now."""
    return [
        (
            step["subject"],
            step["from"],
            step["plan"],
            [(*change["kinds"], (change["new"] or change["old"])[0]["id"]) for change in step["changes"]],
        )
        for step in steps(run, *arguments)
    ]


@pytest.mark.usefixtures("office")
def test_a_task_is_told_from_the_day_it_was_written_through_all_years(run: Run) -> None:
    assert told(run, "--task", TASK) == [
        ("印发", "", "plan/2022", [("added", TASK)]),
        ("征求意见", "plan/2022", "plan/2022", [("reworded", TASK)]),
        ("起草2023年", "plan/2022", "plan/2023", [("reworded", TASK)]),
        ("会签", "plan/2023", "plan/2023", [("units", TASK)]),
    ]
    shown = run("log", "--task", TASK).stdout
    assert "2022-09-01  " in shown
    assert "  王芳  征求意见\n  plan/2022\n" in shown
    assert "2名 → 4名" in shown
    assert "plan/2022 → plan/2023\n" in shown
    assert "增加区残联" in shown


@pytest.mark.usefixtures("office")
def test_a_task_split_off_goes_back_to_what_it_was_split_from(run: Run) -> None:
    found = told(run, "--task", "打造交往交流活动品牌")
    assert [(subject, changes[0][0]) for subject, _, _, changes in found] == [
        ("印发", "added"),
        ("起草2023年", "split"),
    ]


@pytest.mark.usefixtures("office")
def test_a_dropped_task_ends_where_it_was_dropped(run: Run) -> None:
    found = told(run, "--task", "坚持推动消费协作进机关")
    assert [(subject, changes[0][0]) for subject, _, _, changes in found] == [
        ("印发", "added"),
        ("起草2023年", "removed"),
    ]


@pytest.mark.parametrize("name", ["区投资办", "区投资促进办"])
@pytest.mark.usefixtures("office")
def test_a_unit_is_told_by_any_of_its_names(name: str, run: Run) -> None:
    assert told(run, "--unit", name) == [
        ("印发", "", "plan/2022", [("added", "深化产业合作促进就业"), ("added", "加大社会消费协作力度")]),
        (
            "起草2023年",
            "plan/2022",
            "plan/2023",
            [("units", "深化产业合作促进就业"), ("added", "搭建企业对接平台"), ("units", "加大社会消费协作力度")],
        ),
    ]


@pytest.mark.usefixtures("office")
def test_a_member_of_a_group_is_told_what_the_group_has_to_do(run: Run) -> None:
    first = told(run, "--unit", "彭浦镇")[0]
    assert {change[-1] for change in first[3]} >= {"加大财政资金支持力度", "巩固乡（镇）村结对成果"}


@pytest.mark.usefixtures("office")
def test_one_plan_alone_one_task_and_one_unit_go_together(run: Run) -> None:
    assert [step["subject"] for step in steps(run, "2023", "--task", TASK)] == ["起草2023年", "会签"]
    assert told(run, "2023", "--task", TASK, "--unit", "区残联") == [
        ("会签", "plan/2023", "plan/2023", [("units", TASK)])
    ]


def test_a_revision_with_errors_is_said_to_have_them_and_skipped(office: Path, run: Run) -> None:
    commit(office, {TASKS: "kind: tasks\nitems: [\n"}, "写坏了")
    commit(office, reworded(("选派2名教师", "选派5名教师")), "改好了")
    found = steps(run, "2022")
    assert [(step["subject"], step["changes"] is None) for step in found[-2:]] == [("写坏了", True), ("改好了", False)]
    assert [change["figures"] for change in found[-1]["changes"]] == [[{"from": "4名", "to": "5名", "column": ""}]]
    assert "有错误，没有比较" in run("log", "2022").stdout


def test_what_was_done_on_a_branch_is_told_once(office: Path, run: Run) -> None:
    git(office, "checkout", "--quiet", "-b", "另一人", "HEAD~1")
    commit(office, reworded(("选派2名教师", "选派4名教师"), ("title: 推动调研互访", "title: 推动高层互访")), "改标题")
    git(office, "checkout", "--quiet", "main")
    git(office, "merge", "--quiet", "--no-ff", "--no-edit", "另一人")
    found = told(run, "--task", "推动调研互访")
    assert [(subject, changes) for subject, _, _, changes in found if subject != "印发"] == [
        ("改标题", [("retitled", "推动调研互访")])
    ]


def test_a_plan_taken_away_loses_its_tasks(office: Path, run: Run) -> None:
    shutil.rmtree(office / "plan" / "2023")
    commit(office, {}, "撤回")
    assert told(run, "--task", "搭建企业对接平台")[-1] == (
        "撤回",
        "plan/2023",
        "plan/2023",
        [("removed", "搭建企业对接平台")],
    )


@pytest.mark.parametrize("edited", [False, True])
def test_a_plan_whose_folder_is_renamed_keeps_its_life(edited: bool, office: Path, run: Run) -> None:  # noqa: FBT001
    git(office, "mv", "plan/2022", "plan/二〇二二")
    path = "plan/二〇二二/tasks.yaml"
    last = (
        reworded(("选派2名教师", "选派6名教师"))[TASKS] if edited else reworded(("选派2名教师", "选派4名教师"))[TASKS]
    )
    commit(office, {path: last}, "改名")
    told = steps(run, "plan/二〇二二")
    assert [step["subject"] for step in told] == ["印发", "征求意见", *(["改名"] if edited else [])]
    assert [step["plan"] for step in told][:2] == ["plan/2022", "plan/2022"]
    everything = [step for step in steps(run) if step["subject"] == "改名"]
    assert [[change["kinds"] for change in step["changes"]] for step in everything] == (
        [[["reworded"]]] if edited else []
    )


def test_the_same_state_is_compiled_once(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four states of two plans, however many revisions and comparisons name them."""
    commit(office, reworded(("选派2名教师", "选派3名教师")), "改")
    commit(office, reworded(("选派2名教师", "选派4名教师")), "改回")
    compiled: list[str] = []

    def counting(source: Source) -> Result:
        compiled.append(source.label("."))
        return compile_readable(source)

    monkeypatch.setattr(history, "compile_readable", counting)
    steps(run)
    assert len(compiled) == 5, "2022 as issued, with 4 and with 3 teachers; 2023 drafted and countersigned"


def test_bare_and_shallow_repositories_have_their_history_and_nothing_is_touched(
    office: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare, shallow = tmp_path / "库.git", tmp_path / "浅"
    git(tmp_path, "clone", "--quiet", "--bare", str(office), str(bare))
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{office}", str(shallow))
    before = state(office)
    whole = steps(run, "--task", TASK)
    assert state(office) == before
    monkeypatch.chdir(bare)
    assert steps(run, "--task", TASK) == whole
    assert [step["subject"] for step in steps(run, "2023", "--task", TASK)] == ["起草2023年", "会签"]
    monkeypatch.chdir(shallow / "plan" / "2023")
    assert [step["subject"] for step in steps(run, "--task", TASK)] == ["起草2023年", "起草2023年", "会签"]


def test_a_bare_repository_knows_a_plan_by_year_or_path_and_says_what_never_was(
    office: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "库.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(office), str(bare))
    monkeypatch.chdir(bare)
    by_year = steps(run, "2023")
    assert by_year
    assert steps(run, "plan/2023/") == by_year
    ended = run("log", "1999")
    assert ended.returncode == 2
    assert "1999" in ended.stderr
    assert "plan/2023" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--task", "加大专业人才技术支持"), f"是不是“{TASK}”"),
        (("--task", "xyz"), "哪一版里都没有"),
        (("--unit", "区教育据"), "是不是“区教育局”"),
        (("--format", "csv"), "text json"),
        (("2021",), "2021"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_is_not_there_is_said(arguments: tuple[str, ...], said: str, run: Run) -> None:
    ended = run("log", *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_a_repository_without_commits_and_no_repository_say_so(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "甲").mkdir()
    monkeypatch.chdir(tmp_path / "甲")
    assert "不在 git 仓库里" in run("log").stderr
    repository(tmp_path / "甲")
    assert "还没有提交过" in run("log").stderr
    commit(tmp_path / "甲", {"a": ""})
    ended = run("log")
    assert (ended.returncode, ended.stdout, "没有改动过" in ended.stderr) == (0, "", True)
