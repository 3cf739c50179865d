"""The second year: an illustration that says so on every page and in every file, carried over from the issued plan."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.compiler import compile_plan
from workplan.render import text
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parents[1]
PLANS = ROOT / "plan"
EDITS = tomllib.loads((ROOT / "tests" / "data" / "2023-edits.toml").read_text("utf-8"))["change"]


def ids(year: str) -> list[str]:
    plan = compile_plan(Directory(PLANS / year)).plan
    assert plan is not None
    return [row.id for row in view.rows(plan)]


def test_it_compiles_without_an_error(run: Callable[..., CompletedProcess[str]]) -> None:
    assert run("check", PLANS / "2023").returncode == 0


@pytest.mark.parametrize("path", sorted((PLANS / "2023").iterdir()), ids=lambda path: path.name)
def test_every_file_says_that_it_is_no_issued_document(path: Path) -> None:
    editors, notice, *_ = path.read_text("utf-8").splitlines()
    assert editors.startswith("# yaml-language-server:")
    assert notice.startswith("# 示例稿，不是印发的文件：")


def test_the_printed_document_says_so_too_and_has_neither_number_nor_date() -> None:
    plan = compile_plan(Directory(PLANS / "2023")).plan
    assert plan is not None
    printed = text.official(view.official(plan), Templates()).decode()
    assert "示例稿" in printed
    assert "〔2023〕" not in printed.replace("中发〔2023〕1号", "")
    assert "2022" not in printed


def test_the_list_of_edits_accounts_for_every_task_that_came_or_went() -> None:
    """Ids stay from year to year; what is on one side alone is named in the list."""
    old, new = ids("2022"), ids("2023")
    named = {side: {name for edit in EDITS for name in edit[side]} for side in ("old", "new")}
    assert set(old) - set(new) <= named["old"]
    assert set(new) - set(old) <= named["new"]
    assert len(set(old) & set(new)) == 20, "17 tasks and 3 safeguards go on"
    assert named["old"] - set(old) == {"title", "preamble", "goals.text", "number", "date"}
