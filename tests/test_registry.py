"""Units: every spelling means one unit, and phrases are read as officials write them.

The phrases are real ones, of documents of the State Council, 浙江, 重庆, 广东 and 上海.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan import view
from workplan.compiler import compile_plan
from workplan.language.model import Registry
from workplan.language.model.decode import decode
from workplan.language.scalar import File
from workplan.language.syntax import parse as parse_yaml
from workplan.plan.registry import Book, Phrase, build, doubtful, in_text, parse
from workplan.source import Memory

REGISTRY = """
units:
  - {name: 省建设厅, aliases: [住房城乡建设厅]}
  - {name: 省发展改革委, aliases: [发展改革委]}
  - {name: 省人力社保厅}
  - {name: 省交通运输厅, aliases: [交通运输厅]}
  - {name: 省水利厅}
  - {name: 省工业和信息化厅, aliases: [工业和信息化厅, 工业和信息化部]}
  - {name: 省科技厅, aliases: [科技厅]}
  - {name: 省政务和数据局, aliases: [政务和数据局]}
  - {name: 能源局}
  - {name: 体育局}
  - {name: 省通信管理局}
  - {name: 文化和旅游部}
  - {name: 人力资源社会保障部}
  - {name: 市场监管总局}
  - {name: 扶贫办}
  - {name: 海关总署}
  - {name: 海关总署广东分署}
  - {name: 广东海事局}
  - {name: 商务部}
  - {name: 市商务委}
  - {name: 市农业农村委}
  - {name: 各区县政府, kind: group}
  - {name: 各省级人民政府, kind: group, aliases: [各有关省级人民政府]}
  - {name: 各市州县人民政府, kind: group, aliases: ['各市、州、县人民政府']}
  - {name: 各市, kind: group}
  - {name: 各有关单位, kind: group, aliases: [各相关部门, 相关部门, 有关部门, 省有关部门, 各有关部门和单位]}
  - {name: 领导小组成员单位, kind: group, aliases: [区领导小组成员单位]}
  - {name: 各街镇, kind: group, members: [静安寺街道, 彭浦镇]}
  - {name: 区委办公室}
  - {name: 区教育局, full: 静安区教育局, renamed: {from: 区教委, year: 2019}}
  - {name: 区财政局}
