"""The PDF, read back by pdftotext and pypdf: text to the character, measures of GB/T 9704, fonts, refusals."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument, raw
from weasyprint import css
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi

from sample_views import everything, plain, sheet
from views import imprint_of, masthead_of, replace
from workplan.diagnostic import Refusal
from workplan.page import masthead
from workplan.render import pdf, text
from workplan.render.pdf import embedding, quick
from workplan.resources import fonts
from workplan.resources.templates import Templates
from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.view.blocks import Official

MM = 72 / 25.4
OPEN = {"FandolFang", "FandolKai", "FandolHei", "FandolSong", "NotoSerifCJKsc"}


#: Styles that ask for all that is not usual.
ODD_STYLE = """
body { line-height: calc(1em + 3pt); direction: rtl; font-kerning: none; --gap: 2pt }
h1 { text-decoration: underline; margin-inline-start: 3pt; width: 50%; max-width: min(90%, 10cm) }
p { margin-block: var(--gap); float: inherit; border-inline-start: thin solid; letter-spacing: 1pt; hyphens: auto }
p:first-letter { font-size: 150%; font-variant-caps: small-caps } b { font-feature-settings: "kern" 0; display: inline-block }
"""


def read(content: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def pages(content: bytes) -> list[list[str]]:
    """The lines of each page less its number."""
    found = [page.strip().split("\n") for page in read(content, "-raw").rstrip("\f\n").split("\f")]
    return [[line for line in page if not re.fullmatch(r"— ?\d+ ?—", line.strip())] for page in found]


def squeezed(content: str) -> str:
    return re.sub(r"\s", "", re.sub(r"(?m)^\s*— ?\d+ ?—\s*$", "", content.replace("\f", "\n")))


def words(content: bytes) -> list[tuple[str, float, float, float, float]]:
    """Each word with its box (left, top, right, bottom) in millimetres from the upper left corner of its page."""
    found = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<', read(content, "-bbox")
    )
    return [(word, *(float(one) / MM for one in box)) for *box, word in found]


def printed(official: Official, templates: Templates | None = None) -> bytes:
    return pdf.official(official, templates or Templates())


@pytest.mark.parametrize("grid", ["strict", "natural", "wps"])
@pytest.mark.parametrize("order", [[], ["-raw"]])
def test_text_reads_back_to_the_character(grid: str, order: list[str]) -> None:
    official = replace(plain("“引号”，2022年1．10 镕祎㎡ ·• A&B <x> {{ y }} office" * 20, "第二段。"), grid=grid)
    want = squeezed(text.official(official, Templates()).decode())
    assert squeezed(read(printed(official), *order)) == want


def test_every_part_is_painted_in_reading_order() -> None:
    official = everything()
    want = squeezed(text.official(official, Templates()).decode())
    assert squeezed(read(printed(official), "-raw")) == want


def test_a_page_has_22_lines_of_28_characters() -> None:
    found = pages(printed(plain("国" * 3000)))
    assert [len(page) for page in found[1:3]] == [22, 22]
    assert {len(line) for line in found[1]} == {28}
    _, left, _, right, _ = words(printed(plain("国" * 3000)))[20]
    assert left == pytest.approx(28, abs=0.1)
    assert right == pytest.approx(184, abs=0.2)


def test_names_of_several_issuers_are_spread_to_one_width() -> None:
    fit = masthead.fit(masthead_of(("某市某区人民政府办公室", "某市某区财政局"), "文件"))
    widths = [line.width * fit.size + line.spacing * (len(line.text) - 1) for line in fit.lines]
    assert widths == [pytest.approx(fit.names), pytest.approx(fit.names)]
    assert fit.suffix_size > fit.size


def test_date_keeps_four_characters_to_its_right_under_the_centred_name() -> None:
    boxes = {box[0]: box for box in words(printed(plain("正文。")))}
    name, date = boxes["某市某区人民政府办公室"], boxes["2099年1月2日"]
    assert 184 - date[3] == pytest.approx(4 * 16 / MM, abs=0.8)
    assert (name[1] + name[3]) / 2 == pytest.approx((date[1] + date[3]) / 2, abs=0.6)


@pytest.mark.parametrize("count", range(4, 30, 2))
def test_signature_and_date_are_never_alone_on_a_page(count: int) -> None:
    last = pages(printed(plain(*(["短句。"] * count))))[-1]
    assert last[-2:] == ["某市某区人民政府办公室", "2099年1月2日"]
    assert last[-3] == "短句。"


def test_imprint_closes_the_last_page() -> None:
    imprint = imprint_of("抄送：区委各部门。", "某市某区人民政府办公室", "2099年12月30日印发")
    for count in (1, 8, 20):
        content = printed(replace(plain(*(["短句。"] * count)), imprint=imprint))
        assert pages(content)[-1][-2:] == ["抄送：区委各部门。", "某市某区人民政府办公室 2099年12月30日印发"]
        _, _, top, _, bottom = next(box for box in words(content)[::-1] if "印发" in box[0])
        assert 251 < top < bottom < 262


def test_plan_and_attachments_begin_on_new_pages() -> None:
    tops = [page[0] for page in pages(printed(everything()))]
    assert tops[0] == "征求意见稿"
    assert "2099年某区" in tops
    assert tops[-2:] == ["附件1", "附件2"]


def test_a_long_table_repeats_its_header() -> None:
    official = everything()
    table = official.attachments[0].blocks[0]
    assert not isinstance(table, Paragraph)
    long = replace(table, rows=table.rows * 40)
    content = printed(replace(plain("正文。"), blocks=(long,)))
    assert len(pages(content)) > 2
    assert all("序号" in "".join(page) for page in pages(content))


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    boxes = [box for box in words(printed(plain("国" * 1500))) if "—" in box[0]]
    even, odd = min(boxes, key=lambda box: box[1]), max(boxes, key=lambda box: box[3])
    assert even[1] == pytest.approx(28 + 14 / MM, abs=0.5)
    assert odd[3] == pytest.approx(184 - 14 / MM, abs=0.5)
    assert {round((box[2] + box[4]) / 2) for box in boxes} == {269}


def test_fonts_are_embedded_and_only_the_chosen_ones() -> None:
    names = set()
    for page in PdfReader(io.BytesIO(printed(everything()))).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            base = font.get_object()["/BaseFont"]
            names.add(base.split("+")[1].split("-")[0])
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in descriptor
    assert names == OPEN


def test_metadata_names_title_issuer_and_language_and_no_time() -> None:
    reader = PdfReader(io.BytesIO(printed(plain("正文。"))))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("2099年某区重点工作要点", "某市某区人民政府办公室")
    assert reader.metadata.creation_date is None
    assert reader.metadata.modification_date is None
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]


@pytest.mark.slow
def test_two_processes_write_the_same_bytes() -> None:
    script = (
        "import hashlib, sample_views; from workplan.render import pdf; from workplan.resources.templates import *\n"
        "t = Templates(); print(hashlib.sha256(pdf.official(sample_views.everything(), t)).hexdigest())\n"
        "print(hashlib.sha256(pdf.sheet(sample_views.sheet(), t)).hexdigest())"
    )
    here = str(Path(__file__).parent)
    runs = [
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {here!r})\n{script}"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""


@pytest.mark.parametrize(("character", "code"), [("😀", "U+1F600"), ("\ue000", "U+E000"), ("\u200d", "U+200D")])
def test_a_character_that_no_face_has_is_refused(character: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        printed(plain("前文。", f"第二段{character}"))
    (finding,) = refusal.value.diagnostics
    assert finding.key == "missing-glyph"
    assert (finding.arguments["code"], finding.arguments["where"]) == (code, "第二段〓")


def test_a_chosen_face_that_is_not_installed_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        printed(replace(plain("正文。"), faces=(("小标宋", "没有这种字体"),)))
    assert [finding.key for finding in refusal.value.diagnostics] == ["missing-font"]


def test_a_chosen_face_is_used() -> None:
    official = replace(plain("正文。"), faces=(("仿宋", "FandolKai"),))
    done = subprocess.run(["pdffonts", "-"], input=printed(official), capture_output=True, check=True).stdout.decode()
    assert "FandolKai" in done
    assert "FandolFang" not in done


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("body { background: url(http://127.0.0.1:9/x.png) }", "127.0.0.1"),
        ("body { background: url(file:///etc/passwd) }", "passwd"),
        ("@import url(http://127.0.0.1:9/x.css);", "127.0.0.1"),
        ('.number { font-family: "DejaVu Sans" !important }', "DejaVu Sans"),
    ],
)
def test_own_style_sheet_fetches_nothing_and_adds_no_face(tmp_path: Path, rule: str, fault: str) -> None:
    shipped = Templates().read("official.css").decode()
    (tmp_path / "official.css").write_text(f"{rule}\n{shipped}", "utf-8")
    with pytest.raises(Refusal) as refusal:
        printed(plain("正文。"), Templates(tmp_path))
    finding = refusal.value.diagnostics[0]
    assert finding.rule == "template"
    assert fault in str(list(finding.arguments.values()))
    assert finding.span.file == str(tmp_path / "official.css")


def test_what_an_own_page_asks_for_is_told_at_the_page_and_not_at_the_shipped_style_sheet(tmp_path: Path) -> None:
    shipped = Templates().read("official.pdf.html").decode()
    asks = shipped.replace("<head>", '<head><link rel="attachment" href="FILE:///etc/hostname">', 1)
    assert asks != shipped
    (tmp_path / "official.pdf.html").write_text(asks, "utf-8")
    with pytest.raises(Refusal) as refusal:
        printed(plain("正文。"), Templates(tmp_path))
    finding = refusal.value.diagnostics[0]
    assert "FILE:///etc/hostname" in str(finding.arguments)
    assert finding.span.file == str(tmp_path / "official.pdf.html")


def drawn(content: bytes) -> list[bytes]:
    """Each page as it is painted."""
    with closing(PdfDocument(content)) as opened:
        return [bytes(page.render(scale=1.5).buffer) for page in opened]


def test_pages_are_as_weasyprint_alone_would_paint_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces cut beforehand and streams packed by us change how long it takes, and nothing that anybody sees."""
    ours = printed(everything())
    monkeypatch.setattr(embedding, "Fonts", lambda _: {})
    monkeypatch.setattr(embedding, "pack", lambda _: None)
    its = printed(everything())
    assert ours != its
    assert drawn(ours) == drawn(its)
    assert read(ours) == read(its)
    assert len(ours) < len(its) * 1.1


