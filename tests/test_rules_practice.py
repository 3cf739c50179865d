"""What the rules say of wordings from practice: right ones that were once faulted, and slips that a clerk would find."""

from __future__ import annotations

import pytest

from workplan.check.rules import repeated_word
from workplan.chinese.words import tagged
from workplan.compiler import compile_plan
from workplan.source import Memory

UNITS = (
    "units: [{name: 区教育局}, {name: 区财政局}, {name: 区民政局},"
    " {name: 各地区, kind: group, open: true}, {name: 各部门, kind: group, open: true}]\n"
)
FRAME = "title: 样本\nparts: [tasks]\nnumber: ''\ndate: ''\n"
ITEMS = "kind: tasks\ntitle: 重点任务\nitems:\n"
LED = "".join(f"  - {{title: 办{sign}, units: '区教育局牵头，区财政局配合'}}\n" for sign in "甲乙丙丁")


def found(rule: str, tasks: str, frame: str = FRAME, units: str = UNITS) -> list[str]:
    """The words that a rule faults in a plan."""
    result = compile_plan(Memory({"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": units}))
    assert result.plan is not None
    spans = [finding.span for finding in result.diagnostics if finding.rule == rule]
    return [result.files[span.file].text[span.start : span.end] for span in spans]


def of(rule: str, text: str) -> list[str]:
    """The words that a rule faults in one running text."""
    return found(rule, f"{ITEMS}  - title: 办班\n    units: 区教育局\n    text: |\n      {text}\n")


def titled(title: str) -> str:
    return f"title: {title}\nparts: [tasks]\nnumber: ''\ndate: ''\n"


@pytest.mark.parametrize(
    "text",
    [
        "未来产业产业链",
        "民营企业企业家",
        "公共数据数据库",
        "重大工程工程师队伍",
        "长三角城市城市群",
        "老旧小区小区自治",
        "高层次人才人才公寓",
        "施工管理管理人员",
        "社会信用信用修复",
        "提供点对点对接",
        "各级党组织组织学习",
        "目的的达成",
        "他说的的确有道理",
    ],
)
def test_nouns_that_meet_are_no_repetition(text: str) -> None:
    assert of("repeated-word", f"建好{text}。") == []


@pytest.mark.parametrize(
    "word", ["进一步", "加强", "推动", "切实", "落实", "不断", "深化", "全面", "以及", "按照", "抓好落实", "逐步"]
)
def test_a_word_that_no_name_ends_in_is_a_repetition(word: str) -> None:
    assert of("repeated-word", f"要{word}{word}培训。") == [word]


def test_a_noun_twice_with_nothing_behind_it_is_a_repetition() -> None:
    assert of("repeated-word", "提高质量质量。") == ["质量"]


