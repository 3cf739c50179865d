"""The official document as DOCX, measured on the pages that LibreOffice prints, in millimetres.

What LibreOffice 7.4 does otherwise than Word is allowed for: it always sets digits apart from 字, never squeezes marks, and
carries a last paragraph over as a whole where the signature does not fit under it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from docx_pages import MM, Pages
from sample_views import everything, plain
from views import Annex, cell, imprint_of, masthead_of, paragraph, replace, table_of
from workplan import view
from workplan.compiler import compile_plan
from workplan.lengths import Mm
from workplan.measure import measured
from workplan.page import typeset
from workplan.render import docx
from workplan.resources.templates import Templates
from workplan.source import Directory
from workplan.view.blocks import Official, PageOptions

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = Templates()
PITCH = 579 / 20 * MM
EM = 16 * MM
NAMES = "中国共产党上海市静安区委员会对口支援与合作交流工作以及乡村振兴领导小组办公室联席会议"
LONG = plain("长" * 1500, "末段。")
WIDE = table_of(
    (tuple(cell(f"第{place}列", column=place) for place in range(8)),),
    tuple(tuple(cell(f"{row}行{place}", column=place) for place in range(8)) for row in range(40)),
    (0.125,) * 8,
)
IMPRINT = imprint_of(
    "抄送：" + "，".join(f"某市某某某某{one}办公厅" for one in "甲乙丙丁戊己庚") + "。",
    "某市某区人民政府办公室",
    "2099年12月30日印发",
)


def named(*names: str, **setting: Any) -> Official:  # noqa: ANN401 - any of the settings
    """A document whose masthead has these names."""
    return replace(plain("正文。"), masthead=masthead_of(names, "文件"), setting=PageOptions(**setting))


def signed(lines: int, **changes: Any) -> Official:  # noqa: ANN401 - any field of the document
    """A document whose text ends ``lines`` lines after a first paragraph, so that the signature comes near a page's end."""
    return replace(plain("字" * (26 + 28 * lines), "末" * 60), **changes)


