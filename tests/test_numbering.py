"""Printed numbers: glyphs by example, counting that restarts or goes on, numbers given by hand, levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan.chinese import numerals
from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import NumberedPart

TASKS = "kind: tasks\ntitle: 任务\nitems:\n"


def plan_of(*parts: str, style: str = "{}", attachments: tuple[str, ...] = ()) -> Plan:
    """A plan with the parts given; the document's style is written as flow."""
    names = {f"part{place}.yaml": text for place, text in enumerate((*parts, *attachments))}
    listed = [name.removesuffix(".yaml") for name in names]
    document = (
        f"title: 样本\ndate: ''\nparts: [{', '.join(listed[: len(parts)])}]\n"
        f"attachments: [{', '.join(listed[len(parts) :])}]\nstyle: {style}\n"
    )
    result = compile_plan(Memory({"document.yaml": document, "../units.yaml": "units: []\n", **names}))
    assert result.clean, "warnings may be: these are bare outlines"
    assert result.plan is not None
    return result.plan


def marks(part: NumberedPart) -> list[str]:
    return [numbered.printed_number for numbered in part.walk()]


def titles(count: int, indent: str = "  ") -> str:
    return "".join(f"{indent}- title: 甲\n" for _ in range(count))


@pytest.mark.parametrize(
    ("glyph", "printed"),
    [
        ("一、", ["一、", "二、", "十二、", "二十、"]),
        ("（一）", ["（一）", "（二）", "（十二）", "（二十）"]),
        ("1．", ["1．", "2．", "12．", "20．"]),
        ("1.", ["1.", "2.", "12.", "20."]),
        ("（1）", ["（1）", "（2）", "（12）", "（20）"]),
        ("１．", ["１．", "２．", "１２．", "２０．"]),
        ("①", ["①", "②", "⑫", "⑳"]),
        ("Ⅰ.", ["Ⅰ.", "Ⅱ.", "Ⅻ.", "20."]),
        ("第一部分　", ["第一部分　", "第二部分　", "第十二部分　", "第二十部分　"]),
        ("专栏1", ["专栏1", "专栏2", "专栏12", "专栏20"]),
    ],
)
def test_a_glyph_is_an_example_of_the_first_number(glyph: str, printed: list[str]) -> None:
    plan = plan_of(TASKS + titles(20), style=f"{{numbering: [一、, '{glyph}']}}")
    counted = marks(plan.parts[0])
    assert [counted[place - 1] for place in (1, 2, 12, 20)] == printed


def test_the_standard_numbers_four_levels() -> None:
    text = TASKS + "  - title: 二\n    items:\n      - title: 三\n        items:\n          - title: 四\n"
    plan = plan_of(text)
    assert [(part.printed_number, marks(part)) for part in plan.parts] == [("一、", ["（一）", "1.", "（1）"])]
    assert [numbered.level for numbered in plan.parts[0].walk()] == [2, 3, 4]
    assert [numbered.path for numbered in plan.parts[0].walk()][-1] == ("一、", "（一）", "1.", "（1）")
    assert [numbered.number for numbered in plan.parts[0].walk()] == ["一", "1", "1"]


NESTED = "  - title: 甲\n    items:\n" + titles(2, "      ") + "  - title: 乙\n    items:\n" + titles(2, "      ")


def test_numbers_restart_under_every_heading() -> None:
    plan = plan_of(TASKS + NESTED, TASKS + NESTED)
    assert [part.printed_number for part in plan.parts] == ["一、", "二、"]
    assert marks(plan.parts[0]) == marks(plan.parts[1]) == ["（一）", "1.", "2.", "（二）", "1.", "2."]


def test_continuous_numbers_go_through_headings_and_parts() -> None:
    plan = plan_of(TASKS + NESTED, TASKS + NESTED, style="{numbering: [一、, （一）, 1．], continuous: [1．]}")
    assert marks(plan.parts[0]) == ["（一）", "1．", "2．", "（二）", "3．", "4．"]
    assert marks(plan.parts[1]) == ["（一）", "5．", "6．", "（二）", "7．", "8．"]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("3", ["（三）", "（四）"]),
        ("三", ["（三）", "（四）"]),
        ("'（三）'", ["（三）", "（四）"]),
        ("'3．'", ["3．", "（四）"]),
        ("专栏", ["专栏", "（一）"]),
        ("''", ["", "（一）"]),
        ("100", ["（一百）", "（一百零一）"]),
    ],
)
def test_a_number_given_prints_and_counting_goes_on_from_it(number: str, printed: list[str]) -> None:
    plan = plan_of(TASKS + f"  - {{title: 甲, number: {number}}}\n  - title: 乙\n")
    assert marks(plan.parts[0]) == printed


def test_a_number_given_lets_continuous_numbers_go_on_in_the_next_part() -> None:
    first = TASKS + "  - {title: 甲, number: 7}\n"
    plan = plan_of(first, TASKS + titles(1), style="{numbering: [一、, 1．], continuous: [1．]}")
    assert [marks(part) for part in plan.parts] == [["7．"], ["8．"]]


