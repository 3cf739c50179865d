"""Task sheets filled in in a real LibreOffice, as documents and as workbooks, are collected to the letter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import office
from repositories import commit, repository
from workplan import view
from workplan.compiler import compile_plan
from workplan.output.wanted import Wanted
from workplan.progress import answers
from workplan.source import Directory, collected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.progress.answers import State

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not office.python(), reason="no Python can drive LibreOffice (Debian: python3-uno)"),
]
ROOT = Path(__file__).parents[1]
FIELDS = ("进展情况", "完成时间", "存在问题", "下一步")
#: What people type: marks of YAML, formulas, markup, links, blanks, several lines.
TYPED = (
    "已完成80%，其中：新增“双百”企业12家；",
    '=HYPERLINK("http://example.com","点")',
    "- 一是：资金 #2 未到位\n二是“人员”不足",
    "2022年9月底前",
    "<b>&amp;{{ unit }}{% raw %}",
    "'单引号' \"双引号\" \\反斜杠 | > @ %",
    "true",
    "3月31日 完成  两个空格",
)


def answers_of(count: int, seed: int) -> list[str]:
    """What is typed into that many fields: every text in turn, and one field in five left empty."""
    return ["" if (place + seed) % 5 == 4 else f"{TYPED[(place + seed) % len(TYPED)]}{place}" for place in range(count)]


def build(project: Path) -> dict[str, tuple[str, list[str]]]:
    """Build all sheets to fill in; the stem of each unit, and the ids of its rows in order."""
    plan = compile_plan(Directory(project / "plan/2022")).plan
    assert plan is not None
    command = [sys.executable, "-m", "workplan", "build", "plan/2022", "--only", "sheets", "--fields"]
    subprocess.run([*command, "--format", "docx,xlsx"], cwd=project, capture_output=True, check=True)
    sheets = view.sheets(plan, Wanted().sheet_units(plan))
    return {str(one.unit): (one.stem, [entry.row.id for entry in one.entries]) for one in sheets}


def state(project: Path) -> State:
    path = collected.latest(project / "plan/2022")
    assert path is not None
    return answers.taken(path)


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_what_26_units_fill_in_is_collected_to_the_letter(form: str, tmp_path: Path) -> None:
    project = repository(tmp_path / "project")
    commit(project, {str(one.relative_to(ROOT)): one.read_text() for one in (ROOT / "plan").rglob("*.yaml")})
    units = build(project)
    assert len(units) == 26
    back = tmp_path / "back"
    back.mkdir()
    typed = {unit: answers_of(len(FIELDS) * len(ids), seed) for seed, (unit, (_, ids)) in enumerate(units.items())}
    orders: list[office.Order] = [
        {
            "open": str(project / f"build/2022/sheets/{stem}.{form}"),
            "steps": [("answers", typed[unit]), ("signed", ["张三", "李四"])],
            "save": [(form, str(back / f"{place}.{form}"))],
        }
        for place, (unit, (stem, _)) in enumerate(units.items())
    ]
    office.carry_out(orders, tmp_path)
    collect = [sys.executable, "-m", "workplan", "collect", str(back), "--into", "plan/2022"]
    for date in ("2022-04-01", "2022-04-02"):
        ended = subprocess.run([*collect, "--date", date], cwd=project, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
    found = state(project)
    assert found.date == "2022-04-01", "collected twice, nothing changes"
    assert len(list((project / "plan/2022/progress").iterdir())) == 1
    assert not [one for one in found.units.values() if one.filled_by or one.checked_by], "nobody asked for names"
    assert {unit: one.rows for unit, one in found.units.items()} == {
        unit: expected(ids, typed[unit]) for unit, (_, ids) in units.items()
    }
    named = subprocess.run([*collect, "--date", "2022-04-03", "--names", "-o", "n.xlsx"], cwd=project, check=False)
    assert named.returncode == 0
    assert {(one.filled_by, one.checked_by) for one in state(project).units.values()} == {("张三", "李四")}


def expected(ids: list[str], typed: list[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The rows that were answered, each with its fields."""
    found = {}
    for place, row in enumerate(ids):
        own = dict(zip(FIELDS, typed[place * len(FIELDS) :], strict=False))
        found[row] = {field: tuple(text.split("\n")) for field, text in own.items() if text}
    return {row: answers for row, answers in found.items() if answers}