def test_short_ways_through_weasyprint_lead_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is asked again and again is answered sooner, and never otherwise: with styles that inherit, compute and decorate too."""
    own = Templates(tmp_path)
    (tmp_path / "sheet.css").write_bytes(Templates().read("sheet.css") + ODD_STYLE.encode())
    ours = [printed(everything()), pdf.sheet(sheet(), Templates()), pdf.sheet(sheet(), own)]
    for holder, name in (
        (css.ComputedStyle, "__missing__"),
        (percent, "resolve_one_percentage"),
        (line_break.Layout, "setup"),
        (line_break, "_font_style_cache_key"),
    ):
        monkeypatch.setattr(holder, name, vars(holder)[name].__wrapped__)
    assert [printed(everything()), pdf.sheet(sheet(), Templates()), pdf.sheet(sheet(), own)] == ours
    assert ours[1] != ours[2]


@pytest.mark.parametrize("place", ["style sheet", "page", "attribute", "import"])
def test_a_role_that_own_templates_give_another_face_gets_it(place: str, tmp_path: Path) -> None:
    """Although names of faces are put into the style sheet beforehand."""
    page = (Templates().path("official.pdf.html")).read_text("utf-8")
    style = (Templates().path("official.css")).read_text("utf-8")
    given = '--仿宋: "FandolKai-Regular"'
    if place == "page":
        page = page.replace("</head>", f"<style>p {{ {given} }}</style></head>")
    elif place == "attribute":
        page = page.replace("<body", "<body style='--仿宋: \"FandolKai-Regular\"'", 1)
    elif place == "style sheet":
        style += f"p {{ {given} }}"
    else:
        (tmp_path / "more.css").write_text(f"p {{ {given} }}", "utf-8")
        style = '@import "more.css";' + style
    (tmp_path / "official.pdf.html").write_text(page, "utf-8")
    (tmp_path / "official.css").write_text(f"{style} p {{ font-family: var(--仿宋) }}", "utf-8")
    content = printed(plain("第一段。"), Templates(tmp_path))
    done = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "FandolKai" in done
    assert "FandolFang" not in done


def test_own_style_sheet_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "official.css").write_bytes("/* 版式 */".encode("gbk"))
    with pytest.raises(Refusal) as refusal:
        printed(plain("正文。"), Templates(tmp_path))
    assert refusal.value.diagnostics[0].rule == "template"


def test_sheet_says_all_that_a_department_needs() -> None:
    content = squeezed(read(pdf.sheet(sheet(), Templates()), "-raw"))
    for words_of_it in (
        *("征求意见稿", "甲局任务清单", "2099年某区重点工作要点", "单位全称某市某区甲局", "隶属某区人民政府"),
        *("成员子一、子二", "印发单位某市某区人民政府办公室", "文号某府办〔2099〕12号", "日期2099年1月2日"),
        *("共计3项，其中任务1项，保障措施1项，职责1项", "本单位角色牵头1项，责任2项"),
        *(
            "任务（1项）",
            "1．加强组织领导",
            "本单位牵头单位",
            "所属部分重点任务—组织领导",
            "责任单位各街镇",
            "配合单位乙局",
        ),
        *("完成时限2099年6月底前", "目标示范家庭农场：10000家", "第二段。", "联系人", "进展情况", "签收"),
        *(
            "保障措施（1项）",
            "（一）用好政策",
            "本单位责任单位（通过各街镇）",
            "牵头单位丙局",
            "职责（1项）",
            "负责日常工作。",
        ),
        *("可能涉及", "领导小组成员单位：二、（三）8．；三、（一）", "确认"),
    ):
        assert words_of_it in content


def test_sheet_repeats_the_unit_and_counts_its_pages() -> None:
    entries = sheet().tasks * 12
    found = pages(pdf.sheet(replace(sheet(), tasks=entries), Templates()))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"第{number}页共{len(found)}页" in squeezed("".join(page))
        assert sum("甲局任务清单" in line for line in page) == (2 if number == 1 else 1)


def test_a_sheet_is_the_same_alone_and_among_others() -> None:
    other = replace(sheet("乙局"), title="另外一份用字完全不同的计划：锂钍镕")
    together = {one.unit: content for one, content in pdf.sheets((sheet(), other), Templates())}
    assert together["甲局"] == pdf.sheet(sheet(), Templates())
    assert list(pdf.sheets((), Templates())) == []


def test_sheets_that_share_their_faces_are_as_each_of_them_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces are cut once for all; where what shares a glyph would change a face, they are cut anew."""
    names = ("甲", "乙", "丙—", "丁·", "戊•", "己·•", "一⼀", "⼀")
    sheets = [replace(sheet(f"{name}局"), tasks=(), duties=(), safeguards=()) for name in names]
    alone = [pdf.sheet(one, Templates()) for one in sheets]
    cuts: list[object] = []
    usual = fonts.carry

    def counted(characters: Iterable[str], choices: fonts.Choices, roles: Sequence[str]) -> fonts.FontSet:
        cuts.append(roles)
        return usual(characters, choices, roles)

    monkeypatch.setattr(fonts, "carry", counted)
    with pdf.shared(sheets, Templates()):
        assert [pdf.sheet(one, Templates()) for one in sheets] == alone
    assert 1 < len(cuts) < len(sheets)
    assert [pdf.sheet(one, Templates()) for one in sheets[:1]] == alone[:1]
    assert len(cuts) < len(sheets) + 1


