"""``check --suggest``: the deadlines and targets that the text has and the keys lack, each with a fix that writes the key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan.check.suppress import Selection
from workplan.chinese import targets
from workplan.chinese.deadlines import Known, find
from workplan.compiler import compile_plan
from workplan.rewrite.fix import fixed
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

SUGGEST = Selection(select=("suggest-due", "suggest-target"), suggest=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9月底前办好培训班，11月底完成。", ["9月底前", "11月底"]),
        ("6月5日前启动，月底前办好。", ["6月5日前", "月底前"]),
        ("抓紧启动，月底前办好。", []),
        ("“五一”前办好培训班。", ["“五一”前"]),
        ("各单位要于12月20日前报送总结。", ["12月20日前"]),
        ("到2028年底，建成10家；到2030年全面覆盖。", ["到2028年底", "到2030年"]),
        ("三年内建成示范区，力争用2年内完成。", ["三年内", "2年内"]),
        ("一季度印发实施方案，国庆节前完成。", ["一季度", "国庆节前"]),
        ("每年2月底前报送名单，每季度末月25日前报送进展。", ["每年2月底前", "每季度末月25日前"]),
        ("9月底完成前期工作，6月底建成后备基地。", ["9月底", "6月底"]),
        # another day near it
        ("今年9月开学前完成，2026年5月汛期来临前办好。", []),
        ("9月底新学期开始之前完成，12月底冬修结束后启动。", []),
        # what is past, terms of policies, words that only describe
        ("2025年底前已建成10家。", []),
        ("执行期限全部延长到今年年底。", []),
        ("6月前到期的减税降费政策继续执行。", []),
        ("毕业2年内的高校毕业生，三年内给予定额减免。", []),
        ("落实《2026年底前任务清单》，截至6月底，6月底以来增长5%。", []),
        ("一季度经济出现负增长，每年开展200天以上。", []),
        ("从2026年1月1日至12月31日执行，2026年8月9日印发。", []),
    ],
)
def test_what_is_to_be_done_by_a_day_is_told_from_what_only_names_one(text: str, words: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text, Known(2026))] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建学校5所，改造学校3所。", [("新建学校", "5所"), ("改造学校", "3所")]),
        ("今年新增2000个以上。", [("新增", "2000个以上")]),
        (
            "培育150家总承包示范企业和100家专业承包示范企业。",
            [("总承包示范企业", "150家"), ("专业承包示范企业", "100家")],
        ),
        ("培育龙头企业30家、上市储备企业5家。", [("龙头企业", "30家"), ("上市储备企业", "5家")]),
        ("选派骨干教师20名到薄弱高中支教。", [("骨干教师", "20名")]),
        ("培训约1000名达到国际标准的家庭医生。", [("家庭医生", "约1000名")]),
        ("培育年销售额1000万元以上的网商800家以上。", [("培育网商", "800家以上")]),
        ("打造3—5个千亿级行业平台。", [("千亿级行业平台", "3—5个")]),
        ("9月1日前竣工投用5所。", [("竣工投用", "5所")]),
        ("高职院校扩招200万人。", [("高职院校扩招", "200万人")]),
        ("网络零售额突破1500亿元。", [("网络零售额", "1500亿元")]),
        # rates, limits, grants, the past, other numbers
        ("覆盖率达到85%，每户补贴5000元，最高不超过300万元。", []),
        ("去年新建学校5所，已建成3所。", []),
        ("组织失业青年参加3—12个月的就业见习，举办第3期培训。", []),
        ("落实《培育100家企业方案》，建设56个民族共同家园。", []),
    ],
)
def test_a_target_is_a_verb_with_a_figure_and_what_is_counted(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.name, text[one.start : one.end]) for one in targets.find(text)] == found


def source(tasks: str) -> Memory:
    files: dict[str, bytes | str] = {
        "document.yaml": "title: 2026年要点\nnumber: ''\ndate: ''\nparts: [tasks]\n",
        "tasks.yaml": tasks.encode(),
        "../units.yaml": "units: [{name: 区教育局}]\n",
    }
    return Memory(files, "2026")


def suggested(tasks: str) -> list[tuple[str, str]]:
    return [(one.rule, str(one.arguments["words"])) for one in compile_plan(source(tasks), SUGGEST).diagnostics]


def after(tasks: str) -> str:
    """The file with all suggestions written in."""
    done = fixed(source(tasks), SUGGEST)
    assert not done.result.diagnostics
    return done.changes[0].after.decode() if done.changes else tasks


HEAD = "kind: tasks\ntitle: 重点任务\nitems:\n"
FILES = {
    "block": (
        (
            "  # 先\n  - id: a   # 名\n    title: 建校\n    text: >   # 文\n      9月底前新建\n      学校5所。\n\n    # 尾\n    units: 区教育局   # 谁\n"
            "\n  - title: 乙   # 乙\n    text: 办好。\n    units: 区教育局\n"
        ),
        (
            "  # 先\n  - id: a   # 名\n    title: 建校\n    text: >   # 文\n      9月底前新建\n      学校5所。\n\n    # 尾\n    units: 区教育局   # 谁\n"
            "    due: 9月底前\n    targets: {新建学校: 5所}\n"
            "\n  - title: 乙   # 乙\n    text: 办好。\n    units: 区教育局\n"
        ),
    ),
    "flow": (
        "  - {title: 建校, text: 9月底前新建学校5所。, units: 区教育局}   # 尾\n",
        "  - {title: 建校, text: 9月底前新建学校5所。, units: 区教育局, due: 9月底前, targets: {新建学校: 5所}}   # 尾\n",
    ),
    "more": (
        "  - title: 建校\n    text: 9月底前新建学校5所，12月底前培训教师20名。\n    due: 9月底前   # 一\n    targets: {学校: 5所}   # 二\n    units: 区教育局",
        (
            "  - title: 建校\n    text: 9月底前新建学校5所，12月底前培训教师20名。\n    due: [9月底前, 12月底前]   # 一\n"
            "    targets: {学校: 5所, 培训教师: 20名}   # 二\n    units: 区教育局"
        ),
    ),
    "lists": (
        (
            "  - title: 建校\n    text: 9月底前新建学校5所，12月底前培训教师20名。\n    due:\n      - 9月底前   # 一\n    targets:\n      学校: 5所   # 二\n"
            "    units: 区教育局\n"
        ),
        (
            "  - title: 建校\n    text: 9月底前新建学校5所，12月底前培训教师20名。\n    due:\n      - 9月底前   # 一\n      - 12月底前\n"
            "    targets:\n      学校: 5所   # 二\n      培训教师: 20名\n    units: 区教育局\n"
        ),
    ),
    "given": (
        "  - {title: 建校, text: 12月底前办好。, units: 区教育局, due: {date: 2026-06-30}}\n",
        "  - {title: 建校, text: 12月底前办好。, units: 区教育局, due: [{date: 2026-06-30}, 12月底前]}\n",
    ),
    "before-items": (
        "  - title: 建校\n    text: 办好。\n    units: 区教育局\n    items:\n      - 12月底前完成。\n",
        "  - title: 建校\n    text: 办好。\n    units: 区教育局\n    due: 12月底前\n    items:\n      - 12月底前完成。\n",
    ),
    "text-last": (
        "  - title: 建校\n    units: 区教育局\n    text: |\n      12月底前完成。\n\n",
        "  - title: 建校\n    units: 区教育局\n    text: |\n      12月底前完成。\n    due: 12月底前\n\n",
    ),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_key_is_written_where_its_item_is_and_nothing_else_moves(name: str, line_end: str) -> None:
    before, wanted = ((HEAD + text).replace("\n", line_end) for text in FILES[name])
    assert after(before) == wanted


def test_what_the_keys_or_an_annotation_have_is_not_suggested() -> None:
    item = "  - {title: 甲, text: 9月底前新建学校5所。, units: 区教育局, due: 9月底前, targets: {学校: 5所}}\n"
    assert suggested(HEAD + item) == []
    item = "  - {title: 甲, text: 办好（责任单位：区教育局；完成时限：9月底前）。}\n"
    assert suggested(HEAD + item) == []


def test_what_looks_back_has_no_suggestions() -> None:
    assert suggested(HEAD + "  - {title: 工作回顾, items: [{title: 甲, text: 9月底前新建学校5所。}]}\n") == []


def test_nothing_is_suggested_unless_it_is_asked_for(project: Project, run: Run) -> None:
    tasks = HEAD + "  - {title: 建校, text: 9月底前新建学校5所。, units: 区教育局}\n"
    root = project({"tasks.yaml": tasks, "units.yaml": "units: [{name: 区教育局}]\n"})
    assert "suggest" not in run("check", "plan/2022").stdout
    told = json.loads(run("check", "plan/2022", "--suggest", "--format", "json").stdout)
    found = [one for one in told["diagnostics"] if one["rule"].startswith("suggest-")]
    assert [(one["rule"], one["severity"], bool(one["fix"])) for one in found] == [
        ("suggest-due", "info", True),
        ("suggest-target", "info", True),
    ]
    assert run("check", "plan/2022", "--suggest", "--strict").returncode == 0
    assert run("check", "plan/2022", "--fix").returncode == 0
    assert (root / "plan/2022/tasks.yaml").read_text("utf-8") == tasks
    assert run("check", "plan/2022", "--suggest", "--fix").returncode == 0
    assert "due: 9月底前, targets: {新建学校: 5所}" in (root / "plan/2022/tasks.yaml").read_text("utf-8")


_TEXTS = st.lists(
    st.sampled_from(["9月底前", "到2028年底", "新建学校5所", "培训教师1,200名", "，", "。", "：", "、", "“十五五”末", " # ", "办好", "三年内"]),
    min_size=1, max_size=8,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(_TEXTS, st.sampled_from(["block", "flow", "quoted"]))
def test_whatever_is_suggested_can_be_written(text: str, form: str) -> None:
    """Afterwards the file reads, its texts are the same, and nothing more is suggested."""
    words = json.dumps(text, ensure_ascii=False)
    item = {
        "block": f"  - title: 甲\n    text: |\n      正{text}\n    units: 区教育局\n",
        "flow": f"  - {{title: 甲, text: {words}, units: 区教育局}}\n",
        "quoted": f"  - text: {words}   # 注\n    title: 甲\n    units: 区教育局\n",
    }[form]
    before, written = compile_plan(source(HEAD + item), SUGGEST), after(HEAD + item)
    result = compile_plan(source(written), SUGGEST)
    assert before.plan is not None
    assert result.plan is not None
    was, now = ([str(one.numbered.item.text) for one in plan.duties] for plan in (before.plan, result.plan))
    assert was == now
