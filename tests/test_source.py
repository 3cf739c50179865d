"""Where files are looked for, and what is made of those that are nearly there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse
from workplan.source import Directory, Memory, find_plan, find_plans
from workplan.view import official

if TYPE_CHECKING:
    from pathlib import Path

_NAMES = ("document.yml", "Tasks.YAML", "notes.txt")


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("document.yaml", "document.yml"),
        ("tasks.yaml", "Tasks.YAML"),
        ("notes.yaml", ""),
        ("../units.yaml", "units.yml"),
        ("../other.yaml", ""),
    ],
)
def test_a_file_that_is_nearly_there_is_found_in_memory_and_on_disk(file: str, found: str, tmp_path: Path) -> None:
    texts = dict.fromkeys((*_NAMES, "../units.yml"), "")
    assert Memory(texts).misnamed(file) == found
    (tmp_path / "2022").mkdir()
    for name in texts:
        (tmp_path / "2022" / name).touch()
    assert Directory(tmp_path / "2022").misnamed(file) == found


def test_in_a_folder_that_is_not_there_nothing_is_nearly_there(tmp_path: Path) -> None:
    assert Directory(tmp_path / "2022").misnamed("tasks.yaml") == ""


def test_an_assignment_table_without_a_title_is_called_by_its_kind() -> None:
    frame = (
        "title: 甲\nparts: [tasks]\nattachments: [{kind: assignments}, {kind: assignments, listed: 分解表}]\ndate: ''\n"
    )
    files = {"document.yaml": frame, "tasks.yaml": "kind: tasks\nitems: [乙]\n", "../units.yaml": "units: []\n"}
    result = compile_plan(Memory(files))
    assert result.plan is not None
    assert result.diagnostics == ()
    made = official(result.plan)
    assert [(one.listed, one.title) for one in made.attachments] == [
        ("任务分解表", ("任务分解表",)),
        ("分解表", ("任务分解表",)),
    ]


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """Two plans and one that lacks its frame, beside the registry, and files that belong to none of them."""
    inside = ("2022/document.yaml", "2022/tasks.yaml", "2023/document.yaml", "2024/tasks.yaml", "units.yaml")
    strays = ("notes.yaml", "2022/notes.txt", "2022/.tasks.yaml", "2022/drafts/tasks.yaml")
    for name in (*inside, *strays):
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "units.yaml").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "plans"),
    [
        ((), ["2023"]),
        (("2022",), ["2022"]),
        (("plan/2022/tasks.yaml",), ["2022"]),
        (("plan/2022/tasks.yaml", "2023", "plan/2022/document.yaml", "plan/2022"), ["2022", "2023"]),
        (("plan/2024/tasks.yaml",), ["2024"]),
        (("plan/units.yaml",), ["2022", "2023"]),
        (("plan/2023/document.yaml", "plan/units.yaml"), ["2023", "2022"]),
    ],
)
def test_a_file_means_its_plan_the_registry_all_plans_and_each_is_taken_once(
    arguments: tuple[str, ...], plans: list[str], years: Path
) -> None:
    assert [plan.plan for plan in find_plans(arguments, years)] == plans


def test_a_folder_without_a_plan_does_not_hide_the_year_of_its_name(years: Path) -> None:
    """Where a build wrote into the project folder itself, ``check 2022`` still means the plan."""
    (years / "2022/sheets").mkdir(parents=True)
    (years / "2024").mkdir()
    assert find_plan("2022", years).folder == years / "plan/2022"
    assert find_plan("./2022", years).folder == years / "2022"
    assert find_plan("2024", years).folder == years / "2024"
    (years / "2022/document.yaml").touch()
    assert find_plan("2022", years).folder == years / "2022"


@pytest.mark.parametrize(
    "file",
    ["plan/notes.yaml", "plan/2022/notes.txt", "plan/2022/.tasks.yaml", "plan/2022/drafts/tasks.yaml", "units.yaml"],
)
def test_a_file_of_no_plan_is_refused_by_name(file: str, years: Path) -> None:
    with pytest.raises(Misuse) as refused:
        find_plans([file], years)
    assert (refused.value.key, refused.value.arguments) == ("not-a-plan-file", {"path": file})


def test_the_registry_is_no_answer_where_one_plan_is_wanted(years: Path) -> None:
    with pytest.raises(Misuse, match="not-a-plan-file"):
        find_plan("plan/units.yaml", years)
