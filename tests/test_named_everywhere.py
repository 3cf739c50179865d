"""Wherever a plan prints who answers for something, the department gets its row: in texts, titles, tables, parts of any kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.compiler import Result, compile_plan
from workplan.diagnostic import has_errors
from workplan.source import Directory, Memory
from workplan.view.sequence import Paragraph

if TYPE_CHECKING:
    from workplan.view.assignments import TaskRow

NAMED = Path(__file__).parent / "plans" / "named" / "plan" / "2034"

#: Id, kind, title, text, and the units with their roles.
ROWS = [
    ("notice", "prose", "", "现印发给你们。请于2月底前报送落实方案（责任单位：各街镇）。", "各街镇=responsible"),
    ("preamble", "prose", "", "全区统一调度。（责任单位：区发展改革委）", "区发展改革委=responsible"),
    ("一、/（一）", "goals", "就业", "新增就业1万人。", "区民政局=lead 区财政局=support"),
    ("一、", "goals", "", "办班10期（区体育局负责）。", "区体育局=responsible"),
    (
        "二、",
        "tasks",
        "重点任务（由区发展改革委牵头实施）",
        "（一）讲座\n其他讲座也要办好。",
        "区发展改革委=lead",
    ),
    ("二、#2", "tasks", "", "全年要抓好以下工作。（责任单位：区司法局）", "区司法局=responsible"),
    ("二、/（一）", "tasks", "", "办好讲座。（责任单位：区教育局）", "区教育局=responsible"),
    ("二、/（一）#2", "tasks", "", "办好评比。（责任单位：区财政局）", "区财政局=responsible"),
    ("二、/（二）", "tasks", "展览", "办好展览。\n2.宣传。做好宣传。", "区教育局=responsible"),
    ("二、/（二）/1.", "tasks", "布展", "布置展台。", "区体育局=responsible"),
    (
        "二、/（三）",
        "tasks",
        "健康政策（区卫生健康委负责）",
        "1.体检。全员体检。\n一段正文。",
        "区卫生健康委=responsible",
    ),
    ("三、/（一）/1.", "duties", "区教育局：", "统筹。", "区教育局=responsible"),
    ("三、/（一）/2.", "duties", "区民政局、区财政局：", "配合。", "区民政局=responsible 区财政局=responsible"),
    ("四、", "prose", "工作要求", "一要加强领导。", "区司法局=responsible"),
    ("四、#2", "prose", "", "二要加强督查（区审计局负责）。", "区审计局=responsible"),
    ("closing", "prose", "", "年底组织评估（区审计局负责）。", "区审计局=responsible"),
    ("table", "tasks", "重点项目分解表", "", "区审计局=responsible"),
    ("1", "tasks", "建设学校", "完成选址", "区教育局=lead 区财政局=support 各街镇=responsible"),
    ("1#2", "tasks", "建设学校", "开工建设", "区教育局=lead"),
    ("2", "tasks", "办运动会", "全区参加", "区体育局=lead"),
]


@cache
def named() -> Result:
    return compile_plan(Directory(NAMED))


def rows() -> tuple[TaskRow, ...]:
    plan = named().plan
    assert plan is not None
    return view.rows(plan)


def printed(made: Result) -> list[str]:
    """The paragraphs of a document."""
    assert made.plan is not None
    return [block.printed for block in view.official(made.plan).sequence if isinstance(block, Paragraph)]


def units(row: TaskRow) -> str:
    return " ".join(f"{one.unit}={one.role}" for one in row.named)


def test_the_plan_has_no_errors() -> None:
    assert not has_errors(named().diagnostics)


def test_every_place_that_names_units_is_a_row() -> None:
    assert [(row.id, row.kind, row.title, row.text, units(row)) for row in rows()] == ROWS


def test_the_lines_of_a_table_have_the_deadlines_of_its_column() -> None:
    assert [due.date for row in rows()[-3:] for due in row.due] == ["2034-03-31", "2034-09-30", "2034-10-31"]


def test_the_units_of_a_part_print_behind_its_title() -> None:
    plan = named().plan
    assert plan is not None
    assert "四、工作要求（责任单位：区司法局）" in printed(named())


def test_every_unit_that_is_named_gets_a_sheet_with_its_rows() -> None:
    plan = named().plan
    assert plan is not None
    wanted = {one.partition("=")[0] for *_, found in ROWS for one in found.split()}
    found = {sheet.unit: [entry.row.id for entry in sheet.entries] for sheet in view.sheets(plan, sorted(wanted))}
    assert found["区审计局"] == ["table", "四、#2", "closing"]
    assert all(found.values())


def compiled(part: str, units: str = "units: [{name: 区教育局}, {name: 区财政局}]\n") -> Result:
    document = 'title: 2034年样本区工作要点\nnumber: ""\ndate: ""\nparts: [part]\n'
    files = {"../units.yaml": units, "document.yaml": document, "part.yaml": part}
    return compile_plan(Memory({name: text.encode() for name, text in files.items()}, "2034"))


@pytest.mark.parametrize("kind", ["goals", "prose", "tasks", "safeguards"])
def test_a_misspelt_unit_is_found_in_parts_of_every_kind(kind: str) -> None:
    made = compiled(f"kind: {kind}\nitems:\n  - {{title: 甲, text: 办好。, units: 区教育据}}\n")
    assert "unknown-unit" in [finding.rule for finding in made.diagnostics]


@pytest.mark.parametrize("kind", ["goals", "prose", "tasks", "safeguards"])
def test_a_phrase_with_a_verb_gets_no_label_in_parts_of_any_kind(kind: str) -> None:
    made = compiled(f"kind: {kind}\nitems:\n  - {{title: 甲, text: 办好。, units: 区教育局牵头，区财政局配合}}\n")
    assert any("甲。办好。（区教育局牵头，区财政局配合）" in line for line in printed(made))


def table(unit: str, roles: str = "") -> str:
    """A table of one task; ``roles`` is a line of its own, or nothing."""
    head = f"kind: table\n{roles}columns: [序号, 工作任务, 牵头单位, 完成时限]\nrows:\n"
    return head + f"  - {{序号: 1, 工作任务: 建校, 牵头单位: {unit}, 完成时限: 6月底前}}\n"


def test_the_titles_of_columns_say_what_they_hold_where_a_registered_unit_stands_there() -> None:
    made = compiled(table("区教育局"))
    assert made.plan is not None
    assert [(row.title, units(row), row.due[0].date) for row in view.rows(made.plan)] == [
        ("建校", "区教育局=lead", "2034-06-30")
    ]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("责任单位（排第一的为牵头单位）", "区教育局=lead 区财政局=responsible"),
        ("牵头责任单位", "区教育局=lead 区财政局=lead"),
        ("协同配合单位", "区教育局=support 区财政局=support"),
        ("主要责任部门", "区教育局=lead 区财政局=lead"),
    ],
)
def test_a_column_is_known_by_any_title_that_would_be_a_label(column: str, found: str) -> None:
    """What it says in brackets holds for its cells."""
    made = compiled(table("区教育局、区财政局").replace("牵头单位", column))
    assert made.plan is not None
    assert [units(row) for row in view.rows(made.plan)] == [found]


@pytest.mark.parametrize("part", [table("某某公司"), table("区教育局", "roles: {}\n")], ids=["unregistered", "none"])
def test_a_table_that_names_no_registered_unit_or_is_said_to_hold_no_tasks_has_no_rows(part: str) -> None:
    made = compiled(part)
    assert made.plan is not None
    assert view.rows(made.plan) == ()
    assert not has_errors(made.diagnostics)


LINES = """\
kind: tasks
items:
  - title: 评比
    items:
      - 办好评比。
      - 牵头单位：区教育局
      - 配合单位：区财政局
      - 完成时限：9月底前
  - title: 展览
    items:
      - 布置展台。
      - 责任单位：区教育局
      - 做好宣传。
      - 责任单位：区财政局
