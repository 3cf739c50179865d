"""Documents without a title, and 发文字号 below the title as web pages have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import html as parser

from docx_pages import Pages
from framed import NOTICE, official, pages, plan, printed
from workplan import view
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.measure import measured
from workplan.render import docx, html, markdown, pdf
from workplan.resources.templates import Templates
from workplan.rewrite.newplan.carried import carry
from workplan.source import Directory
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.view.blocks import Official

SHIPPED = Templates()
NUMBER = "样办〔2026〕1号"
BELOW = {"number": "below-title"}
MASTHEAD = {"issuer": "样本区人民政府办公室", "number": NUMBER}
LISTED = {**NOTICE, "listed": "2026年工作要点"}


# ---------------------------------------------------------------------------------------------------- without a title


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"preamble": "为做好培训工作，提出如下要点。"}, "为做好培训工作"),
        ({"preamble": "字" * 50}, "字" * 30),
        ({"preamble": "“十四五”时期"}, "“十四五”时期"),
        ({}, "2026"),
        ({"notice": NOTICE, "preamble": "为做好培训工作，提出如下要点。"}, "样本办关于印发2026年工作要点的通知"),
        ({"notice": LISTED}, "2026年工作要点"),
    ],
)
def test_a_document_without_a_title_is_called_by_what_it_has(given: dict[str, object], name: str) -> None:
    """In properties, on sheets, beside the other side of a comparison; never by nothing."""
    made = plan(title="", **given)
    document = view.official(made)
    assert document.name == name
    page = parser.fromstring(html.official(document, SHIPPED))
    assert page.findtext(".//title") == name
    sheet = view.sheets(made, ("区教育局",))[0]
    assert sheet.title == name
    assert f"\n{name}\n" in markdown.sheet(sheet, SHIPPED).decode()


def test_no_title_is_printed_and_none_is_missed() -> None:
    """No blank heading in any format, and no rule finds fault with a title that is not there."""
    made = official(title="", preamble="正文。")
    assert printed(made)[0] == "正文。"
    assert not any(element.role is Role.TITLE for element in made.elements)
    assert b"<h1" not in html.official(made, SHIPPED)
    assert pages(pdf.official(made, SHIPPED))[0][0] == "正文。"
    assert docx.filled(made, SHIPPED).part.document.paragraphs[0].text == "正文。"


def test_a_plan_without_a_title_begins_a_page_behind_its_notice(tmp_path: Path) -> None:
    made = official(title="", notice=NOTICE, preamble="正文。", signature=None, date=None)
    first, second = pages(pdf.official(made, SHIPPED))
    assert (first[0], second[0]) == ("样本办关于印发2026年工作要点的通知", "正文。")
    (tmp_path / "official.pdf").write_bytes(pdf.official(made, SHIPPED))
    title = official(notice=NOTICE, preamble="正文。", signature=None, date=None)
    (tmp_path / "titled.pdf").write_bytes(pdf.official(title, SHIPPED))
    top, below = (Pages(tmp_path / name).text(1)[0][0] for name in ("official.pdf", "titled.pdf"))
    assert top < 45 < below  # the title stands on the third line of its page, a text on the first
    text = next(one for one in docx.filled(made, SHIPPED).part.document.paragraphs if one.text == "正文。")
    assert text.paragraph_format.page_break_before


def test_the_text_of_a_titleless_document_stands_where_its_title_would(tmp_path: Path) -> None:
    """Below the red rule, in the PDF and in Word alike."""
    tops = []
    for name, title in (("with", "2026年工作要点"), ("without", "")):
        made = official(title=title, preamble="正文。", **MASTHEAD)
        (tmp_path / f"{name}.pdf").write_bytes(pdf.official(made, SHIPPED))
        tops.append(Pages(tmp_path / f"{name}.pdf").text(0)[2][0])
    assert tops[0] == pytest.approx(tops[1], abs=1.5)
    first = next(
        one
        for one in docx.filled(official(title="", preamble="正文。", **MASTHEAD), SHIPPED).part.document.paragraphs
        if one.text == "正文。"
    )
    assert first.paragraph_format.space_before is not None
    assert first.paragraph_format.space_before.twips > 579


def test_a_title_that_goes_is_told() -> None:
    (change,) = compare(plan(), plan(title="")).changes
    assert (change.kinds, change.old[0].key) == (("removed",), "title")


def test_next_year_leaves_quoted_documents_their_years(tmp_path: Path) -> None:
    """Without a title nothing quoted is surely the plan's own: it stays, and is listed as still saying the old year."""
    folder = tmp_path / "plan" / "2026"
    folder.mkdir(parents=True)
    (folder.parent / "units.yaml").write_text("units: []\n", encoding="utf-8")
    notice = "notice: {title: 2026年关于印发《2026年培训工作要点》的通知, text: 现印发。, date: 2026-01-15}"
    (folder / "document.yaml").write_text(f'{notice}\ntitle: ""\nparts: [{{kind: prose, items: [正文。]}}]\n', "utf-8")
    source = Directory(folder)
    result = compile_plan(source)
    assert result.plan is not None
    made = carry("2027", source, result.plan, result.files, tmp_path)
    assert made.result.plan is not None
    carried = made.result.plan.document.notice
    assert carried is not None
    assert carried.title is not None
    assert carried.title.text == "2027年关于印发《2026年培训工作要点》的通知"
    assert "carried-over" in {one.rule for one in made.result.diagnostics}


