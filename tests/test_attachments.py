"""附件 as they are called: after the standard where nothing is said, to the letter where the original has other words."""

from __future__ import annotations

import pytest
from docx import Document

from docx_pages import Pages
from framed import NOTICE, PROSE, TABLE, official, pages, plan, printed
from workplan import view
from workplan.compare.plans import compare
from workplan.render import docx, html, pdf
from workplan.resources.templates import Templates
from workplan.view.sequence import Role

SHIPPED = Templates()
BOTH = [PROSE, TABLE]


def labels(attachments: list[object], **style: object) -> list[str]:
    made = official(attachments=attachments, style={"attachments": style} if style else None)
    return [one.label for one in made.attachments]


def listed(attachments: list[object], **style: object) -> tuple[str, ...]:
    return official(attachments=attachments, style={"attachments": style} if style else None).attachment_list


def test_nothing_said_is_the_standard() -> None:
    assert (labels(BOTH), listed(BOTH)) == (["附件1", "附件2"], ("附件：1.名单", "2.项目表"))
    assert (labels([TABLE]), listed([TABLE])) == (["附件"], ("附件：项目表",))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("附件一", ["附件一", "附件二"]),
        ("附件1", ["附件1", "附件2"]),
        ("附件１", ["附件１", "附件２"]),
        ("附件：", ["附件：", "附件："]),
        ("附表（1）：", ["附表（1）：", "附表（2）："]),
    ],
)
def test_labels_follow_the_example_of_the_first(written: str, wanted: list[str]) -> None:
    """Also where there is one attachment alone: offices write 附件一 there."""
    assert labels(BOTH, label=written) == wanted
    assert labels([TABLE], label=written) == wanted[:1]


@pytest.mark.parametrize(
    ("written", "wanted", "single"),
    [
        ("1．", ("附件：1．名单", "2．项目表"), "附件：项目表"),
        ("（一）", ("附件：（一）名单", "（二）项目表"), "附件：项目表"),
        ("附：1、", ("附：1、名单", "2、项目表"), "附：项目表"),
        ("附件:1.", ("附件:1.名单", "2.项目表"), "附件:项目表"),
        ("附：", ("附：名单", "项目表"), "附：项目表"),
        ("", ("附件：名单", "项目表"), "附件：项目表"),
    ],
)
def test_the_list_follows_the_example_of_its_first_line(written: str, wanted: tuple[str, ...], single: str) -> None:
    assert listed(BOTH, list=written) == wanted
    assert listed([TABLE], list=written) == (single,)


def test_the_list_stands_where_it_is_put() -> None:
    end = ["样本办", "2026年1月15日", "（此件公开发布）"]
    for place, wanted in (
        ("before-signature", ["附件：项目表", *end]),
        ("after-signature", [*end, "附件：项目表"]),
        ("none", end),
    ):
        made = official(attachments=[TABLE], note="此件公开发布", style={"attachments": {"place": place}})
        body = printed(made)
        assert body[body.index("（一）办班。办好培训班。（责任单位：区教育局）") + 1 : -4] == wanted, place
        assert body[-4:] == ["附件", "项目表", "项目\t经费", "办班\t3万元"]


def test_attachments_without_a_list_need_no_name() -> None:
    nameless = {"kind": "prose", "items": ["名单另发。"]}
    made = official(attachments=[nameless, TABLE], style={"attachments": {"place": "none"}})
    assert [(one.label, one.title, one.listed) for one in made.attachments] == [
        ("附件1", (), ""),
        ("附件2", ("项目表",), ""),
    ]
    _, first, second = pages(pdf.official(made, SHIPPED))
    assert (first, second[:2]) == (["附件1", "名单另发。"], ["附件2", "项目表"])


def test_a_plan_is_the_attachment_of_its_notice() -> None:
    """附件 in the notice (GB/T 9704 7.3.4), and at the top of the plan's page as of every attachment's (7.3.7)."""
    made = official(notice={**NOTICE, "listed": "2026年工作要点"}, signature=None, date=None)
    assert made.notice is not None
    assert (made.notice.attachment_list, made.label) == (("附件：2026年工作要点",), "附件")
    first, second = pages(pdf.official(made, SHIPPED))
    assert first[-2:] == ["附件：2026年工作要点", "2026年1月15日"]
    assert second[:2] == ["附件", "2026年工作要点"]


def test_the_label_of_a_plan_stands_without_a_list_where_none_is_wanted() -> None:
    made = official(notice={**NOTICE, "listed": ""}, signature=None, date=None)
    assert made.notice is not None
    assert (made.notice.attachment_list, made.label) == ((), "附件")


