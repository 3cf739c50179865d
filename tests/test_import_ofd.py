"""An OFD is read by the places of its characters: lines, paragraphs, tables, what its templates put on each page."""

from __future__ import annotations

import pytest

from issued import SHARED, ofd, only_table, outside, read, rows, stroke, texts, words, zipped
from workplan.diagnostic import Misuse
from workplan.importing.piece import Outside

#: The left edge of the text in mm, its first baseline, and the distance of lines; 28 字 of 5.6 mm fill a line.
LEFT, TOP, PITCH, EM = 28.0, 40.0, 10.2, 5.6
FULL = "为深入贯彻落实党中央国务院决策部署进一步提升政务服务水平优化"


def lines(*given: tuple[float, str]) -> str:
    """Lines of text, each with its indent in 字."""
    return "".join(words(text, LEFT + indent * EM, TOP + at * PITCH) for at, (indent, text) in enumerate(given))


def test_lines_become_paragraphs_by_their_edges() -> None:
    page = lines(
        (2, FULL[:26]), (0, FULL[:28]), (0, "营商环境。"), (2, "一是简化流程。"), (2, "二是" + FULL[:24]), (0, "完毕。")
    )
    assert texts(read(ofd(page), "a.ofd")) == [
        FULL[:26] + FULL[:28] + "营商环境。",
        "一是简化流程。",
        "二是" + FULL[:24] + "完毕。",
    ]


def test_a_figure_in_the_last_line_of_a_table_is_no_number_of_a_page() -> None:
    level = "".join(stroke(20, y, 110, y) for y in (240, 250, 260, 268))
    upright = "".join(stroke(x, 240, x, 268) for x in (20, 50, 80, 110))
    cells = "".join(
        words(text, x, y)
        for y, row in ((247, "甲乙丙"), (257, "5丁戊"), (266, "6己庚"))
        for x, text in zip((25, 55, 85), row, strict=True)
    )
    found = read(ofd(lines((0, "上文。")) + level + upright + cells + words("— 3 —", 100, 280)), "a.ofd")
    assert rows(only_table(found)) == [["甲", "乙", "丙"], ["5", "丁", "戊"], ["6", "己", "庚"]]
    assert outside(found) == [(Outside.PAGE_NUMBER, "— 3 —")]


def _ruled(left: float, top: float, *given: str) -> str:
    """A table of three columns, 30 mm each."""
    bottom = top + 10 * len(given)
    level = "".join(stroke(left, top + 10 * at, left + 90, top + 10 * at) for at in range(len(given) + 1))
    upright = "".join(stroke(left + x, top, left + x, bottom) for x in (0, 30, 60, 90))
    return (
        level
        + upright
        + "".join(
            words(text, left + 5 + 30 * x, top + 7 + 10 * y)
            for y, row in enumerate(given)
            for x, text in enumerate(row)
        )
    )


@pytest.mark.parametrize("shift", [0, 4])
def test_a_table_goes_on_where_left_and_right_pages_begin_at_different_places(shift: float) -> None:
    first = lines(*[(0, "上文。")] * 18) + _ruled(24, 230, "甲乙丙", "丁戊己")
    second = _ruled(24 + shift, 40, "庚辛壬")
    table = only_table(read(ofd(first, second), "a.ofd"))
    assert rows(table) == [["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]]


def test_behind_a_full_line_a_mark_begins_a_paragraph_where_none_is_indented() -> None:
    full = FULL[:27] + "。"
    assert texts(
        read(ofd(lines((0, "一、" + FULL[:26]), (0, full), (0, "二、短句。"), (0, "三、短句。"))), "a.ofd")
    ) == [
        "一、" + FULL[:26] + full,
        "二、短句。",
        "三、短句。",
    ]
    indented = lines((2, "一、" + FULL[:24]), (0, full), (0, "二、短句。"))
    assert texts(read(ofd(indented), "a.ofd")) == ["一、" + FULL[:24] + full + "二、短句。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = lines(*[(2, "短句。")] * 18, (2, FULL[:26]))
    assert texts(read(ofd(first, lines((0, "续到次页。"), (2, "另段。"))), "a.ofd"))[-2:] == [
        FULL[:26] + "续到次页。",
        "另段。",
    ]


@pytest.mark.parametrize("deltas", ["5.6 5.6 5.6 5.6", "g 4 5.6", "5.6 g 2 5.6 5.6", "g 9999999999 5.6"])
def test_distances_of_characters_may_be_written_out_or_as_runs(deltas: str) -> None:
    assert texts(read(ofd(words("提升服务吧", LEFT, TOP, deltas=deltas)), "a.ofd")) == ["提升服务吧"]


def test_a_matrix_moves_and_scales_text_and_text_on_its_side_is_left_out() -> None:
    moved = words("下行", 0, 0, size=2.8, deltas="2.8", settings='CTM="2 0 0 2 28 60"')
    aslant = words("斜字", 100, 100, settings='CTM="0 1 -1 0 0 0"')
    assert texts(read(ofd(moved + words("上行", LEFT, TOP) + aslant), "a.ofd")) == ["上行", "下行"]


def test_rules_make_a_table_and_missing_ones_merge_cells() -> None:
    level = stroke(20, 60, 110, 60) + stroke(50, 70, 110, 70) + stroke(20, 80, 110, 80)
    upright = "".join(stroke(x, 60, x, 80) for x in (20, 50, 80, 110))
    cells = words("甲", 25, 72) + words("乙", 55, 67) + words("丙", 85, 67) + words("丁", 55, 77) + words("戊", 85, 77)
    assert rows(only_table(read(ofd(level + upright + cells + lines((0, "上文。"))), "a.ofd"))) == [
        ["甲↓2", "乙", "丙"],
        ["丁", "戊"],
    ]


def test_what_a_template_repeats_and_page_numbers_are_handed_on_apart() -> None:
    pages = [lines((2, "内容。"), (2, "又一段。")) + words(f"—{at}—", 100, 285, deltas="g 2 4") for at in range(1, 5)]
    found = read(ofd(*pages, template=words("内部资料", 28, 15)), "a.ofd")
    assert texts(found) == ["内容。", "又一段。"] * 4
    assert [what for what, _ in outside(found)].count(Outside.HEADER) == 4
    assert [text for what, text in outside(found) if what is Outside.PAGE_NUMBER] == ["—1—", "—2—", "—3—", "—4—"]


def test_an_ofd_without_text_or_without_its_parts_is_refused() -> None:
    empty, lost = ofd(stroke(1, 1, 50, 1)), zipped({"OFD.xml": "<OFD><DocRoot>../../x.xml</DocRoot></OFD>"})
    for content, key in ((empty, "import-scan"), (lost, "import-part")):
        with pytest.raises(Misuse) as refused:
            read(content, "a.ofd")
        assert refused.value.key == key


@pytest.mark.skipif(SHARED is None, reason="the issued documents are not beside the checkout")
def test_the_fixture_of_another_program_is_read_whole() -> None:
    assert SHARED
    found = "".join(texts(read(next(SHARED.glob("d51*")).read_bytes(), "a.ofd")))
    assert len(found) > 500
