"""From 2022 to 2023: the comparison names exactly the edits that were made, whoever has ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from edits import PLANS
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.plan.compiled import Plan

#: Every edit, in the order of the new plan, by its kinds and what it is of.
EDITS = [
    ({"added"}, [], ["status"]),
    ({"removed"}, ["number"], []),
    ({"reworded"}, ["title"], ["title"]),
    ({"reworded"}, ["preamble"], ["preamble"]),
    ({"reworded"}, ["goals.text"], ["goals.text"]),
    ({"reworded"}, ["制定计划措施"], ["制定计划措施"]),
    ({"reworded"}, ["选派援外干部挂职交流"], ["选派援外干部挂职交流"]),
    ({"reworded"}, ["加大专业人才技术支援"], ["加大专业人才技术支援"]),
    ({"units"}, ["组织开展干部人才培训"], ["组织开展干部人才培训"]),
    ({"moved"}, ["培育乡村振兴带头人"], ["培育乡村振兴带头人"]),
    ({"units"}, ["拓展社会帮扶资金渠道"], ["拓展社会帮扶资金渠道"]),
    ({"added"}, [], ["加强帮扶项目资产管理"]),
    ({"units"}, ["深化产业合作促进就业"], ["深化产业合作促进就业"]),
    ({"added"}, [], ["搭建企业对接平台"]),
    ({"removed"}, ["坚持推动消费协作进机关"], []),
    ({"units"}, ["加大社会消费协作力度"], ["加大社会消费协作力度"]),
    ({"reworded"}, ["提高劳务协作质量水平"], ["提高劳务协作质量水平"]),
    ({"units"}, ["推进公共服务提质增效"], ["推进公共服务提质增效"]),
    ({"split", "reworded", "units"}, ["促进交往交流交融"], ["促进交往交流交融", "打造交往交流活动品牌"]),
    ({"reworded"}, ["抓好队伍建设"], ["抓好队伍建设"]),
    ({"removed"}, ["date"], []),
]
UNITS = [
    ("组织开展干部人才培训", "区卫生健康委", "removed"),
    ("拓展社会帮扶资金渠道", "区工商联", "added"),
    ("深化产业合作促进就业", "区投资促进办", "renamed"),
    ("加大社会消费协作力度", "区投资促进办", "renamed"),
    ("推进公共服务提质增效", "区教育局", "role"),
    ("推进公共服务提质增效", "区卫生健康委", "role"),
    ("推进公共服务提质增效", "前方工作机构", "role"),
]


def plan(year: str, *, ids: bool) -> Plan:
    files = {path.name: path.read_text(encoding="utf-8") for path in (PLANS / year).glob("*.yaml")}
    if not ids:
        files = {name: re.sub(r"(?m)^( *)- id: .*\n *", r"\1- ", text) for name, text in files.items()}
        assert not any(re.search(r"(?m)^[ -]*id:", text) for text in files.values())
    files["../units.yaml"] = (PLANS / "units.yaml").read_text(encoding="utf-8")
    found = compile_plan(Memory(files, year)).plan
    assert found is not None
    return found


@pytest.fixture(params=[(True, True), (True, False), (False, True), (False, False)], ids=str)
def comparison(request: pytest.FixtureRequest) -> Comparison:
    old, new = request.param
    return compare(plan("2022", ids=old), plan("2023", ids=new))


def test_the_comparison_names_exactly_the_edits_that_were_made(comparison: Comparison) -> None:
    told = [
        ({*change.kinds}, *([entry.title or entry.id for entry in side] for side in (change.old, change.new)))
        for change in comparison.changes
    ]
    assert told == EDITS
    assert not any(change.doubtful for change in comparison.changes)


def test_the_comparison_names_exactly_the_units_that_changed(comparison: Comparison) -> None:
    told = [
        (change.new[0].title, unit.unit, unit.change)
        for change in comparison.changes
        if change.old and change.new
        for unit in change.units
    ]
    assert told == UNITS


def test_numbers_that_only_shifted_stand_apart(comparison: Comparison) -> None:
    shifted = [(item.old, item.new) for item in comparison.renumbered]
    assert shifted == [
        ("7", "8"), ("8", "9"), ("9", "11"), ("10", "13"), ("12", "14"),
        ("13", "15"), ("14", "16"), ("15", "17"), ("16", "18"), ("17", "19"),
    ]  # fmt: skip


def test_it_says_who_gained_and_who_lost_a_duty() -> None:
    balances = compare(plan("2022", ids=True), plan("2023", ids=True)).units
    changed = {balance.unit: (balance.gained, balance.lost) for balance in balances if balance.gained or balance.lost}
    assert changed == {
        "区政府合作交流办": (("加强帮扶项目资产管理",), ()),
        "区财政局": (("加强帮扶项目资产管理",), ()),
        "区商务委": (("搭建企业对接平台",), ()),
        "区卫生健康委": ((), ("组织开展干部人才培训",)),
        "区投资促进办": (("搭建企业对接平台",), ()),
        "区工商联": (("拓展社会帮扶资金渠道", "搭建企业对接平台"), ()),
        "前方工作机构": (("加强帮扶项目资产管理",), ("坚持推动消费协作进机关",)),
        "领导小组成员单位": ((), ("坚持推动消费协作进机关",)),
        "各相关部门": ((), ("坚持推动消费协作进机关",)),
    }
