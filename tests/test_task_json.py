"""The JSON shapes are a promise: keys may come, none goes or changes its name."""

from __future__ import annotations

import json
from dataclasses import replace

from views import assignment_of, due_of, target_of, unit_of
from workplan.render import task_json
from workplan.view.assignments import Load, Note, TaskRow

ROW = TaskRow(
    id="加强组织领导",
    number="1",
    mark="1．",
    path=("二、", "（一）", "1．"),
    part="重点任务",
    kind="tasks",
    section="组织领导",
    title="加强组织领导",
    text="第一段。\n“A&B” <x>",
    assignments=(
        assignment_of(
            "责任单位",
            "区委办、区府办等",
            open=True,
            units=(unit_of("区委办", "区委办公室", "lead"),),
            source="units",
        ),
    ),
    due=(due_of("2022年6月底前", "2022-06-30"), due_of("适时", None)),
    targets=(target_of("农场", "10000家", 10000, "家"), target_of("比例", "五成", None, "")),
    notes=(Note(label="责任领导", text="张某某"),),
)

LOAD = Load(
    unit="区委办公室",
    kind="unit",
    printed=("区委办", "区委办公室"),
    tasks=("加强组织领导",),
    safeguards=("保障",),
    duties=("职责",),
    goals=("目标",),
    prose=("附则",),
    lead=1,
    support=2,
    responsible=3,
)


def test_tasks_has_exactly_the_promised_shape() -> None:
    assert task_json.tasks("2022", [ROW]) == {
        "version": 1,
        "plan": "2022",
        "tasks": [
            {
                "id": "加强组织领导",
                "number": "1",
                "path": ["二、", "（一）", "1．"],
                "part": "重点任务",
                "kind": "tasks",
                "section": "组织领导",
                "title": "加强组织领导",
                "text": "第一段。\n“A&B” <x>",
                "assignments": [
                    {
                        "label": "责任单位",
                        "printed": "区委办、区府办等",
                        "open": True,
                        "source": "units",
                        "units": [{"printed": "区委办", "unit": "区委办公室", "role": "lead"}],
                    }
                ],
                "due": [
                    {"text": "2022年6月底前", "date": "2022-06-30", "from": None, "every": None},
                    {"text": "适时", "date": None, "from": None, "every": None},
                ],
                "targets": [
                    {"name": "农场", "text": "10000家", "value": 10000, "unit": "家"},
                    {"name": "比例", "text": "五成", "value": None, "unit": ""},
                ],
                "notes": [{"label": "责任领导", "text": "张某某"}],
            }
        ],
    }


def test_units_has_exactly_the_promised_shape() -> None:
    assert task_json.units("2022", [LOAD]) == {
        "version": 1,
        "plan": "2022",
        "units": [
            {
                "unit": "区委办公室",
                "kind": "unit",
                "printed": ["区委办", "区委办公室"],
                "tasks": ["加强组织领导"],
                "safeguards": ["保障"],
                "duties": ["职责"],
                "goals": ["目标"],
                "prose": ["附则"],
                "lead": 1,
                "support": 2,
                "responsible": 3,
            }
        ],
    }


def test_a_plan_without_rows_is_an_empty_list() -> None:
    assert task_json.tasks("草案", []) == {"version": 1, "plan": "草案", "tasks": []}


def test_a_file_is_readable_utf8_in_the_order_of_the_shape() -> None:
    shape = task_json.tasks("2022", [ROW])
    content = task_json.dump(shape)
    assert content.startswith(
        '{\n  "version": 1,\n  "plan": "2022",\n  "tasks": [\n    {\n      "id": "加强组织领导"'.encode()
    )
    assert content.endswith(b"}\n")
    assert json.loads(content) == shape
    assert content == task_json.dump(task_json.tasks("2022", [ROW]))


def test_what_json_cannot_say_still_gives_a_file() -> None:
    """A lone surrogate is written as its escape, a number beyond all bounds as null."""
    odd = target_of("多", "1e999", float("inf"), "\ud800")
    row = replace(ROW, targets=(odd,))
    (back,) = json.loads(task_json.dump(task_json.tasks("2022", [row])))["tasks"]
    assert back["targets"] == [{"name": "多", "text": "1e999", "value": None, "unit": "\ud800"}]
