"""Tables over pages: every page has the header and what its rows share; nothing is alone, nothing cut that a page holds."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
from docx import Document

from sample_views import plain
from table_plans import group, row, section, shown, table
from views import Annex, cell, paragraph, replace
from workplan.importing.piece import Table as PieceTable
from workplan.importing.readers.docx import reader
from workplan.lengths import Pt
from workplan.page.table_pages import CellHeight, RowPart, TableHeights, pages, section_rows
from workplan.render import docx, pdf
from workplan.render.docx.markup import W
from workplan.render.pdf import whole_dates
from workplan.resources.templates import Templates
from workplan.view import column_widths

if TYPE_CHECKING:
    from workplan.view.sequence import Table

HEADING = "镇街项目责任单位"


def attached(made: Table) -> list[str]:
    """The pages of an attachment with nothing but a title and a table."""
    official = replace(plain("见附件。"), attachments=(Annex("附件", "项目表", ("项目表",), (made,)),))
    return shown(pdf.official(official, Templates()))[1:]


def in_text(*blocks: object) -> list[str]:
    return shown(pdf.official(replace(plain(), blocks=blocks), Templates()))


def test_a_group_higher_than_a_page_breaks_with_its_header_and_its_shared_cell() -> None:
    printed = attached(table(*group("东川镇", 45)))
    assert len(printed) == 3
    assert all(HEADING in page for page in printed)
    assert all("东川镇" in re.sub(r"东川镇\d+项0", "", page) for page in printed)
    assert "".join(printed).count("项0") == 45


def test_a_row_higher_than_a_page_goes_on_below_its_header() -> None:
    printed = attached(table(row("甲", 1), row("乙", 56), row("丙", 1)))
    assert len(printed) == 2
    assert all(HEADING in page for page in printed)
    assert re.findall(r"乙行(\d+)", "".join(printed)) == list(map(str, range(56)))


def test_where_a_row_goes_on_its_short_cells_say_again_what_it_is() -> None:
    """A long cell that ended on the page before does not come again: it would read as more of the same."""
    lines = "\n".join(f"乙行{line}" for line in range(56))
    tall = "\n".join(f"丙行{line}" for line in range(30))
    printed = attached(table(row("甲", 1), (cell("某某镇"), cell(lines, column=1), cell(tall, column=2))))
    assert len(printed) == 2
    assert all("某某镇" in page for page in printed)
    assert re.findall(r"丙行(\d+)", "".join(printed)) == list(map(str, range(30)))


def test_a_row_that_a_page_holds_is_never_cut_and_a_section_keeps_its_first_row() -> None:
    rows = [line for number in range(4) for line in (section(f"第{number}类"), row(f"子{number}", 12))]
    printed = attached(table(*rows))
    for number in range(4):
        page = next(page for page in printed if f"第{number}类" in page)
        assert all(f"子{number}行{line}" in page for line in range(12))


def test_a_row_with_nothing_but_a_name_keeps_what_it_names_in_every_format() -> None:
    """一、第1类 with empty cells beside it is a section too: tables written by hand have no other way to say so."""
    named = (cell("一、民生"), cell("", column=1), cell("/", column=2))
    for before in range(18, 30):
        made = table(*[row(f"前{number}", 1) for number in range(before)], named, row("后", 1))
        page = next(page for page in attached(made) if "一、民生" in page)
        assert "后行0" in page
        _, lines = word(made)
        assert lines[-2].find(f".//{W}keepNext") is not None


def test_rows_that_somebody_is_to_fill_in_are_no_sections() -> None:
    full = ["甲", "乙", "丙"]
    assert section_rows([["甲", "", ""]] * 9, 3) == frozenset()
    assert section_rows([*[["甲", "", ""]] * 9, full], 3) == {6, 7, 8}
    assert section_rows([["甲", "", ""], full, ["一", "乙", ""], full, ["", "乙", ""], full], 3) == {0, 2, 4}
    assert section_rows([["1", "乙", ""], full, ["甲"], full], 3) == frozenset()


def test_a_group_that_a_page_holds_stays_whole() -> None:
    printed = attached(table(*group("东川镇", 8), *group("西溪镇", 8), *group("南山镇", 8), *group("北湖镇", 8)))
    for name in ("东川镇", "西溪镇", "南山镇", "北湖镇"):
        assert sum(f"{name}" in page for page in printed) == 1


def test_a_shared_cell_higher_than_a_page_loses_nothing() -> None:
    tall = cell("\n".join(f"第{line}句" for line in range(50)), rowspan=2)
    made = table((tall, cell("甲", column=1), cell("乙", column=2)), (cell("丙", column=1), cell("丁", column=2)))
    printed = "".join(attached(made))
    assert [line for line in range(50) if f"第{line}句" not in printed] == []
    assert all(sign in printed for sign in "甲乙丙丁")


def test_a_table_behind_text_begins_on_the_next_page_with_its_title_where_it_must_not_break() -> None:
    """The title right above the table goes with it."""
    text = [paragraph("国家发展改革开放经济" * 33)]
    printed = in_text(*text, paragraph("（一）项目安排", level=2, head="（一）项目安排"), table(*group("东川镇", 14)))
    page = next(page for page in printed if HEADING in page)
    assert "项目安排" in page
    assert "东川镇13项0" in page


def test_dates_stay_whole_in_narrow_cells() -> None:
    made = table(
        *[
            (*row(f"某镇{number}", 1)[:1], cell("于2031年10月开工", column=1), cell("2031年1月", column=2))
            for number in range(3)
        ]
    )
    official = replace(plain(), blocks=(made,))
    assert [
        shown(pdf.official(official, Templates()), "\n")[0].count(date) for date in ("2031年10月", "2031年1月")
    ] == [3, 3]


def test_a_row_that_is_cut_has_each_of_its_dates_once() -> None:
    text = "".join(f"{number}建设内容2031年{number % 12 + 1}月建成后验收" for number in range(200))
    printed = "".join(attached(table((cell("甲"), cell(text, column=1), cell("某局", column=2)))))
    assert printed.count("2031年") == 200


def test_a_date_that_no_column_holds_may_break() -> None:
    """Twelve deadlines side by side, printed on top of the next, could not be read."""
    for room, spans in ((12.0, 1), (3.0, 0)):
        filled = Element("td")
        whole_dates.fill(filled, "于2031年12月31日前完成", (room,))
        assert len(filled) == spans
        assert "".join(filled.itertext()) == "于2031年12月31日前完成"
    narrow = table((cell("某项目"), *(cell("于2031年12月31日前完成", column=place) for place in range(1, 13))),
                   header=("项目", *(f"节点{place}" for place in range(12))))  # fmt: skip
    printed = pypdfium2.PdfDocument(pdf.official(replace(plain(), blocks=(narrow,)), Templates()))
    page = next(one for one in (page.get_textpage() for page in printed) if "于" in one.get_text_range())
    text = [page.get_text_range(place, 1) for place in range(page.count_chars())]
    began = page.search("于").get_next()[0]
    year, day = (page.get_charbox(text.index(sign, began)) for sign in "年日")
    assert year[1] > day[1] + 10, "one line above the other"


@pytest.mark.parametrize("columns", [5, 6])
def test_columns_share_the_width_by_need(columns: int) -> None:
    """One cell with 58 units beside an empty column: it gets most of the width, and no column loses its longest word."""
    units = "、".join(f"示例区第{number}工作推进领导小组办公室" for number in range(58))
    texts = ["一", "办好教育", "区教育局", units, "", *["2031年10月"] * (columns - 5)]
    rows = (tuple(cell(text, column=place) for place, text in enumerate(texts)),)
    widths = column_widths.shares(columns, rows)
    assert sum(widths) == pytest.approx(1)
    assert widths[3] == max(widths) > 0.45
    assert all(width * column_widths.UPRIGHT >= 5 for width in widths[5:])


def test_given_widths_stand_but_for_the_longest_word() -> None:
    rows = (tuple(cell(text, column=place) for place, text in enumerate(("甲", "2031年10月", "乙"))),)
    widths = column_widths.shares(3, rows, (10, 2, 10))
    assert widths[1] * column_widths.UPRIGHT >= 5
    assert widths[0] == pytest.approx(widths[2])
    assert column_widths.shares(2, rows, (3, 1)) == pytest.approx((0.75, 0.25))


def heights(rows: int, groups: tuple[tuple[int, int], ...] = (), tall: dict[int, int] | None = None) -> TableHeights:
    single = [CellHeight(row, 1, (Pt(18),) * (tall or {}).get(row, 1), Pt(6)) for row in range(rows)]
    shared = [CellHeight(row, count, (Pt(18),), Pt(6)) for row, count in groups]
    return TableHeights(rows, (*single, *shared), Pt(24))


@pytest.mark.parametrize("first", [100, 300, 620])
@pytest.mark.parametrize("made", [heights(90), heights(60, ((0, 9), (9, 50))), heights(20, ((3, 4),), {2: 90, 9: 20})])
def test_every_line_stands_on_one_page_in_order(first: float, made: TableHeights) -> None:
    """And no page is fuller than it can be."""
    for movable in (False, True):
        found = pages(made, Pt(first), Pt(637), movable=movable)
        parts = [part for page in found for part in page]
        for before, after in pairwise(parts):
            assert (after.row, after.start) == ((before.row, before.end) if before.end else (before.row + 1, 0))
        assert parts[0] == RowPart(0) or parts[0].row == 0
        assert parts[-1].row == made.rows - 1
        assert parts[-1].end is None
        for room, page in zip((first, *[637.0] * len(found)), found, strict=False):
            assert 24 + sum(made.row(part.row, part.start, part.end) for part in page) <= room + 0.1


def test_a_title_is_never_left_alone_by_the_rows_below_it() -> None:
    printed = attached(table(*group("东川镇", 2, 80)))
    assert "东川镇0项0" in printed[0]
    assert all(HEADING in page for page in printed)


def word(made: Table) -> tuple[bytes, list[Any]]:
    """The Word file of an attachment with a table, and the rows of the table."""
    official = replace(plain("见附件。"), attachments=(Annex("附件", "项目表", ("项目表",), (made,)),))
    content = docx.official(official, Templates())
    return content, list(Document(BytesIO(content)).element.body.iter(f"{W}tr"))


def test_rows_of_a_word_table_are_cut_only_where_no_page_holds_them_and_the_header_is_repeated() -> None:
    _, rows = word(table(section("第一类"), row("甲", 3), row("乙", 60)))
    assert [one.find(f"{W}trPr/{W}tblHeader") is not None for one in rows] == [True, False, False, False]
    assert [one.find(f"{W}trPr/{W}cantSplit") is not None for one in rows] == [True, True, True, False]
    assert [one.find(f".//{W}keepNext") is not None for one in rows] == [False, True, False, False]


def test_a_shared_cell_of_a_word_table_begins_again_with_a_page_and_reads_back_as_one() -> None:
    content, rows = word(table(*group("东川镇", 60)))
    begun = [
        number
        for number, one in enumerate(rows)
        if one.find(f"{W}tc/{W}tcPr/{W}vMerge") is not None
        and one.find(f"{W}tc/{W}tcPr/{W}vMerge").get(f"{W}val") == "restart"
    ]
    assert len(begun) == 3
    assert all("东川镇" in "".join(rows[number].itertext()) for number in begun)
    read = next(piece for piece in reader.read(content, "official.docx").pieces if isinstance(piece, PieceTable))
    assert [cell.down for cell in read.rows[1] if cell.text == "东川镇"] == [60]
    assert sum(cell.text == "东川镇" for line in read.rows for cell in line) == 1