def test_an_item_without_number_takes_no_level_and_its_items_go_on_counting() -> None:
    text = (
        TASKS + "  - title: 甲\n  - title: 专栏\n    number: ''\n    items:\n" + titles(2, "      ") + "  - title: 乙\n"
    )
    plan = plan_of(text)
    assert marks(plan.parts[0]) == ["（一）", "", "（二）", "（三）", "（四）"]


def test_a_part_without_title_takes_no_level_and_its_items_count_among_the_parts() -> None:
    plan = plan_of("kind: prose\ntext: 前言。\n", "kind: tasks\nitems:\n" + titles(2), TASKS + titles(1))
    assert [part.printed_number for part in plan.parts] == ["", "", "三、"]
    assert [marks(part) for part in plan.parts] == [[], ["一、", "二、"], ["（一）"]]


def test_parts_without_number_or_with_one_of_their_own() -> None:
    plan = plan_of(
        TASKS + titles(1), "kind: tasks\nnumber: ''\ntitle: 附则\nitems:\n" + titles(1), "kind: tasks\nnumber: 五\ntitle: 丙\n",
        TASKS + titles(1),
    )  # fmt: skip
    assert [part.printed_number for part in plan.parts] == ["一、", "", "五、", "六、"]


def test_bare_paragraphs_and_clauses_are_not_counted_as_items() -> None:
    text = (
        TASKS + "  - title: 甲\n  - 一段。\n  - title: 乙\n    clauses: [{text: 丙。}, {text: 丁。}]\n  - title: 戊\n"
    )
    plan = plan_of(text)
    assert marks(plan.parts[0]) == ["（一）", "", "（二）", "", "", "（三）"]
    assert [numbered.level for numbered in plan.parts[0].walk()] == [2, 0, 2, 0, 0, 2]


def test_clauses_count_within_their_item_by_the_glyph_of_the_style() -> None:
    clauses = "    clauses: [{text: 丙。}, {text: 丁。}, {text: 戊。, number: ''}, {text: 己。}]\n"
    plan = plan_of(TASKS + ("  - title: 甲\n" + clauses) * 2, style="{clauses: 一是}")
    assert marks(plan.parts[0]) == ["（一）", "一是", "二是", "", "三是", "（二）", "一是", "二是", "", "三是"]


def test_style_is_inherited_downwards_and_no_further() -> None:
    text = TASKS + (
        "  - title: 甲\n    style: {numbering: [一、, （一）, ①]}\n    items:\n" + titles(2, "      ")
        + "  - title: 乙\n    items:\n" + titles(1, "      ")
    )  # fmt: skip
    plan = plan_of(text)
    assert marks(plan.parts[0]) == ["（一）", "①", "②", "（二）", "1."]


def test_an_attachment_counts_for_itself_and_its_title_has_no_number() -> None:
    plan = plan_of(TASKS + titles(1), attachments=(TASKS + NESTED, TASKS + titles(1)))
    assert [part.printed_number for part in plan.attachments] == ["", ""]
    assert marks(plan.attachments[0]) == ["一、", "（一）", "（二）", "二、", "（一）", "（二）"]
    assert marks(plan.attachments[1]) == ["一、"]


@given(st.integers(1, 9999))
def test_a_chinese_number_reads_back(number: int) -> None:
    assert numerals.value(numerals.chinese(number)) == number


@given(st.integers(1, 20), st.sampled_from(["chinese", "arabic", "wide", "circled", "roman"]))
def test_a_number_of_any_kind_reads_back(number: int, kind: str) -> None:
    assert numerals.value(numerals.written(number, kind)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2022, "二千零二十二"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_numbers_are_written_as_in_documents(number: int, text: str) -> None:
    assert numerals.chinese(number) == text


@pytest.mark.parametrize(("text", "value"), [("二〇二二", 2022), ("两百", 200), ("甲", None), ("1a", None), ("", None)])
def test_words_that_are_no_numeral_have_no_value(text: str, value: int | None) -> None:
    assert numerals.value(text) == value


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_every_heading_of_one_level_under_one_heading_has_another_number(depths: list[int]) -> None:
    """Any tree: no two items below one item print the same mark."""
    plan = plan_of(TASKS + "".join(grown(depths)))
    seen = [numbered.path for numbered in plan.parts[0].walk()]
    assert len(set(seen)) == len(seen)


def grown(depths: list[int]) -> list[str]:
    """Items at about these depths (a deeper one goes one level down at most, three levels in all)."""
    lines: list[str] = []
    depth = 0
    for wish in depths:
        step = min(wish, depth + 1, 3)
        if step > depth and depth:
            lines.append("    " * depth + "items:\n")
        lines.append("    " * (step - 1) + "  - title: 甲\n")
        depth = step
    return lines
