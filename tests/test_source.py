"""Where files are looked for, and what is made of those that are nearly there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.source import Directory, Memory
from workplan.view import official, rows

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
    made = official(result.plan, rows(result.plan))
    assert [(one.listed, one.title) for one in made.attachments] == [
        ("任务分解表", ("任务分解表",)),
        ("分解表", ("任务分解表",)),
    ]
