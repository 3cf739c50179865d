"""任务分解表 in the document: which columns it has."""

from __future__ import annotations

from typing import get_args

from workplan import view
from workplan.compiler import compile_plan
from workplan.language.model.plan import AssignmentColumn
from workplan.source import Memory
from workplan.view import facts
from workplan.view.sequence import Table


def made(columns: str = "") -> Memory:
    files = {
        "document.yaml": f"title: 要点\nparts: [tasks]\ndate: ''\nattachments: [{{kind: assignments{columns}}}]\n",
        "tasks.yaml": "kind: tasks\ntitle: 任务\nitems:\n  - {title: 办学, text: 新建学校。, units: 区教育局}\n",
        "../units.yaml": "units:\n  - name: 区教育局\n",
    }
    return Memory(files, "2026")


def headings(columns: str = "") -> list[str]:
    plan = compile_plan(made(columns)).plan
    assert plan is not None
    [table] = [block for block in view.official(plan).attachments[0].blocks if isinstance(block, Table)]
    return [cell.element.text for cell in table.header[0]]


def test_without_a_word_of_it_the_table_has_the_columns_that_some_row_fills() -> None:
    assert headings() == ["序号", "任务", "责任单位"]


def test_the_columns_that_are_asked_for_stand_in_their_order_the_text_among_them() -> None:
    assert headings(", columns: [任务, 主要内容, 牵头单位]") == ["任务", "主要内容", "牵头单位"]


def test_every_column_can_be_asked_for_and_another_is_told_with_its_key() -> None:
    assert [column.heading for column in facts.COLUMNS] == list(get_args(AssignmentColumn))
    [found] = [one for one in compile_plan(made(", columns: [任务, 领导]")).diagnostics if one.rule == "bad-value"]
    assert (found.arguments["key"], found.arguments["value"]) == ("columns", "领导")
