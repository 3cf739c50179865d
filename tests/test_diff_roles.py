"""A unit that keeps a duty in another role: told as a change by every report, and by the life of a task."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

import reading
from repositories import commit, repository
from workplan.compare.plans import compare
from workplan.compare.report import REPORTERS
from workplan.compare.subject import Subject
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue
from workplan.resources.templates import Templates
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.compare.change import Balance
    from workplan.plan.compiled import Plan

    Run = Callable[..., CompletedProcess[str]]

REGISTRY = """units:
  - {name: 甲局}
  - {name: 乙局}
  - {name: 东街道}
  - {name: 西街道}
  - {name: 各街道, kind: group, members: [东街道, 西街道]}
"""
DOCUMENT = "title: 工作要点\nparts: [tasks]\nnumber: ''\ndate: ''\n"
TEXT = "新建学校三所，年底前建成开学。"
JOINT, LED = "甲局、乙局", "甲局牵头，乙局配合"


def files(*tasks: tuple[str, str, str]) -> dict[str, str]:
    items = [{"id": name, "title": name, "text": text, "units": units} for name, text, units in tasks]
    part = {"kind": "tasks", "title": "重点任务", "items": items}
    return {"document.yaml": DOCUMENT, "tasks.yaml": json.dumps(part, ensure_ascii=False)}


def plan(*tasks: tuple[str, str, str]) -> Plan:
    result = compile_plan(Memory({**files(*tasks), "../units.yaml": REGISTRY}))
    assert result.plan is not None
    assert result.clean, result.diagnostics
    return result.plan


def balances(old: Plan, new: Plan) -> dict[str, Balance]:
    return {balance.unit: balance for balance in compare(old, new).units}


def told(balance: Balance) -> list[tuple[str, str, str]]:
    return [(role.row, role.old, role.new) for role in balance.roles]


# ------------------------------------------------------------------------------------------- the account


def test_a_duty_kept_in_another_role_is_no_duty_that_stayed_as_it_was() -> None:
    found = balances(plan(("建校", TEXT, JOINT)), plan(("建校", TEXT, LED)))
    assert told(found["甲局"]) == [("建校", "responsible", "lead")]
    assert told(found["乙局"]) == [("建校", "responsible", "support")]
    assert [(one.gained, one.lost, one.kept, one.reworded) for one in found.values()] == [((), (), (), ())] * 2


def test_a_duty_that_was_worded_anew_as_well_is_told_as_both() -> None:
    found = balances(plan(("建校", TEXT, JOINT)), plan(("建校", TEXT.replace("三所", "五所"), LED)))
    assert found["甲局"].reworded == ("建校",)
    assert told(found["甲局"]) == [("建校", "responsible", "lead")]


def test_a_duty_of_which_only_another_unit_changed_its_role_stays_as_it_was() -> None:
    found = balances(plan(("建校", TEXT, "甲局牵头，乙局配合")), plan(("建校", TEXT, "甲局、乙局牵头")))
    assert (found["甲局"].kept, told(found["甲局"])) == (("建校",), [])
    assert (found["乙局"].kept, told(found["乙局"])) == ((), [("建校", "support", "lead")])


def test_a_member_has_the_role_of_the_group_that_lists_it() -> None:
    found = balances(plan(("建校", TEXT, "各街道")), plan(("建校", TEXT, "东街道牵头，西街道配合")))
    assert told(found["东街道"]) == [("建校", "responsible", "lead")]
    assert told(found["西街道"]) == [("建校", "responsible", "support")]


def test_a_group_whose_members_have_several_roles_now_has_none_of_them() -> None:
    found = balances(plan(("建校", TEXT, "各街道")), plan(("建校", TEXT, "东街道牵头，西街道配合")))
    assert (found["各街道"].kept, told(found["各街道"])) == (("建校",), [])


def test_of_a_task_that_was_split_each_piece_in_which_the_role_is_another_is_told() -> None:
    more = "建好运动场馆两座，免费向群众开放。"
    old = plan(("建校", TEXT + more, "甲局牵头，乙局配合"))
    new = plan(("建校", TEXT, "甲局牵头，乙局配合"), ("建馆", more, "乙局牵头，甲局配合"))
    found = balances(old, new)
    assert told(found["甲局"]) == [("建馆", "lead", "support")]
    assert told(found["乙局"]) == [("建馆", "support", "lead")]


# ------------------------------------------------------------------------------------------- the reports


def report(name: str, language: str) -> str:
    old, new = plan(("建校", TEXT, JOINT)), plan(("建校", TEXT, LED))
    subject = Subject(
        comparison=compare(old, new, ("2026", "2027")),
        old=old,
        new=new,
        words=catalogue(language),
        templates=Templates(None),
    )
    return REPORTERS[name](subject).decode()


@pytest.mark.parametrize("name", ["text", "md"])
@pytest.mark.parametrize(
    ("language", "shown"), [("zh", "分工变动：建校（责任 → 牵头）"), ("en", "role: 建校 (responsible → lead)")]
)
def test_the_report_says_in_which_role_a_unit_keeps_its_duty(name: str, language: str, shown: str) -> None:
    assert shown in report(name, language).replace("\\", "")


def test_the_page_has_a_column_for_roles() -> None:
    tree = lxml_html.document_fromstring(report("html", "zh"))
    head = [cell.text_content() for cell in tree.xpath("//table[@id='balances']/thead//th")]
    assert head == ["单位", "增加", "减少", "改动", "分工变动", "不变"]
    rows = {
        row.xpath("string(th)"): [reading.squeezed(cell.text_content()) for cell in row.xpath("td")]
        for row in tree.xpath("//tbody/tr")
    }
    assert rows["甲局"] == ["", "", "", "1建校（责任→牵头）", ""]


def test_programs_are_told_the_row_and_both_roles() -> None:
    found = {balance["unit"]: balance for balance in json.loads(report("json", "zh"))["units"]}
    assert found["乙局"]["roles"] == [{"id": "建校", "from": "responsible", "to": "support"}]
    assert found["乙局"]["kept"] == []


@pytest.mark.parametrize("arguments", [("--task", "建校"), ("--unit", "甲局")])
def test_the_life_of_a_task_and_of_a_unit_tells_a_role_that_changed(
    arguments: tuple[str, ...], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "要点")
    states = [files(("建校", TEXT, units)) for units in (JOINT, LED)]
    for place, state in enumerate(states):
        shown = {f"plan/2026/{name}": text.encode() for name, text in state.items()}
        commit(folder, {**shown, "plan/units.yaml": REGISTRY.encode()}, f"第{place}稿")
    monkeypatch.chdir(folder)
    assert "甲局由责任改为牵头；乙局由责任改为配合" in run("log", *arguments).stdout
