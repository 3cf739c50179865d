"""Tables on the terminal: nothing is cut, nothing in a plan is obeyed as markup."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from views import assignment_of, unit_of
from workplan.render.terminal import tasks_table, units_table
from workplan.view.assignments import Load, TaskRow

WORDS = {
    "number": "序号",
    "section": "板块",
    "title": "任务",
    "lead": "牵头",
    "support": "配合",
    "responsible": "责任",
    "due": "时限",
    "unit": "单位",
    "kind": "类别",
    "tasks": "任务",
    "safeguards": "保障",
}
NAMED = assignment_of(
    "", "区政府合作交流办", open=False, units=(unit_of("区政府合作交流办", "办", "responsible"),), source="units"
)
ROW = TaskRow(
    id="a",
    number="1",
    mark="1．",
    path=("1",),
    part="重点任务",
    kind="tasks",
    section="组织领导",
    title="加强组织领导",
    text="内容",
    assignments=(NAMED,),
    due=(),
    targets=(),
)


def shown(table: object, width: int) -> str:
    file = io.StringIO()
    Console(file=file, width=width, force_terminal=True, color_system=None).print(table)
    return file.getvalue()


def test_a_narrow_terminal_folds_and_loses_nothing() -> None:
    title = "一二三四五六七八九十" * 6
    text = shown(tasks_table([replace(ROW, title=title)], WORDS), 40)
    assert all(text.count(character) >= 6 for character in "二三四五六七八九十")
    assert "…" not in text


def test_text_of_a_plan_is_no_markup_and_cannot_speak_to_the_terminal() -> None:
    text = shown(tasks_table([replace(ROW, title="[red]甲[/] :smile: \x1b[31m")], WORDS), 120)
    assert "[red]甲[/] :smile: \ufffd[31m" in text
    assert "\x1b[31m" not in text


def test_columns_that_no_row_fills_make_way() -> None:
    text = shown(tasks_table([ROW], WORDS), 120)
    assert "责任" in text
    assert "牵头" not in text
    assert "时限" not in text


def test_units_are_counted_and_their_kinds_translated() -> None:
    load = Load(
        unit="[b]区委",
        kind="group",
        printed=(),
        tasks=("a", "b"),
        safeguards=("c",),
        duties=(),
        lead=4,
        support=5,
        responsible=6,
    )
    line = shown(units_table([load], WORDS), 120).splitlines()[3]
    assert line.split() == ["[b]区委", "group", "2", "1", "4", "5", "6"]
    assert "单位组" in shown(units_table([load], {**WORDS, "kind.group": "单位组"}), 120)


def test_a_plan_without_rows_gives_headings() -> None:
    assert "序号" in shown(tasks_table([], WORDS), 80)
