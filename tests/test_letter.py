"""The letter form (信函, GB/T 9704 10.1): how its pages are set, and how they are measured."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from docx_pages import Pages
from measuring import Made, look_at_letter, rules, values
from reading import lines, squeezed
from sample_views import everything, plain
from views import GivenNotice, imprint_of, masthead_of, paragraph, replace
from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import Severity
from workplan.lengths import Mm
from workplan.measure import measured
from workplan.render import docx, html, pdf, text
from workplan.resources.templates import Templates
from workplan.source import Memory
from workplan.view.blocks import Official, PageOptions

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "云州市云溪区对口支援与合作交流和乡村振兴重点任务推进落实工作领导小组办公室综合协调科"
LETTER = PageOptions(letter=True, top=Mm(30.0), number=0.0)
NOTICE = GivenNotice(
    title=("关于印发《2099年某区重点工作要点》的通知",),
    to="各街道办事处，区政府各委、办、局：",
    blocks=(paragraph("现印发给你们，请认真贯彻执行。"),),
    signature=(("某市某区人民政府办公室",),),
    date="2099年1月2日",
)
CC = imprint_of("抄送：" + "，".join(f"某市某某某某{one}办公厅" for one in "甲乙丙丁戊") + "。", "", "")


def letter(name: str = "某市某区人民政府办公室", **changes: object) -> Official:
    """A letter of some pages with this mark."""
    made = replace(plain("国家发展，改革开放。" * 200), masthead=masthead_of((name,), ""), setting=LETTER, imprint=CC)
    return replace(made, **changes)


LETTERS = {
    "long": letter(),
    "marks": letter(marks=("000001", "机密★1年", "特急"), status="送审稿"),
    "no number": letter(number=""),
    "one page": letter(blocks=(paragraph("正文到此为止。" * 20),)),
    "notice": letter(notice=NOTICE),
    "lower": letter(setting=replace(LETTER, number=1.0)),
    "natural": letter(grid="natural"),
    **{f"name of {count}": letter(NAMES[:count]) for count in (4, 12, 24, 38)},
}


@pytest.mark.parametrize("name", LETTERS)
def test_measure_finds_nothing_wrong_with_our_letters(name: str) -> None:
    report = measured(pdf.official(LETTERS[name], Templates()), "letter.pdf")
    allowed = {"letter-first"} if name == "lower" else set()
    assert set(rules(report)) == allowed
    found = values(report)
    assert found["letter-mark"] == pytest.approx(30, abs=0.3)
    assert found["letter-rule"] == pytest.approx(4, abs=0.3)
    assert found["letter-foot"] == pytest.approx(20, abs=0.2)
    assert found["letter-title"] == pytest.approx(2, abs=0.6)
    assert not {"red-rule-width", "imprint-last", "title-gap"} & set(found)


@pytest.mark.parametrize("name", ["long", "marks", "notice", "name of 38"])
def test_the_rules_are_170_mm_long_and_where_the_clause_has_them(name: str, tmp_path: Path) -> None:
    """Measured apart from ``measure``: by dark rows."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.official(LETTERS[name], Templates()))
    pages = Pages(path)
    thick, thin, low_thin, low_thick = pages.rules(0)
    assert thick[1] - thick[0] > thin[1] - thin[0] + 0.1
    assert low_thick[1] - low_thick[0] > low_thin[1] - low_thin[0] + 0.1
    assert 297 - low_thick[1] == pytest.approx(20, abs=0.15)
    for _, _, left, right in (thick, thin, low_thin, low_thick):
        assert [left, right] == pytest.approx([20, 190], abs=0.15)
    top, bottom, left, right = pages.ink(0, 20, thick[0] - 0.5)
    assert top == pytest.approx(30, abs=0.3)
    assert thick[0] - bottom == pytest.approx(4, abs=0.3)
    assert left >= 28
    assert right <= 184
    assert not pages.rules(len(pages) - 1)


