"""Deadlines and targets that the text does not have: they stand in every table and on every sheet."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

DOCUMENT = (
    'title: 2022年要点\nnumber: ""\ndate: ""\nparts: [tasks]\nattachments: [{kind: assignments, title: 任务分解表}]\n'
)
TASKS = """\
kind: tasks
title: 重点任务
items:
  - title: 建校
    text: 办好学校。
    units: 区教育局
    due: {date: 2022-12-31}
    targets: {新增学位: {value: "2,000", unit: 个}, 投资: {value: 1.8, unit: 亿元}, 班级: {value: 30}}
"""
UNITS = "units: [{name: 区教育局}]\n"
SAID = ("2022年12月31日", "新增学位：2,000个", "投资：1.8亿元", "班级：30")


def words(path: Path) -> str:
    """What a file says; of a package the texts of all its XML."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as held:
        return "".join(held.read(name).decode() for name in held.namelist() if name.endswith(".xml"))


def test_every_table_and_sheet_has_them(project: Project, run: Run, tmp_path: Path) -> None:
    project({"document.yaml": DOCUMENT, "tasks.yaml": TASKS, "units.yaml": UNITS})
    out = tmp_path / "out"
    built = run("build", "plan/2022", "-o", str(out), "--format", "docx,html,txt,md,xlsx,json")
    assert built.returncode == 0, built.stderr
    for file in (
        "official.docx",
        "official.html",
        "official.txt",
        "sheets/区教育局.docx",
        "sheets/区教育局.md",
        "assignments.xlsx",
    ):
        (path,) = out.rglob(file)
        assert all(said in words(path) for said in SAID), file
    table = run("tasks", "plan/2022", "--format", "csv").stdout
    assert all(said in table for said in SAID)
    (task,) = json.loads(run("tasks", "plan/2022", "--format", "json").stdout)["tasks"]
    assert task["due"] == [{"text": "2022年12月31日", "date": "2022-12-31", "from": None, "every": None}]
    assert [(one["name"], one["text"], one["value"], one["unit"]) for one in task["targets"]] == [
        ("新增学位", "2,000个", 2000, "个"),
        ("投资", "1.8亿元", 1.8, "亿元"),
        ("班级", "30", 30, ""),
    ]


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ("due: {date: 2022-02-30}", "bad-value"),
        ("due: {date: 2022/6/30}", "bad-value"),
        ('due: {date: ""}', "empty-text"),
        ("due: {day: 2022-06-30}", "unknown-key"),
        ("due: {}", "missing-key"),
        ("targets: {学位: {value: 很多}}", "bad-value"),
        ("targets: {学位: {unit: 个}}", "missing-key"),
        ("due: 6月底前", "stale-quote"),
        ("targets: {学位: 5个}", "stale-quote"),
    ],
)
def test_a_mistake_in_one_of_them_is_one_finding_and_a_quotation_is_still_held_to_the_text(
    keys: str, rule: str
) -> None:
    files: dict[str, bytes | str] = {
        "document.yaml": DOCUMENT,
        "tasks.yaml": f"kind: tasks\nitems:\n  - {{title: 甲, text: 办好学校。, units: 区教育局, {keys}}}\n",
        "../units.yaml": UNITS,
    }
    errors = [one.rule for one in compile_plan(Memory(files, "2022")).diagnostics if one.severity.value == "error"]
    assert errors == [rule]


def test_the_name_of_a_target_is_free() -> None:
    files: dict[str, bytes | str] = {
        "document.yaml": DOCUMENT,
        "tasks.yaml": "kind: tasks\nitems:\n  - {title: 甲, text: 新建5所。, units: 区教育局, targets: {公办学位: 5所}}\n",
        "../units.yaml": UNITS,
    }
    assert not [one for one in compile_plan(Memory(files, "2022")).diagnostics if one.severity.value == "error"]
