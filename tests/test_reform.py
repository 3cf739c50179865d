"""Institutional reform: units that were renamed, merged and split, each plan with the units and names of its year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from repositories import commit, repository
from workplan import view
from workplan.check.suppress import Selection
from workplan.compare import history
from workplan.compare.change import RegistryChange
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.rewrite.fix import fixed
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.plan.compiled import Plan

    Run = Callable[..., CompletedProcess[str]]

#: Three renamings (two of them of one unit), a merger and a split.
UNITS = """\
units:
  - {name: 区农业农村委, renamed: [{from: 区乡村振兴局, year: 2024}, {from: 区扶贫办, year: 2021}]}
  - {name: 区投促办, full: 示例区投资促进办公室, renamed: {from: 区投资办, year: 2023}}
  - {name: 区市场监管局, merged: {from: [区工商局, 区质监局], year: 2022}}
  - {name: 区工商局, aliases: [区工商]}
  - {name: 区卫生计生委, split: {into: [区卫生健康委, 区医保局], year: 2023}}
  - {name: 区医院, within: 区投资办}
  - {name: 各部门, kind: group, members: [区农业农村委, 区投促办, 区市场监管局, 区卫生健康委, 区医保局]}
"""
FRAME = "title: 甲\nparts: [tasks]\ndate: ''\nnumber: ''\n"
#: The names of every year, in the order of the registry.
NAMES = {
    "2020": ("区扶贫办", "区投资办", "区质监局", "区工商局", "区卫生计生委"),
    "2021": ("区乡村振兴局", "区投资办", "区质监局", "区工商局", "区卫生计生委"),
    "2022": ("区乡村振兴局", "区投资办", "区市场监管局", "区卫生计生委"),
    "2023": ("区乡村振兴局", "区投促办", "区市场监管局", "区卫生健康委", "区医保局"),
    "2024": ("区农业农村委", "区投促办", "区市场监管局", "区卫生健康委", "区医保局"),
}


def _source(year: str, named: str, units: str = UNITS) -> Memory:
    tasks = (
        f"kind: tasks\ntitle: 重点任务\nitems:\n- {{title: 共同, text: 共同办好。, units: 各部门}}\n"
        f"- {{id: 乙, title: 乙, text: 办好。, units: {named}}}\n"
    )
    return Memory({"document.yaml": FRAME, "tasks.yaml": tasks, "../units.yaml": units}, year)


def _plan(year: str, named: str, units: str = UNITS) -> Plan:
    result = compile_plan(_source(year, named, units))
    assert result.plan is not None
    assert result.clean, result.diagnostics
    return result.plan


def _found(year: str, named: str) -> list[tuple[str, str, object]]:
    result = compile_plan(_source(year, named), Selection.read(["old-name", "early-name", "unknown-unit"], None))
    return [(one.rule, one.variant, one.fix and one.fix[0].text) for one in result.diagnostics]


@pytest.mark.parametrize("year", NAMES)
def test_every_sheet_and_row_of_a_year_has_the_names_of_that_year(year: str) -> None:
    """The units, the members of a group, the sheets with what they say, the unit above; and no rule complains."""
    names = NAMES[year]
    plan = _plan(year, "、".join(names))
    assert _found(year, "、".join(names)) == []
    assert [load.unit for load in view.loads(plan)] == [*names, "各部门"]
    assert set(plan.book.members("各部门")) == set(names)
    for unit in names:
        (sheet,) = view.sheets(plan, [unit])
        assert str(sheet.unit) == unit
        assert [str(entry.row.title) for entry in sheet.tasks] == ["共同", "乙"]
        others = {name for entry in sheet.tasks for _, printed in entry.others for name in printed}
        assert others <= {*names, "各部门"}
    (group,) = view.sheets(plan, ["各部门"])
    assert set(map(str, group.members)) == set(names)
    assert plan.book.entries["区医院"].within == names[1]


def test_a_full_name_goes_with_the_present_name_alone() -> None:
    assert {year: _plan(year, "各部门").book.entries[NAMES[year][1]].full for year in ("2022", "2023")} == {
        "2022": "",
        "2023": "示例区投资促进办公室",
    }


@pytest.mark.parametrize(
    ("year", "named", "rule", "variant", "fix"),
    [
        ("2022", "区扶贫办", "old-name", "", "区乡村振兴局"),
        ("2024", "区扶贫办", "old-name", "", "区农业农村委"),
        ("2022", "区质监局", "old-name", "", "区市场监管局"),
        ("2022", "区工商", "old-name", "", "区市场监管局"),
        ("2023", "区卫生计生委", "old-name", "split", None),
        ("2020", "区乡村振兴局", "early-name", "", "区扶贫办"),
        ("2020", "区农业农村委", "early-name", "", "区扶贫办"),
        ("2022", "区医保局", "early-name", "", "区卫生计生委"),
        ("2021", "区市场监管局", "early-name", "several", None),
    ],
)
def test_a_name_of_another_year_is_told_with_the_right_one(
    year: str, named: str, rule: str, variant: str, fix: str | None
) -> None:
    assert _found(year, named) == [(rule, variant, fix)]
    if fix:
        again = fixed(_source(year, named), Selection.read([rule], None))
        assert f"units: {fix}}}" in again.changes[0].after.decode()


def test_a_unit_taken_in_or_split_off_leaves_the_other_one_where_it_is() -> None:
    """One name alone: it was merged into the unit, or split off it."""
    units = (
        "units:\n- {name: 区农业农村委, merged: {from: 区乡村振兴局, year: 2024}}\n"
        "- {name: 区人社局, split: {into: 区医保局, year: 2019}}\n- {name: 各部门, kind: group, members: [区农业农村委, 区人社局]}\n"
    )
    members = {year: _plan(year, "各部门", units).book.members("各部门") for year in ("2018", "2023", "2024")}
    assert members == dict.fromkeys(("2018", "2023", "2024"), ("区农业农村委", "区人社局"))
    joint = units.replace("members: [", "members: [区乡村振兴局, 区医保局, ")
    members = {year: _plan(year, "各部门", joint).book.members("各部门") for year in ("2018", "2023", "2024")}
    assert members == {
        "2018": ("区乡村振兴局", "区人社局", "区农业农村委"),
        "2023": ("区乡村振兴局", "区医保局", "区农业农村委", "区人社局"),
        "2024": ("区农业农村委", "区医保局", "区人社局"),
    }
    assert [load.unit for load in view.loads(_plan("2018", "区医保局", units))] == ["区人社局", "各部门"]
    assert [load.unit for load in view.loads(_plan("2024", "区医保局", units))] == ["区医保局", "各部门"]


@pytest.mark.parametrize(
    ("units", "variant"),
    [
        ("{name: 甲, renamed: [{from: 乙, year: 2020}, {from: 丙, year: 2020}]}", ""),
        ("{name: 甲, merged: {from: [乙, 丙], year: 2020}}\n- {name: 丁, merged: {from: 乙, year: 2020}}", ""),
        ("{name: 甲, aliases: [乙], merged: {from: 乙, year: 2020}}", "alone"),
    ],
)
def test_changes_that_cannot_be_are_errors(units: str, variant: str) -> None:
    found = compile_plan(_source("2024", "甲", f"units:\n- {units}\n- {{name: 各部门, kind: group, open: true}}\n"))
    assert [(one.rule, one.variant) for one in found.diagnostics if one.severity == "error"] == [
        ("reform-conflict", variant)
    ]


def test_one_unit_registered_twice_under_its_names_is_told_how_to_write_it() -> None:
    units = "units:\n- {name: 丙, renamed: {from: 乙, year: 2024}}\n- {name: 乙, renamed: {from: 甲, year: 2021}}\n"
    found = [one for one in compile_plan(_source("2024", "丙", units)).diagnostics if one.rule == "ambiguous-name"]
    assert [(one.variant, one.arguments["renamed"]) for one in found] == [
        ("renamed", "renamed: [{from: 甲, year: 2021}, {from: 乙, year: 2024}]")
    ]


def test_a_fault_in_a_renaming_is_one_finding_at_its_place() -> None:
    """Written alone or in a list."""
    for written in ("{from: 乙, year: 二〇}", "[{from: 乙, year: 二〇}, {from: 丙, year: 2020}]"):
        found = compile_plan(_source("2024", "甲", f"units:\n- {{name: 甲, renamed: {written}}}\n- {{name: 各部门}}\n"))
        assert [(one.rule, one.span.line) for one in found.diagnostics] == [("bad-value", 2)]


def test_a_comparison_tells_mergers_and_splits_where_units_are_named() -> None:
    """Units that were merged keep their duties; of one that was split each piece gains them."""
    found = compare(_plan("2020", "、".join(NAMES["2020"])), _plan("2024", "、".join(NAMES["2024"])))
    (change,) = [change for change in found.changes if change.units]
    assert {(one.unit, one.change, one.old, one.new, one.since) for one in change.units} == {
        ("区农业农村委", "renamed", "区扶贫办", "区农业农村委", 2024),
        ("区投促办", "renamed", "区投资办", "区投促办", 2023),
        ("区市场监管局", "merged", "区质监局、区工商局", "区市场监管局", 2022),
        ("区卫生计生委", "split", "区卫生计生委", "区卫生健康委、区医保局", 2023),
    }
    assert found.registry == ()  # the registry is the same, only the years differ
    gained = {balance.unit for balance in found.units if balance.gained}
    lost = {balance.unit for balance in found.units if balance.lost}
    assert (gained, lost) == ({"区卫生健康委", "区医保局"}, {"区卫生计生委"})


BASE = (
    "units:\n  - {name: 区教育局}\n  - {name: 区财局}\n  - {name: 各部门, kind: group, members: [区教育局, 区财局]}\n"
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("members: [区教育局, 区财局]", "members: [区教育局]", RegistryChange("区财局", "left", old="各部门")),
        ("members: [区教育局, 区财局]", "members: [区教育局, 区财局, 区财局]", None),
        (
            "{name: 区财局}",
            "{name: 区财政局, renamed: {from: 区财局, year: 2020}}",
            RegistryChange("区财政局", "renamed", "区财局", "区财政局", 2020),
        ),
        ("{name: 区财局}", "{name: 区财局}\n  - {name: 区体育局}", RegistryChange("区体育局", "added")),
        ("{name: 区财局}", "{name: 区财局, full: 甲区财局}", RegistryChange("区财局", "full", new="甲区财局")),
        ("{name: 区财局}", "{name: 区财局, aliases: [区财]}", None),
        ("{name: 区财局}", "{name: 区财局, kind: office}", RegistryChange("区财局", "kind", "unit", "office")),
        ("{name: 区财局}", "{name: 区财局, within: 区教育局}", RegistryChange("区财局", "within", new="区教育局")),
        ("区财局]}", "区财局], open: true}", RegistryChange("各部门", "open")),
        (
            "{name: 区财局}",
            "{name: 区财局, merged: {from: [区教育局, 区财局], year: 2020}}",
            RegistryChange("区财局", "merged", "区教育局", "区财局", 2020),
        ),
    ],
)
def test_what_changed_in_the_registry_is_told(old: str, new: str, told: RegistryChange | None) -> None:
    found = compare(_plan("2024", "各部门", BASE), _plan("2024", "各部门", BASE.replace(old, new)))
    assert found.registry == (() if told is None else (told,))


def test_a_split_of_the_registry_and_a_spelling_that_leads_elsewhere_are_told() -> None:
    old = BASE.replace("{name: 区财局}", "{name: 区财局, aliases: [财政]}")
    new = old.replace("{name: 区教育局}", "{name: 区教育局, aliases: [财政]}").replace(
        ", aliases: [财政]}\n  - {name: 各", "}\n  - {name: 各"
    )
    found = compare(_plan("2024", "财政", old), _plan("2024", "财政", new))
    assert found.registry == (RegistryChange("财政", "spelling", "区财局", "区教育局"),)
    new = BASE.replace("{name: 区财局}", "{name: 区财局, split: {into: [区财政局, 区国资委], year: 2020}}")
    found = compare(_plan("2024", "各部门", BASE), _plan("2024", "各部门", new))
    assert found.registry == (RegistryChange("区财局", "split", "区财局", "区财政局、区国资委", 2020),)


def test_a_member_added_to_a_group_is_told_by_diff_and_log(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets a sheet, so its gain is told too; a registry of several plans is told once for a revision."""
    folder = repository(tmp_path)
    monkeypatch.chdir(folder)
    files = {f"plan/2024/{name}": text for name, text in _source("2024", "区教育局").files.items() if "/" not in name}
    files |= {name.replace("2024", "2023"): text for name, text in files.items()}
    commit(folder, {**files, "plan/units.yaml": BASE})
    commit(folder, {"plan/units.yaml": BASE.replace("区财局]", "区财局, 区民政局]")}, "增加成员")
    shape = json.loads(run("diff", "HEAD~1:plan/2024", "HEAD:plan/2024", "--format", "json").stdout)
    assert [(one["unit"], one["change"], one["to"]) for one in shape["registry"]] == [
        ("区民政局", "added", ""),
        ("区民政局", "joined", "各部门"),
    ]
    assert [(one["unit"], one["gained"]) for one in shape["units"] if one["gained"]] == [("区民政局", ["一、/（一）"])]
    assert run("diff", "HEAD~1:plan/2024", "HEAD:plan/2024", "--exit-code").returncode == 1
    log = run("log", "--unit", "区民政局")
    assert log.stdout.count("区民政局列入各部门") == 1
    assert "没有" not in log.stderr
    told = json.loads(run("log", "--unit", "区民政局", "--format", "json").stdout)["steps"]
    assert [(step["subject"], step["plan"], len(step["registry"])) for step in told][-1] == ("增加成员", "plan/2024", 2)
    assert history.with_changes(()) == ()


def test_the_life_of_a_unit_goes_on_through_mergers_and_splits(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its predecessors had to do is told under its name, and what became of it under its earlier one."""
    folder = repository(tmp_path)
    monkeypatch.chdir(folder)
    for year, named in (("2021", "区工商局、区质监局、区卫生计生委"), ("2024", "区市场监管局、区医保局")):
        files = {f"plan/{year}/{name}": text for name, text in _source(year, named).files.items() if "/" not in name}
        commit(folder, {**files, "plan/units.yaml": UNITS}, year)
    for unit in ("区市场监管局", "区质监局", "区卫生计生委", "区医保局"):
        steps = json.loads(run("log", "--unit", unit, "--format", "json").stdout)["steps"]
        titles = [[ref["title"] for change in step["changes"] for ref in change["new"]] for step in steps]
        assert titles == [["共同", "乙"], ["乙"]]