SEVERAL = tuple((name,) for name in ("某市第一委员会", "某市第二局", "某市三局", "某市第四委"))
DOCUMENTS: dict[str, Official] = {
    "long": LONG,
    "natural": replace(LONG, grid="natural"),
    "mirrored": replace(LONG, setting=PageOptions(mirrored=True), imprint=IMPRINT),
    "everything": everything(),
    "imprint": replace(plain("正文。"), imprint=IMPRINT),
    "office only": replace(LONG, imprint=replace(IMPRINT, cc="")),
    "unsealed": replace(plain("正文。"), setting=PageOptions(seal=False)),
    "several signatures": replace(plain("正文。"), signature=SEVERAL),
    "marks": replace(named("某市某区人民政府"), marks=("000001", "机密★1年", "特急"), status="送审稿"),
    "three": named("某市某区人民政府办公室", "某市某区财政局", "中共某市某区委组织部"),
    "two lines": named(NAMES[:24], lines=2),
    "high": named(NAMES[:24], top=37, number=1, title=1),
    "low": named("某市人民政府", top=90, number=1.5, text=2),
    "high above the text": named(NAMES[:24], top=25),
    "high in two lines": named(NAMES[:24], top=20, lines=2),
    "high of three": named("某市某区人民政府办公室", "某市某区财政局", "中共某市某区委组织部", top=30),
    "letter": replace(
        named("某市某区人民政府办公室", letter=True, top=30.0, number=0.0),
        masthead=masthead_of(("某市某区人民政府办公室",), ""),
    ),
    "letter with marks": replace(
        everything(),
        marks=("000001", "机密★1年", "特急"),
        masthead=masthead_of((NAMES[:38],), ""),
        setting=PageOptions(letter=True, top=Mm(30.0), number=0.0),
        imprint=replace(IMPRINT, office="", date=""),
    ),
    "wide": replace(
        plain("正文。"),
        attachments=(
            Annex("附件1", "宽表", ("宽表",), (WIDE,)),
            Annex("附件2", "说明", ("说明",), (paragraph("文" * 300),)),
            Annex("附件3", "又一宽表", ("又一宽表",), (WIDE,)),
        ),
        imprint=IMPRINT,
    ),
    **{f"name of {length}": named(NAMES[:length]) for length in (4, 8, 12, 18, 24, 30, 40)},
    **{f"text of {lines}": signed(lines) for lines in range(5, 13)},
    **{f"unsealed text of {lines}": signed(lines, setting=PageOptions(seal=False)) for lines in range(7, 12)},
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pages]:
    """The documents by name, all printed in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("pages")
    plan = compile_plan(Directory(ROOT / "plan" / "2022")).plan
    assert plan is not None
    jingan = view.official(plan)
    made = {**DOCUMENTS, "2022": jingan, "2022 strict": replace(jingan, grid="strict")}
    paths = {name: folder / f"{place}.docx" for place, name in enumerate(made)}
    for name, path in paths.items():
        path.write_bytes(docx.official(made[name], SHIPPED))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return lambda name: Pages(paths[name].with_suffix(".pdf"))


def near(value: float, within: float) -> Any:  # noqa: ANN401 - pytest's own type has no name
    """A length in millimetres and how far off it may be."""
    return pytest.approx(value, abs=within)


def test_full_pages_hold_22_lines_of_28_characters(printed: Callable[[str], Pages]) -> None:
    pages = printed("long")
    for page in (1, 2):
        text = pages.text(page)
        assert [len(line) for *_, line in text] == [28] * 22 if page == 1 else len(text) == 22
        for place, (base, *_) in enumerate(text):
            assert base == near(text[0][0] + place * PITCH, 0.05)
    top, bottom, left, right = pages.ink(1, 36, 264)
    assert (top - 37) < PITCH / 2
    assert 262 - bottom < PITCH / 2
    # The ink of 长 begins and ends 0.3 mm inside its em box.
    assert (left, right) == (near(28.3, 0.2), near(183.8, 0.3))


@pytest.mark.parametrize("name", ["long", "2022 strict"])
def test_lines_of_the_strict_grid_are_156_mm_wide_by_their_em_boxes(printed: Callable[[str], Pages], name: str) -> None:
    report = measured(printed(name).path.read_bytes(), name)
    widths = [item for item in report.items if item.requirement.rule == "measure-line-width"]
    assert [(item.places, item.worst.value) for item in widths] == [(0, near(156, 0.3))]


def test_the_natural_grid_has_28_characters_too(printed: Callable[[str], Pages]) -> None:
    assert {len(line) for *_, line in printed("natural").text(1)} == {28}


def test_text_of_the_first_page_stands_on_the_lines_of_the_others(printed: Callable[[str], Pages]) -> None:
    for name in (
        "long",
        "2022",
        "three",
        "two lines",
        "high",
        "low",
        "marks",
        *(one for one in DOCUMENTS if "name" in one),
    ):
        first = printed("long").text(1)[0][0]
        text = [base for base, _, line in printed(name).text(0) if line.startswith(("正文", "长长", "2022年是"))]
        lines = (text[0] - first) / PITCH
        assert lines == near(round(lines), 0.03)


@pytest.mark.parametrize(
    "name", [one for one in DOCUMENTS if one.startswith(("name", "three", "two", "high", "low", "marks"))]
)
def test_the_mark_begins_where_it_should_and_stays_inside_the_text_block(
    printed: Callable[[str], Pages], name: str
) -> None:
    pages, official = printed(name), DOCUMENTS[name]
    fitted = typeset.masthead(official)
    assert fitted is not None
    over = [line for line in pages.lines(0) if line[2].replace(" ", "") in (*official.marks, official.status)]
    text = [line for line in pages.lines(0) if line not in over]
    number = next(place for place, (*_, line) in enumerate(text) if "〔2099〕" in line.replace(" ", ""))
    # The names alone: what stands over them ends 2 mm below its baseline.
    above = over[-1][0] + 2 if over else 10
    top, _, left, right = pages.ink(0, above, text[number][0] - 6)
    assert top == near(official.setting.top, 0.5)
    assert left >= 28
    assert right <= 184
    assert (left + right) / 2 == near(106, 1)
    assert number == len(fitted.lines) + fitted.beside
    assert "".join(line.replace(" ", "") for *_, line in text[:number]).count("文件") == 1


@pytest.mark.parametrize("name", ["long", "high", "low", "three", "name of 4", "name of 40"])
def test_the_red_rule_stands_4_mm_below_the_number(printed: Callable[[str], Pages], name: str) -> None:
    pages = printed(name)
    base = next(base for base, _, line in pages.lines(0) if "〔2099〕" in line.replace(" ", ""))
    ((upper, lower, left, right),) = pages.rules(0)
    assert upper - (base + 0.12 * EM) == near(4, 0.3)
    assert lower - upper == near(0.53, 0.1)
    assert (left, right) == (near(28, 0.1), near(184, 0.1))


def test_the_dash_of_the_page_number_stands_7_mm_below_the_text_block(printed: Callable[[str], Pages]) -> None:
    """Outside, one 字 from the edge of the text block (7.5)."""
    pages = printed("long")
    for page in (0, 1, 2):
        _, _, left, right = pages.ink(page, 264, 280)
        top, bottom, *_ = pages.ink(page, 264, 280, left, left + 4)
        assert (top + bottom) / 2 - 262 == near(7, 0.4)
        assert (184 - right if page % 2 == 0 else left - 28) == near(14 * MM, 0.3)
        assert pages.lines(page)[-1][2].replace(" ", "") == f"—{page + 1}—"


@pytest.mark.parametrize("name", ["imprint", "office only", "wide", "everything"])
def test_the_last_rule_of_the_imprint_is_the_lower_edge_of_the_last_text_block(
    printed: Callable[[str], Pages], name: str
) -> None:
    pages, official = printed(name), DOCUMENTS[name]
    last = len(pages) - 1
    cc = official.imprint is not None and bool(official.imprint.cc)
    rules = pages.rules(last)[-2 - cc :]
    assert rules[-1][1] == near(262, 0.2)
    assert [lower - upper for upper, lower, *_ in rules] == [near(one, 0.1) for one in (0.35, *[0.25] * cc, 0.35)]
    for *_, left, right in rules:
        assert (left, right) == (near(28, 0.1), near(184, 0.1))
    texts = [line for line in pages.text(last) if line[0] > rules[0][0]]
    assert texts[0][1] - 28 == near(14 * MM, 0.2)
    assert texts[-1][2].replace(" ", "").endswith("印发")


def test_cc_turns_over_under_the_first_unit(printed: Callable[[str], Pages]) -> None:
    pages = printed("imprint")
    last = len(pages) - 1
    lines = [line for line in pages.text(last) if line[0] > pages.rules(last)[0][0]]
    assert lines[0][2].startswith("抄送：")
    assert lines[1][1] - lines[0][1] == near(3 * 14 * MM, 0.3)


def test_mirrored_margins_bind_both_sides_of_a_leaf_at_28_mm(printed: Callable[[str], Pages]) -> None:
    pages = printed("mirrored")
    assert [round(pages.text(page)[-3][1]) for page in (1, 2)] == [26, 28]
    assert pages.rules(len(pages) - 1)[-1][1] == near(262, 0.2)


def test_marks_stand_at_the_top_left_each_on_its_line(printed: Callable[[str], Pages]) -> None:
    lines = printed("marks").text(0)[:4]
    assert [line.replace(" ", "") for *_, line in lines] == ["000001", "机密★1年", "特急", "送审稿"]
    steps = [below - base for (base, *_), (below, *_) in pairwise(lines)]
    assert steps == [near(35 / 4, 0.1)] * 3  # four lines that leave the mark its place
    assert {round(left) for _, left, _ in lines} == {28}


@pytest.mark.parametrize("grid", ["strict", "natural"])
def test_a_sealed_date_keeps_four_characters_to_the_right_and_names_stand_above_its_middle(
    printed: Callable[[str], Pages], grid: str
) -> None:
    """In the strict grid LibreOffice adds five gaps of a quarter between digits and 字, all on the left."""
    pages = printed("imprint" if grid == "strict" else "natural")
    page = 0 if grid == "strict" else len(pages) - 1
    name, date = ([*pages.ink(page, base - 5, base + 1)] for base in last_lines(pages, page))
    apart = 5 * EM / 4 / 2 if grid == "strict" else 0
    assert (name[2] + name[3]) / 2 - (date[2] + date[3]) / 2 == near(apart, 0.5)
    assert (184 - date[3]) / EM == near(4.2, 0.15)  # 日 keeps a fifth of its box blank


def test_an_unsealed_name_keeps_two_characters_to_the_right_and_the_date_begins_two_further_in(
    printed: Callable[[str], Pages],
) -> None:
    pages = printed("unsealed")
    name, date = ([*pages.ink(0, base - 5, base + 1)] for base in last_lines(pages, 0))
    assert (184 - name[3]) / EM == near(2, 0.3)
    assert (date[2] - name[2]) / EM == near(2, 0.3)
    body = next(base for base, _, line in pages.text(0) if line.startswith("正文"))
    assert last_lines(pages, 0)[0] - body == near(2 * PITCH, 0.1)


def last_lines(pages: Pages, page: int) -> list[float]:
    """The baselines of signature and date: the last two lines above the imprint."""
    text = [base for base, _, line in pages.text(page) if "年" in line and line.strip().endswith("日")]
    before = max(base for base, *_ in pages.text(page) if base < text[-1] - 1)
    return [before, text[-1]]


def test_several_sealed_signatories_stand_side_by_side_with_room_for_their_seals(
    printed: Callable[[str], Pages],
) -> None:
    text = [line for line in printed("several signatures").text(0) if line[2].startswith(("某市第一", "某市第四"))]
    assert [line for *_, line in text] == ["".join(name for (name,) in names) for names in (SEVERAL[:3], SEVERAL[3:])]
    assert text[1][0] - text[0][0] > 42


@pytest.mark.parametrize("name", [one for one in DOCUMENTS if "text of" in one])
def test_the_signature_never_stands_alone_on_a_page(printed: Callable[[str], Pages], name: str) -> None:
    pages = printed(name)
    lines = [line for *_, line in pages.text(len(pages) - 1)]
    assert lines[0][0] in "字末"
    assert lines[-1].replace(" ", "").startswith("2099年")


def test_a_wide_table_is_turned_with_its_heading_on_every_page(printed: Callable[[str], Pages]) -> None:
    """Its page number stands where other pages have theirs when the leaf is turned back (8)."""
    pages = printed("wide")
    turned = [page for page in range(len(pages)) if pages.size(page) == (297, 210)]
    assert len(turned) >= 4
    assert pages.size(len(pages) - 1) == (210, 297)
    assert [page for page in range(turned[0], turned[-1]) if page not in turned]
    for page in turned:
        assert any("第7列" in line.replace(" ", "") for *_, line in pages.lines(page))
        top, bottom, left, right = pages.ink(page, 0, 210, 0, 34)
        assert left > 24
        assert right < 35
        assert (184 - bottom if page % 2 == 0 else top - 28) == near(14 * MM, 0.3)


@pytest.mark.parametrize("name", ["letter", "letter with marks"])
def test_a_letter_has_its_mark_its_double_rules_and_no_first_page_number(
    printed: Callable[[str], Pages], name: str
) -> None:
    pages, official = printed(name), DOCUMENTS[name]
    thick, thin, low_thin, low_thick = pages.rules(0)
    assert thick[1] - thick[0] > thin[1] - thin[0]
    assert low_thick[1] - low_thick[0] > low_thin[1] - low_thin[0]
    assert 297 - low_thick[1] == near(20, 0.3)
    for *_, left, right in (thick, thin, low_thin, low_thick):
        assert [left, right] == pytest.approx([20, 190], abs=0.3)
    top, bottom, *_ = pages.ink(0, 20, thick[0] - 0.5)
    assert top == near(30, 0.5)
    assert thick[0] - bottom == near(4, 0.5)
    number = next(line for line in pages.lines(0) if "〔2099〕" in line[2].replace(" ", ""))
    assert number[0] - 0.88 * EM - thin[1] == near(7 / 8 * EM, 0.3)
    assert pages.ink(0, number[0] - 5, number[0] + 1, 100)[3] == near(183.5, 0.6)
    at_left = [line.replace(" ", "") for *_, line in pages.lines(0)]
    assert [line for line in at_left if line in official.at_left] == list(official.at_left[1:])
    assert "—1—" not in at_left
    assert pages.lines(1)[-1][2].replace(" ", "") == "—2—" if len(pages) > 1 else True
    assert not [rule for rule in pages.rules(len(pages) - 1) if len(pages) > 1 and rule[0] > 240]


def test_the_title_breaks_as_it_does_in_print(printed: Callable[[str], Pages]) -> None:
    lines = [line.replace(" ", "") for *_, line in printed("2022").text(0)]
    assert lines[2:4] == ["2022年静安区东西部协作和", "对口支援工作要点"]


def test_the_plan_of_2022_has_15_lines_on_its_first_page_and_22_on_full_ones(printed: Callable[[str], Pages]) -> None:
    natural, strict = printed("2022"), printed("2022 strict")
    assert (len(natural), len(strict)) == (8, 8)
    for pages in (natural, strict):
        assert len(pages.text(0)) == 4 + 15
        short = [page for page in range(1, 7) if len(pages.text(page)) != 22]
        # A heading that would be the last line of a page goes to the next one with its text.
        assert [len(pages.text(page)) for page in short] == [21] * len(short)
        assert all(
            re.match("[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", pages.text(page + 1)[0][2])
            for page in short
        )
        assert len(short) <= 1
