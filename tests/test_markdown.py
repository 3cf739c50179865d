"""Task sheets in Markdown: rendered, every text is there to the letter; read as they are, they make sense."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from views import due_of, possible_of, target_of, unit_of
from workplan.chinese.characters import clean
from workplan.diagnostic import Refusal
from workplan.render import markdown, templating
from workplan.render.markdown import literal
from workplan.resources.templates import Templates
from workplan.view.assignments import Assignment, Sheet, SheetRow, TaskRow

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.view.assignments import Role

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])

HOSTILE = [
    "*粗* **体** _斜_ __x__",
    "# 标题",
    "完成 #2机组改造 #",
    "a | b | c",
    r"反斜 \* \\ \n",
    "`代码` ``x``",
    "<b>甲</b> <!-- x --> <script>",
    "[链接](http://x.cn) ![图](y) [1]: z",
    "1. 一",
    "12) 一",
    "2022.6",
    "- 项",
    "+ 项",
    "---",
    "===",
    "***",
    "~~删~~ 3~5个，6~8个",
    "> 引用",
    "&amp; &lt; &#65; &nbsp; A&B &",
    "    四格",
    "\t缩进",
    "　全角缩进",
    "末尾空格  ",
    "末尾反斜\\",
    '{{ y }} {% x %} "q"',
    "```",
    "~~~",
    "镕祎㎡𠮷",
    "1.",
    "-",
]


def shown(source: str, tag: str) -> str:
    """The text of the one element that the Markdown gives, which must hold no further markup."""
    found = re.fullmatch(rf"<{tag}>(.*)</{tag}>\n", GFM.render(source), re.DOTALL)
    assert found, GFM.render(source)
    assert "<" not in found[1]
    return unescape(found[1])


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_to_the_letter(text: str) -> None:
    """In a paragraph, a heading and a list item alike."""
    assert shown(literal(text), "p") == text
    assert shown(f"# {literal(text)}", "h1") == text
    assert shown(f"甲：{literal(text)}", "p") == f"甲：{text}"
    assert GFM.render(f"- {literal(text)}").count("<li>") == 1


@given(st.text(st.sampled_from("*_#|\\`<>[]()!~&;=+-.1) \t甲，:{}\"'\n") | st.characters(), min_size=1))
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    expected = clean(text.replace("\n", " "))
    assert shown(literal(text), "p") == expected
    assert shown(f"## {literal(text)}", "h2") == expected


@pytest.mark.parametrize(
    "text", ["（一）按照《意见》，A&B公司增长10.5%，做到“四个不摘”。", "2022.6", "http://x.cn", "AT&T; 1+1=2"]
)
def test_ordinary_text_reads_without_backslashes(text: str) -> None:
    assert "\\" not in literal(text)


def test_a_line_end_cannot_leave_its_paragraph() -> None:
    assert shown(literal("甲\n# 乙\n\n- 丙"), "p") == "甲 # 乙  - 丙"


def assigned(role: Role, *names: str, is_open: bool = False) -> Assignment:
    units = tuple(unit_of(name, name, role) for name in names)
    return Assignment(label="", printed="、".join(names), open=is_open, units=units, source="units")


ROW = TaskRow(
    id="x",
    number="5",
    mark="5．",
    path=("二、", "5．"),
    part="重点任务",
    kind="tasks",
    section="人才支援",
    title="加大*支援*",
    text="第一段 <b>。\n1. 第二段。",
    assignments=(assigned("lead", "区教育局"), assigned("support", "各街镇", "区总工会", is_open=True)),
    due=(due_of("2022年6月底前", "2022-06-30"),),
    targets=(target_of("教师", "2名", 2, "名"), target_of("", "至少3个月", 3, "个月")),
)
ENTRY = SheetRow(
    row=ROW, roles=("support",), via=("各街镇",), others=(("lead", ("区教育局",)), ("support", ("区总工会",)))
)
SAFEGUARD = replace(
    ROW, mark="（一）", kind="safeguards", part="保障措施", section="", title="", text="抓好落实", targets=()
)
SHEET = Sheet(
    unit="彭浦镇",
    full="静安区彭浦镇人民政府",
    kind="unit",
    within="静安区",
    members=("甲", "乙_丙"),
    stem="彭浦镇",
    plan="2022",
    title="2022年工作要点",
    issuer="某办公室",
    number="静办〔2022〕1号",
    date="2022年6月29日",
    status="征求意见稿",
    tasks=(ENTRY,),
    safeguards=(SheetRow(row=SAFEGUARD, roles=("lead", "responsible"), via=(), others=()),),
    duties=(),
    possible=(possible_of("各相关部门", ("二、11．", "三、（一）")),),
    blanks=("联系人", "进展*情况"),
)

EXPECTED = r"""征求意见稿

