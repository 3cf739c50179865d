"""Each kind of change told for what it is, on small plans made for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from workplan.compare.entry import entries
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.compare.change import Change, Comparison, UnitChange
    from workplan.plan.compiled import Plan

Shape = dict[str, object]

REGISTRY: list[Shape] = [
    {"name": "区教育局"},
    {"name": "区财政局"},
    {"name": "区投资办"},
    {"name": "区民政局", "aliases": ["民政局"]},
    {"name": "各街镇", "kind": "group", "members": ["静安寺街道", "曹家渡街道", "彭浦镇"]},
]
LONG = "加强对口帮扶地区党政干部和专业技术人才培养培训，全年组织两期培训班。"
OTHER = "拓展社会资金帮扶渠道，广泛发动企业和个人开展公益帮扶与志愿服务活动。"
THIRD = "办好消费帮扶专场活动和特色产品展销会，支持帮扶产品进机关进社区进学校。"


def task(title: str = "", text: str = LONG, units: object = "区教育局", **more: object) -> Shape:
    given = {"title": title, "text": text, "units": units, **more}
    return {key: value for key, value in given.items() if value}


def plan(items: Sequence[object], registry: Sequence[Shape] = REGISTRY, year: str = "2022", **document: object) -> Plan:
    files: dict[str, object] = {
        "document.yaml": {"title": "工作要点", "parts": ["tasks"], "number": "", "date": "", **document},
        "tasks.yaml": {"kind": "tasks", "title": "重点任务", "items": items},
        "../units.yaml": {"units": registry},
    }
    result = compile_plan(Memory({name: json.dumps(shape, ensure_ascii=False) for name, shape in files.items()}, year))
    assert result.plan is not None
    assert result.clean, result.diagnostics
    return result.plan


def changes(old: Sequence[object], new: Sequence[object]) -> tuple[Change, ...]:
    return compare(plan(old), plan(new)).changes


def only(old: Sequence[object], new: Sequence[object]) -> Change:
    (change,) = changes(old, new)
    return change


# ------------------------------------------------------------------------------------------- order and place


def test_of_two_tasks_that_change_places_one_moved() -> None:
    first, second = task("培训干部"), task("募集资金", OTHER)
    assert only([first, second], [second, first]).kinds == ("moved",)


def test_a_section_that_moves_takes_its_tasks_along() -> None:
    one = {"title": "人才支援", "items": [task("培训干部"), task("募集资金", OTHER)]}
    two = {"title": "消费协作", "items": [task("办好展销", THIRD)]}
    change = only([one, two], [two, one])
    assert change.kinds == ("moved",)
    assert change.new[0].kind == "section"


def test_a_section_that_is_called_otherwise_is_the_same_section() -> None:
    items = [task("培训干部"), task("募集资金", OTHER)]
    change = only([{"title": "人才支援", "items": items}], [{"title": "智力帮扶", "items": items}])
    assert change.kinds == ("retitled",)
    assert change.new[0].kind == "section"


def test_a_number_that_shifted_is_no_change() -> None:
    comparison = compare(
        plan([task("培训干部"), task("募集资金", OTHER)]),
        plan([task("办好展销", THIRD), task("培训干部"), task("募集资金", OTHER)]),
    )
    assert [change.kinds for change in comparison.changes] == [("added",)]
    assert [(item.old, item.new) for item in comparison.renumbered] == [("一", "二"), ("二", "三")]


def test_other_glyphs_for_the_same_numbers_are_told() -> None:
    old, new = (plan([task("培训干部")], style={"numbering": ["一、", glyph]}) for glyph in ("（一）", "(一)"))
    comparison = compare(old, new)
    assert comparison.changes == ()
    assert [(item.old, item.new) for item in comparison.renumbered] == [("（一）", "(一)")]


def test_the_same_text_in_several_sections_is_matched_section_by_section() -> None:
    def sections(*titles: str) -> list[object]:
        return [{"title": title, "items": [task("加强宣传", OTHER), task(f"{title}培训")]} for title in titles]

    assert changes(sections("甲类", "乙类", "丙类"), sections("甲类", "乙类", "丙类")) == ()
    gone = changes(sections("甲类", "乙类", "丙类"), sections("甲类", "丙类"))
    assert {change.kinds for change in gone} == {("removed",)}
    assert {change.old[0].section[-1] for change in gone if change.old[0].kind == "tasks"} == {"乙类"}


# ------------------------------------------------------------------------------------------- split and merged


@pytest.mark.parametrize("ids", [True, False])
def test_a_task_in_two_is_split(*, ids: bool) -> None:
    whole = task("培训和募集", LONG + OTHER, id="培训" if ids else "")
    first, second = (
        task("培训和募集", LONG, id="培训" if ids else ""),
        task("募集资金", OTHER, id="募集" if ids else ""),
    )
    change = only([whole, task("办好展销", THIRD)], [first, second, task("办好展销", THIRD)])
    assert change.kinds == ("split",)
    assert [entry.title for entry in change.new] == ["培训和募集", "募集资金"]
    assert change.similarity > 0.8


def test_a_task_split_in_three_under_other_titles_is_split() -> None:
    whole = task("培训募集展销", LONG + OTHER + THIRD)
    parts = [task("培训干部", LONG), task("募集资金", OTHER), task("办好展销", THIRD)]
    change = only([whole], parts)
    assert change.kinds == ("split", "retitled")
    assert len(change.new) == 3


@pytest.mark.parametrize("ids", [True, False])
def test_two_tasks_in_one_are_merged(*, ids: bool) -> None:
    first, second = task("培训干部", LONG, id="培训" if ids else ""), task("募集资金", OTHER, id="募集" if ids else "")
    change = only([first, second], [task("培训干部", LONG + OTHER, id="培训" if ids else "")])
    assert change.kinds == ("merged",)
    assert [entry.title for entry in change.old] == ["培训干部", "募集资金"]


def test_a_piece_that_was_also_reworded_is_told_as_both() -> None:
    change = only(
        [task("培训和募集", LONG + OTHER)], [task("培训和募集"), task("募集资金", OTHER.replace("企业", "国有企业"))]
    )
    assert change.kinds == ("split", "reworded")
    assert ("+", "国有") in change.text_diff


def test_a_new_task_that_repeats_a_sentence_of_one_that_stayed_is_no_piece_of_it() -> None:
    old = [task("培训和募集", LONG + OTHER)]
    assert only(old, [*old, task("募集资金", OTHER)]).kinds == ("added",)


# ------------------------------------------------------------------------------------------- units


def units(old: object, new: object, *, registry: Sequence[Shape] = REGISTRY) -> list[tuple[str, str, str, str]]:
    comparison = compare(plan([task("培训干部", units=old)]), plan([task("培训干部", units=new)], registry))
    return [_told(unit) for change in comparison.changes for unit in change.units]


def _told(unit: UnitChange) -> tuple[str, str, str, str]:
    return unit.unit, unit.change, unit.old, unit.new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("区教育局", "区教育局、区财政局", [("区财政局", "added", "", "区财政局")]),
        ("区教育局、区财政局", "区教育局", [("区财政局", "removed", "区财政局", "")]),
        (
            "区教育局、区财政局、区民政局",
            "区财政局、区民政局、区教育局",
            [("区教育局", "reordered", "区教育局", "区教育局")],
        ),
        (
            "区教育局、区财政局",
            "区教育局牵头，区财政局配合",
            [("区教育局", "role", "responsible", "lead"), ("区财政局", "role", "responsible", "support")],
        ),
        (
            "各街镇",
            "静安寺街道、曹家渡街道、彭浦镇",
            [("各街镇", "expanded", "各街镇", "静安寺街道、曹家渡街道、彭浦镇")],
        ),
        (
            "静安寺街道、彭浦镇、曹家渡街道",
            "各街镇",
            [("各街镇", "folded", "静安寺街道、彭浦镇、曹家渡街道", "各街镇")],
        ),
        ("各街镇", "彭浦镇", [("彭浦镇", "added", "", "彭浦镇"), ("各街镇", "removed", "各街镇", "")]),
        ("区民政局", "民政局", []),
    ],
)
def test_units_are_compared_through_the_registry(
    old: object, new: object, expected: list[tuple[str, str, str, str]]
) -> None:
    assert units(old, new) == expected
    assert only([task("培训干部", units=old)], [task("培训干部", units=new)]).kinds == ("units",)


def test_another_label_before_the_units_is_told_though_no_unit_changed() -> None:
    change = only([task("甲", units={"责任单位": "区教育局"})], [task("甲", units={"责任部门": "区教育局"})])
    assert change.kinds == ("units",)
    assert change.units == ()


RENAMED: list[Shape] = [
    unit if unit["name"] != "区投资办" else {"name": "区投资促进办", "renamed": {"from": "区投资办", "year": "2023"}}
    for unit in REGISTRY
]


@pytest.mark.parametrize("registry", [REGISTRY, RENAMED])
def test_a_renamed_unit_is_the_same_unit_whichever_registry_the_old_plan_has(registry: list[Shape]) -> None:
    old = plan([task("招商", units="区投资办"), task("培训", OTHER, units="区教育局、区投资办")], registry)
    new = plan([task("招商", units="区投资促进办"), task("培训", OTHER, units="区投资促进办")], RENAMED, "2023")
    comparison = compare(old, new)
    told = [unit for change in comparison.changes for unit in change.units if unit.change == "renamed"]
    assert {(unit.unit, unit.old, unit.new, unit.since) for unit in told} == {
        ("区投资促进办", "区投资办", "区投资促进办", 2023)
    }
    assert len(told) == 2
    assert [balance.unit for balance in comparison.units] == ["区教育局", "区投资促进办"]
    assert [len(balance.kept) for balance in comparison.units] == [0, 2]


def test_a_unit_that_was_renamed_backwards_in_time_is_still_the_same() -> None:
    new = plan([task("招商", units="区投资促进办")], RENAMED, "2023")
    comparison = compare(new, plan([task("招商", units="区投资办")]))
    assert [balance.unit for balance in comparison.units] == ["区投资办"]
    assert not comparison.units[0].gained


# ------------------------------------------------------------------------------------------- balances


def balance(comparison: Comparison, unit: str) -> tuple[tuple[str, ...], ...]:
    found = next(balance for balance in comparison.units if balance.unit == unit)
    return found.gained, found.lost, found.kept, found.reworded


def test_a_balance_says_what_a_unit_gained_lost_kept_and_has_to_do_otherwise() -> None:
    old = [task("甲", id="甲"), task("乙", OTHER, id="乙"), task("丙", THIRD, id="丙", units="区财政局")]
    new = [
        task("甲", id="甲", units="区财政局"),
        task("乙", OTHER + "每季报告。", id="乙"),
        task("丙", THIRD, id="丙", units="区财政局、区教育局"),
    ]
    comparison = compare(plan(old), plan(new))
    assert balance(comparison, "区教育局") == (("丙",), ("甲",), (), ("乙",))
    assert balance(comparison, "区财政局") == (("甲",), (), ("丙",), ())


def test_a_member_named_instead_of_its_group_keeps_its_duty() -> None:
    old, new = [task("甲", id="甲", units="各街镇")], [task("甲", id="甲", units="静安寺街道、曹家渡街道")]
    comparison = compare(plan(old), plan(new))
    assert balance(comparison, "静安寺街道") == ((), (), ("甲",), ())
    assert balance(comparison, "各街镇") == ((), ("甲",), (), ())


# ------------------------------------------------------------------------------------------- everything printed


FULL: dict[str, object] = {
    "issuer": "区合作交流办",
    "number": "静合组办〔2022〕1号",
    "preamble": "2022年是关键之年。",
    "closing": "各单位要抓好落实。",
    "signature": "区合作交流办",
    "date": "2022-06-29",
    "note": "此件公开发布",
    "to": "各成员单位：",
    "subtitle": "（试行）",
    "status": "征求意见稿",
    "imprint": {"cc": "区委办公室", "office": "区政府办公室", "date": "2022-06-30"},
    "notice": {"title": "关于印发要点的通知", "text": "现将要点印发给你们。"},
    "attachments": [
        {"kind": "table", "title": "指标", "columns": ["名称", "数量"], "rows": [{"名称": "培训", "数量": "2期"}]}
    ],
}


@pytest.mark.parametrize(
    "change",
    [
        {"number": "静合组办〔2022〕2号"},
        {"preamble": "2023年是关键之年。"},
        {"closing": "各单位要认真抓好落实。"},
        {"signature": "区政府办公室"},
        {"date": "2022-07-01"},
        {"note": "此件不公开"},
        {"to": "各街镇："},
        {"subtitle": "（暂行）"},
        {"status": "送审稿"},
        {"imprint": {"cc": "区政府办公室", "office": "区政府办公室", "date": "2022-06-30"}},
        {"notice": {"title": "关于印发要点的通知", "text": "现将要点转发给你们。"}},
        {"title": "工作安排"},
        {
            "attachments": [
                {
                    "kind": "table",
                    "title": "指标",
                    "columns": ["名称", "数量"],
                    "rows": [{"名称": "培训", "数量": "3期"}],
                }
            ]
        },
        {
            "attachments": [
                {
                    "kind": "table",
                    "title": "指标",
                    "columns": ["项目", "数量"],
                    "rows": [{"项目": "培训", "数量": "2期"}],
                }
            ]
        },
    ],
)
def test_no_text_of_the_document_changes_unseen(change: Mapping[str, object]) -> None:
    old, new = plan([task("甲")], REGISTRY, "2022", **FULL), plan([task("甲")], REGISTRY, "2022", **{**FULL, **change})
    comparison = compare(old, new)
    assert [found.kinds for found in comparison.changes] == [("reworded",)]


def tables(*titles: str) -> dict[str, object]:
    rows = [{"名称": "培训", "数量": "2期"}]
    return {
        "attachments": [
            {"kind": "table", "title": title, "columns": ["名称", "数量"], "rows": rows} for title in titles
        ]
    }


def test_tables_written_out_in_the_document_keep_apart() -> None:
    old = plan([task("甲")], REGISTRY, "2022", **tables("培训指标", "展销指标"))
    assert compare(old, old).changes == ()
    new = plan([task("甲")], REGISTRY, "2022", **tables("培训指标", "展销指标（2022年）"))
    assert [change.kinds for change in compare(old, new).changes] == [("retitled",)]


def test_an_assignment_table_that_is_added_is_told_even_without_a_title() -> None:
    new = plan([task("甲")], REGISTRY, "2022", attachments=[{"kind": "assignments"}])
    (change,) = compare(plan([task("甲")]), new).changes
    assert (change.kinds, change.new[0].title) == (("added",), "任务分解表")


def test_each_text_stands_in_one_entry() -> None:
    """A task with tasks under it does not repeat their text."""
    item = task("总的", LONG, items=[task("其一", OTHER, units="区财政局"), {"text": THIRD}])
    texts = [entry.text for entry in entries(plan([item])) if entry.kind == "tasks"]
    assert [OTHER in text for text in texts] == [False, True]
    assert [THIRD in text for text in texts] == [True, False]


def test_rewording_a_clause_with_units_of_its_own_is_told_of_the_clause_alone() -> None:
    def item(text: str) -> Shape:
        return {"title": "总的", "clauses": [{"text": LONG, "units": "区教育局"}, {"text": text, "units": "区财政局"}]}

    change = only([item(OTHER)], [item(OTHER.replace("个人", "社会组织"))])
    assert change.kinds == ("reworded",)
    assert change.new[0].units[0].unit == "区财政局"


def test_deadlines_and_targets_are_told_with_their_words() -> None:
    old = task("甲", "6月底前建成基地30家。", due="6月底前", targets={"基地": "30家"})
    new = task("甲", "9月底前建成基地50家。", due="9月底前", targets={"基地": "50家"})
    assert only([old], [new]).kinds == ("reworded", "due", "targets")


# ------------------------------------------------------------------------------------------- doubt


def test_a_match_that_is_hardly_one_is_marked() -> None:
    text = "坚持稳中求进，加强监督检查，压实主体责任，健全长效机制。"
    change = only([task("培训干部", LONG)], [task("培训干部人才", text)])
    assert change.doubtful


def test_one_of_two_equally_good_matches_is_marked() -> None:
    old = [task("", "组织第一期培训班，邀请专家授课，安排现场教学。")]
    new = [task("", f"组织第{number}期培训班，邀请专家授课，安排现场教学。") for number in "二三"]
    found = changes(old, new)
    assert [change.doubtful for change in found if change.old] == [True]


def test_another_id_with_nearly_the_same_text_is_the_same_task() -> None:
    change = only([task("培训干部", id="甲")], [task("培训干部", LONG.replace("两期", "三期"), id="乙")])
    assert change.kinds == ("reworded",)


def parts(**named: tuple[str, Sequence[object]]) -> Plan:
    """A plan of the parts by the names of their files, each with its title and its tasks."""
    files: dict[str, object] = {
        "document.yaml": {"title": "工作要点", "parts": list(named), "number": "", "date": ""},
        "../units.yaml": {"units": REGISTRY},
    }
    for name, (title, items) in named.items():
        files[f"{name}.yaml"] = {"kind": "tasks", "title": title, "items": items}
    found = compile_plan(Memory({name: json.dumps(shape, ensure_ascii=False) for name, shape in files.items()})).plan
    assert found is not None
    return found


def test_a_part_of_the_same_name_on_other_matters_is_marked() -> None:
    old = parts(first=("人才支援", [task("培训干部")]), second=("资金支持", [task("募集资金", OTHER)]))
    new = parts(first=("资金支持工作", [task("募集资金", OTHER)]), second=("人才支援工作", [task("培训干部")]))
    told = [change for change in compare(old, new).changes if change.new[0].kind == "section"]
    assert {change.new[0].title: change.doubtful for change in told} == {"资金支持工作": True, "人才支援工作": True}


def test_a_part_of_the_same_name_that_was_only_titled_anew_is_not_marked() -> None:
    old = parts(first=("人才支援", [task("培训干部"), task("募集资金", OTHER)]))
    new = parts(first=("乡村振兴", [task("培训干部"), task("募集资金", OTHER)]))
    (change,) = compare(old, new).changes
    assert (change.kinds, change.doubtful) == (("retitled",), False)


def test_what_a_page_discloses_is_told() -> None:
    """It stands on the web page alone, and in no element of the printed sequence."""
    old, new = (
        plan([task("培训")], disclosure=said)
        for said in ({"index": "1/2022-1", "topic": "农业"}, {"index": "1/2022-2", "published": "2022-07-01"})
    )
    found = {entry.id for one in compare(old, new).changes for entry in (*one.old, *one.new)}
    assert found == {"disclosure.index", "disclosure.topic", "disclosure.published"}
