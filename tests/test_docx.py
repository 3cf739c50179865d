"""The official document as DOCX: read back, measured, checked by two validators, converted by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx as word
import pytest
from lxml import etree

from validators import faults
from views import Annex, GivenNotice, cell, imprint_of, masthead_of, official, paragraph, replace, table_of
from workplan import view
from workplan.compiler import compile_plan
from workplan.lengths import Mm
from workplan.render import docx, text
from workplan.resources.templates import Templates
from workplan.source import Directory
from workplan.view.blocks import Official, PageOptions
from workplan.view.sequence import Table

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = Templates()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRICKY = "A&B <x> {{ y }} {% z %} {_{ %_} \"q\" 'p' 镕祎㎡ — “引”‘号’…… <w:br/> &amp; a  b　c"
MERGED = Table(
    header=((cell("项目", rowspan=2), cell("指标", colspan=2)), (cell("2022年"), cell("2023年"))),
    rows=(
        (cell("甲", rowspan=2), cell("第一行\n第二行"), cell("2")),
        (cell("合并", colspan=2),),
        (cell("乙"), cell("&"), cell("<y>")),
    ),
    widths=(0.4, 0.3, 0.3),
)
PLAIN = official(
    plan="2022",
    status="",
    issuers=("上海市静安区某工作领导小组办公室",),
    masthead=masthead_of(("上海市静安区某工作领导小组办公室",), "文件"),
    number="静办〔2022〕1号",
    notice=None,
    title=("2022年静安区东西部协作和", "对口支援工作要点"),
    subtitle="",
    speaker="",
    to="",
    blocks=(paragraph("正文一段。"),),
    attachments=(),
    signature=(("静安区某工作", "领导小组办公室"),),
    date="2022年6月29日",
    note="",
    imprint=None,
)
#: A made-up document with every element that there is.
FULL = replace(
    PLAIN,
    status="征求意见稿",
    masthead=masthead_of(("上海市第一委员会", "上海市第二管理局办公室", "上海市三局"), "文件"),
    notice=GivenNotice(
        title=("关于印发《2022年工作要点》的通知",), to="各区人民政府：",
        blocks=(paragraph("现印发给你们，请执行。"),),
        signature=(("上海市第一委员会",), ("上海市第二管理局办公室",)), date="2022年6月28日", note="（此件公开发布）",
    ),
    subtitle="（2022年6月1日）",
    speaker="主任　张三",
    to="各单位：",
    blocks=(
        paragraph(TRICKY),
        paragraph("", "一、独立标题", 1),
        paragraph("", "（一）二级", 2),
        paragraph("，接排的正文。", "（二）接排。", 2),
        paragraph("（责任部门：甲）", "1．三级。", 3),
        paragraph("四级的正文。", "（1）四级。", 4),
        paragraph("甲\t乙\n丙"),
        MERGED,
        MERGED,
        paragraph("长" * 3000),
    ),
    attachments=(
        Annex("附件1", "任务分解表", ("任务分解表",), (MERGED,)),
        Annex("附件2", "有关指标的说明", ("有关指标", "的说明"), (paragraph("说明。"),)),
    ),
    note="（联系人：李四）",
    imprint=imprint_of("抄送：市委办公厅，市人大常委会办公厅，市政协办公厅。", "上海市第一委员会办公室", "2022年6月30日印发"),
)  # fmt: skip


_WIDE = table_of((), (tuple(cell(str(place)) for place in range(8)),) * 2, (0.125,) * 8)
#: What other documents have: marks, wide attachments, signatories side by side, a title and a name broken in print.
WIDE = replace(
    PLAIN,
    masthead=masthead_of((PLAIN.issuers[0] * 2,), "文件"),
    marks=("000001", "机密★1年", "特急"),
    title=("2022年静安区东西部协作和对口支援工作要点",),
    attachments=(
        Annex("附件1", "宽表", ("宽表",), (_WIDE,)),
        Annex("附件2", "说明", ("说明",), (paragraph("说明。"),)),
        Annex("附件3", "又一宽表", ("又一宽表",), (paragraph("说明。"), _WIDE)),
        Annex("附件4", "再一宽表", ("再一宽表",), (_WIDE,)),
    ),
    signature=(("上海市第一委员会",), ("上海市第二局",), ("上海市三局",), (PLAIN.issuers[0],)),
    setting=PageOptions(top=Mm(50), number=1.5, title=1, text=2, mirrored=True),
)


@pytest.fixture(scope="module")
def jingan() -> Official:
    """The real plan of 2022."""
    plan = compile_plan(Directory(ROOT / "plan" / "2022")).plan
    assert plan is not None
    return view.official(plan)


def opened(made: bytes) -> Any:  # noqa: ANN401 - what Word may leave out, the library's types do too; a test may not
    return word.Document(io.BytesIO(made))


def letters(some: str) -> str:
    return re.sub(r"\s", "", some)


def read_back(made: bytes) -> str:
    """All text of the body in document order, a line end for each paragraph."""
    paragraphs = opened(made).element.body.iter(f"{W}p")
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "\n".join(
        "".join(marks.get(node.tag, node.text or "") for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}r/{W}tab"))
        for paragraph in paragraphs
    )


def styled(made: bytes) -> list[tuple[str, str]]:
    """Style and text of every paragraph that has text, in tables too."""
    document = opened(made)
    names = {style.style_id: style.name for style in document.styles}
    found = [
        (names.get(one.style or "", ""), "".join(node.text or "" for node in one.iter(f"{W}t")))
        for one in document.element.body.iter(f"{W}p")
    ]
    return [(str(style), line) for style, line in found if line]


@pytest.mark.parametrize(
    "official",
    [PLAIN, FULL, WIDE, replace(WIDE, imprint=FULL.imprint), replace(WIDE, setting=PageOptions(seal=False))],
    ids=["plain", "full", "wide", "wide with imprint", "unsealed"],
)
def test_the_text_is_that_of_the_printed_document_to_the_letter(official: Official) -> None:
    made = docx.official(official, SHIPPED)
    assert letters(read_back(made)) == letters(text.official(official, SHIPPED).decode())


def test_the_real_plan_has_its_38_paragraphs_each_in_a_named_style(jingan: Official) -> None:
    made = docx.official(jingan, SHIPPED)
    found = styled(made)
    counts = Counter(style for style, _ in found)
    once = dict.fromkeys(("发文机关标志", "发文字号", "Title", "落款", "成文日期"), 1)
    assert len(found) == 38 == len(opened(made).paragraphs)
    assert counts == once | {"Heading 1": 3, "Heading 2": 7, "Body Text": 23}
    assert "《中共中央 国务院关于" in read_back(made)


def test_markup_and_template_tags_in_the_text_are_text() -> None:
    made = docx.official(replace(PLAIN, title=(TRICKY,), blocks=(paragraph(TRICKY, "", 0),)), SHIPPED)
    assert [line for style, line in styled(made) if style in ("Title", "Body Text")] == [TRICKY, TRICKY]


def test_tabs_and_line_ends_are_those_of_word() -> None:
    made = docx.official(replace(PLAIN, title=("甲\t乙", "丙"), blocks=(paragraph("甲\t乙\n丙"),)), SHIPPED)
    for one in opened(made).paragraphs[2:4]:
        assert one.text == "甲\t乙\n丙"
        assert [len(list(one._p.iter(f"{W}{mark}"))) for mark in ("br", "tab")] == [1, 1]  # noqa: SLF001


def test_a_character_that_no_xml_may_hold_is_shown_as_lost() -> None:
    made = docx.official(replace(PLAIN, title=("甲\x0b乙",), blocks=(paragraph("甲\x0b乙"),)), SHIPPED)
    assert read_back(made).count("甲\ufffd乙") == 2


def test_a_heading_of_its_own_has_an_outline_level_and_a_run_in_head_a_face_of_its_own() -> None:
    document = opened(docx.official(FULL, SHIPPED))
    by_text = {one.text: one for one in document.paragraphs}
    for line, style, level in (("一、独立标题", "Heading 1", 0), ("（一）二级", "Heading 2", 1)):
        assert by_text[line].style.name == style
        assert by_text[line].style.element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == str(level)
    run_in = by_text["（二）接排。，接排的正文。"]
    assert run_in.style.name == "Body Text"
    assert [(run.text, run.style.name) for run in run_in.runs] == [
        ("（二）接排。", "Heading 2 Char"), ("，接排的正文。", "Default Paragraph Font"),
    ]  # fmt: skip


def test_every_face_is_named_for_every_script() -> None:
    faces = {
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Body Text": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "页码": "宋体",
    }
    document = opened(docx.official(PLAIN, SHIPPED))
    for style, face in faces.items():
        fonts = document.styles[style].element.find(f"{W}rPr/{W}rFonts")
        assert {fonts.get(f"{W}{script}") for script in ("ascii", "eastAsia", "hAnsi", "cs")} == {face}
        assert fonts.get(f"{W}hint") == "eastAsia"


def test_chosen_faces_take_the_place_of_the_templates() -> None:
    chosen = (("仿宋", "方正仿宋_GBK"), ("西文", "Times New Roman"))
    made = docx.official(replace(PLAIN, faces=chosen, blocks=(paragraph('w:ascii="仿宋_GB2312"'),)), SHIPPED)
    fonts = opened(made).styles["Body Text"].element.find(f"{W}rPr/{W}rFonts")
    assert fonts.get(f"{W}eastAsia") == "方正仿宋_GBK"
    assert fonts.get(f"{W}ascii") == "Times New Roman"
    parts = zipfile.ZipFile(io.BytesIO(made))
    assert "仿宋_GB2312" not in parts.read("word/styles.xml").decode() + parts.read("word/fontTable.xml").decode()
    assert 'w:ascii="仿宋_GB2312"' in read_back(made)


def test_the_page_is_that_of_the_standard() -> None:
    document = opened(docx.official(PLAIN, SHIPPED))
    section = document.sections[0]
    page = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in page if length is not None] == [210, 297, 37, 28]
    assert [round(length.mm) for length in (section.bottom_margin, section.right_margin) if length] == [35, 26]
    assert document.styles["Body Text"].paragraph_format.line_spacing.pt * 22 < 225 / 25.4 * 72
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.style.name, even.style.name) == ("页码", "页码（双页）")
    assert "PAGE" in "".join(node.text or "" for node in odd._p.iter(f"{W}instrText"))  # noqa: SLF001


@pytest.mark.parametrize("length", [2, 8, 14, 22, 40, 60])
def test_a_masthead_of_any_length_fits_its_lines(length: int) -> None:
    made = docx.official(replace(PLAIN, masthead=masthead_of(("县" * length,), "文件")), SHIPPED)
    paragraph = opened(made).paragraphs[0]
    run = paragraph.runs[0]._r  # noqa: SLF001
    size, scale = (int(run.find(f"{W}rPr/{W}{name}").get(f"{W}val")) for name in ("sz", "w"))
    lines = paragraph.text.split("\n")
    assert max(map(len, lines)) * size / 2 * scale / 100 < 156 / 25.4 * 72
    assert len(lines) == (1 if length < 30 else 2)
    assert scale >= 60


def test_several_issuers_stand_stacked_with_the_suffix_beside_them() -> None:
    table = opened(docx.official(FULL, SHIPPED)).tables[0]
    assert [one.text for one in table.cell(0, 0).paragraphs] == list(FULL.masthead.names if FULL.masthead else ())
    assert table.cell(0, 1).text == "文件"


def test_a_merged_table_keeps_its_spans_and_repeats_its_header() -> None:
    table = opened(docx.official(replace(PLAIN, blocks=(MERGED,)), SHIPPED)).tables[0]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc  # noqa: SLF001
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc  # noqa: SLF001
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc  # noqa: SLF001
    assert [table.cell(3, 1).text, table.cell(3, 2).text] == ["合并", "合并"]
    headers = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]  # noqa: SLF001
    assert headers == [True, True, False, False, False]


def test_ragged_rows_are_filled_up() -> None:
    ragged = table_of((), ((cell("甲", rowspan=9, colspan=2),), (cell("乙"), cell("丙"))), (0.5, 0.5))
    table = opened(docx.official(replace(PLAIN, blocks=(ragged,)), SHIPPED)).tables[0]
    assert [len(row.cells) for row in table.rows] == [4, 4]
    assert table.cell(1, 3).text == "丙"


def test_signature_and_date_are_kept_with_the_text_before_them(jingan: Official) -> None:
    body = opened(docx.official(jingan, SHIPPED)).paragraphs
    places = [place for place, one in enumerate(body) if one.style.name in ("落款", "成文日期")]
    for place in places:
        before = body[place - 1]
        assert before.paragraph_format.keep_with_next or before.style.paragraph_format.keep_with_next


def test_every_grid_sets_28_characters_to_the_line_and_says_whether_programs_may_squeeze_marks() -> None:
    """In the natural grid 28 stand for what squeezing gains, so that programs that squeeze and those that do not end lines alike."""
    squeezing = {"strict": "compressPunctuation", "natural": "doNotCompress", "wps": "compressPunctuation"}
    for grid, control in squeezing.items():
        document = opened(docx.official(replace(PLAIN, grid=grid), SHIPPED))
        assert document.styles["Body Text"].element.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-4"
        assert document.settings.element.find(f"{W}characterSpacingControl").get(f"{W}val") == control


def test_marks_may_hang_as_is_words_default() -> None:
    """Said explicitly, LibreOffice takes it the other way round."""
    styles = zipfile.ZipFile(io.BytesIO(docx.official(PLAIN, SHIPPED))).read("word/styles.xml")
    assert b"overflowPunct" not in styles


def test_the_file_says_which_program_made_it_and_how_much_text_it_has() -> None:
    made = docx.official(
        replace(PLAIN, title=("标题",), blocks=(paragraph("甲乙 abc，12.5%。"), paragraph(""))), SHIPPED
    )
    found = extended(made)
    texts = [one.text for one in opened(made).paragraphs if one.text]
    assert found["Application"] == "workplan"
    assert "Pages" not in found
    assert int(found["Paragraphs"]) == len(texts)
    assert int(found["CharactersWithSpaces"]) == sum(len(one.replace("\n", "")) for one in texts)
    assert int(found["Characters"]) == sum(len(re.sub(r"\s", "", one)) for one in texts)
    plain = docx.official(replace(PLAIN, title=("标题",), blocks=(paragraph(""),)), SHIPPED)
    added = int(found["Words"]) - int(extended(plain)["Words"])
    assert added == len(["甲", "乙", "abc", "，", "12.5%", "。"])


def extended(made: bytes) -> dict[str, str]:
    """The extended properties by their names."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("docProps/app.xml"))
    return {etree.QName(one).localname: one.text or "" for one in root}


