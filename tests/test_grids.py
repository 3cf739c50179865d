"""The three grids: what they do with marks, digits and line ends, and how often they end a line as issued documents do."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from line_decisions import issued, right
from phrases import cases
from sample_views import plain
from views import replace
from workplan.chinese.characters import joints, pairs
from workplan.lengths import Em
from workplan.page.dimensions import MEASURE
from workplan.page.grids import GRIDS, NATURAL, STRICT, WPS, Grid
from workplan.page.paragraph import compose
from workplan.page.spacing import SpacedText
from workplan.render import pdf
from workplan.resources.templates import Templates

PRINTED = Path(__file__).parent / "data" / "2022-printed-lines.txt"
beside = pytest.mark.skipif(cases() is None, reason="the folder of cases does not stand beside the checkout")


# ---------------------------------------------------------------------------------------------------- issued documents


@beside
def test_the_better_of_the_old_grids_ends_the_lines_of_three_documents_as_word_and_wps_do() -> None:
    """Of 109, 81 and 116 lines; the last document mixes both settings, so that no rule has them all."""
    best = {name: max(right(issued(name), grid) for grid in (STRICT, NATURAL)) for name in ("f4", "f5", "hz1")}
    assert best["f4"] >= 101
    assert best["f5"] >= 72
    assert best["hz1"] >= 105


@beside
def test_the_grid_of_wps_ends_the_lines_of_a_document_on_it_as_wps_does() -> None:
    """Of 613; the natural grid has 484 of them, the strict one 515."""
    assert right(issued("hz2"), WPS) >= 597


@beside
@pytest.mark.parametrize(("name", "least"), [("f4", 86), ("f5", 65), ("hz1", 101), ("hz2", 515)])
def test_the_strict_grid_ends_lines_as_before(name: str, least: int) -> None:
    assert right(issued(name), STRICT) >= least


# ---------------------------------------------------------------------------------------------------- gaps


def test_room_stands_beside_digits_and_letters_alone() -> None:
    text = "增速5.5%—6.0%左右，规划（2021—2025年）和“人工智能+”行动、5G+工业互联网、互联网+政务，1.强化ABC类·3项/年"
    beside = {text[place - 1 : place + 1] for place in joints(text)}
    assert beside == {"速5", "5年", "化A", "C类", "3项"}


@pytest.mark.parametrize("grid", ["natural", "wps"])
def test_the_pdf_has_a_quarter_of_a_character_there_and_nowhere_else(grid: str) -> None:
    """In a last line, which is neither spread nor squeezed; signs are as wide as their face has them."""
    text = "规划2025年的6+互联网—5字/年"
    places = origins(pdf.official(replace(plain(text), grid=grid), Templates()), text)
    pitch = GRIDS[grid].pitch
    apart = {a + b: right - left for (a, left), (b, right) in pairwise(zip(text, places, strict=True))}
    assert apart["划2"] == pytest.approx(pitch + 4, abs=0.1)
    assert apart["5年"] == pytest.approx(8 + pitch - 16 + 4, abs=0.1)
    assert [apart[pair] for pair in ("互联", "网—", "—5", "字/")] == pytest.approx([pitch] * 4, abs=0.1)


def origins(content: bytes, text: str) -> list[float]:
    """Where the characters of a text begin on the first page, in points."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for place in range(page.count_chars()):
        raw.FPDFText_GetCharOrigin(page.raw, place, x, y)
        found.append((chr(raw.FPDFText_GetUnicode(page.raw, place)), x.value))
    shown = [(one, left) for one, left in found if not one.isspace()]
    begin = "".join(one for one, _ in shown).index(text)
    return [left for _, left in shown[begin : begin + len(text)]]


def test_a_half_width_mark_among_characters_takes_half_a_cell_in_any_face() -> None:
    """Office faces have it that wide; in a face with narrow marks lines would end elsewhere."""
    text = "产业,顺应" + "字" * 60
    narrow = [Em(0.28 if one == "," else 1.0) for one in text]
    for grid in (NATURAL, WPS):
        assert [line.text for line in compose(text, grid, widths=narrow)] == [line.text for line in compose(text, grid)]


