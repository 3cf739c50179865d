"""Lines and breaks: what holds for any text, and how near the printed original comes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan import view
from workplan.chinese.breaking import name, title
from workplan.chinese.characters import CLOSING, OPENING, STOPS, breaks, cells, is_word
from workplan.chinese.words import segment
from workplan.compiler import compile_plan
from workplan.lengths import Em
from workplan.page.dimensions import MEASURE
from workplan.page.grids import GRIDS
from workplan.page.paragraph import ComposedLine, compose
from workplan.source import Directory

ROOT = Path(__file__).parents[1]
PRINTED = Path(__file__).parent / "data" / "2022-printed-lines.txt"

#: Text as documents have it, rich in what makes trouble: marks, digits, words, dashes, blanks.
TEXT = st.text(
    st.one_of(
        st.sampled_from("的一是在和中央国务院工作要点推进落实加强"),
        st.sampled_from("。，、；：？！“”‘’（）《》〈〉【】〔〕—…·．%％"),
        st.sampled_from("0123456789"),
        st.sampled_from("abcdefXYZ.,;:()+-/ "),
    ),
    min_size=1,
    max_size=160,
).filter(lambda text: text.strip())


def width(line: ComposedLine, em: float) -> float:
    """From the first character's left edge to the last one's right edge, the indent included."""
    text = line.text.rstrip(" ")
    spacings = [run.spacing for run in line.runs for _ in run.text][: len(text) - 1]
    return line.indent + sum(cells(one) for one in text) * em + sum(spacings)


@pytest.mark.parametrize("grid", GRIDS)
@given(text=TEXT)
def test_no_character_is_lost_or_added(grid: str, text: str) -> None:
    lines = compose(text, GRIDS[grid])
    assert "".join(line.text for line in lines) == text
    assert [line.start for line in lines] == [sum(len(each.text) for each in lines[:n]) for n in range(len(lines))]


@pytest.mark.parametrize("grid", GRIDS)
@given(text=TEXT)
def test_no_line_is_wider_than_the_measure_but_for_a_hung_mark(grid: str, text: str) -> None:
    for line in compose(text, GRIDS[grid]):
        shown = line.text.rstrip(" ")
        hang = 16.0 if line.hung and shown[-1] in STOPS | CLOSING else 0.0
        assert width(line, 16) <= MEASURE + hang + 0.25  # strict: a 字 is set 16 pt wide in a pitch of 15.79 pt


@pytest.mark.parametrize("grid", GRIDS)
@given(text=TEXT)
def test_every_line_but_the_last_fills_the_measure(grid: str, text: str) -> None:
    for line in compose(text, GRIDS[grid])[:-1]:
        if len(line.text.rstrip(" ")) > 1:
            assert width(line, 16) >= MEASURE - 0.01


def may_break(text: str, place: int) -> bool:
    """The rule of GB/T 15834-2011 5.1 for one place, written out: the composer has it as one expression for a whole text."""
    before, after, pair = text[place - 1], text[place], text[place : place + 2]
    dash = pair in ("——", "……") and before != after
    never_first = STOPS | CLOSING | set(",;:.!?)]}%％‰℃·—…～")
    if (after in never_first and not dash) or after == " " or before in OPENING | set("([{"):
        return False
    return not (is_word(before) and is_word(after))


@given(st.text(st.sampled_from("字文，。“”（）—…·aZ1%([ ·～％.\n"), max_size=40))
def test_a_line_may_end_where_the_rule_says_and_nowhere_else(text: str) -> None:
    assert breaks(text) == [place for place in range(1, len(text)) if may_break(text, place)]


@pytest.mark.parametrize("grid", GRIDS)
@given(text=TEXT)
def test_lines_end_where_they_may_unless_nothing_in_a_line_may_break(grid: str, text: str) -> None:
    for before, after in zip(lines := compose(text, GRIDS[grid]), lines[1:], strict=False):
        if not may_break(text, after.start):
            inside = range(before.start + 1, after.start)
            assert not any(may_break(text, place) for place in inside)


@pytest.mark.parametrize("grid", GRIDS)
def test_dashes_and_ellipses_are_never_split(grid: str) -> None:
    for shift in range(30):
        text = "字" * shift + "——" + "字" * 5 + "……" + "字" * 30
        starts = {line.start for line in compose(text, GRIDS[grid])}
        assert text.index("——") + 1 not in starts
        assert text.index("……") + 1 not in starts


@pytest.mark.parametrize("grid", GRIDS)
def test_numbers_and_words_stay_whole_and_a_word_longer_than_a_line_is_cut(grid: str) -> None:
    text = "到2022年底实现GDP增长6.5%以上，" * 8
    for line in compose(text, GRIDS[grid])[1:]:
        assert not (is_word(text[line.start - 1]) and is_word(text[line.start]))
    word = "a" * 200
    assert len(compose(word, GRIDS[grid])) > 3


def test_the_strict_grid_sets_28_characters_to_the_line() -> None:
    lines = compose("字" * (26 + 28 + 28), GRIDS["strict"])
    assert [len(line.text) for line in lines] == [26, 28, 28]


def test_the_strict_grid_squeezes_marks_only_to_pull_one_back() -> None:
    pulled = compose("字" * 26 + "字，字字，" + "字" * 22 + "，" + "字" * 20, GRIDS["strict"])[1].text
    assert pulled == "字，字字，" + "字" * 22 + "，"
    pushed = compose("字" * 26 + "字" * 28 + "，" + "字" * 20, GRIDS["strict"])[1].text
    assert len(pushed) == 27  # a single mark has not room enough to give


def test_the_natural_grid_hangs_a_stop_at_the_end_of_a_line() -> None:
    line = compose("字" * 25 + "字" * 27 + "，" + "字" * 20, GRIDS["natural"])[1]
    assert line.text == "字" * 27 + "，"
    assert line.hung


def test_no_mark_that_is_forbidden_there_begins_or_ends_a_line_of_the_2022_plan() -> None:
    plan = compile_plan(Directory(ROOT / "plan" / "2022")).plan
    assert plan is not None
    for block in view.official(plan).blocks:
        for grid in GRIDS.values():
            for line in compose(block.printed, grid):  # type: ignore[union-attr]
                assert line.text[0] not in STOPS | CLOSING
                assert line.text.rstrip()[-1] not in OPENING


def test_at_least_152_of_the_160_printed_lines_of_the_2022_original_come_out_the_same() -> None:
    """The six that differ lie in task 15, where the original has a blank before “百企 that the plan does not have."""
    plan = compile_plan(Directory(ROOT / "plan" / "2022")).plan
    assert plan is not None
    printed = [re.sub(r"\s", "", line) for line in PRINTED.read_text("utf-8").splitlines() if line.strip()][4:-3]
    composed = [
        re.sub(r"\s", "", line.text)
        for block in view.official(plan).blocks
        for line in compose(block.printed, GRIDS["natural"])  # type: ignore[union-attr]
    ]
    assert len(printed) == len(composed) == 160
    same = sum(one == other for one, other in zip(printed, composed, strict=True))
    assert same >= 154


WIDEST, COMFORTABLE = Em(20), Em(18)
TITLES = {
    "2022年静安区东西部协作和对口支援工作要点": ("2022年静安区东西部协作和", "对口支援工作要点"),
    "浙江省人民政府办公厅关于进一步支持建筑业做优做强的若干意见": (
        "浙江省人民政府办公厅关于进一步支持",
        "建筑业做优做强的若干意见",
    ),
    "国务院关于促进综合保税区高水平开放高质量发展的若干意见": (
        "国务院关于促进综合保税区",
        "高水平开放高质量发展的若干意见",
    ),
    "国务院办公厅关于深入开展消费扶贫助力打赢脱贫攻坚战的指导意见": (
        "国务院办公厅关于深入开展消费扶贫",
        "助力打赢脱贫攻坚战的指导意见",
    ),
    "2022年工作要点": ("2022年工作要点",),
}


@pytest.mark.parametrize(("text", "lines"), TITLES.items())
def test_a_title_breaks_between_words_as_issued_documents_do(text: str, lines: tuple[str, ...]) -> None:
    assert title(segment(text), WIDEST, COMFORTABLE) == lines


@given(
    st.lists(
        st.sampled_from(["工作", "要点", "和", "2022年", "静安区", "《办法》", "的", "东西部协作"]),
        min_size=2,
        max_size=16,
    )
)
def test_a_title_loses_nothing_fits_its_lines_and_leaves_no_lone_character(words: list[str]) -> None:
    lines = title(words, WIDEST, COMFORTABLE)
    assert "".join(lines) == "".join(words)
    assert all(cells(line) <= 20 for line in lines)
    if len(lines) > 1 and max(map(len, words)) > 1 and len("".join(words)) > 24:
        assert min(map(len, lines)) > 1


def test_a_title_of_any_length_is_broken_at_once() -> None:
    words = ["推进", "乡村振兴", "重点", "任务"] * 300
    lines = title(words, WIDEST, COMFORTABLE)
    assert "".join(lines) == "".join(words)
    assert all(cells(line) <= 20 for line in lines)


def test_a_title_is_never_broken_inside_a_work_a_number_or_a_name() -> None:
    text = "云州市人民政府关于印发《云州市2031年重点工作要点》并做好贯彻落实工作的通知"
    for line in title(segment(text, ["云州市人民政府"]), WIDEST, COMFORTABLE):
        assert line.count("《") == line.count("》")
        assert not re.search(r"\d$", line)


def test_a_signature_breaks_as_in_the_2022_original() -> None:
    assert name(segment("静安区对口支援与合作交流工作领导小组办公室"), Em(14.5)) == (
        "静安区对口支援与合作交流",
        "工作领导小组办公室",
    )