def test_what_the_notice_lists_counts_together() -> None:
    """The plan and its attachments where the list is put into the notice; else each text counts its own."""
    notice = {**NOTICE, "listed": "2026年工作要点"}
    given = {"notice": notice, "attachments": BOTH, "signature": None, "date": None}
    style = {"label": "附件一", "list": "1．"}
    together = official(**given, style={"attachments": {**style, "place": "notice"}})
    assert together.notice is not None
    assert together.notice.attachment_list == ("附件：1．2026年工作要点", "2．名单", "3．项目表")
    assert [together.label, *(one.label for one in together.attachments)] == ["附件一", "附件二", "附件三"]
    assert together.attachment_list == ()
    assert [one.listed for one in together.attachments] == ["名单", "项目表"]
    apart = official(**given, style={"attachments": style})
    assert apart.notice is not None
    assert apart.notice.attachment_list == ("附件：2026年工作要点",)
    assert apart.attachment_list == ("附件：1．名单", "2．项目表")
    assert [apart.label, *(one.label for one in apart.attachments)] == ["附件一", "附件一", "附件二"]


def test_a_notice_may_list_the_attachments_of_a_plan_that_is_none() -> None:
    made = official(
        notice=NOTICE, attachments=BOTH, signature=None, date=None, style={"attachments": {"place": "notice"}}
    )
    assert made.notice is not None
    assert (made.notice.attachment_list, made.label) == (("附件：1.名单", "2.项目表"), "")


def test_turned_over_lines_hang_under_the_name_whatever_stands_before_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """In 字: two before the list, then what begins it and the number (GB/T 9704 7.3.4)."""
    long = {**TABLE, "listed": "样本区" + "重点项目经费安排" * 6}
    made = official(attachments=[long, PROSE], style={"attachments": {"list": "附：1．"}})
    folder = tmp_path_factory.mktemp("hanging")
    (folder / "official.pdf").write_bytes(pdf.official(made, SHIPPED))
    found = Pages(folder / "official.pdf").text(0)
    starts = {text[:3]: left for _, left, text in found}
    em = 156 / 28
    assert starts["附：1"] == pytest.approx(28 + 2 * em, abs=0.2)
    assert starts["2．名"] == pytest.approx(28 + 4 * em, abs=0.2)
    turned = found[[text[:3] for *_, text in found].index("附：1") + 1]
    assert turned[1] == pytest.approx(28 + 5.5 * em, abs=0.3)
    assert 'style="--lead: 2em; --number: 1.5em"' in html.official(made, SHIPPED).decode()
    (folder / "official.docx").write_bytes(docx.official(made, SHIPPED))
    first = next(one for one in Document(str(folder / "official.docx")).paragraphs if one.text.startswith("附：1"))
    assert first.paragraph_format.left_indent is not None
    assert first.paragraph_format.left_indent.pt == pytest.approx(5.5 * 15.8)


def test_the_word_file_breaks_the_page_once_before_a_plan_that_is_an_attachment() -> None:
    """Its label begins the page, and its title stands on the third line of it."""
    made = docx.filled(
        official(notice={**NOTICE, "listed": "2026年工作要点"}, attachments=[TABLE], signature=None, date=None), SHIPPED
    )
    paragraphs = {one.text: one for one in made.part.document.paragraphs}
    title = paragraphs["2026年工作要点"].paragraph_format
    assert (title.page_break_before, title.space_before and title.space_before.twips) == (False, 579)
    assert paragraphs["附件"].style is not None
    assert paragraphs["附件"].style.paragraph_format.page_break_before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({}, {"label": "附件一"}, {"style.attachments.label"}),
        ({"list": "1．"}, {"list": ""}, {"style.attachments.list"}),
        ({}, {"place": "none"}, {"style.attachments.place"}),
        ({"place": "notice"}, {"place": "after-signature"}, {"style.attachments.place"}),
        ({}, {"place": "before-signature"}, set()),
    ],
)
def test_other_words_and_another_place_are_told(old: dict[str, object], new: dict[str, object], told: set[str]) -> None:
    before, after = (
        plan(notice=NOTICE, attachments=BOTH, signature=None, date=None, style={"attachments": one})
        for one in (old, new)
    )
    found = compare(before, after).changes
    assert {entry.key for change in found for entry in (*change.old, *change.new)} == told


def test_every_label_and_every_line_leads_to_the_key_that_asks_for_it() -> None:
    made = plan(
        notice={**NOTICE, "listed": "2026年工作要点"},
        attachments=BOTH,
        signature=None,
        date=None,
        style={"attachments": {"label": "附件一", "place": "notice"}},
    )
    runs = {
        element.address: element.runs[0]
        for element in view.official(made).elements
        if element.role in (Role.LABEL, Role.LISTED)
    }
    said = {address: (run.scalar.text, run.start) for address, run in runs.items()}
    assert said == {
        "document.notice.listed": ("listed", None),
        "attachments/1.listed": ("attachments", None),
        "attachments/2.listed": ("attachments", None),
        "document.label": ("附件一", 0),
        "attachments/1.label": ("附件一", None),
        "attachments/2.label": ("附件一", None),
    }