def test_two_runs_give_the_same_bytes_and_no_date() -> None:
    made = docx.official(FULL, SHIPPED)
    assert made == docx.official(FULL, Templates(ROOT / "nowhere"))
    assert docx.official(WIDE, SHIPPED) == docx.official(WIDE, SHIPPED)
    document = zipfile.ZipFile(io.BytesIO(made))
    assert {entry.date_time for entry in document.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = opened(made).core_properties
    assert (core.title, core.author) == (PLAIN.name, PLAIN.issuers[0])
    assert b"dcterms" not in document.read("docProps/core.xml").split(b">", 2)[2]


def test_wide_attachments_stand_in_sections_of_turned_pages() -> None:
    document = opened(docx.official(WIDE, SHIPPED))
    sections = [(one.orientation == 1, one.page_width > one.page_height) for one in document.sections]
    assert sections == [(False, False), (True, True), (False, False), (True, True), (True, True)]
    turned, upright = document.sections[1], document.sections[0]
    assert turned.left_margin == upright.bottom_margin
    assert turned.top_margin == upright.left_margin
    labels = [one for one in document.paragraphs if one.style.name == "附件标识"]
    assert [one.paragraph_format.page_break_before for one in labels] == [False] * 4
    footers = [document.sections[at].footer._element for at in (0, 1)]  # noqa: SLF001
    assert ["txbxContent" in "".join(str(node.tag) for node in one.iter()) for one in footers] == [False, True]


def test_an_imprint_after_a_turned_page_has_an_upright_one() -> None:
    document = opened(docx.official(replace(WIDE, imprint=FULL.imprint), SHIPPED))
    assert [one.orientation for one in document.sections] == [0, 1, 0, 1, 1, 0]


def test_settings_turn_margins_round_and_marks_have_their_styles() -> None:
    made = docx.official(WIDE, SHIPPED)
    assert opened(made).settings.element.find(f"{W}mirrorMargins") is not None
    assert opened(docx.official(PLAIN, SHIPPED)).settings.element.find(f"{W}mirrorMargins") is None
    assert styled(made)[:3] == [("份号", "000001"), ("密级和紧急程度", "机密★1年"), ("密级和紧急程度", "特急")]


def test_digits_stand_off_from_characters_except_in_the_strict_grid() -> None:
    for grid, apart in (("strict", ["0"]), ("natural", []), ("wps", [])):
        style = opened(docx.official(replace(PLAIN, grid=grid), SHIPPED)).styles["Body Text"].element
        assert [one.get(f"{W}val") for one in style.iterfind(f"{W}pPr/{W}autoSpaceDN")] == apart


@pytest.mark.parametrize("name", ["full", "plain", "wide", "official.docx", "sheet.docx"])
def test_validators_find_nothing(name: str, tmp_path: Path) -> None:
    made = {"full": FULL, "plain": PLAIN, "wide": WIDE}
    path = tmp_path / "made.docx"
    path.write_bytes(docx.official(made[name], SHIPPED) if name in made else SHIPPED.read(name))
    assert faults(path) == []


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_whole_text_in_the_mapped_faces(jingan: Official, tmp_path: Path) -> None:
    path = tmp_path / "official.docx"
    path.write_bytes(docx.official(jingan, SHIPPED))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = path.with_suffix(".pdf")

    def said(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    printed = re.sub(r"—\s*\d+\s*—", "", said("pdftotext", str(pdf), "-"))
    assert letters(printed) == letters(text.official(jingan, SHIPPED).decode())
    fonts = {line.split()[0].partition("+")[2] for line in said("pdffonts", str(pdf)).splitlines()[2:]}
    assert fonts <= {
        f"Fandol{face}" for face in ("Fang-Regular", "Kai-Regular", "Hei-Regular", "Song-Regular", "Song-Bold")
    }