def test_a_mark_behind_a_digit_or_a_letter_gets_no_room() -> None:
    """The stop of a number, as in 1.强化, is no slip for a full-width one."""
    for text in ("务，1.强化", "A.强化", "互联网+5G.强化"):
        spaced = SpacedText(text, [Em(0.28 if one in ".1" else 1.0) for one in text], NATURAL)
        assert spaced.spaces[text.index(".")] == 0, text


# ---------------------------------------------------------------------------------------------------- marks


def test_two_marks_that_touch_with_a_blank_half_are_a_pair() -> None:
    text = "《甲》（乙）、“丙”。丁（“戊”）己，庚"
    assert [text[place - 1 : place + 1] for place in pairs(text)] == ["》（", "）、", "、“", "”。", "（“", "”）"]


def test_a_character_is_taken_in_that_is_half_a_cell_too_wide_and_none_that_is_more() -> None:
    assert first(WPS, "1，" + "字" * 40) == "1，" + "字" * 27
    assert first(WPS, "，" + "字" * 40) == "，" + "字" * 27
    assert first(NATURAL, "，" + "字" * 40) == "，" + "字" * 27
    assert first(NATURAL, "1，" + "字" * 40) == "1，" + "字" * 26


def test_a_line_without_marks_takes_nothing_in() -> None:
    assert first(WPS, "1-" + "字" * 40) == "1-" + "字" * 27
    assert first(WPS, "-" + "字" * 40) == "-" + "字" * 27


def test_a_number_or_a_quoted_word_that_has_begun_in_the_line_ends_in_it_if_the_marks_give_enough() -> None:
    few, many = "，字；" + "字" * 24, "，字；字、字。" + "字" * 20
    assert first(WPS, few + "3000亩") == few
    assert first(WPS, many + "3000亩") == many + "3000"
    assert first(WPS, many + "“标准”字字") == many + "“标"


def first(grid: Grid, text: str) -> str:
    """The first line of a text that is set without an indent."""
    return compose(text, grid, Em(0))[0].text


@pytest.mark.parametrize(("grid", "count"), [(NATURAL, 27), (WPS, 28)], ids=["natural", "wps"])
def test_a_mark_is_pulled_in_only_with_what_the_marks_of_its_line_can_give(grid: Grid, count: int) -> None:
    """Half of it may stand in the margin; the other half, and what the 字 before it is too wide, other marks have to give."""
    assert first(grid, "，" + "字" * (count - 1) + "，字字") == "，" + "字" * (count - 1) + "，"
    # 27 字 of 16 pt leave 0.64 of one; 28 cells leave nothing.
    assert first(grid, "字" * count + "。字字") == ("字" * 27 + "。" if grid is NATURAL else "字" * 27)


@given(st.text(st.sampled_from("字字字字字字，。、（）“”《》：1a%"), min_size=1, max_size=140))
def test_at_most_the_blank_half_of_a_mark_stands_in_the_margin(text: str) -> None:
    for grid in (NATURAL, WPS):
        for line in compose(text, grid):
            spacings = [run.spacing for run in line.runs for _ in run.text][: len(line.text) - 1]
            wide = line.indent + sum(0.5 if one.isascii() else 1.0 for one in line.text) * 16 + sum(spacings)
            assert wide <= MEASURE + 8 + 0.25


def test_a_lone_character_at_the_end_of_a_paragraph_stays_is_squeezed_in_or_gets_company() -> None:
    lone = "字" * 26 + "字" * 27 + "甲乙。"
    assert compose(lone, WPS)[-1].text == "甲乙。"
    assert compose(lone, STRICT)[-1].text == "乙。"
    marked = "字，字、字；字：" + "字" * 18 + "甲乙丙。"
    assert compose("字" * 25 + marked, NATURAL)[-1].text == marked
    assert compose("字" * 25 + marked + "丁。", NATURAL)[-1].text == "丙。丁。"


def test_a_number_before_a_lone_character_is_not_brought_down() -> None:
    lone = "字" * 26 + "字" * 26 + "23年。"
    assert compose(lone, WPS)[-1].text == "年。"
