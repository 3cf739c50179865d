"""The web page: whole text, right structure, nothing fetched, nothing executed."""

from __future__ import annotations

import re

import pytest
from lxml import html as parser

from reading import document_of
from sample_views import everything, plain
from views import cell, masthead_of, replace, table_of
from workplan.render import html, text
from workplan.resources.templates import Templates
from workplan.view.disclosure import Disclosure


def squeezed(content: str) -> str:
    return re.sub(r"\s", "", content)


def page() -> parser.HtmlElement:
    return parser.fromstring(html.official(everything(), Templates()))


def test_text_is_whole_and_in_order() -> None:
    for official in (everything(), plain("正文。")):
        said = document_of(html.official(official, Templates()))
        assert squeezed(said) == squeezed(text.official(official, Templates()).decode())


def test_levels_are_headings_and_items_are_anchors() -> None:
    found = page()
    assert [(h.tag, h.text_content()) for h in found.cssselect("h2, h3, h4, h5")] == [
        ("h2", "一、工作目标"),
        ("h3", "（一）产业合作"),
        ("h4", "1．加强领导。"),
        ("h5", "（1）细化措施。"),
    ]
    assert [one.get("id") for one in found.cssselect(".item[id]")] == ["目标", "产业", "领导"]


def test_every_text_stands_under_its_address() -> None:
    """What an address leads to says what the element says, and no id is there twice."""
    official = everything()
    found = page()
    ids = [one.get("id") for one in found.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    for element in official.elements:
        (place,) = (one for one in found.cssselect("[id]") if one.get("id") == element.address)
        assert squeezed(element.text) in squeezed(str(place.text_content())), element.address


def test_a_page_for_publication_has_no_addresses() -> None:
    found = parser.fromstring(html.official(everything(), Templates(), clean=True))
    assert [one.get("id") for one in found.cssselect(".item[id]")] == ["目标", "产业", "领导"]
    others = [str(one.get("id")) for one in found.cssselect("[id]") if "item" not in one.get("class", "")]
    assert others == [f"c{number}" for number, _ in enumerate(others, 1)], "what the contents lead to has numbers"


def test_header_cells_have_a_scope_and_spans_are_kept() -> None:
    cells = page().cssselect("table")[0].cssselect("th")
    assert [(c.text_content(), c.get("scope"), c.get("rowspan"), c.get("colspan")) for c in cells] == [
        ("序号", "col", "2", None),
        ("任务", "col", "2", None),
        ("责任分工", "colgroup", None, "2"),
        ("牵头单位", "col", None, None),
        ("配合单位", "col", None, None),
    ]


def test_nothing_is_fetched_or_executed() -> None:
    content = html.official(everything(), Templates()).decode()
    assert not page().cssselect("script, link, img, iframe, object, [src]")
    assert {one.get("href", "")[:1] for one in page().cssselect("[href]")} == {"#"}, "links stay on the page"
    assert "url(" not in content
    assert "@import" not in content
    assert "<x>" not in content


def test_page_says_its_language_width_and_date() -> None:
    found = page()
    assert found.get("lang") == "zh-CN"
    assert found.cssselect('meta[name="viewport"]')
    assert [one.get("datetime") for one in found.cssselect("time")] == ["2099-01-02", "2099-12-29"]


def test_a_draft_without_a_day_has_no_machine_date() -> None:
    assert html.iso("2099年　月　日") == ""
    assert html.iso("2099年6月9日") == "2099-06-09"


@pytest.mark.parametrize("clean", [False, True])
def test_the_contents_lead_to_every_title_and_to_headings_of_two_levels(clean: bool) -> None:  # noqa: FBT001 - a parameter
    found = parser.fromstring(html.official(everything(), Templates(), clean=clean))
    links = found.cssselect("nav.contents a")
    assert [str(one.text_content()) for one in links][:1] == ["关于印发《2099年重点工作要点》的通知"]
    assert {"一、工作目标", "（一）产业合作"} < {str(one.text_content()) for one in links}
    assert "1．加强领导。" not in {str(one.text_content()) for one in links}
    for one in links:
        (target,) = (each for each in found.cssselect("[id]") if each.get("id") == one.get("href", "")[1:])
        assert squeezed(str(target.text_content())) == squeezed(str(one.text_content()))
    ids = [one.get("id") for one in found.cssselect("[id]")]
    assert len(ids) == len(set(ids))


def test_a_page_of_few_headings_has_no_contents() -> None:
    assert not parser.fromstring(html.official(plain("正文。"), Templates())).cssselect("nav")


def test_on_a_phone_each_cell_says_what_its_column_is() -> None:
    header = (
        (cell("序号", rowspan=2), cell("责任分工", colspan=2, column=1)),
        (cell("牵头\n单位", column=1), cell("配合单位", column=2)),
    )
    rows = (
        (cell("一、重点", colspan=3),),
        (cell("1", rowspan=2), cell("甲局", column=1), cell("乙局", column=2)),
        (cell("丙局、丁局", colspan=2, column=1),),
    )
    document = replace(plain(), blocks=(table_of(header, rows, (0.2, 0.4, 0.4)), table_of((), rows, (0.2, 0.4, 0.4))))
    with_header, without = parser.fromstring(html.official(document, Templates())).cssselect("table")
    assert [one.get("data-label") for one in with_header.cssselect("td")] == [
        *(None, "序号", "责任分工／牵头单位", "责任分工／配合单位", "责任分工／牵头单位")
    ]
    assert with_header.get("class") == "cards"
    assert without.get("class") is None, "without a header row a card would say nothing of its lines"


DISCLOSED = Disclosure(index="000014349/2099-00012", topic="农业、林业、水利\\农业", published="2099年1月3日")


def test_disclosure_prints_the_block_of_government_sites() -> None:
    found = parser.fromstring(html.official(replace(plain("全文第一句。第二句。"), disclosure=DISCLOSED), Templates()))
    said = [
        (str(dt.text_content()), str(dd.text_content()))
        for dt, dd in zip(found.cssselect(".disclosure dt"), found.cssselect(".disclosure dd"), strict=True)
    ]
    assert said == [
        ("索引号：", "000014349/2099-00012"),
        ("主题分类：", "农业、林业、水利\\农业"),
        ("发文机关：", "某市某区人民政府办公室"),
        ("成文日期：", "2099年1月2日"),
        ("标题：", "2099年某区重点工作要点"),
        ("发文字号：", "某府办〔2099〕12号"),
        ("发布日期：", "2099年1月3日"),
    ]
    assert {one.get("name"): one.get("content") for one in found.cssselect("meta[name]")}.items() >= {
        "ArticleTitle": "2099年某区重点工作要点",
        "PubDate": "2099-01-03",
        "ContentSource": "某市某区人民政府办公室",
        "Keywords": "农业、林业、水利,农业",
        "Author": "某市某区人民政府办公室",
        "Description": "全文第一句。第二句。",
    }.items()


def test_a_page_without_disclosure_has_neither_block_nor_tags() -> None:
    found = parser.fromstring(html.official(plain("正文。"), Templates()))
    assert not found.cssselect(".disclosure")
    assert {one.get("name") for one in found.cssselect("meta[name]")} == {"viewport", "referrer", "author"}


def test_the_word_beside_several_issuers_stands_in_the_middle_of_their_height() -> None:
    """文件 is set beside all names, not at the end of the last."""
    names = ("某市某局", "某市某委员会", "某市某办公室")
    made = html.official(replace(plain("正文。"), masthead=masthead_of(names, "文件")), Templates()).decode()
    [mark] = parser.fromstring(made).cssselect(".masthead")
    assert "joint" in mark.get("class", "")
    assert [one.text for one in mark.cssselect(".name")] == list(names)
    assert [one.text for one in mark.cssselect(".suffix")] == ["文件"]
    assert re.search(r"\.joint \.suffix \{ position: absolute; right: 0; top: 50%", made)