"""


def test_a_line_that_only_says_who_answers_belongs_to_what_stands_above_it() -> None:
    """At the end of plain paragraphs to the whole of them, else to the paragraph before it; it is no text of the row."""
    made = compiled(LINES)
    assert made.plan is not None
    assert [(row.title, row.text, units(row), [due.date for due in row.due]) for row in view.rows(made.plan)] == [
        ("评比", "办好评比。", "区教育局=lead 区财政局=support", ["2034-09-30"]),
        ("", "布置展台。", "区教育局=responsible", []),
        ("", "做好宣传。", "区财政局=responsible", []),
    ]


def test_a_label_that_names_no_units_is_told_on_the_row() -> None:
    made = compiled("kind: tasks\nitems:\n  - {title: 甲, text: 办好。（责任领导：张某某；责任单位：区教育局）}\n")
    assert made.plan is not None
    (row,) = view.rows(made.plan)
    assert [(note.label, note.text) for note in row.notes] == [("责任领导", "张某某")]
    (sheet,) = view.sheets(made.plan, ["区教育局"])
    assert ("责任领导", "张某某") in [(line.label, line.text) for line in sheet.lines]


@pytest.mark.parametrize(("roles", "severity"), [("", "warning"), ("roles: {责任单位: responsible}\n", "error")])
def test_an_unknown_name_in_a_column_is_an_error_only_where_the_plan_declares_units_there(
    roles: str, severity: str
) -> None:
    """A table of projects is printed, and the name told, though its 责任单位 holds towns that nobody registered."""
    columns = "kind: table\ntitle: 项目表\ncolumns: [项目, 责任单位]\n"
    rows = "rows:\n  - {项目: 道路, 责任单位: 区教育局、东川镇}\n  - {项目: 桥梁, 责任单位: 区财政局、东川镇}\n"
    made = compiled(columns + roles + rows)
    (finding,) = (one for one in made.diagnostics if one.rule == "unknown-unit")
    assert (finding.severity, len(finding.related)) == (severity, 1)
    assert made.plan is not None
    assert [units(row).split()[0] for row in view.rows(made.plan)] == ["区教育局=responsible", "区财政局=responsible"]