"""


def book_of(text: str) -> Book:
    node, faults = parse_yaml(File("units.yaml", text))
    assert node is not None
    registry, more = decode(node, Registry)
    assert registry is not None
    book, findings = build(registry)
    assert (*faults, *more, *findings) == ()
    return book


BOOK = book_of(REGISTRY)
L, S, R = "lead", "support", "responsible"


def told(phrases: tuple[Phrase, ...]) -> list[tuple[str, str]]:
    return [(name.unit or f"?{name.printed}", name.role) for phrase in phrases for name in phrase.names]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区教育局", [("区教育局", R)]),
        ("区教育局、区财政局", [("区教育局", R), ("区财政局", R)]),
        ("区教育局，区财政局；区委办公室", [("区教育局", R), ("区财政局", R), ("区委办公室", R)]),
        ("区教育局 区财政局", [("区教育局", R), ("区财政局", R)]),
        ("海关总署负责", [("海关总署", R)]),
        ("省工业和信息化厅牵头", [("省工业和信息化厅", L)]),
        ("省有关部门按职责分工负责", [("各有关单位", R)]),
        ("省工业和信息化厅牵头，省科技厅按职责分工负责", [("省工业和信息化厅", L), ("省科技厅", S)]),
        (
            "省政务和数据局牵头，省科技厅、工业和信息化厅、交通运输厅、体育局按职责分工负责",
            [("省政务和数据局", L), ("省科技厅", S), ("省工业和信息化厅", S), ("省交通运输厅", S), ("体育局", S)],
        ),
        (
            "省政务和数据局牵头，省发展改革委、能源局，省通信管理局等按职责分工负责",
            [("省政务和数据局", L), ("省发展改革委", S), ("能源局", S), ("省通信管理局", S)],
        ),
        ("省工业和信息化厅牵头，各有关单位按职责分工负责", [("省工业和信息化厅", L), ("各有关单位", S)]),
        ("海关总署广东分署、广东海事局按职责分工负责", [("海关总署广东分署", R), ("广东海事局", R)]),
        ("商务部、海关总署等有关部门负责", [("商务部", R), ("海关总署", R)]),
        ("人力资源社会保障部等有关部门和单位负责", [("人力资源社会保障部", R)]),
        (
            "文化和旅游部、市场监管总局、扶贫办等和各有关省级人民政府负责",
            [("文化和旅游部", R), ("市场监管总局", R), ("扶贫办", R), ("各省级人民政府", R)],
        ),
        ("责任单位：省建设厅、省人力社保厅", [("省建设厅", R), ("省人力社保厅", R)]),
        ("牵头单位:区教育局", [("区教育局", L)]),
        (
            "牵头单位：市商务委；责任单位：省发展改革委、市农业农村委，各区县政府",
            [("市商务委", L), ("省发展改革委", R), ("市农业农村委", R), ("各区县政府", R)],
        ),
        ("牵头单位：区教育局；配合单位：区财政局", [("区教育局", L), ("区财政局", S)]),
        ("主办单位：区教育局；协办单位：区财政局", [("区教育局", L), ("区财政局", S)]),
        ("责任部门：区教育局", [("区教育局", R)]),
        ("区教育局会同有关部门负责", [("区教育局", L), ("各有关单位", S)]),
        ("区教育局会同区财政局、各街镇负责", [("区教育局", L), ("区财政局", S), ("各街镇", S)]),
        ("区教育局牵头负责", [("区教育局", L)]),
        ("区教育局、区财政局共同牵头", [("区教育局", L), ("区财政局", L)]),
        ("由区教育局牵头，区财政局配合", [("区教育局", L), ("区财政局", S)]),
        ("区教育局牵头，区财政局配合，各街镇具体负责", [("区教育局", L), ("区财政局", S), ("各街镇", S)]),
        ("区教育局具体负责", [("区教育局", R)]),
        ("区教育局、区财政局分别负责", [("区教育局", R), ("区财政局", R)]),
        ("区教育局（牵头）、区财政局", [("区教育局", L), ("区财政局", R)]),
        ("各市、州、县人民政府", [("各市州县人民政府", R)]),
        ("省建设厅、各市、州、县人民政府", [("省建设厅", R), ("各市州县人民政府", R)]),
        ("区领导小组成员单位及相关部门", [("领导小组成员单位", R), ("各有关单位", R)]),
        ("静安寺街道和彭浦镇", [("静安寺街道", R), ("彭浦镇", R)]),
        ("（责任部门：区教育局、区财政局等）", [("区教育局", R), ("区财政局", R)]),
        (" (责任部门：区教育局)", [("区教育局", R)]),
        ("静安区教育局、区教委", [("区教育局", R), ("区教育局", R)]),
        (
            "责任单位：省建设厅、省发展改革委。列第一位的为牵头单位，下同。以下均需各市、县〔市、区〕政府落实，不再列出",
            [("省建设厅", L), ("省发展改革委", R)],
        ),
        ("区教育局、区财政局，排在第一位的为牵头单位", [("区教育局", L), ("区财政局", R)]),
    ],
)
def test_a_phrase_names_its_units_in_order_with_their_roles(text: str, units: list[tuple[str, str]]) -> None:
    assert told(parse(text, BOOK)) == units


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("区教育局等", True),
        ("区教育局等部门", True),
        ("区教育局、区财政局等有关部门按职责分工负责", True),
        ("区教育局等负责", True),
        ("区教育局", False),
        ("区教育局负责", False),
    ],
)
def test_a_list_that_ends_in_and_others_is_open(text: str, open_: bool) -> None:  # noqa: FBT001 - a table's column
    assert [phrase.open for phrase in parse(text, BOOK)] == [open_]


@pytest.mark.parametrize(
    ("text", "label", "words", "remark"),
    [
        ("责任单位：区教育局。下同", "责任单位", "区教育局", "。下同"),
        ("（责任部门：区教育局）", "责任部门", "区教育局", ""),
        ("区教育局负责。", "", "区教育局负责", "。"),
        ("区教育局，列第一位的为牵头单位", "", "区教育局", "，列第一位的为牵头单位"),
    ],
)
def test_label_words_and_remark_of_a_phrase_are_told_apart(text: str, label: str, words: str, remark: str) -> None:
    (phrase,) = parse(text, BOOK)
    assert (phrase.label, phrase.text, phrase.remark) == (label, words, remark)


def test_a_label_given_from_outside_decides_the_role() -> None:
    assert told(parse("区教育局、区财政局", BOOK, "配合单位")) == [("区教育局", S), ("区财政局", S)]


def test_names_joined_by_and_share_one_printed_name() -> None:
    (phrase,) = parse("区领导小组成员单位及相关部门、区教育局", BOOK)
    assert [name.printed for name in phrase.names] == ["区领导小组成员单位及相关部门"] * 2 + ["区教育局"]
    assert [phrase.text[name.start : name.end] for name in phrase.names] == [
        "区领导小组成员单位",
        "相关部门",
        "区教育局",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("区财政局、区教育据", "区教育据"),
        ("区教育据牵头，区财政局配合", "区教育据"),
        ("区教育据等部门负责", "区教育据"),
        ("区财政局和区教育据负责", "区教育据"),
        ("区教育局长", "区教育局长"),
        ("由区教育据负责", "区教育据"),
        ("区教育据和区财政局", "区教育据"),
        ("配合单位：区财政局、区教育据。下同", "区教育据"),
    ],
)
def test_an_unknown_name_is_found_with_its_place_and_without_verb_or_marks(text: str, name: str) -> None:
    unknown = [found for phrase in parse(text, BOOK) for found in phrase.names if not found.unit]
    assert [text[found.start : found.end] for found in unknown] == [name]


@pytest.mark.parametrize(
    ("text", "annotations"),
    [
        ("推进改革（责任单位：区教育局）。再办班（区财政局负责）。", ["（责任单位：区教育局）", "（区财政局负责）"]),
        ("推进改革(责任部门：区教育局)。", ["(责任部门：区教育局)"]),
        ("推进改革。（区教育局牵头，区财政局按职责分工负责）", ["（区教育局牵头，区财政局按职责分工负责）"]),
        ("支持企业（指规模以上企业）发展（见附件）。", []),
        ("（一）推进改革", []),
        ("各单位对此负责。", []),
        ("推进改革。（责任单位：区教育局（牵头）、区财政局）", ["（责任单位：区教育局（牵头）、区财政局）"]),
        ("推进改革。（区教育局会同区财政局落实）", ["（区教育局会同区财政局落实）"]),
        ("推进改革。【责任单位：区教育局】", ["【责任单位：区教育局】"]),
        ("压实责任（主要领导亲自负责），上下联动（街道积极配合）。", []),
        (
            "（责任单位：省建设厅。列第一位的为牵头单位，下同）。",
            ["（责任单位：省建设厅。列第一位的为牵头单位，下同）"],
        ),
    ],
)
def test_annotations_in_running_text_are_found_and_other_brackets_left_alone(text: str, annotations: list[str]) -> None:
    assert [text[start:end] for start, end in in_text(text, BOOK)] == annotations


def test_what_looks_like_an_annotation_and_is_none_is_doubtful() -> None:
    text = "做好工作（某某中心负责）。责任单位：区教育局。（责任单位：区财政局）（含实物）"
    assert [text[start:end] for start, end in doubtful(text, BOOK)] == ["（某某中心负责）", "责任单位："]


def test_a_role_in_brackets_holds_against_the_verb_and_a_comma_parts_labelled_roles() -> None:
    phrases = parse("（区教育局（牵头）、区财政局负责）", BOOK)
    assert [(name.unit, name.role) for phrase in phrases for name in phrase.names] == [
        ("区教育局", "lead"),
        ("区财政局", "support"),
    ]
    parts = parse("牵头单位：区教育局，配合单位：区财政局", BOOK)
    assert [(part.label, [name.unit for name in part.names]) for part in parts] == [
        ("牵头单位", ["区教育局"]),
        ("配合单位", ["区财政局"]),
    ]


#: Pieces of phrases, whole and broken, in any order.
MARKS = (
    "、",
    "，",
    "；",
    "：",
    "。",
    " ",
    "（",
    "）",
    "(",
    ")",
    "\n",
    "等",
    "和",
    "及",
    "以及",
    "会同",
    "由",
    "牵头",
    "配合",
    "负责",
)
WORDS = ("按职责分工负责", "责任单位：", "牵头单位：", "区教育据", "有关部门和单位", "（牵头）", "甲")
PIECES = st.sampled_from((*BOOK.spellings, *MARKS, *WORDS))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_phrase_comes_to_an_end_and_every_name_stands_where_it_says(text: str) -> None:
    end = 0
    for phrase in parse(text, BOOK):
        assert phrase.text in text
        for name in phrase.names:
            assert end <= name.start < name.end <= len(text)
            assert text[name.start : name.end] in name.printed
            assert not name.unit or BOOK.spellings[text[name.start : name.end]] == name.unit
            end = name.end


@given(st.lists(st.sampled_from(sorted(BOOK.spellings)), min_size=1, max_size=8))
def test_a_plain_list_names_exactly_the_units_listed(names: list[str]) -> None:
    assert told(parse("、".join(names), BOOK)) == [(BOOK.spellings[name], R) for name in names]


@given(
    st.lists(st.sampled_from(sorted(BOOK.spellings)), min_size=1, max_size=3),
    st.lists(st.sampled_from(sorted(BOOK.spellings)), min_size=1, max_size=5),
)
def test_leaders_lead_and_the_others_support(leaders: list[str], others: list[str]) -> None:
    phrases = parse(f"{'、'.join(leaders)}牵头，{'、'.join(others)}按职责分工负责", BOOK)
    assert [role for _, role in told(phrases)] == [L] * len(leaders) + [S] * len(others)


def test_members_are_found_through_groups_within_groups_and_each_once() -> None:
    book = book_of(
        "units:\n  - {name: 甲组, members: [乙组, 丁局, 丙局]}\n  - {name: 乙组, members: [丙局, 丁局]}\n  - {name: 丁局}\n"
    )
    assert book.members("甲组") == ("乙组", "丙局", "丁局")
    assert book.groups_of == {"乙组": ("甲组",), "丙局": ("甲组", "乙组"), "丁局": ("甲组", "乙组")}
    assert list(book.order) == ["甲组", "乙组", "丁局", "丙局"]


def test_a_group_whose_members_nobody_listed_is_open() -> None:
    entries = book_of(
        "units:\n  - {name: 甲组, kind: group}\n  - {name: 乙组, members: [丙]}\n  - {name: 丁}\n"
    ).entries
    assert {name: entry.open for name, entry in entries.items()} == {
        "甲组": True,
        "乙组": False,
        "丁": False,
        "丙": False,
    }
    assert entries["乙组"].kind == "group"


def test_a_group_inside_itself_still_has_members() -> None:
    node, _ = parse_yaml(
        File("units.yaml", "units:\n  - {name: 甲, members: [乙]}\n  - {name: 乙, members: [甲, 丙]}\n")
    )
    assert node is not None
    registry, _ = decode(node, Registry)
    assert registry is not None
    book, findings = build(registry)
    assert [finding.rule for finding in findings] == ["group-cycle"] * 2
    assert set(book.members("甲")) == {"甲", "乙", "丙"}


def test_before_a_unit_was_renamed_it_goes_by_its_earlier_name() -> None:
    """An old plan keeps the names of its year; both spellings stand for the unit in any year."""
    units = "units:\n- {name: 新局, full: 甲市新局, renamed: {from: 旧局, year: 2023}}\n- {name: 各局, kind: group, members: [旧局]}\n"
    frame = "title: 甲\nparts: [tasks]\ndate: ''\nnumber: ''\n"
    tasks = "kind: tasks\nitems:\n- {title: 乙, units: 旧局、新局、各局}\n"
    found = {}
    for year in ("2022", "2023", "初稿"):
        plan = compile_plan(Memory({"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": units}, year)).plan
        assert plan is not None
        (row,) = view.rows(plan)
        found[year] = ([named.unit for named in row.named], plan.book.members("各局"))
    assert found["2022"] == (["旧局", "旧局", "各局"], ("旧局",))
    assert found["2023"] == found["初稿"] == (["新局", "新局", "各局"], ("新局",))
