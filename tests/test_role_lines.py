"""Units in lines of their own: ``annotations: role-lines``, texts of several lines, and labels that name no units."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import has_errors
from workplan.render import xlsx
from workplan.render.table import rows_csv
from workplan.source import Memory
from workplan.view.sequence import Paragraph, Table

if TYPE_CHECKING:
    from workplan.view import View

_UNITS = "units:\n  - {name: 区教育局}\n  - {name: 区财政局}\n  - {name: 各街镇, kind: group, open: true}\n"
_LABELS = "{牵头单位: 区教育局, 配合单位: 区财政局, 完成时限: 12月底前}"


def compiled(tasks: str, *parts: str) -> View:
    """A plan with one part of that text, and an assignment table where asked for."""
    names = ", ".join(("tasks", *parts))
    files = {
        "../units.yaml": _UNITS,
        "document.yaml": f"title: 2026年工作要点\nnumber: ''\ndate: ''\nparts: [{names}]\n",
        "tasks.yaml": tasks,
        **{f"{name}.yaml": "kind: assignments\ntitle: 任务分解表\n" for name in parts},
    }
    result = compile_plan(Memory({name: content.encode() for name, content in files.items()}, "2026"))
    assert result.plan is not None
    assert not has_errors(result.diagnostics), result.diagnostics
    return view.of(result.plan)


def body(found: View) -> list[str]:
    """The printed lines from the title of the part on, without the title."""
    printed = "\n".join(block.printed for block in found.official.sequence if isinstance(block, Paragraph))
    return printed.partition("一、重点任务")[2].split("\n")


def part(items: str, style: str = "role-lines", more: str = "") -> str:
    """A part with those items and that style."""
    return f"kind: tasks\ntitle: 重点任务\n{more}style: {{annotations: {style}}}\nitems:\n{items}"


@pytest.mark.parametrize(
    ("units", "printed"),
    [
        (_LABELS, ["牵头单位：区教育局", "配合单位：区财政局", "完成时限：12月底前"]),
        ("区教育局、区财政局", ["责任单位：区教育局、区财政局"]),
        ("区教育局牵头，区财政局配合", ["区教育局牵头，区财政局配合"]),
        ("（牵头单位：区教育局）", ["（牵头单位：区教育局）"]),
        ("牵头单位：区教育局", ["牵头单位：区教育局"]),
    ],
)
def test_each_role_stands_in_a_line_without_brackets(units: str, printed: list[str]) -> None:
    """What has brackets of its own is printed to the letter."""
    assert body(compiled(part(f"  - {{title: 办班, text: 办好班。, units: {units}}}\n"))) == [
        "",
        "（一）办班。办好班。",
        *printed,
    ]


@pytest.mark.parametrize("style", ["after-stop", "before-stop", "own-line", "role-lines"])
def test_a_text_of_several_lines_stands_in_lines_under_any_style(style: str) -> None:
    """A line that the author ended is never run on into the next."""
    units = "    units: |\n      责任单位：区教育局\n\n      配合单位：区财政局\n"
    found = compiled(part(f"  - title: 办班\n    text: 办好班。\n{units}", style))
    assert body(found) == ["", "（一）办班。办好班。", "责任单位：区教育局", "配合单位：区财政局"]
    assert [(unit.unit, unit.role) for one in found.rows[0].assignments for unit in one.units] == [
        ("区教育局", "responsible"),
        ("区财政局", "support"),
    ]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("role-lines", ["", "牵头单位：区教育局", "配合单位：区财政局", "完成时限：12月底前", "办好下列各项。"]),
        ("own-line", ["", "（牵头单位：区教育局；配合单位：区财政局；完成时限：12月底前）", "办好下列各项。"]),
        ("after-stop", ["（牵头单位：区教育局；配合单位：区财政局；完成时限：12月底前）", "办好下列各项。"]),
        ("none", ["", "办好下列各项。"]),
    ],
)
def test_units_of_a_part_stand_below_its_title_as_its_style_has_it(style: str, printed: list[str]) -> None:
    more = f"text: 办好下列各项。\nunits: {_LABELS}\n"
    assert body(compiled(part("  - {title: 办班, text: 办好班。}\n", style, more)))[: len(printed)] == printed


def test_clauses_that_run_on_keep_their_brackets() -> None:
    """They stand within a paragraph, where there is no line for each role."""
    clauses = "[{text: 一是办班；, units: 区教育局}, {text: 二是办会。, units: 区财政局}]"
    items = f"  - {{title: 培训, clauses: {clauses}}}\n"
    assert body(compiled(part(items))) == [
        "",
        "（一）培训。一是办班；（责任单位：区教育局）二是办会。（责任单位：区财政局）",
    ]


def test_other_labels_are_columns_of_their_own() -> None:
    """责任领导 has a column in the 任务分解表, the workbook and the CSV file, filled where a row has one."""
    items = (
        "  - {title: 办班, text: 办好班。, units: {责任单位: 区教育局, 责任领导: 张三}}\n"
        "  - {title: 办会, text: 办好会。, units: {责任单位: 区财政局, 联系人: 李四}}\n"
    )
    found = compiled(part(items), "table")
    table = next(block for block in found.official.sequence if isinstance(block, Table))
    head = [cell.text for cell in table.header[0]]
    assert head[-2:] == ["责任领导", "联系人"]
    assert [[cell.text for cell in line][-2:] for line in table.rows[1:]] == [["张三", ""], ["", "李四"]]
    read = list(csv.reader(io.StringIO(rows_csv(found.rows).decode("utf-8-sig"))))
    assert read[0][-4:] == ["责任领导", "联系人", "id", "kind"]
    assert [line[-4:-2] for line in read[1:]] == [["张三", ""], ["", "李四"]]
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.assignments(found.rows, found.loads, found.official))).worksheets[0]
    assert [cell.value for cell in sheet[3]][-2:] == ["责任领导", "联系人"]
    assert [[cell.value for cell in row][-2:] for row in sheet.iter_rows(min_row=4)] == [["张三", None], [None, "李四"]]


def test_more_labels_than_a_page_has_room_for_share_one_column() -> None:
    """No word is lost, and a table never has a column for each of thousands of labels."""
    labels = [f"联系人{number}" for number in range(31)]
    units = ", ".join(f"{label}: 某{number}" for number, label in enumerate(labels))
    items = f"  - {{title: 办班, text: 办好班。, units: {{责任单位: 区教育局, {units}}}}}\n  - {{title: 办会, text: 办会。}}\n"
    found = compiled(part(items), "table")
    table = next(block for block in found.official.sequence if isinstance(block, Table))
    assert [cell.text for cell in table.header[0]][-1] == "其他"
    said = "；".join(f"{label}：某{number}" for number, label in enumerate(labels))
    assert [line[-1].text for line in table.rows[1:]] == [said, ""]
    read = list(csv.reader(io.StringIO(rows_csv(found.rows).decode("utf-8-sig"))))
    assert [line[-3] for line in read] == ["其他", said, ""]


def test_a_heading_above_measures_with_rows_of_their_own_is_no_duty() -> None:
    """What the part is told to do does not repeat a heading under which nothing else stands."""
    items = (
        "  - {title: 讲座, items: [{title: 甲, text: 办甲。, units: 区教育局}]}\n  - {title: 其他, text: 也要办好。}\n"
    )
    rows = compiled(part(items, more="units: 区财政局\n")).rows
    assert [(row.title, row.text) for row in rows] == [
        ("重点任务", "（二）其他。也要办好。"),
        ("甲", "办甲。"),
    ]
