"""Tables among items: at their place in every format, part of the duty they stand in, and told apart line by line."""

from __future__ import annotations

import pytest

from framed import official, plan, printed
from workplan import view
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.render import docx, markdown
from workplan.resources.templates import Templates
from workplan.source import Memory
from workplan.view.sequence import Table

SHIPPED = Templates()
TABLE = {"kind": "table", "columns": ["学校", "学位"], "rows": [{"学校": "东川小学", "学位": "1080"}]}
DUTY = {"title": "办学", "text": "各校学位如下。", "units": "区教育局", "items": [TABLE, "按期投用。"]}
CHAPTER = {"kind": "prose", "title": "学校", "items": ["情况如下。", TABLE, {"title": "备注", "text": "以批复为准。"}]}


def rows(*items: object) -> list[str]:
    return [row.text for row in view.rows(plan(parts=[{"kind": "tasks", "title": "任务", "items": [*items]}]))]


def test_a_table_prints_at_its_place_and_numbers_go_on_behind_it() -> None:
    """In a part and in an attachment, which is then one of several pieces."""
    body = ["情况如下。", "学校\t学位", "东川小学\t1080"]
    assert printed(official(parts=[CHAPTER]))[1:5] == ["一、学校", *body]
    attached = printed(official(attachments=[CHAPTER]))
    assert attached[-6:] == ["附件", "学校", *body, "一、备注。以批复为准。"]


@pytest.mark.parametrize(
    ("given", "head"),
    [
        ({"title": "学位表"}, ["（二）学位表"]),
        ({"title": "学位表", "text": "单位：个"}, ["（二）学位表", "单位：个"]),
        ({"title": "学位表", "number": ""}, ["学位表"]),
        ({"title": "学位表", "number": "表1　"}, ["表1　学位表"]),
        ({"title": "学位表", "style": {"numbering": ["一、", "表一　"]}}, ["表一　学位表"]),
        ({"text": "单位：个"}, ["单位：个"]),
        ({}, []),
    ],
)
def test_a_title_counts_with_the_items_and_no_title_takes_no_level(given: dict[str, object], head: list[str]) -> None:
    items = [{"title": "甲", "text": "甲文。"}, {**TABLE, **given}, {"title": "乙", "text": "乙文。"}]
    body = printed(official(parts=[{"kind": "prose", "title": "学校", "items": items}]))
    counts = bool(head) and head[0].startswith("（二）")
    assert body[2:-2] == [
        "（一）甲。甲文。",
        *head,
        "学校\t学位",
        "东川小学\t1080",
        "（三）乙。乙文。" if counts else "（二）乙。乙文。",
    ]


def test_a_table_below_a_duty_is_part_of_its_text() -> None:
    """On sheets and in JSON too, its cells parted; a line end in a cell does not break its line."""
    assert rows(DUTY) == ["各校学位如下。\n学校｜学位\n东川小学｜1080\n按期投用。"]
    broken = {**TABLE, "rows": [{"学校": "东川\n\n小学"}], "empty": "/"}
    assert rows({**DUTY, "items": [broken]}) == ["各校学位如下。\n学校｜学位\n东川 小学｜/"]
    made = plan(parts=[{"kind": "tasks", "title": "任务", "items": [DUTY]}])
    sheet = view.sheets(made, ("区教育局",))[0]
    assert "东川小学｜1080" in markdown.sheet(sheet, SHIPPED).decode()


def test_a_table_makes_no_duty_by_itself() -> None:
    assert rows({"title": "办学", "text": "办学。", "items": [TABLE]}) == ["办学。\n学校｜学位\n东川小学｜1080"]
    assert rows(TABLE, DUTY)[1:] == []


def test_every_format_has_the_table() -> None:
    made = official(parts=[CHAPTER])
    assert [len(block.rows) for block in made.blocks if isinstance(block, Table)] == [1]
    filled = docx.filled(made, SHIPPED).part.document
    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [
        ["学校", "学位"],
        ["东川小学", "1080"],
    ]


def test_a_cell_that_changes_is_told_once_where_it_stands() -> None:
    """Under a chapter as a line of its table, below a duty as that duty in other words."""
    other = {**TABLE, "rows": [{"学校": "东川小学", "学位": "1200"}]}
    old, new = (plan(parts=[{"kind": "prose", "title": "学校", "items": [one]}]) for one in (TABLE, other))
    (change,) = compare(old, new).changes
    assert (change.kinds, change.new[0].section, change.new[0].text) == (("reworded",), ("学校",), "东川小学｜1200")
    old, new = (
        plan(parts=[{"kind": "tasks", "title": "任务", "items": [{**DUTY, "items": [one]}]}]) for one in (TABLE, other)
    )
    (change,) = compare(old, new).changes
    assert (change.kinds, change.new[0].title) == (("reworded",), "办学")
    assert compare(old, new).units[0].reworded == (change.new[0].key,)


def test_tables_of_two_chapters_are_not_taken_for_each_other() -> None:
    """An untitled table that comes into an earlier chapter leaves the later one as it was."""
    chapters = [{"kind": "prose", "title": title, "items": [title, TABLE]} for title in ("学校甲", "学校乙")]
    before = [{**chapters[0], "items": ["学校甲"]}, chapters[1]]
    found = compare(plan(parts=before), plan(parts=chapters)).changes
    assert {change.kinds for change in found} == {("added",)}
    assert {entry.section for change in found for entry in change.new} == {("学校甲",)}


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        ("{columns: [甲], rows: []}", "missing-key"),
        ("{kind: table, columns: [甲], rows: [{乙: 1}]}", "unknown-column"),
        ("{kind: tabel, columns: [甲], rows: []}", "bad-value"),
        ("{kind: prose, title: 甲}", "unknown-key"),
    ],
)
def test_a_slip_is_found_once(item: str, rule: str) -> None:
    files = {
        "document.yaml": 'title: 要点\nnumber: ""\ndate: ""\nparts: [prose]\n',
        "prose.yaml": f"kind: prose\nitems:\n  - {item}\n",
        "../units.yaml": "units: [{name: 区教育局}]\n",
    }
    found = compile_plan(Memory(files)).diagnostics
    assert [one.rule for one in found if one.rule not in ("title-form", "unused-unit")] == [rule]