def test_the_first_page_has_no_number_and_the_others_have_theirs(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.official(letter(), Templates()))
    pages = [squeezed(page) for page in printed(path).split("\f")]
    assert "—1—" not in pages[0]
    assert "—2—" in pages[1]


def printed(path: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout


@pytest.mark.parametrize("options", [[], ["-raw"]])
def test_every_format_says_the_same_in_the_same_order(options: list[str], tmp_path: Path) -> None:
    official = replace(LETTERS["marks"], notice=NOTICE, imprint=None)
    content = squeezed(text.official(official, Templates()).decode())
    assert content.startswith("某市某区人民政府办公室000001某府办〔2099〕12号机密★1年特急送审稿关于印发")
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.official(official, Templates()))
    found = squeezed(printed(path, *options))
    for number in range(2, 6):
        found = found.replace(f"—{number}—", "")
    assert found == content
    page = html.official(official, Templates()).decode()
    places = [
        page.index(f">{word}<") for word in ("某市某区人民政府办公室", "000001", "某府办〔2099〕12号", "机密★1年")
    ]
    assert places == sorted(places)


def test_the_form_of_the_plan_reaches_every_page() -> None:
    """主办机关 alone, without 文件, at 30 mm (10.1)."""
    files = {
        "document.yaml": "issuer: [甲办公室, 乙办公室]\ntitle: 样本\nparts: [{kind: prose, title: 附则, text: 正文。}]\ndate: ''\nnumber: ''\nstyle: {form: letter, masthead: {title: 3}}\n",
        "../units.yaml": "units:\n  - {name: 甲局}\n",
    }
    plan = compile_plan(Memory(files)).plan
    assert plan is not None
    official = view.official(plan)
    assert official.masthead == masthead_of(("甲办公室",), "")
    assert official.signature == (("甲办公室",), ("乙办公室",))
    assert official.setting == replace(LETTER, title=3.0)


# ------------------------------------------------------------------------------------------------------- measure


def test_a_letter_of_exact_geometry_is_right() -> None:
    report = look_at_letter(Made())
    assert rules(report) == {}
    assert "masthead" not in report.absent


@pytest.mark.parametrize("by", [0.5, -0.5])
@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("mark", "letter-mark"),
        ("rule", "letter-rule"),
        ("low", "letter-foot"),
        ("rule_left", "letter-centre"),
        ("rule_width", "letter-width"),
        ("first", "letter-first"),
        ("number", "letter-number"),
        ("above", "letter-above"),
    ],
)
def test_half_a_millimetre_is_found_in_a_letter(part: str, rule: str, by: float) -> None:
    # A rule that is moved to the right stands between the middle of the page and that of the text block.
    found = rules(look_at_letter(Made().but(**{part: -by if part == "rule_left" and by > 0 else by})))
    assert found[rule] is Severity.ERROR


def test_a_line_at_its_distance_above_the_second_rule_is_right() -> None:
    report = look_at_letter(Made(moved={"above": 0.0}))
    assert values(report)["letter-above"] == pytest.approx(4.94, abs=0.1)
    assert rules(report) == {}


def test_other_faults_of_a_letter_are_found() -> None:
    assert "letter-order" in rules(look_at_letter(Made().but(turned=1.0)))
    assert "letter-title" in rules(look_at_letter(Made().but(title=8.0)))
    assert "letter-page-number" in rules(look_at_letter(Made().but(page_number=1.0)))
    assert "letter-imprint" in rules(look_at_letter(Made().but(imprint=-6.0)))


# ------------------------------------------------------------------------------------------------------- DOCX


def test_a_letter_in_word_keeps_its_text_and_leaves_other_sections_alone() -> None:
    """A template without a letter in mind serves; all that is special is set after it is filled."""
    official = replace(
        everything(), setting=LETTER, masthead=masthead_of(("某市某区人民政府办公室",), ""), status="", marks=("特急",)
    )
    made = docx.official(official, Templates())
    assert made == docx.official(official, Templates())
    assert lines(text.official(official, Templates()).decode())[:3] == [
        "某市某区人民政府办公室",
        "特急",
        "某府办〔2099〕12号",
    ]
