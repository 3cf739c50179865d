"""The pictures of a year: every unit and every deadline stands in them, in words, whatever the plan says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from workplan import view
from workplan.compiler import compile_plan
from workplan.render import chart
from workplan.render.chart.bars import Compared
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
#: Words that would be markup, were they not text.
HOSTILE = "<script>alert(1)</script>&\"'"


def made(due: str = "", title: str = "要点") -> Plan:
    """A plan of one task."""
    plan = compile_plan(
        Memory(
            {
                "document.yaml": f"title: {title}\nparts: [tasks]\ndate: 2026-01-15\n",
                "tasks.yaml": f"kind: tasks\ntitle: 任务\nitems:\n  - title: 办学\n    text: {due}办好。\n"
                + (f"    due: {due}\n" if due else "")
                + "    units: 区教育局牵头，区财政局配合\n",
                "../units.yaml": "units:\n  - name: 区教育局\n  - name: 区财政局\n",
            },
            "2026",
        )
    ).plan
    assert plan is not None
    return plan


def texts(content: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in etree.fromstring(content).iter(f"{SVG}text")]


def test_every_unit_of_the_plan_has_its_bar_and_its_figure() -> None:
    plan = made()
    shown = texts(chart.loads("要点", view.loads(plan)))
    assert {"区教育局", "区财政局"} <= set(shown)
    assert shown.count("1") == 2


def test_last_year_stands_beside_this_one_and_who_has_nothing_now_is_told() -> None:
    shown = texts(chart.loads("要点", view.loads(made()), Compared({"区教育局": 3, "区旧局": 2}, {"区教育局": (1, 1)})))
    assert "1（−2）　完成1/1" in shown
    assert "1（+1）" in shown
    assert any("区旧局（2项）" in one for one in shown)


@pytest.mark.parametrize(
    ("due", "head"),
    [
        ("2026年6月底前", "1项"),
        ("2027年3月底前", "以后年份到期（1项）"),
        ("2025年3月底前", "以前年份到期（1项）"),
        ("每年2月底前", "定期开展（1项）"),
        ("", "没有写明期限（1项）"),
    ],
)
def test_every_task_stands_in_the_calendar_whatever_its_deadline(due: str, head: str) -> None:
    shown = texts(chart.calendar("要点", 2026, view.rows(made(due))))
    assert head in shown
    assert any("办学" in one for one in shown)


def test_how_a_task_stands_is_marked_where_it_is_known() -> None:
    plan = made("2026年6月底前")
    rows = view.rows(plan)
    assert any(
        "●" in one and "办学" in one for one in texts(chart.calendar("要点", 2026, rows, {rows[0].id: "已完成"}))
    )


def test_what_the_plan_says_is_text_and_nothing_runs_or_is_loaded() -> None:
    for content in (chart.loads(HOSTILE, view.loads(made())), chart.calendar(HOSTILE, 2026, view.rows(made()))):
        tree = etree.fromstring(content)
        assert HOSTILE in texts(content)
        assert {etree.QName(one).localname for one in tree.iter(etree.Element)} <= {
            *("svg", "title", "desc", "defs", "pattern", "rect", "path", "text"),
        }
        assert b"href" not in content.replace(b"xmlns:xlink", b"")


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert chart.loads("要点", view.loads(made())) == chart.loads("要点", view.loads(made()))


@pytest.mark.parametrize(("command", "words"), [("units", "上年合计"), ("tasks", "12月")])
def test_the_commands_draw_the_example_beside_the_year_before(command: str, words: str, tmp_path: Path) -> None:
    target = tmp_path / "picture.svg"
    call = [sys.executable, "-m", "workplan", command, str(ROOT / "plan" / "2023"), "--chart", str(target)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert any(words in one for one in texts(target.read_bytes()))


def test_a_chart_goes_with_no_list(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "workplan", "units", str(ROOT / "plan" / "2022"), "--format", "json"]
    done = subprocess.run([*call, "--chart", str(tmp_path / "a.svg")], capture_output=True, check=False)
    assert done.returncode == 2
    assert not (tmp_path / "a.svg").exists()
