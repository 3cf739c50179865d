"""What a careful clerk holds against its kin: marks of one list, attachments and whoever refers to them, members and duties,
spellings of one name, the lines of a title."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workplan.chinese import breaking
from workplan.compiler import compile_plan
from workplan.page.typeset import signature_lines, title_lines
from workplan.source import Memory

UNITS = """\
units:
  - {name: 区教育局}
  - {name: 区财政局}
  - {name: 区体育局}
  - {name: 区民政局}
  - {name: 基教科, kind: office, within: 区教育局}
  - {name: 专班成员单位, kind: group, members: [区教育局, 区财政局]}
"""
FRAME = "title: 样本\nparts: [tasks]\nnumber: ''\ndate: ''\n"
ITEMS = "kind: tasks\ntitle: 重点任务\nitems:\n"
ONE = f"{ITEMS}  - {{title: 甲, units: 区教育局}}\n"


def found(rule: str, tasks: str = ONE, frame: str = FRAME, units: str = UNITS) -> list[tuple[str, str]]:
    """What a rule says (its variant) of which words of a plan."""
    result = compile_plan(Memory({"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": units}))
    assert result.plan is not None
    spans = [(finding.variant, finding.span) for finding in result.diagnostics if finding.rule == rule]
    return [(variant, result.files[span.file].text[span.start : span.end]) for variant, span in spans]


# ------------------------------------------------------------------------------------------------------------ marks


@pytest.mark.parametrize(
    ("paragraphs", "strange"),
    [
        ("1．甲。/2.乙。/3.丙。", ["1．"]),
        ("1.甲。/2.乙。/3．丙。", ["3．"]),
        ("（1）甲。/（2）乙。/3）丙。", ["3）"]),
        ("一、甲。/二、乙。/3.丙。", ["3."]),
        ("①甲。/②乙。/（3）丙。", ["（3）"]),
        ("1．甲。/2.乙。", ["2."]),
        # Rows of their own, and what other rules say.
        ("1.甲。/（1）乙。/（2）丙。/2.丁。", []),
        ("一、甲。/1.乙。/2.丙。/二、丁。/1.戊。", []),
        ("1)甲。/2)乙。", []),
        ("1、甲。/2、乙。/3.丙。", []),
        ("（一)甲。/（二）乙。", []),
        # Dots are of one width in all lists.
        ("1.甲。/2.乙。/3.丙。/1．丁。/2．戊。", ["1．", "2．"]),
        ("1.5万人。/2.甲。", []),
    ],
)
def test_the_marks_of_one_list_are_alike(paragraphs: str, strange: list[str]) -> None:
    listed = "".join(f"  - {paragraph}\n" for paragraph in paragraphs.split("/"))
    typed = f"  - title: 甲\n    units: 区教育局\n    text: |\n      {paragraphs.replace('/', chr(10) * 2 + ' ' * 6)}\n"
    for items in (listed, typed):
        marks = [words for variant, words in found("numbering-mark", ITEMS + items) if variant == "mixed"]
        assert marks == strange


def test_a_number_given_by_hand_is_held_against_those_that_are_counted() -> None:
    given = "".join(f"  - {{{{title: {sign}, units: 区教育局{{}}}}}}\n" for sign in "甲乙丙")
    assert found("numbering-mark", ITEMS + given.format("", ", number: 2.", "")) == [("mixed", "2.")]
    assert found("numbering-mark", ITEMS + given.format("", ", number: （二）", "")) == []


def test_a_mark_is_corrected_only_where_most_others_have_theirs() -> None:
    for items, fixes in (("  - 1．甲。\n  - 2.乙。\n  - 3.丙。\n", ["1."]), ("  - 1．甲。\n  - 2.乙。\n", [])):
        result = compile_plan(Memory({"document.yaml": FRAME, "tasks.yaml": ITEMS + items, "../units.yaml": UNITS}))
        mixed = [finding for finding in result.diagnostics if finding.key == "numbering-mark.mixed"]
        assert [fix.text for finding in mixed for fix in finding.fix or ()] == fixes
        assert len(mixed) == 1


# ------------------------------------------------------------------------------------------------------ attachments


def with_attachments(preamble: str, count: int) -> str:
    titles = ("学位计划表", "经费安排表", "项目名单")[:count]
    tables = "".join(f"  - {{kind: table, title: {one}, columns: [单位], rows: [{{单位: 甲}}]}}\n" for one in titles)
    return f"{FRAME}preamble: {preamble}\n" + (f"attachments:\n{tables}" if count else "")


@pytest.mark.parametrize(
    ("preamble", "count", "variants"),
    [
        ("见附件1。", 2, [""]),
        ("见附件1。", 3, ["", ""]),
        ("附件二列明经费。", 3, ["", ""]),
        ("现提出如下要点。", 2, ["none"]),
        ("见附件1、2。", 2, []),
        ("见附件1和附件2。", 2, []),
        ("见附件1至3。", 3, []),
        ("见附件1，按经费安排表执行。", 2, []),
        ("详见附件。", 2, []),
        ("现提出如下要点。", 1, []),
    ],
)
def test_an_attachment_that_no_text_refers_to_is_found(preamble: str, count: int, variants: list[str]) -> None:
    assert [variant for variant, _ in found("unused-attachment", frame=with_attachments(preamble, count))] == variants


@pytest.mark.parametrize(
    ("preamble", "count", "words"),
    [
        ("见附件4。", 3, ["附件4"]),
        ("见附件1、附件4。", 3, ["附件1、附件4"]),
        ("填写附件5报送。", 3, ["附件5"]),
        ("报送计划（附件5）。", 3, ["附件5"]),
        ("报送计划（附件5）。", 0, ["附件5"]),
        ("落实《方案》（附件5）和原规则附件3。", 3, []),
        ("按照《通知》附件5办理，见附件1，2026年完成。", 1, []),
        ("见附件（另发）。", 0, []),
    ],
)
def test_a_reference_to_an_attachment_that_is_not_there_is_found(preamble: str, count: int, words: list[str]) -> None:
    assert [said for _, said in found("missing-attachment", frame=with_attachments(preamble, count))] == words


def test_attachments_that_the_notice_lists_are_counted_with_the_plan() -> None:
    frame = with_attachments("现提出如下要点。", 1).replace("title: 样本\n", "title: 样本方案\n")
    notice = "notice: {{title: 甲关于印发样本方案的通知, text: 见附件{}。, listed: 样本方案, date: ''}}\n"
    style = "style: {attachments: {place: notice}}\n"
    assert found("missing-attachment", frame=frame + notice.format(2) + style) == []
    assert found("missing-attachment", frame=frame + notice.format(3) + style) == [("number", "附件3")]


# ---------------------------------------------------------------------------------------------------------- members

LED = "  - {title: 甲, units: 专班成员单位}\n"


@pytest.mark.parametrize(
    ("items", "strangers"),
    [
        (LED + "  - {title: 乙, units: 区体育局牵头，区财政局配合}\n  - {title: 丙, units: 区体育局}\n", ["区体育局"]),
        (LED + "  - {title: 乙, units: 区体育局、区民政局}\n", ["区体育局", "区民政局"]),
        (LED + "  - {title: 乙, units: 区教育局牵头，区体育局配合}\n", []),
        (LED + "  - {title: 乙, units: 基教科}\n", []),
        ("  - {title: 甲, units: 专班成员单位、区体育局}\n  - {title: 乙, units: 区体育局}\n", []),
        ("  - {title: 乙, units: 区体育局}\n", []),
    ],
)
def test_whoever_answers_for_a_task_of_a_leading_group_is_its_member(items: str, strangers: list[str]) -> None:
    assert [words for _, words in found("not-member", ITEMS + items)] == strangers
    unlisted = UNITS.replace("members: [区教育局, 区财政局]", "open: true")
    assert found("not-member", ITEMS + items, units=unlisted) == []


# -------------------------------------------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("由县发展改革局汇总，县发改局通报。", ["县发改局"]),
        ("区住建局会同区住房城乡建设局办理。", ["区住房城乡建设局"]),
        ("区发改委要求，区发展和改革委员会通报。", ["区发展和改革委员会"]),
        ("区民宗局、区民族宗教事务局。", ["区民族宗教事务局"]),
        ("乡镇级路长、乡级路长、乡镇级路长。", ["乡级路长"]),
        # What leaves out a word, or is of another level or place, may be another unit.
        ("区科技局与区工信科技局。", []),
        ("区农业局、区农业农村局，区交通局、区交通运输局。", []),
        ("省发改委、市发展改革委，区发展改革局、区发改委。", []),
        ("静安区发改委、黄浦区发展改革委。", []),
        ("乡级河长、镇级河长、乡镇级河长。", []),
        ("报送国家能源局，报国家能源局。", []),
    ],
)
def test_two_spellings_of_a_name_that_nobody_registered_are_one_finding(text: str, words: list[str]) -> None:
    assert [
        said for _, said in found("two-spellings", f"{ITEMS}  - {{title: 甲, units: 区教育局, text: {text}}}\n")
    ] == words


@pytest.mark.parametrize(
    ("units", "words"),
    [
        (("工信科技局", "区教育局、工科局", "区工信科技局"), ["工科局"]),
        (("区教育局、工信科技局", "区工信科技局"), []),
        (("工信科技局", "区工信科技局", "市工信科技局"), []),
        # A registered unit is for other rules: its spellings, and unknown names that look like it.
        (("区教育局", "区教委"), []),
        (("区财政局", "区财政审计局"), []),
    ],
)
def test_a_responsible_unit_may_lack_the_level_that_another_spelling_has(
    units: tuple[str, ...], words: list[str]
) -> None:
    items = "".join(f"  - {{title: 办{sign}, units: {one}}}\n" for sign, one in zip("甲乙丙", units, strict=False))
    assert [said for _, said in found("two-spellings", ITEMS + items)] == words


# ---------------------------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("样本区推动先进", "制造业集群发展工作要点"), ["制造业"]),
        (("样本区培育农业经营", "主体实施方案"), ["主体"]),
        (("样本区贯彻党的二十届", "四中全会精神工作方案"), ["四中全会"]),
        (("样本区区教", "育局工作要点"), ["育局"]),
        (("样本区推动", "先进制造业集群发展工作要点"), []),
        (("样本区老旧电网", "改造工作要点"), []),
    ],
)
def test_the_authors_lines_of_a_title_part_no_term_and_no_name(lines: tuple[str, ...], words: list[str]) -> None:
    frame = FRAME.replace("样本", "|\n" + "".join(f"  {line}\n" for line in lines).rstrip("\n"), 1)
    assert [said for _, said in found("title-break", frame=frame)] == words


def test_a_long_title_that_no_lines_give_a_shape_is_asked_about() -> None:
    for title, variants in (
        ("样本区关于印发《先进制造业和现代服务业融合发展规划》的通知", ["shape"]),
        ("支持新型农业经营主体高质量发展的若干措施", []),
        ("国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见", []),
        ("样本区工作要点", []),
    ):
        frame = FRAME.replace("样本", title, 1)
        assert [variant for variant, _ in found("title-break", frame=frame)] == variants


def test_no_dictionary_is_loaded_for_a_long_title_of_short_words() -> None:
    """Loading it takes a quarter of the time of a check."""
    title = "国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见"
    files = {"document.yaml": FRAME.replace("样本", title, 1), "tasks.yaml": ONE, "../units.yaml": UNITS}
    code = (
        "import sys\nfrom workplan.compiler import compile_plan\nfrom workplan.source import Memory\n"
        f"print(compile_plan(Memory({files!r})).plan is not None, 'rjieba' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "True False\n"


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("某市人民政府办公室关于印发某市加快先进制造业集群高质量发展行动方案的通知", "先进制造业"),
        ("某省人民政府关于培育新型农业经营主体促进农业增效农民增收的实施意见", "农业经营主体"),
        ("某市国有资本投资运营公司改革试点工作实施方案", "国有资本投资"),
        ("某市人民政府关于加快推进老旧电网设备更新改造工作的若干意见", "老旧电网"),
        ("中共某市委关于学习贯彻党的二十届四中全会精神推动高质量发展的实施意见", "党的二十届四中全会"),
        ("某某区人民政府办公室2026年持续优化营商环境重点任务分工方案", "营商环境"),
        ("中共某县委某县人民政府关于全面推进农业农村现代化建设的实施意见", "农业农村现代化"),
    ],
)
def test_a_title_is_broken_outside_the_terms_in_it(title: str, term: str) -> None:
    lines = title_lines((title,))
    assert len(lines) > 1
    assert any(term in line for line in lines)


def test_a_phrase_that_the_text_repeats_holds_together_where_it_can() -> None:
    title = "样本区推进家门口服务体系建设提升群众获得感工作方案"
    assert title_lines((title,)) == ("样本区推进家门口服务体系", "建设提升群众获得感工作方案")
    held = ("样本区推进家门口服务体系建设", "提升群众获得感工作方案")
    assert title_lines((title,), (), "服务体系建设。" * 3) == held
    # What the pages repeat is the title itself.
    assert title_lines((title,), (), f"{title}。" * 3) == title_lines((title,))


def test_the_name_of_an_organ_is_broken_outside_its_terms() -> None:
    [lines] = signature_lines((("中共某某区委员会精神文明建设委员会办公室",),), "2026年1月1日")
    assert lines == ("中共某某区委员会精神文明建设", "委员会办公室")


@pytest.mark.parametrize("date", ["2026年1月15日", ""])
@pytest.mark.parametrize(
    "name", ["云溪区推动移风易俗精神文明建设办公室", "云州市云溪区平安建设领导小组", "云州市云溪区防汛抗旱指挥部"]
)
def test_what_an_organ_is_stays_with_what_it_is_for(name: str, date: str) -> None:
    """精神文明建设|办公室 leaves a line that says nothing."""
    organ = next(one for one in ("精神文明建设办公室", "建设领导小组", "抗旱指挥部") if name.endswith(one))
    [lines] = signature_lines(((name,),), date)
    assert lines[-1].endswith(organ)
    titled = title_lines((f"中共{name}2026年深化各项创建工作要点",))
    assert len(titled) > 1
    assert any(organ in line for line in titled)


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("中共云溪区委办公室关于学习贯彻党的二十届四中全会精神的工作要点", "党的二十届四中全会精神"),
        ("云溪区农村集体经济组织带头人培训工作要点", "集体经济组织"),
        ("云州市云溪区优化营商环境工作领导小组第三次会议任务分工", "第三次会议"),
        ("云州市云溪区人民政府办公室关于印发2031年云溪区政务公开工作要点的通知", "2031年云溪区政务公开"),
        ("2031年度全市退役军人事务局系统重点工作要点", "退役军人事务局"),
        ("2031年全市市场监督管理局反不正当竞争执法工作要点", "市场监督管理局"),
        ("2031年全市市场监督管理局反不正当竞争执法工作要点", "反不正当竞争"),
        ("关于进一步加强全市融媒体中心建设工作的实施方案", "融媒体中心"),
        ("2031年云溪区粮食和物资储备局重点工作任务清单", "粮食和物资储备局"),
        ("示范市国民经济和社会发展第十五个五年规划纲要", "国民经济和社会发展"),
        ("示范市文化广电和旅游局2031年非物质文化遗产保护工作要点", "非物质文化遗产"),
        ("示范市全面推进粤港澳大湾区建设三年行动计划", "粤港澳大湾区"),
        ("示范市新时代文明实践中心2031年工作要点", "新时代文明实践中心"),
    ],
)
def test_meetings_terms_and_years_stay_with_their_words(title: str, term: str) -> None:
    lines = title_lines((title,))
    assert len(lines) > 1
    assert any(term in line for line in lines)


def test_no_line_ends_in_the_first_character_of_a_word_that_no_dictionary_has() -> None:
    """跨|境电商 and the like: what a dictionary does not know it leaves as a single character."""
    words = ("关于", "进一步", "支持", "全市", "甲", "乙丙", "丁戊", "建设", "工作", "的", "实施", "方案")
    lines = breaking.title(words)
    assert len(lines) > 1
    assert not any(line.endswith("甲") for line in lines[:-1])
    assert not any(line.startswith("区") for line in breaking.title((*words[:4], "甲乙", "区", *words[5:]))[1:])


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("云州市云溪区精神文明建设办公室2031年未成年人思想道德建设工作要点", "精神文明建设办公室"),
        ("云溪区合作交流与对口支援工作领导小组办公室关于印发2031年工作要点的通知", "工作领导小组办公室"),
    ],
)
def test_an_office_stays_with_what_it_is_for(title: str, body: str) -> None:
    assert any(body in line for line in title_lines((title,)))


def test_an_office_stays_with_what_it_is_for_in_a_signature() -> None:
    [lines] = signature_lines((("云州市云溪区精神文明建设办公室",),), "2031年3月1日")
    assert lines == ("云州市云溪区", "精神文明建设办公室")


def test_a_long_signature_parts_no_term() -> None:
    name = "云州市云溪区推进新型城镇化与城乡融合发展暨巩固拓展脱贫攻坚成果工作领导小组办公室"
    [lines] = signature_lines(((name,),), "2031年2月1日")
    assert "".join(lines) == name
    for term in ("新型城镇化", "城乡融合发展", "巩固拓展", "脱贫攻坚", "领导小组"):
        assert any(term in line for line in lines)
