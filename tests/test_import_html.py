"""A web page is read by what it shows: its own text and title, tables and computed numbers, in whatever encoding."""

from __future__ import annotations

import pytest

from issued import deeds, only_table, outside, read, rows, texts
from workplan.diagnostic import Misuse
from workplan.importing.piece import Align, Outside, Paragraph, Picture
from workplan.importing.record import Deed

LONG = "为进一步提升政务服务水平，现将有关事项通知如下，请认真贯彻执行。"


def said(body: str, head: str = "") -> list[str]:
    return texts(read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html"))


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_a_page_is_read_by_the_encoding_that_it_declares(encoding: str) -> None:
    page = f"<html><head><meta charset={encoding}></head><body><p>各区人民政府：</p><p>镕</p></body></html>"
    assert texts(read(page.encode("gb18030" if encoding != "utf-8" else "utf-8"), "a.html")) == ["各区人民政府：", "镕"]


@pytest.mark.parametrize(("declared", "real"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("no-such", "utf-8")])
def test_a_wrong_declaration_is_seen_through(declared: str, real: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>各区人民政府，各有关单位：</p></body></html>'
    assert texts(read(page.encode(real), "a.html")) == ["各区人民政府，各有关单位："]


def test_a_mark_of_order_decides_over_a_declaration() -> None:
    page = "<html><head><meta charset=gbk></head><body><p>通知</p></body></html>"
    assert texts(read(page.encode("utf-16"), "a.html")) == ["通知"]


def test_tables_in_which_old_pages_lay_out_their_text_are_no_tables() -> None:
    page = f"<table><tr><td><a href=x>首页</a></td><td><table><tr><td><p>{LONG}</p><p>一、{LONG}</p></td></tr></table></td></tr></table>"
    found = read(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert texts(found) == [LONG, f"一、{LONG}"]
    assert outside(found) == [(Outside.NAVIGATION, "首页")]


def test_cells_merged_both_ways_stand_once_and_headers_are_counted() -> None:
    table = (
        "<table><tr><th>甲</th><th colspan=2>乙</th></tr><tr><td rowspan=2>丙</td><td>丁</td><td>戊<br>己</td></tr>"
        "<tr><td colspan=2>庚</td></tr></table>"
    )
    found = only_table(read(f"<html><body><p>{LONG}</p>{table}</body></html>".encode(), "a.html"))
    assert rows(found) == [["甲", "乙→2"], ["丙↓2", "丁", "戊\n己"], ["庚→2"]]
    assert found.headers == 1
    assert [cell.place.column for cell in found.rows[2]] == [2]


def test_cells_that_say_absurd_spans_are_taken_as_one() -> None:
    table = "<table>" + "<tr><td rowspan=999999 colspan=999999>甲</td><td>乙</td></tr>" * 300 + "</table>"
    found = only_table(read(f"<html><body>{table}</body></html>".encode(), "a.html"))
    assert sum(len(row) for row in found.rows) == 600


def test_the_numbers_of_ordered_lists_are_text() -> None:
    lists = "<ol start=3><li>甲，</li><li><p>乙，</p><p>续，</p></li><li value=9>丙，</li></ol><ol type=A><li>丁，</li></ol>"
    plain = '<ol style="list-style: none"><li>戊，</li></ol><ul><li>己，</li></ul>'
    found = read(f"<html><body>{lists}{plain}</body></html>".encode(), "a.html")
    assert texts(found) == ["3.甲，", "4.乙，", "续，", "9.丙，", "A.丁，", "戊，", "己，"]
    assert deeds(found, Deed.NUMBERED) == ["3.", "4.", "9.", "A."]


def test_the_title_may_stand_outside_of_the_text() -> None:
    head = "<title>关于提升政务服务水平的通知_某区政府</title>"
    body = f"<nav><a>首页</a></nav><h2>关于提升政务服务水平的通知</h2><p>时间：今天</p><div><p>{LONG}</p><p>{LONG}</p></div>"
    assert said(body, head) == ["关于提升政务服务水平的通知", LONG, LONG]


def test_a_title_that_the_text_has_itself_is_not_taken_twice() -> None:
    head = "<title>关于提升政务服务水平的通知</title>"
    body = f"<h2>关于提升政务服务水平的通知</h2><div><p>关于提升政务服务水平的通知</p><p>{LONG}</p></div>"
    assert said(body, head) == ["关于提升政务服务水平的通知", LONG]


def test_what_is_not_shown_is_left_out_but_not_a_body_that_scripts_show() -> None:
    page = f'<html><body style="display:none"><p>{LONG}</p><p style="display: none">密</p><script>var 甲</script></body></html>'
    assert texts(read(page.encode(), "a.html")) == [LONG]


def test_breaks_blanks_and_kept_lines_stand_as_a_browser_shows_them() -> None:
    assert said(f"<p>甲，\n 乙<br>丙</p><pre>丁，\n戊</pre><p>{LONG}</p>") == ["甲， 乙\n丙", "丁，\n戊", LONG]


def test_looks_are_those_of_the_block_or_the_nearest_around_it() -> None:
    page = f'<center><h1>题目，</h1></center><div style="text-align:right"><p><b>日期，</b></p></div><p>{LONG}</p>'
    found = read(f"<html><body>{page}</body></html>".encode(), "a.html")
    title, date, text = (piece.looks for piece in found.pieces if isinstance(piece, Paragraph))
    assert (title.align, title.heading) == (Align.CENTER, 1)
    assert (date.align, date.bold) == (Align.RIGHT, True)
    assert (text.align, text.bold) == (Align.UNKNOWN, False)


def test_a_picture_is_told_and_nothing_is_fetched() -> None:
    found = read(
        f'<html><body><p>{LONG}<img src="http://127.0.0.1:9/a.png" alt="公章"></p></body></html>'.encode(), "a"
    )
    assert [piece.name for piece in found.pieces if isinstance(piece, Picture)] == ["公章"]


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Misuse) as refused:
        read(b"<html><body><script>1</script></body></html>", "a.html")
    assert refused.value.key == "import-no-text"


@pytest.mark.parametrize("tags", ["<div>", "<font>", "<table><tr><td>", "<ul><li>"])
def test_text_is_read_however_deeply_it_stands(tags: str) -> None:
    depth = 3000
    assert said(f"{tags}甲，" * depth + LONG)[-1].endswith(LONG)
    assert "".join(said(f"{tags}甲，" * depth)).count("甲") == depth


def test_the_title_above_a_table_that_is_all_else_is_of_the_document() -> None:
    table = f"<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>{LONG}</td></tr></table>"
    assert said(f"<p align=center>2024年重点任务分解表</p>{table}") == ["2024年重点任务分解表"]


def test_links_below_the_text_are_of_the_page_but_not_files_to_take_along() -> None:
    files = "<p>附件：<a href=a.doc>任务分解表.doc</a></p>"
    page = f"<div><p>{LONG}</p>{files}<p>相关：<a href=x>一图读懂</a></p><p><a>打印</a> <a>关闭</a></p></div>"
    found = read(f"<html><body>{page.replace('<a>', '<a href=y>')}</body></html>".encode(), "a.html")
    assert texts(found) == [LONG, "附件：任务分解表.doc"]
    assert [text for _, text in outside(found)] == ["相关：一图读懂", "打印 关闭"]
