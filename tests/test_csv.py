"""CSV files: what Excel opens without asking, and runs nothing of."""

from __future__ import annotations

import csv
import io

import pytest

from views import assignment_of, due_of, target_of, unit_of
from workplan.render.table import harmless, loads_csv, rows_csv
from workplan.view.assignments import Assignment, Load, TaskRow
from workplan.view.facts import COLUMNS

LEAD = assignment_of(
    "牵头单位",
    "甲、乙",
    open=True,
    units=(unit_of("甲", "甲", "lead"), unit_of("乙", "乙", "lead")),
    source="units",
)
HALF = assignment_of("", "丙配合", open=False, units=(unit_of("丙", "丙", "support"),), source="text")
AGAIN = assignment_of(
    "", "甲、丁", open=False, units=(unit_of("甲", "甲", "lead"), unit_of("丁", "丁", "lead")), source="text"
)
UNKNOWN = assignment_of("责任单位", "有关各方", open=True, units=(), source="units")


def task(text: str = "内容", *assignments: Assignment) -> TaskRow:
    return TaskRow(
        id="任务一",
        number="1",
        mark="1．",
        path=("二、", "1．"),
        part="重点任务",
        kind="tasks",
        section="",
        title='标题，“引号”"半角"',
        text=text,
        assignments=assignments,
        due=(due_of("6月底前", None), due_of("年底前", None)),
        targets=(target_of("农场", "10家", 10, "家"), target_of("", "五成", None, "")),
    )


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_rows_have_the_columns_of_the_workbook_then_id_and_kind() -> None:
    head, line = read(rows_csv([task("内容", LEAD, HALF)]))
    assert head == [*(column.heading for column in COLUMNS), "id", "kind"]
    assert line[:4] == ["1", "重点任务", '标题，“引号”"半角"', "内容"]
    assert line[4:] == ["甲、乙等", "丙", "", "6月底前；年底前", "农场：10家；五成", "任务一", "tasks"]


def test_lines_end_in_crlf_and_a_line_end_in_a_cell_stays_inside_it() -> None:
    content = rows_csv([task("第一段\n第二段"), task()])
    assert content.count(b"\r\n") == 3
    assert [line[3] for line in read(content)[1:]] == ["第一段\n第二段", "内容"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "　＝1", "－1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    (_, line) = read(rows_csv([task(start)]))
    assert line[3] == "'" + start.replace("\r", "\ufffd")


@pytest.mark.parametrize("text", ["内容", "1-2", "a=b", "《=》", "", "'内容", "10%"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_loads_give_counts_spellings_and_ids() -> None:
    load = Load(
        unit="成员单位",
        kind="group",
        printed=("各成员单位", "各市、县"),
        tasks=("一", "二"),
        safeguards=("三",),
        duties=(),
        lead=1,
        support=0,
        responsible=2,
    )
    head, line = read(loads_csv([load]))
    assert dict(zip(head, line, strict=True)) == {
        "单位": "成员单位",
        "文中名称": "各成员单位；各市、县",
        "任务数": "2",
        "保障措施数": "1",
        "职责数": "0",
        "牵头": "1",
        "配合": "0",
        "责任": "2",
        "kind": "group",
        "任务id": "一；二",
        "保障措施id": "三",
        "职责id": "",
    }


def test_names_stand_once_and_an_open_list_ends_before_the_next() -> None:
    row = task("内容", LEAD, AGAIN, HALF)
    assert row.people("lead") == "甲、乙等；丁"
    assert row.people("support") == "丙"


def test_a_phrase_without_any_known_unit_is_not_lost() -> None:
    assert task("内容", UNKNOWN).people("responsible") == "有关各方"


def test_half_a_character_does_not_break_the_file() -> None:
    assert read(rows_csv([task("甲\ud800乙")]))[1][3] == "甲\ufffd乙"
