"""Lines of tables compared: which line carries on which, and column by column what became of it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workplan.compare import figures, table_line
from workplan.compare.change import Cell
from workplan.compare.plans import compare
from workplan.compare.report import json as shapes
from workplan.compare.report.wording import ChangeWording
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue
from workplan.source import Memory
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compare.change import Change, Comparison
    from workplan.plan.compiled import Plan

COLUMNS = ("序号", "指标", "上年完成", "今年目标")
OLD = (
    ("1", "入园率", "99.2", "99.5"),
    ("2", "就学率", "99.1", "99.4"),
    ("3", "生产总值增速", "6.1%", "6%左右"),
    ("4", "新增就业", "1.2万人", "1.3万人"),
)


def plan(rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS, **more: object) -> Plan:
    table = {"kind": "table", "title": "指标", "columns": columns, **more}
    lines = [dict(zip(columns, row, strict=True)) for row in rows]
    files = {
        "document.yaml": {"title": "工作要点", "parts": ["table"], "number": "", "date": ""},
        "table.yaml": {**table, "rows": lines},
        "../units.yaml": {"units": [{"name": "甲局"}, {"name": "乙局"}]},
    }
    found = compile_plan(Memory({name: json.dumps(shape, ensure_ascii=False) for name, shape in files.items()})).plan
    assert found is not None
    return found


def lines(comparison: Comparison) -> dict[str, str]:
    """The second cell of each old line and that of the new line that carries it on."""
    pairs = ((match.old[0].cells, match.new[0].cells) for match in comparison.matches)
    return {old[1].text: new[1].text for old, new in pairs if old}


def only(old: Sequence[str], new: Sequence[str], columns: Sequence[str] = COLUMNS) -> Change:
    (change,) = compare(plan([old]), plan([new], columns)).changes[-1:]
    return change


def test_lines_are_known_by_what_they_are_about_whatever_their_figures_and_numbers() -> None:
    new = (
        ("1", "就学率", "99.5", "99.5"),
        ("2", "入园率", "99.4", "99.6"),
        ("3", "新增就业", "6.1万人", "6万人左右"),
        ("4", "生产总值增速", "1.3%", "1.4%"),
    )
    comparison = compare(plan(OLD), plan(new))
    assert lines(comparison) == {row[1]: row[1] for row in OLD}
    assert not any(match.doubtful for match in comparison.matches)


def test_a_figure_is_compared_with_the_one_of_its_column() -> None:
    """Last year's aim is this year's result: told by nearness it would be a change from 99.2 to 99.6."""
    change = only(("1", "入园率", "99.2", "99.5"), ("1", "入园率", "99.5", "99.6"))
    told = [(figure.column, figure.old, figure.new) for figure in figures.told(change)]
    assert told == [("上年完成", "99.2", "99.5"), ("今年目标", "99.5", "99.6")]
    assert [text for mark, text in change.text_diff if mark == "-"] == ["99.2", "99.5"]


def test_two_figures_of_a_cell_are_two_and_a_grouped_number_is_one() -> None:
    change = only(("1", "岗位", "10,20", "1,200人"), ("1", "岗位", "12,25", "1,350人"))
    told = [(figure.column, figure.old, figure.new) for figure in figures.told(change)]
    assert told == [("上年完成", "10", "12"), ("上年完成", "20", "25"), ("今年目标", "1,200人", "1,350人")]


def test_every_report_names_the_column() -> None:
    change = only(("1", "入园率", "99.2", "99.5"), ("1", "入园率", "99.5", "99.6"))
    words = {line.label: line.pieces[0][1] for line in ChangeWording(catalogue("zh"), 12).lines(change)}
    assert words["数字："] == "上年完成：99.2 → 99.5、今年目标：99.5 → 99.6"


def test_programs_are_told_the_column_of_a_figure() -> None:
    comparison = compare(plan(OLD[:1]), plan([("1", "入园率", "99.5", "99.6")]))
    shape: dict[str, Any] = json.loads(json.dumps(shapes.shape(comparison)))
    assert shape["changes"][0]["figures"] == [
        {"from": "99.2", "to": "99.5", "column": "上年完成"},
        {"from": "99.5", "to": "99.6", "column": "今年目标"},
    ]


def test_a_column_that_came_leaves_the_others_in_their_places() -> None:
    columns = ("序号", "指标", "单位", "上年完成", "今年目标")
    change = only(OLD[0], ("1", "入园率", "%", "99.5", "99.6"), columns)
    assert [piece for piece in change.text_diff if piece[0] != "="] == [
        ("+", "｜%"),
        ("-", "99.2"),
        ("+", "99.5"),
        ("-", "99.5"),
        ("+", "99.6"),
    ]


def test_a_line_that_somebody_answers_for_is_a_duty_by_its_name_among_the_tasks() -> None:
    columns = ("任务", "牵头单位", "配合单位")
    roles = {"任务": "title", "牵头单位": "lead", "配合单位": "support"}
    old, new = (
        plan([("新建学校三所。", *units), ("修路两条。", "甲局", "乙局")], columns, roles=roles)
        for units in (("甲局", "乙局"), ("乙局", "甲局"))
    )
    (balance, _) = compare(old, new).units
    assert balance.kept == ("一、#2",)
    assert [(role.row, role.old, role.new) for role in balance.roles] == [("一、", "lead", "support")]


CELL_TEXT = st.text(alphabet="入园率99.56%，。a ", max_size=6)
LINE = st.lists(st.builds(Cell, st.sampled_from(["甲", "乙", "丙"]), CELL_TEXT), max_size=4)


@settings(max_examples=200, deadline=None)
@given(LINE, LINE)
def test_the_pieces_of_two_lines_are_both_lines(old: list[Cell], new: list[Cell]) -> None:
    pieces = table_line.compare(old, new)
    for line, gone in ((old, "+"), (new, "-")):
        assert "".join(text for mark, text in pieces if mark != gone) == CELLS.join(cell.text for cell in line)
    assert all(text for _, text in pieces)
    assert all(first[0] != second[0] for first, second in pairwise(pieces))
    assert ("+", "-") not in [(first[0], second[0]) for first, second in pairwise(pieces)]