def test_a_run_of_characters_is_parted_into_words_once_however_often_it_repeats_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the time grows with the square of the text: a title of 100,000 equal characters held `check` for minutes."""
    asked: list[str] = []

    def watched(text: str) -> tuple[tuple[str, str], ...]:
        asked.append(text)
        return tagged(text)

    monkeypatch.setattr(repeated_word, "tagged", watched)
    of("repeated-word", f"{'建设' * 500}，要抓好抓好培训，{'甲' * 1000}。")
    assert sorted(len(text) for text in asked if len(text) > 20) == [1000, 1000]


@pytest.mark.parametrize(
    "text",
    [
        "第一条　为规范管理，制定本办法。",
        "第一条  为规范管理，制定本办法。",
        "第二章 资助对象和范围",
        "第七章 附　则",
        "落实《关于进一步深化改革创新　加快科技服务业发展的若干意见》。",
        "落实《关于进一步深化改革创新 加快科技服务业发展的若干意见》。",
        "局长 李 明 主持会议，张 三、李 四参加。",
    ],
)
def test_blanks_that_belong_there_may_stand(text: str) -> None:
    assert of("stray-blank", text) == []


@pytest.mark.parametrize("text", ["宽1. 5米。", "增长5 %。", "办好 培训班。", "落实《意见》 要求。", "到 2022年。"])
def test_a_blank_inside_a_figure_or_between_words_is_found(text: str) -> None:
    assert of("stray-blank", text) == [" "]


def test_a_number_and_its_blank_are_no_figure() -> None:
    assert of("stray-blank", "1. 5G网络建设。") == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("增长3.5%.其中，一产增长2%.", [".", "."]),
        ("电话：021-1234567.", ["."]),
        ("他说：“要抓好落实.”，并强调。", ["."]),
        ("建成1.5公里，见www.a.cn。", []),
        ("version 1.2.", []),
    ],
)
def test_a_half_width_stop_is_found_where_a_sentence_ends(text: str, marks: list[str]) -> None:
    assert of("half-width-mark", text) == marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-06-30前报送。", ["2026-06-30"]),
        ("2026/6/30前报送。", ["2026/6/30"]),
        ("二零二三年评估。", ["二零二三"]),
        ("二○二三年评估，一九九零年。", ["二○二三", "一九九零"]),
        ("二〇二三年评估，二十年不变。", []),
        ("2026-2027年办班。", ["-"]),
        ("2026年-2027年办班，2026--2027年。", ["-", "--"]),
        ("2020-2021学年，3-5月、6月-7月。", ["-", "-", "-"]),
        ("2026—2027年，1～3月，第2-3条，电话021-63251234。", []),
        ("见http://a.cn/2026-06-30/和A2026-06-30号。", []),
    ],
)
def test_dates_in_all_their_forms(text: str, words: list[str]) -> None:
    assert of("date-form", text) == words


@pytest.mark.parametrize("text", ["2026年13月", "2026年0月", "二〇二六年十三月"])
def test_a_month_that_no_year_has_is_found_without_a_day(text: str) -> None:
    assert of("impossible-date", f"{text}完成。") == [text]
    assert of("impossible-date", "2026年12月完成，13月龄儿童。") == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("按某发改能电力[2021] 634号办。", ["["]),
        ("按某场发[2020] 59号办。", ["["]),
        ("按某发（2020） 59号办。", ["（"]),
        ("按某发〔2020〕59号办。", []),
    ],
)
def test_a_document_number_with_blanks_is_one(text: str, faults: list[str]) -> None:
    assert of("number-form", text) == faults


def test_groups_alone_cannot_lead() -> None:
    assert found("missing-lead", f"{ITEMS}{LED}  - {{title: 戊, units: '各地区、各部门负责'}}\n") == []
    assert found("missing-lead", f"{ITEMS}{LED}  - {{title: 戊, units: '区教育局、各部门负责'}}\n") == ["区教育局"]


def test_units_may_answer_for_the_sentence_behind_the_last_annotation() -> None:
    first = "办好培训班（责任单位：区教育局）。办好讲座（责任单位：区财政局）。"
    item = ITEMS + "  - {{title: 办班, text: '{}', units: 区民政局}}\n"
    assert found("units-twice", item.format(f"{first}办好夜校。")) == []
    assert found("units-twice", item.format(first)) == ["（责任单位：区财政局）"]


@pytest.mark.parametrize(
    "units", ["'牵头单位：区教育局，配合单位：各有关单位'", "{牵头单位: 区教育局, 配合单位: 各有关单位}"]
)
def test_whoever_is_vague_beside_a_leader_is_for_the_leader_to_find(units: str) -> None:
    registry = UNITS.replace("区民政局}", "区民政局}, {name: 各有关单位, kind: group, open: true}")
    assert found("vague-unit", f"{ITEMS}  - {{title: 办班, units: {units}}}\n", units=registry) == []
    alone = f"{ITEMS}  - {{title: 办班, units: 各有关单位}}\n"
    assert found("vague-unit", alone, units=registry) == ["各有关单位"]


def test_units_in_brackets_of_another_kind_are_there() -> None:
    assert found("no-units", f"{ITEMS}{LED}  - {{title: 戊, text: 办好讲座。〔区教育局具体负责〕}}\n") == []


@pytest.mark.parametrize(
    "title",
    [
        "关于印发《数字经济发展实施方案》的通知",
        "《数字经济发展实施方案》",
        "静安区重点任务分解",
        "静安区民生实事项目（第一批）",
    ],
)
def test_titles_that_name_the_kind_in_another_way_are_right(title: str) -> None:
    assert found("title-form", f"{ITEMS}  - {{title: 甲, units: 区教育局}}\n", titled(title)) == []


def test_below_a_masthead_the_organ_need_not_stand_in_the_title() -> None:
    frame = titled("关于做好培训工作的通知")
    assert found("title-form", f"{ITEMS}  - {{title: 甲}}\n", frame) == ["关于"]
    assert found("title-form", f"{ITEMS}  - {{title: 甲}}\n", f"issuer: 甲区政府\n{frame}") == []


def test_a_heading_among_sentences_ends_like_them() -> None:
    row = "  - {{title: 指导思想, text: 以某某为指导。}}\n  - title: 发展目标。\n    items: [办好班。, {}]\n"
    assert found("heading-stop", ITEMS + row.format("办好讲座。")) == []
    own_line = f"kind: tasks\ntitle: 重点任务\nstyle: {{titles: own-line}}\nitems:\n{row.format('办好讲座。')}"
    assert found("heading-stop", own_line) == ["。"]


@pytest.mark.parametrize(
    "frame",
    [
        "notice: {title: 国务院办公厅关于印发样本的通知, text: 现印发给你们。, listed: 样本, date: ''}\ntitle: 样本方案\n",
        "notice: {title: 关于印发样本的通知, text: 现印发给你们。, listed: 样本, date: '', signature: 国务院办公厅}\ntitle: 样本方案\n",
        "number: 国办发〔2026〕1号\ntitle: 样本方案\n",
        "signature: 国务院\ntitle: 样本方案\n",
    ],
)
def test_the_limit_does_not_bind_what_the_state_council_sends_out(frame: str) -> None:
    tasks = f"{ITEMS}  - {{title: 甲, text: {'办好培训班。' * 900}, units: 区教育局}}\n"
    assert found("over-long", tasks, f"{frame}parts: [tasks]\n") == []
    assert found("over-long", tasks, "number: 甲办发〔2026〕1号\ntitle: 样本方案\nparts: [tasks]\n") == ["样本方案"]


def test_a_quotation_of_an_amendment_may_end_in_a_later_paragraph() -> None:
    assert found("unpaired-mark", f"{ITEMS}  - 原规则修改为：“甲应当办好。\n  - 乙应当办好。”\n") == []
    assert found("unpaired-mark", f"{ITEMS}  - 落实“四个不摘要求。\n  - 抓好落实”。\n") == ["“", "”"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("公布行政权利清单，加强权利运行监督。", ["权利", "权利"]),
        ("维护合法权力，明确权力和义务。", ["权力", "权力"]),
        ("公布权力清单，维护合法权利，行政权利人依法申请。", []),
        ("截止6月底，建立台帐。", ["截止", "台帐"]),
        ("报名截止日期为6月底，截至6月底。", []),
    ],
)
def test_words_that_sound_alike_are_told_by_what_stands_beside_them(text: str, words: list[str]) -> None:
    assert of("confused-word", text) == words


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("办好培训班，抓好落实，", ["，"]),
        ("办好各类培训班。坚持按需施教，确保各项培训落实见效", ["效"]),
        ("办好各类培训班。坚持按需施教，确保各项培训落实见效。", []),
        ("办好各类培训班。坚持按需施教，确保各项培训落实见效（责任单位：区教育局）", []),
        ("单独的一行", []),
    ],
)
def test_a_paragraph_of_sentences_ends_in_a_mark(text: str, last: list[str]) -> None:
    assert of("paragraph-end", text) == last


@pytest.mark.parametrize(
    ("text", "words"),
    [("办好培训班（详见附件）。", ["附件"]), ("见附件2。", ["附件2"]), ("按照《通知》附件2办好培训班。", [])],
)
def test_an_attachment_that_is_not_there_is_missed(text: str, words: list[str]) -> None:
    assert of("missing-attachment", text) == words


def test_a_unit_or_percent_sign_lost_in_a_list_is_missed() -> None:
    assert of("quantity-without-unit", "市级资金占80，甲出资8000元，乙出资2000。") == ["80", "2000"]
    assert of("quantity-without-unit", "市级资金占80%，甲出资8000元，乙出资2000元，截至2025年。") == []


def test_titles_that_nearly_agree_are_asked_about_and_those_of_two_documents_are_not() -> None:
    alike = "落实《电力统计调查制度》和《电力行业统计调查制度》。"
    assert of("wavering-title", alike) == ["电力行业统计调查制度"]
    two = "落实《环境保护法实施条例》《海洋环境保护法实施条例》《安全生产办法》《安全生产实施办法》。"
    assert of("wavering-title", two) == []
