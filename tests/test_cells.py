"""How a text is measured and divided for the cells of a spreadsheet."""

from __future__ import annotations

from workplan.chinese.characters import clean
from workplan.lengths import Pt
from workplan.render.xlsx.cells import cut, fitted, lines
from workplan.render.xlsx.spreadsheet import MOST, capacity


def test_a_character_is_two_halves_wide_and_a_latin_word_stays_whole() -> None:
    assert lines("", 10) == 1
    assert lines("一二三四五", 10) == 1
    assert lines("一二三四五六", 10) == 2
    assert lines("一\n\n二", 10) == 3
    assert lines("一二三 abcdefg", 10) == 2
    assert lines("x" * 40, 11) == 4


def test_a_text_that_does_not_fit_says_so() -> None:
    assert fitted("一二三四", 4, 2) == "一二三四"
    assert fitted("一二三四五", 4, 2) == "一二三…"


def test_only_what_no_file_can_hold_is_replaced() -> None:
    assert clean("甲\t乙\n𠮷\x00\x9f") == "甲\t乙\n𠮷\ufffd\ufffd"


def test_parts_of_a_text_are_the_text_and_none_is_too_high() -> None:
    text = "深入实施。推动发展，" * 200 + "\n" + "word " * 300
    parts = cut(text, 40, 7)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert len(parts) > 5
    assert all(lines(part, 40) <= 7 for part in parts)
    assert cut("", 40, 7) == ("",)


def test_no_narrow_column_makes_the_estimate_fail() -> None:
    assert capacity(0.5, Pt(18)) >= 2
    assert cut("一二三", capacity(0.5, Pt(18)), MOST) == ("一二三",)
