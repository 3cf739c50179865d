"""What ``measure`` takes from the XML of a DOCX, since LibreOffice's pages do not show it: the faces, and the character grid."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from measuring import rules, values
from typed_pages import FACE, TEXT, baseline, closing, folio, full, line, opening, paper
from workplan.diagnostic import Severity
from workplan.lengths import Mm
from workplan.measure import of_pages
from workplan.measure.asked import Asked, CharacterGrid, asked
from workplan.measure.faces import face_class, is_same_face
from workplan.measure.page import Font, GlyphLine
from workplan.measure.replaced import as_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
DEFAULTS = '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体" w:ascii="Calibri"/></w:rPr></w:rPrDefault></w:docDefaults>'


def docx(body: str, styles: str = DEFAULTS, parts: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    whole = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        **(parts or {}),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, run: str = "", own: str = "") -> str:
    return f"<w:p><w:pPr>{own}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def style(name: str, face: str = "", based: str = "", *, usual: bool = False) -> str:
    fonts = f'<w:rPr><w:rFonts w:eastAsia="{face}"/><w:sz w:val="32"/></w:rPr>' if face else ""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = ' w:default="1"' if usual else ""
    return f'<w:style w:type="paragraph"{default} w:styleId="{name}">{base}{fonts}</w:style>'


# ------------------------------------------------------------------------------------------------- the XML


def test_a_face_is_that_of_the_run_its_styles_their_bases_or_the_defaults() -> None:
    styles = DEFAULTS + style("Body", "仿宋_GB2312") + style("Text", based="Body")
    body = (
        paragraph("甲", '<w:rFonts w:eastAsia="黑体"/>', '<w:pStyle w:val="Text"/>')
        + paragraph("乙", "", '<w:pStyle w:val="Text"/>')
        + paragraph("丙1")
    )
    found = asked(docx(body, styles), "文件.docx")
    assert list(zip(found.text, found.faces, strict=True)) == [
        ("甲", "黑体"),
        ("乙", "仿宋_GB2312"),
        ("丙", "宋体"),
        ("1", "Calibri"),
    ]


def test_the_usual_style_holds_where_a_paragraph_names_none() -> None:
    assert asked(docx(paragraph("甲"), DEFAULTS + style("Normal", "仿宋", usual=True)), "文件.docx").faces == ("仿宋",)


def test_a_face_of_the_theme_is_looked_up_there() -> None:
    theme = (
        f'<a:theme {A}><a:minorFont><a:latin typeface="Cambria"/><a:ea typeface=""/>'
        '<a:font script="Hans" typeface="等线"/></a:minorFont></a:theme>'
    )
    body = paragraph("甲", '<w:rFonts w:eastAsiaTheme="minorEastAsia" w:eastAsia="宋体"/>')
    assert asked(docx(body, parts={"word/theme/theme1.xml": theme}), "文件.docx").faces == ("等线",)


def test_a_style_based_on_itself_ends() -> None:
    body = paragraph("甲", "", '<w:pStyle w:val="Loop"/>')
    assert asked(docx(body, DEFAULTS + style("Loop", based="Loop")), "文件.docx").faces == ("宋体",)


@pytest.mark.parametrize(
    ("kind", "space", "count"),
    [
        ("linesAndChars", -849, 28),
        ("linesAndChars", 0, 27),
        ("lines", -849, None),
    ],
)
def test_the_character_grid_is_counted_from_paper_margins_size_and_spacing(
    kind: str, space: int, count: int | None
) -> None:
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1588" w:right="1474" w:top="2098" w:bottom="1984"/>'
        f'<w:docGrid w:type="{kind}" w:linePitch="579" w:charSpace="{space}"/></w:sectPr>'
    )
    content = docx(paragraph("甲") + section, DEFAULTS + style("Normal", "仿宋_GB2312", usual=True))
    grid = asked(content, "文件.docx").grid
    assert (grid and grid.characters) == count
    assert grid is None or grid.left == pytest.approx(28, abs=0.02)


# ------------------------------------------------------------------------------------------------- on the pages


def _lines(font: Font) -> list[GlyphLine]:
    lines = [opening(1, 0), full(1, 1), full(1, 2), closing(1, 3)]
    return [line(1, one.left, one.baseline, one.text, font=font) for one in lines]


def _as_if(name: str, font: Font = FACE) -> Asked:
    text = "".join(one.text for one in _lines(font))
    return Asked(text=text, faces=(name,) * len(text))


def test_faces_are_judged_by_the_document_and_what_was_printed_is_told() -> None:
    """A sans serif stands in for the face that the document asks for, and that this machine has not."""
    sans = Font("NotoSansCJKjp-Regular", embedded=True)
    pages = (paper(1, [*_lines(sans), folio(1)]),)
    assert "body-face" in rules(of_pages(pages, "文件.docx"))
    report = of_pages(as_asked(pages, _as_if("方正仿宋简体")), "文件.docx")
    assert rules(report) == {"font-replaced": Severity.INFO}
    assert values(report)["font-replaced"] == "方正仿宋简体 → NotoSansCJKjp-Regular"
    assert values(report)["body-face"] == "仿宋"


def test_a_wrong_face_of_the_document_is_found_whatever_was_printed() -> None:
    report = of_pages(as_asked((paper(1, [*_lines(FACE), folio(1)]),), _as_if("华文楷体")), "文件.docx")
    assert rules(report)["body-face"] is Severity.WARNING
    assert values(report)["body-face"] == "楷体"


def test_a_face_under_its_other_name_is_not_replaced() -> None:
    printed = Font("SimHei", embedded=True)
    report = of_pages(as_asked((paper(1, [*_lines(printed), folio(1)]),), _as_if("黑体", printed)), "文件.docx")
    assert "font-replaced" not in rules(report)
    assert is_same_face("仿宋_GB2312", "FangSong_GB2312")
    assert not is_same_face("仿宋_GB2312", "FangSong")
    assert face_class("华文中宋") == "", "it is neither 宋体 nor 小标宋"


def test_words_that_the_document_does_not_have_get_no_face() -> None:
    """What Word makes itself, numbers and fields, is not judged."""
    pages = (paper(1, [*_lines(FACE), folio(1)]),)
    report = of_pages(as_asked(pages, Asked(text="别的文字", faces=("宋体",) * 4)), "文件.docx")
    assert "body-face" not in values(report)


def test_on_a_character_grid_widths_are_those_of_the_document() -> None:
    """LibreOffice centres a grid of its own, of 27 字 and 1.5 mm further in."""
    lines = [line(1, 29.5, baseline(row), (TEXT * 2)[row : row + 27]) for row in range(20)]
    pages = (paper(1, [*lines, folio(1)]),)
    assert {"left-margin", "character-count"} <= set(rules(of_pages(pages, "文件.docx")))
    report = of_pages(pages, "文件.docx", CharacterGrid(Mm(28.0), 28))
    assert rules(report) == {}
    assert values(report)["character-count"] == 28
