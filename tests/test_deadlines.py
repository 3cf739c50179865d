"""Deadlines: the day, the period or the recurrence that their words say, or nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan import view
from workplan.chinese.deadlines import NOTHING, Deadline, Known, read, standing, within
from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.view.assignments import TaskRow

PLAN = Known(year=2026)
DATED = Known(year=2026, day=date(2026, 1, 15))


def said(found: Deadline) -> tuple[str | None, str | None, str | None]:
    """First day, last day, recurrence."""
    first, last = (day.isoformat() if day else None for day in (found.first, found.last))
    return first, last, found.every


#: A last day.
DAYS = {
    "2021年6月底前": "2021-06-30",
    "9月底前": "2026-09-30",
    "10月17日": "2026-10-17",
    "2026年12月31日前": "2026-12-31",
    "6月30号之前": "2026-06-30",
    "2026年6月30日18:00前": "2026-06-30",
    "6月30日（星期二）下班前": "2026-06-30",
    "2026-03-05": "2026-03-05",
    "2026/3/5": "2026-03-05",
    "2026.3.5前": "2026-03-05",
    "年底前": "2026-12-31",
    "2026年年底": "2026-12-31",
    "年终": "2026-12-31",
    "岁末": "2026-12-31",
    "今年底": "2026-12-31",
    "三季度末": "2026-09-30",
    "第三季度末前": "2026-09-30",
    "上半年末": "2026-06-30",
    "6月末": "2026-06-30",
    "6月月底前": "2026-06-30",
    "2月底": "2026-02-28",
    "2028年2月底前": "2028-02-29",
    # full-width figures, figures in Chinese, blanks
    "６月底前": "2026-06-30",
    "２０２６年６月３０日前": "2026-06-30",
    "二〇二六年六月三十日前": "2026-06-30",
    "十一月底前": "2026-11-30",
    "2026 年 6 月底前": "2026-06-30",
    # ten days: 前 after them counts them in
    "6月上旬前": "2026-06-10",
    "12月中旬前": "2026-12-20",
    "2月下旬前": "2026-02-28",
    "3月初前": "2026-03-10",
    # holidays: 前 leaves them out
    "国庆节前": "2026-09-30",
    "2027年国庆前": "2027-09-30",
    "十一前": "2026-09-30",
    "教师节前": "2026-09-09",
    "五一劳动节前": None,
    "春节前": "2026-02-16",
    "中秋节前": "2026-09-24",
    "2027年元旦前": "2026-12-31",
    "“五一”前": "2026-04-30",
    "2026年“五一”国际劳动节前": None,
    # years by what they are to the plan
    "次年3月底前": "2027-03-31",
    "明年6月底": "2027-06-30",
    "到2027年": "2027-12-31",
    "到2027年底": "2027-12-31",
    "到“十五五”末": "2030-12-31",
    "“十四五”末": "2025-12-31",
    "十四五期末": "2025-12-31",
    "到2026年12月31日止": "2026-12-31",
    "6月30日为止": "2026-06-30",
    # a period that only says where the next one lies
    "2027年，6月底前完成": "2027-06-30",
    "明年，3月底前": "2027-03-31",
    "上半年，4月底前": "2026-04-30",
    # several, of which the last counts
    "3、6、9月底前": "2026-09-30",
    "2026年6、12月底前": "2026-12-31",
    "一季度和三季度": "2026-09-30",
    "6月底前、12月底前": "2026-12-31",
    "2027年6月底前、12月底前": "2027-12-31",
    "第一阶段：2026年6月底前；第二阶段：2026年12月底前": "2026-12-31",
    "第一阶段（2026年6月底前），第二阶段（2026年12月底前）": "2026-12-31",
    "2026年底前完成50%，2027年底前全部完成": "2027-12-31",
    "2026年3月底前启动，12月底前完成": "2026-12-31",
    # with what is to be done by then
    "完成时限：12月底前": "2026-12-31",
    "6月底前完成": "2026-06-30",
    "力争6月底前基本建成": "2026-06-30",
    "6月底前完成，长期坚持": "2026-06-30",
    "2026年6月底前完成并长期坚持": "2026-06-30",
    # years ahead, where the plan's day is not known: the last day of that year
    "5年内": "2031-12-31",
    "一年内": "2027-12-31",
    "今后三年": "2029-12-31",
    "3—5年内": "2031-12-31",
}
#: Years, months and days ahead of the plan's day.
AHEAD = {
    "5年内": "2031-01-15",
    "一年内": "2027-01-15",
    "一年半内": "2027-07-15",
    "半年内": "2026-07-15",
    "三个月以内": "2026-04-15",
    "两个季度内": "2026-07-15",
    "印发之日起30日内": "2026-02-14",
    "本方案印发后3个月内": "2026-04-15",
    "两周内": "2026-01-29",
    "用三年时间": "2029-01-15",
}
PERIODS = {
    "12月中旬": ("2026-12-11", "2026-12-20"),
    "十二月中下旬": ("2026-12-11", "2026-12-31"),
    "3月初": ("2026-03-01", "2026-03-10"),
    "6月": ("2026-06-01", "2026-06-30"),
    "6月份内": ("2026-06-01", "2026-06-30"),
    "三季度": ("2026-07-01", "2026-09-30"),
    "4季度": ("2026-10-01", "2026-12-31"),
    "上半年": ("2026-01-01", "2026-06-30"),
    "下半年": ("2026-07-01", "2026-12-31"),
    "年内": ("2026-01-01", "2026-12-31"),
    "全年": ("2026-01-01", "2026-12-31"),
    "2026年": ("2026-01-01", "2026-12-31"),
    "“十四五”期间": ("2021-01-01", "2025-12-31"),
    "十五五时期": ("2026-01-01", "2030-12-31"),
    "1月至6月": ("2026-01-01", "2026-06-30"),
    "1—3月": ("2026-01-01", "2026-03-31"),
    "6至8月底": ("2026-06-01", "2026-08-31"),
    "一至三季度": ("2026-01-01", "2026-09-30"),
    "5月1日至6月30日": ("2026-05-01", "2026-06-30"),
    "5月1—7日": ("2026-05-01", "2026-05-07"),
    "2026年至2028年底": ("2026-01-01", "2028-12-31"),
    "前三季度": ("2026-01-01", "2026-09-30"),
    "2026年前三个季度": ("2026-01-01", "2026-09-30"),
    "2026—2028年": ("2026-01-01", "2028-12-31"),
    "2024—26年": ("2024-01-01", "2026-12-31"),
    "2025年12月至2026年3月": ("2025-12-01", "2026-03-31"),
    "11月至次年3月": ("2026-11-01", "2027-03-31"),
    "自2026年1月1日起至12月31日": ("2026-01-01", "2026-12-31"),
    "2026年1月1日起": ("2026-01-01", None),
}
RECURRING = {
    "每年2月底前": "year",
    "每年": "year",
    "每年6月、12月底前": "year",
    "每年年底前": "year",
    "逐年": "year",
    "每半年": "half-year",
    "每季度": "quarter",
    "每季度末前": "quarter",
    "各季度末月25日前": "quarter",
    "每季度至少1次": "quarter",
    "按季度": "quarter",
    "每月5日前": "month",
    "每月底": "month",
    "每周五前": "week",
    "每年，2月底前": "year",
    "每月5日、20日前": "month",
    "每月20—25日": "month",
    "每月25日至月底": "month",
    "每年4月、10月各开展1次": "year",
    "每年3月1日至5月31日": "year",
    "每天": "day",
}
#: No certain day, or none at all.
NONE = (
    "长期坚持", "持续推进", "适时", "2026年2月30日", "13月底前", "每年2月30日前", "每月32日前", "6月31日前",
    # some mean the beginning, others the end
    "6月前", "三季度前", "2027年前",
    # nobody can tell which month or quarter, or from when it counts
    "0年内", "0个月内", "1026.3.5前", "2226-03-05", "月底前", "季度末", "中旬", "本月底前", "本季度末", "半年内", "三个月内", "3个工作日内", "取得资格后一年内", "每两年", "年初", "年中", "99年内",
    # words that are not understood
    "6月底前某", "某6月底前", "12月底前（见附件）", "原定6月底前", "6月底前或7月底前", "第一阶段（2026年6月底前", "6月底前）",
    "每月5日、32日前", "每年5月31日至3月1日", "30、6月底前", "“十五五”末每年", "自每年6月起", "7月1日前后",
    # the year may be this one or the next
    "元旦前",
    "不早于6月底", "8月至6月", "6月底后", "2026年6月底前完成的基础上持续", "",
)  # fmt: skip


@pytest.mark.parametrize(("words", "day"), DAYS.items())
def test_a_deadline_is_the_last_day_its_words_allow(words: str, day: str | None) -> None:
    assert said(read(words, PLAN)) == (None, day, None)


@pytest.mark.parametrize(("words", "day"), AHEAD.items())
def test_years_and_months_ahead_count_from_the_day_of_the_plan(words: str, day: str) -> None:
    assert said(read(words, DATED)) == (None, day, None)


@pytest.mark.parametrize(("words", "days"), PERIODS.items())
def test_a_period_has_its_first_day_too(words: str, days: tuple[str, str | None]) -> None:
    assert said(read(words, PLAN)) == (*days, None)


@pytest.mark.parametrize(("words", "every"), RECURRING.items())
def test_what_comes_again_has_no_single_day(words: str, every: str) -> None:
    assert said(read(words, PLAN)) == (None, None, every)


def test_what_comes_again_in_years_that_are_named_ends_with_them() -> None:
    assert said(read("2026—2028年每年2月底前", PLAN)) == ("2026-01-01", "2028-02-29", "year")
    assert said(read("2026年每季度末前", PLAN)) == ("2026-01-01", "2026-12-31", "quarter")
    assert said(read("“十五五”期间每年6月底前", PLAN)) == ("2026-01-01", "2030-06-30", "year")


def test_what_comes_again_from_a_year_on_has_no_end() -> None:
    for words in ("2026年起每年6月底前", "自2026年起，每年6月底前", "从2026年开始每年6月底前"):
        assert said(read(words, PLAN)) == ("2026-01-01", None, "year")


@pytest.mark.parametrize("words", NONE)
def test_words_that_name_no_certain_day_have_none(words: str) -> None:
    assert read(words, PLAN) == NOTHING


def test_months_of_a_plan_without_year_have_no_day() -> None:
    assert read("6月底前", Known()) == NOTHING
    assert said(read("2026年6月底前", Known())) == (None, "2026-06-30", None)


UNDERSTOOD = [*DAYS, *AHEAD, *PERIODS, *RECURRING]
#: Characters that no deadline has.
FOREIGN = "某猫丙见附条但不若非xA?？《%#*"


@settings(deadline=None)
@given(st.sampled_from(UNDERSTOOD), st.text(FOREIGN, min_size=1, max_size=4), st.data())
def test_a_day_is_never_told_from_words_that_were_not_all_understood(
    words: str, other: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words)))
    assert read(words[:place] + other + words[place:], DATED) == NOTHING


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted({sign for words in UNDERSTOOD for sign in words})), max_size=12).map("".join))
def test_whatever_is_written_is_a_deadline_or_nothing(words: str) -> None:
    """No error, and never a day before the first one."""
    found = read(words, DATED)
    assert not (found.first and found.last) or found.first <= found.last


# ------------------------------------------------------------------------------------------------ the year of a sentence


@pytest.mark.parametrize(
    ("before", "year"),
    [
        ("2027年启动建设，", 2027),
        ("2027年启动、2028年建成，", 2028),
        ("明年启动，", 2027),
        ("二〇二七年启动，", 2027),
        ("2027年启动。", 2026),
        ("比2027年增长10%，", 2026),
        ("落实《2027年行动方案》，", 2026),
        # what is past sets no deadline
        ("在2025年的基础上，", 2026),
        # which of them is not said
        ("2026—2028年分步建设，", 0),
    ],
)
def test_a_month_has_the_year_that_its_sentence_names_before(before: str, year: int) -> None:
    text = f"{before}6月底前完成。"
    found = read("6月底前", within(text, len(before), PLAN))
    assert said(found) == (None, f"{year}-06-30" if year else None, None)


#: What a sentence says before the words, the words, and what they say with it.
NEAR = [
    ("6月份开展调查，并于", "月底前", (None, "2026-06-30", None)),
    ("6月5日启动，", "当月底前", (None, "2026-06-30", None)),
    ("2027年6月启动，", "当月月底前", (None, "2027-06-30", None)),
    ("6月启动，8月推进，", "月末", (None, "2026-08-31", None)),
    ("6月上旬启动，", "中旬", ("2026-06-11", "2026-06-20", None)),
    ("三季度启动，", "季度末前", (None, "2026-09-30", None)),
    ("明年二季度启动，", "当季末", (None, "2027-06-30", None)),
    ("每月调度，", "月底前", (None, None, "month")),
    ("每季度召开会议，", "季度末前", (None, None, "quarter")),
    # another sentence, another kind of period, more than one, one that is only compared with, another year
    ("6月启动。", "月底前", (None, None, None)),
    ("三季度启动，", "月底前", (None, None, None)),
    ("6月启动，", "季度末前", (None, None, None)),
    ("6月、9月调度，", "月底前", (None, None, None)),
    ("6—8月实施，", "月底前", (None, None, None)),
    ("比6月增长10%，", "月底前", (None, None, None)),
    ("自6月起，", "月底前", (None, None, None)),
    ("13月启动，", "月底前", (None, None, None)),
    ("6月启动，2027年推进，", "月底前", (None, None, None)),
    ("2026—2028年6月启动，", "月底前", (None, None, None)),
]


@pytest.mark.parametrize(("before", "words", "meant"), NEAR)
def test_the_end_of_a_month_or_quarter_without_its_number_is_of_the_one_that_the_sentence_names_before(
    before: str, words: str, meant: tuple[str | None, ...]
) -> None:
    known = within(f"{before}{words}完成。", len(before), PLAN)
    assert said(read(words, known)) == meant
    assert read(f"{words}某", known) == NOTHING


def rows(items: str, *, date: str = "''", more: str = "") -> tuple[TaskRow, ...]:
    frame = f"title: 2026年要点\nnumber: ''\ndate: {date}\nparts: [tasks]\n{more}"
    files = {
        "document.yaml": frame,
        "tasks.yaml": f"kind: tasks\ntitle: 任务\nitems:\n{items}",
        "../units.yaml": "units: [{name: 区教育局}]\n",
    }
    made = compile_plan(Memory(files, "2026"))
    assert made.plan is not None
    assert not made.diagnostics or {one.severity.value for one in made.diagnostics} <= {"warning", "info"}
    return view.rows(made.plan)


def days(row: TaskRow) -> list[tuple[str, str | None]]:
    return [(due.text, due.date) for due in row.due]


def test_several_deadlines_of_an_item_belong_to_their_sentences() -> None:
    """The same words twice, in two sentences, are two days if they are quoted twice."""
    text = "2027年启动，6月底前完成主体。2028年收尾，6月底前投用。9月底前评估。"
    (row,) = rows(f"  - {{title: 甲, text: {text}, units: 区教育局, due: [6月底前, 6月底前, 9月底前]}}\n")
    assert days(row) == [("6月底前", "2027-06-30"), ("6月底前", "2028-06-30"), ("9月底前", "2026-09-30")]


def test_words_in_two_sentences_of_different_years_that_are_quoted_once_name_no_day() -> None:
    text = "2027年启动，6月底前完成主体。2028年收尾，6月底前投用。"
    (row,) = rows(f"  - {{title: 甲, text: {text}, units: 区教育局, due: 6月底前}}\n")
    assert days(row) == [("6月底前", None)]


def test_the_rest_of_a_longer_deadline_has_its_year() -> None:
    (row,) = rows("  - {title: 甲, text: 2027年6月底前完成。, units: 区教育局, due: 6月底前}\n")
    assert days(row) == [("6月底前", "2027-06-30")]


def test_an_annotation_has_the_year_of_its_sentence() -> None:
    text = "2027年建成，做好验收（责任单位：区教育局；完成时限：3月底前）。"
    (row,) = rows(f"  - {{title: 甲, text: {text}}}\n")
    assert days(row) == [("3月底前", "2027-03-31")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027年建成，做好验收。（责任单位：区教育局；完成时限：3月底前）", "2027-03-31"),
        ("2027年建成。继续验收。（责任单位：区教育局；完成时限：3月底前）", "2026-03-31"),
        ("2027年建成。（责任单位：区教育局）继续验收（责任单位：区教育局；完成时限：3月底前）。", "2026-03-31"),
        ("3月启动。（责任单位：区教育局；完成时限：月底前）", "2026-03-31"),
    ],
)
def test_an_annotation_behind_the_stop_belongs_to_the_sentence_before_it(text: str, day: str) -> None:
    (row,) = rows(f"  - {{title: 甲, text: {text}}}\n")
    assert [found for _, found in days(row)] == [day]


def test_years_ahead_count_from_the_date_of_the_document() -> None:
    (row,) = rows("  - {title: 甲, text: 半年内办好。, units: 区教育局, due: 半年内}\n", date="2026-03-31")
    assert days(row) == [("半年内", "2026-09-30")]


def test_the_closing_may_carry_a_deadline() -> None:
    closing = "closing: 请报送落实情况。（责任单位：区教育局；完成时限：12月底前）\n"
    _, row = rows("  - {title: 甲, text: 办好。, units: 区教育局}\n", more=closing)
    assert (row.id, days(row)) == ("closing", [("12月底前", "2026-12-31")])


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        ("请于11月底前报送。（责任单位：区教育局）", [[("11月底前", "2026-11-30")]]),
        ("2027年启动，请于3月底前报送（区教育局负责）。", [[("3月底前", "2027-03-31")]]),
        (
            "请于6月底前、12月底前各报送一次。（责任单位：区教育局；完成时限：2027年1月底前）",
            [[("6月底前", "2026-06-30"), ("12月底前", "2026-12-31"), ("2027年1月底前", "2027-01-31")]],
        ),
        ("有效期至2027年底。（责任单位：区教育局）", [[]]),
        (
            "请于3月底前分解任务。（责任单位：区教育局）\n\n  请于6月底前报送。\n\n  请于9月底前总结。（责任单位：区教育局）",
            [[("3月底前", "2026-03-31")], [("9月底前", "2026-09-30")]],
        ),
        ("请于11月底前报送。", []),
    ],
)
def test_the_closing_has_no_key_for_deadlines_so_that_its_paragraphs_that_name_units_say_them(
    closing: str, found: list[list[tuple[str, str]]]
) -> None:
    _, *said = rows("  - {title: 甲, text: 办好。, units: 区教育局}\n", more=f"closing: |\n  {closing}\n")
    assert [days(row) for row in said] == found


@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("{date: 2026-12-31}", [("2026年12月31日", "2026-12-31")]),
        ("{date: 年底前}", [("年底前", "2026-12-31")]),
        ("{date: 长期坚持}", [("长期坚持", None)]),
        ("[6月底前, {date: 2026-09-05}]", [("6月底前", "2026-06-30"), ("2026年9月5日", "2026-09-05")]),
    ],
)
def test_a_deadline_that_the_text_does_not_have_is_given(due: str, found: list[tuple[str, str | None]]) -> None:
    (row,) = rows(f"  - {{title: 甲, text: 6月底前办好。, units: 区教育局, due: {due}}}\n")
    assert days(row) == found


# ------------------------------------------------------------------------------------------------ among other words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *((words, words) for words in (
            "6月底前", "２０２６年６月底前", "二〇二六年六月底前", "2026.12.31", "3、6、9月底前", "前三季度", "上半年", "2025—2027年",
            "每月5日前", "每季度末前", "逐月", "每两个月", "元旦前", "国庆节前", "自2026年起每年6月底前", "自发布之日起30日内", "10个工作日内",
            "月底前", "季度末前", "次月10日前", "三季度前",
        )),
        ("6月底前完成主体工程", "6月底前"),
        ("每月5日前报送", "每月5日前"),
        ("2026-12-31前完成", "2026-12-31前"),
        ("国庆节前建成投用", "国庆节前"),
        ("力争年底前完成", "年底前"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "{}，区财政局配合", "{}。", "{}；其余另行通知"])
def test_a_deadline_in_a_phrase_stands_up_to_its_mark(words: str, day: str, frame: str) -> None:
    text = "区教育局，" + frame.format(words)
    found = standing(text, 5, len(text))
    assert found is not None
    assert (text[found.start : found.stop], found.end) == (day, 5 + len(words))


def test_quotation_marks_of_a_plan_belong_to_its_words() -> None:
    text = "区教育局，“十五五”期间"
    found = standing(text, 6, len(text))
    assert found is not None
    assert text[found.start : found.stop] == "“十五五”期间"


@pytest.mark.parametrize(
    "words",
    [
        "每日新报社",
        "逐浪公司",
        "十一中学",
        "五四农场",
        "国庆街道",
        "八一中学",
        "月浦镇",
        "次坞镇",
        "中旬街道",
        "年丰镇",
        "上半年总结",
    ],
)
def test_a_name_that_begins_as_a_deadline_is_none(words: str) -> None:
    assert standing(words, 0, len(words)) is None


@pytest.mark.parametrize(
    "words", ["每月5日前", "国庆节前", "月底前", "每两个月", "２０２６年６月底前", "元旦前", "分三阶段实施"]
)
def test_a_deadline_in_a_list_of_units_is_no_unit(words: str) -> None:
    (row,) = rows(f"  - {{title: 甲, text: 办好。, units: '区教育局，{words}'}}\n")
    assert [one.unit for one in row.named] == ["区教育局"]
    assert [text for text, _ in days(row)] == ([] if words.startswith("分") else [words])