# ------------------------------------------------------------------------------------------- the number below the title


def order(made: Official) -> list[str]:
    """What the document begins with, by role."""
    return [str(element.role) for element in made.elements if element.text][:5]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"number": NUMBER}, ["title", "number", "section", "run-in", "text"]),
        (MASTHEAD, ["masthead", "title", "number", "section", "run-in"]),
        (
            {"number": NUMBER, "subtitle": "（试行）", "speaker": "区长"},
            ["title", "subtitle", "number", "speaker", "section"],
        ),
        ({"number": NUMBER, "notice": NOTICE}, ["title", "number", "text", "date", "title"]),
        ({"number": ""}, ["title", "section", "run-in", "text", "units"]),
        ({"number": NUMBER, "title": ""}, ["number", "section", "run-in", "text", "units"]),
    ],
)
def test_the_number_stands_below_the_first_title(given: dict[str, object], wanted: list[str]) -> None:
    made = official(**given, style=BELOW)
    assert order(made) == wanted
    assert made.number == given["number"]
    texts = (sorted(element.text for element in one.elements if element.text) for one in (official(**given), made))
    assert next(texts) == next(texts)


def test_the_default_is_the_order_of_the_standard() -> None:
    for style in (None, {"number": "above-title"}):
        assert order(official(number=NUMBER, style=style))[:2] == ["number", "title"]


def test_a_sheet_has_the_number_wherever_it_stands() -> None:
    made = plan(number=NUMBER, style=BELOW)
    assert f"文号：{NUMBER}" in markdown.sheet(view.sheets(made, ("区教育局",))[0], SHIPPED).decode()


def test_the_head_stands_where_the_standard_has_it(tmp_path: Path) -> None:
    """Mark, red rule and title stay; the number follows the title in the next line, the text one line further down."""
    for name, style in (("above", None), ("below", BELOW)):
        made = official(preamble="正文。" * 40, **MASTHEAD, style=style)
        (tmp_path / f"{name}.pdf").write_bytes(pdf.official(made, SHIPPED))
    above, below = (Pages(tmp_path / f"{name}.pdf") for name in ("above", "below"))
    assert above.rules(0) == below.rules(0)
    where = [{text: top for top, _, text in one.text(0)} for one in (above, below)]
    pitch = 28.99 * 25.4 / 72
    assert where[1]["2026年工作要点"] == pytest.approx(where[0]["2026年工作要点"], abs=0.05)
    assert where[1][NUMBER] - where[1]["2026年工作要点"] == pytest.approx(pitch, abs=1.5)
    assert above.text(0)[3][0] - above.text(0)[2][0] == pytest.approx(2 * pitch, abs=1.5)
    first = next(top for top, _, text in below.text(0) if text.startswith("正文"))
    assert first - where[1][NUMBER] == pytest.approx(2 * pitch, abs=0.05)
    report = measured((tmp_path / "below.pdf").read_bytes(), "below.pdf")
    assert not [one.rule for one in report.diagnostics if re.search("rule|title|line|top", one.rule)]


def test_word_has_no_red_rule_below_a_number_below_the_title() -> None:
    filled = docx.filled(official(preamble="正文。", **MASTHEAD, style=BELOW), SHIPPED).part.document
    texts = [one.text for one in filled.paragraphs]
    at = texts.index(NUMBER)
    title, number = filled.paragraphs[at - 1], filled.paragraphs[at]
    assert title.text == "2026年工作要点"
    assert title.paragraph_format.space_after == 0
    assert number.style is not None
    assert (number.style.name, number.paragraph_format.space_after and number.paragraph_format.space_after.twips) == (
        "Body Text",
        579,
    )
    # The head keeps the paragraph that bears the rule.
    ruled = [one for one in filled.paragraphs if one.style is not None and one.style.name == "发文字号"]
    assert [one.text for one in ruled] == [""]


def test_a_letter_may_have_its_number_below_the_title() -> None:
    made = official(preamble="正文。" * 60, **MASTHEAD, style={**BELOW, "form": "letter"})
    assert order(made)[:3] == ["masthead", "title", "number"]
    assert pages(pdf.official(made, SHIPPED))[0][:3] == ["样本区人民政府办公室", "2026年工作要点", NUMBER]
    assert NUMBER in [one.text for one in docx.filled(made, SHIPPED).part.document.paragraphs]


def test_a_number_that_moves_is_told() -> None:
    (change,) = compare(plan(number=NUMBER), plan(number=NUMBER, style=BELOW)).changes
    assert (change.kinds, change.new[0].key) == (("added",), "style.number")
