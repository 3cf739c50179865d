"""The web page: whole text, right structure, nothing fetched, nothing executed."""

from __future__ import annotations

import re

from lxml import html as parser

from sample_views import everything, plain
from workplan.render import html, text
from workplan.resources.templates import Templates


def squeezed(content: str) -> str:
    return re.sub(r"\s", "", content)


def page() -> parser.HtmlElement:
    return parser.fromstring(html.official(everything(), Templates()))


def test_text_is_whole_and_in_order() -> None:
    for official in (everything(), plain("正文。")):
        body = parser.fromstring(html.official(official, Templates())).find("body")
        assert body is not None
        assert squeezed(str(body.text_content())) == squeezed(text.official(official, Templates()).decode())


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
    assert [one.get("id") for one in found.cssselect("[id]")] == ["目标", "产业", "领导"]


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
    assert not page().cssselect("script, link, img, iframe, object, [src], [href]")
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