# 彭浦镇任务清单

2022年工作要点

- 单位全称：静安区彭浦镇人民政府
- 隶属：静安区
- 成员：甲、乙\_丙
- 印发单位：某办公室
- 文号：静办〔2022〕1号
- 日期：2022年6月29日
- 共计：2项，其中任务1项，保障措施1项
- 本单位角色：牵头1项，责任1项，配合1项

## 任务（1项）

### 5．加大\*支援\*

- 本单位：配合单位（通过各街镇）
- 所属部分：重点任务—人才支援
- 牵头单位：区教育局
- 其他配合单位：区总工会等
- 完成时限：2022年6月底前
- 目标：教师：2名
- 目标：至少3个月

第一段 \<b\>。

1\. 第二段。

- 联系人：________
- 进展\*情况：________

## 保障措施（1项）

### （一）抓好落实

- 本单位：牵头、责任单位
- 所属部分：保障措施
- 配合单位：原文以“等”字结尾，未逐一列明
- 完成时限：2022年6月底前

抓好落实

- 联系人：________
- 进展\*情况：________

## 可能涉及

下列单位范围在文中没有逐一列明。本单位是否在内，请与起草部门（某办公室）确认。

- 各相关部门：二、11．；三、（一）
"""


def test_a_sheet_says_all_that_its_unit_needs() -> None:
    assert markdown.sheet(SHEET, Templates()).decode() == EXPECTED


def test_a_sheet_renders_to_headings_and_lists_and_nothing_unasked_for() -> None:
    html = GFM.render(markdown.sheet(SHEET, Templates()).decode())
    assert re.findall(r"<(h\d)>", html) == ["h1", "h2", "h3", "h2", "h3", "h2"]
    assert set(re.findall(r"<(\w+)", html)) == {"h1", "h2", "h3", "p", "ul", "li"}
    assert "联系人：________" in html
    assert "<p>第一段 &lt;b&gt;。</p>" in html
    assert "<p>1. 第二段。</p>" in html


def test_what_is_empty_leaves_no_trace() -> None:
    bare = replace(
        SHEET, full="", within="", members=(), status="", number="", safeguards=(), possible=(), blanks=(), date=""
    )
    text = markdown.sheet(bare, Templates()).decode()
    assert text.startswith("# 彭浦镇任务清单\n\n2022年工作要点\n\n- 印发单位：")
    assert text.endswith("1\\. 第二段。\n")
    assert "\n\n\n" not in text
    assert not re.search(r"：$|________|可能涉及", text, re.MULTILINE)


def test_duties_have_their_own_section() -> None:
    text = markdown.sheet(
        replace(SHEET, duties=(replace(ENTRY, row=replace(ROW, kind="duties")),)), Templates()
    ).decode()
    assert (
        "- 共计：3项，其中任务1项，保障措施1项，职责1项\n- 本单位角色：牵头1项，责任1项，配合2项\n\n## 任务（1项）\n"
        in text
    )
    assert "\n\n## 职责（1项）\n\n### 5．" in text


def test_the_users_own_template_wins(tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text("{{ sheet.unit | md }}&{{ sheet.members[1] | md }}", encoding="utf-8")
    assert markdown.sheet(SHEET, Templates(tmp_path)) == "彭浦镇&乙\\_丙".encode()


@pytest.mark.parametrize(
    "broken", ["甲\n{{ sheet.nothing }}", "甲\n{% if %}", "甲\n{{ 1 | md }}", "甲\n{{ sheet | nofilter }}"]
)
def test_a_broken_template_is_a_finding_at_its_line(tmp_path: Path, broken: str) -> None:
    (tmp_path / "sheet.md").write_text(broken, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        markdown.sheet(SHEET, Templates(tmp_path))
    (finding,) = refusal.value.diagnostics
    assert (finding.rule, finding.span.file, finding.span.line) == ("template", str(tmp_path / "sheet.md"), 2)


def test_the_filter_stays_with_markdown() -> None:
    markdown.sheet(SHEET, Templates())
    assert "md" not in templating.environment(Templates()).filters
    assert "md" not in templating.plain_environment(Templates()).filters
