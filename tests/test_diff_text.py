"""Texts compared by phrase: what the pieces are held to for any texts, and how they read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workplan.compare import figures
from workplan.compare.text_diff import compare

#: Few characters, so that much repeats; numbers, a line end, half a character.
TEXT = st.text(alphabet="推进加强，。、的2０3.5%万名a b\n\ud800", max_size=60)


def marked(old: str, new: str) -> str:
    """The pieces as git writes words."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(signs[mark].format(text) for mark, text in compare(old, new))


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
@example("县均选派2名教师", "县均选派12名教师")
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(text for mark, text in pieces if mark != "+") == old
    assert "".join(text for mark, text in pieces if mark != "-") == new


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
def test_no_two_pieces_beside_each_other_have_one_mark_and_none_is_empty(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert all(text for _, text in pieces)
    assert all(first[0] != second[0] for first, second in pairwise(pieces))
    assert ("+", "-") not in [(first[0], second[0]) for first, second in pairwise(pieces)]


@given(TEXT)
def test_a_text_has_no_change_against_itself(text: str) -> None:
    assert compare(text, text) == ((("=", text),) if text else ())


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
def test_what_stays_between_two_changes_is_longer_than_two_characters_or_ends_a_paragraph(old: str, new: str) -> None:
    pieces = compare(old, new)
    inner = [text for mark, text in pieces[1:-1] if mark == "="]
    assert all(len(text) > 2 or "\n" in text for text in inner)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("县均选派2名教师", "县均选派12名教师", "县均选派[-2-]{+12+}名教师"),
        ("增长6.5%左右", "增长6%左右", "增长[-6.5%-]{+6%+}左右"),
        ("全年完成1,000套", "全年完成2,000套", "全年完成[-1,000-]{+2,000+}套"),
        ("完成APP改造", "完成APK改造", "完成[-APP-]{+APK+}改造"),
        ("做好帮扶。抓好培训。", "做好帮扶。搞好宣传。抓好培训。", "做好帮扶。{+搞好宣传。+}抓好培训。"),
        ("区教育局、区财政局", "区教育局、区司法局、区财政局", "区教育局、{+区司法局、+}区财政局"),
        ("认真做好选派工作", "扎实开展派驻任务", "[-认真做好选派工作-]{+扎实开展派驻任务+}"),
    ],
)
def test_changes_read_as_phrases(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_long_text_is_compared_at_once() -> None:
    """A quadratic comparison in Python would take minutes for this."""
    old = "推进东西部协作和对口支援工作，" * 4000
    new = old.replace("协作", "合作")
    assert "".join(text for mark, text in compare(old, new) if mark != "-") == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("县均选派2名教师、2名医生", "县均选派3名教师、2名医生", [("2名", "3名")]),
        ("6月底前完成30家", "9月底前完成50家以上", [("6月底前", "9月底前"), ("30家", "50家以上")]),
        ("2022年12月31日前完成", "2023年11月30日前完成", [("2022年12月31日前", "2023年11月30日前")]),
        ("增长6.5%以上", "增长7%以上", [("6.5%以上", "7%以上")]),
        ("投入1.2亿元", "投入1.5亿元", [("1.2亿元", "1.5亿元")]),
        ("组织两次培训", "组织三次培训", [("两次", "三次")]),
        ("开展一批活动", "开展一系列活动", []),
        ("加强培训", "加强培训，全年不少于4期", [("", "4期")]),
        ("全年不少于4期培训", "加强培训", [("4期", "")]),
        ("推进工作", "深化工作", []),
        ("迈向第二个百年奋斗征程", "全面贯彻会议精神", []),
    ],
)
def test_figures_that_changed_are_called_out(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert list(figures.changed(compare(old, new))) == expected