def test_a_style_sheet_that_was_saved_meanwhile_prints_at_once(tmp_path: Path) -> None:
    own = Templates(tmp_path)
    style = tmp_path / "sheet.css"
    style.write_bytes(Templates().read("sheet.css"))
    one = replace(sheet(), tasks=(), duties=())
    with pdf.shared([one], own):
        before = pdf.sheet(one, own)
        style.write_text(style.read_text("utf-8") + "h1 { color: red }", "utf-8")
        assert pdf.sheet(one, own) != before


def test_a_unit_with_a_very_long_name_keeps_to_the_page() -> None:
    boxes = words(pdf.sheet(replace(sheet(), unit="某" * 300), Templates()))
    assert max(box[3] for box in boxes if box[2] > 25) <= 190.5


def test_every_address_is_a_destination_and_every_heading_stands_in_the_outline() -> None:
    """What a program looks up by name is there, by whichever order it searches; the outline goes down to the fourth level."""
    official = everything()
    with closing(PdfDocument(pdf.official(official, Templates()))) as found:
        for element in official.elements:
            # PDFium takes names in UTF-8 with a byte order mark.
            assert raw.FPDF_GetNamedDestByName(found.raw, b"\xef\xbb\xbf" + element.address.encode()), element.address
        outline = [(entry.level, entry.get_title()) for entry in found.get_toc()]
    heads = [(block.level, block.head) for block in official.blocks if isinstance(block, Paragraph) and block.head]
    assert [entry for entry in outline if entry[0]] == heads
    titles = [section.text(Role.TITLE) for section in official.sections]
    assert [title for level, title in outline if not level] == [title for title in titles if title]


def test_a_clean_pdf_has_an_outline_but_no_destinations() -> None:
    with closing(PdfDocument(pdf.official(everything(), Templates(), clean=True))) as found:
        assert raw.FPDF_CountNamedDests(found.raw) == 0
        assert list(found.get_toc())


def test_types_that_are_read_beforehand_are_those_that_would_be_read_later() -> None:
    """Spelled otherwise each is read when it is asked for."""
    for kind in quick.TYPES:
        otherwise = kind.replace(" *", "  *").replace("[", " [")
        assert otherwise != kind
        assert ffi.typeof(kind) is ffi.typeof(otherwise)
