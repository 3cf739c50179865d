"""The PDF as archives take it: what PDF/A-3 (ISO 19005-3, level U) asks for, and the structure of the text, read back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader

from sample_views import everything, plain, sheet
from tagged import artifacts, structure
from views import masthead_of, replace
from workplan.render import pdf
from workplan.resources.templates import Templates
from workplan.view.sequence import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RDF = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
#: Marks that give their blank half to the line, by various amounts.
_SQUEEZED = "“引号”，（括号）、《书名》；“又”。" * 30


def long_table() -> bytes:
    table = everything().attachments[0].blocks[0]
    assert not isinstance(table, Paragraph)
    return pdf.official(replace(plain("正文。"), blocks=(replace(table, rows=table.rows * 40),)), Templates())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {
        "everything": pdf.official(everything(), Templates()),
        "squeezed": pdf.official(replace(plain(_SQUEEZED), grid="natural"), Templates()),
        "table": long_table(),
        "sheet": pdf.sheet(sheet(), Templates()),
    }


FILES = pytest.mark.parametrize("name", ["everything", "squeezed", "table", "sheet"])


def catalog(reader: PdfReader) -> Any:  # noqa: ANN401 - pypdf's objects
    return reader.trailer["/Root"]


def objects(reader: PdfReader) -> Iterator[Any]:
    """Every dictionary that the file leads to."""
    seen = set[int]()
    left: list[Any] = [reader.trailer]
    while left:
        one = left.pop().get_object()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            yield one
            left += one.values()
        elif isinstance(one, list):
            left += one


@FILES
def test_it_says_what_it_is_and_what_its_colours_mean(files: dict[str, bytes], name: str) -> None:
    reader = PdfReader(io.BytesIO(files[name]))
    root = catalog(reader)
    said = etree.fromstring(root["/Metadata"].get_data())
    assert [said.xpath(f"string(//@pdfaid:{key})", namespaces=_RDF) for key in ("part", "conformance")] == ["3", "U"]
    assert reader.metadata is not None
    assert said.xpath("string(//dc:title/rdf:Alt/rdf:li)", namespaces=_RDF) == reader.metadata.title
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    assert (profile["/N"], profile.get_data()[16:20], profile.get_data()[36:40]) == (3, b"RGB ", b"acsp")
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    identity: Any = reader.trailer["/ID"]
    assert len(identity) == 2
    assert reader.pdf_header == "%PDF-1.7"


@FILES
def test_it_holds_nothing_that_an_archive_refuses(files: dict[str, bytes], name: str) -> None:
    reader = PdfReader(io.BytesIO(files[name]))
    assert not reader.is_encrypted
    assert not {"/OpenAction", "/AA", "/AcroForm", "/OCProperties"} & catalog(reader).keys()
    for one in objects(reader):
        assert one.get("/S") not in {"/JavaScript", "/Launch", "/Transparency"}
        assert one.get("/ca", 1) == one.get("/CA", 1) == 1
        assert "/SMask" not in one
        assert "/EmbeddedFiles" not in one
        assert one.get("/Type") != "/Annot"


def fonts(content: bytes) -> dict[str, Any]:
    reader = PdfReader(io.BytesIO(content))
    return {name: font for page in reader.pages for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]


def widths(font: Any) -> dict[int, float]:  # noqa: ANN401 - pypdf's objects
    given = font["/DescendantFonts"][0]["/W"]
    return {
        first + at: width for first, row in zip(given[::2], given[1::2], strict=True) for at, width in enumerate(row)
    }


@FILES
def test_every_width_is_that_of_the_embedded_face(files: dict[str, bytes], name: str) -> None:
    """ISO 19005-3, 6.2.11.5: within a thousandth of the em, in both places where a face has widths; 6.2.11.7.2: with a meaning."""
    found = fonts(files[name])
    for font in found.values():
        describing = font["/DescendantFonts"][0]["/FontDescriptor"]
        face = TTFont(io.BytesIO(describing["/FontFile3"].get_data()))
        order, em = face.getGlyphOrder(), face["head"].unitsPerEm
        outlines = face["CFF "].cff[0].CharStrings
        assert describing["/FontName"] == font["/BaseFont"] == font["/DescendantFonts"][0]["/BaseFont"]
        assert font["/ToUnicode"].get_data().count(b"> <") >= len(widths(font))
        for glyph, width in widths(font).items():
            drawn = outlines[order[glyph]]
            drawn.draw(_Nothing())
            assert face["hmtx"][order[glyph]][0] * 1000 / em == pytest.approx(width, abs=1)
            assert drawn.width * 1000 / em == pytest.approx(width, abs=1)


class _Nothing:
    """A pen that draws nothing: outlines know their width once they are drawn."""

    def __getattr__(self, _: str) -> Any:  # noqa: ANN401 - whatever a pen does
        return lambda *_: None


def test_squeezed_marks_have_faces_of_their_own(files: dict[str, bytes]) -> None:
    """So that the test above speaks of them too."""
    bases = [font["/BaseFont"] for font in fonts(files["squeezed"]).values()]
    assert len([base for base in bases if base.endswith("FandolFang-Regular")]) > 2
    assert len(set(bases)) == len(bases)


@FILES
def test_what_the_outline_has_is_a_heading_of_its_level(files: dict[str, bytes], name: str) -> None:
    def entries(given: Any, level: int = 1) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - pypdf's objects
        for one in given:
            if isinstance(one, list):
                yield from entries(one, level + 1)
            else:
                yield f"H{level}", one.title

    outline = list(entries(PdfReader(io.BytesIO(files[name])).outline))
    headings = structure(files[name]).all("H1", "H2", "H3", "H4", "H5", "H6")
    assert [(one.kind, squeezed(one.text)) for one in headings] == [(kind, squeezed(title)) for kind, title in outline]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_paragraph_is_one_whatever_lines_and_pages_it_takes(files: dict[str, bytes]) -> None:
    whole = structure(files["squeezed"])
    assert squeezed(_SQUEEZED) in [squeezed(one.text) for one in whole.all("P")]
    content = pdf.official(plain("国" * 1500), Templates())
    assert len(PdfReader(io.BytesIO(content)).pages) > 2
    assert "国" * 1500 in [one.text for one in structure(content).all("P")]


def test_a_heading_at_the_beginning_of_a_paragraph_stands_beside_its_text(files: dict[str, bytes]) -> None:
    whole = structure(files["everything"])
    beside = [one for around in whole.all("Sect", "Document") for one in around.parts]
    place = next(at for at, one in enumerate(beside) if one.text == "1．加强领导。")
    assert [one.kind for one in beside[place : place + 2]] == ["H4", "P"]
    assert squeezed(beside[place + 1].text) == "顺应产业发展规律。" * 8
    assert not [below for one in whole.all("P") for below in one.parts]


def test_a_table_is_one_and_its_header_row_stands_in_it_once(files: dict[str, bytes]) -> None:
    (table,) = structure(files["table"]).all("Table")
    (head,) = table.all("THead")
    assert [one.entry["/A"]["/Scope"] for one in head.all("TH")] == ["/Column"] * len(list(head.all("TH")))
    on_paper = artifacts(files["table"])
    assert head.text not in on_paper[0]
    assert all(head.text in one for one in on_paper[1:])
    assert len(on_paper) > 2


@FILES
def test_the_structure_has_every_text_but_what_is_for_paper_alone(files: dict[str, bytes], name: str) -> None:
    reader = PdfReader(io.BytesIO(files[name]))
    root = catalog(reader)["/StructTreeRoot"]
    back = dict(zip(root["/ParentTree"]["/Nums"][::2], root["/ParentTree"]["/Nums"][1::2], strict=True))
    assert sorted(back) == [page["/StructParents"] for page in reader.pages]
    without_page_numbers = squeezed("".join(page.extract_text() for page in reader.pages))
    paper = sum(len(squeezed(one)) for one in artifacts(files[name]))
    assert len(squeezed(structure(files[name]).text)) == len(without_page_numbers) - paper


def test_a_masthead_that_is_set_as_a_table_is_none_to_readers() -> None:
    joint = replace(plain("正文。"), masthead=masthead_of(("甲市发展和改革委员会", "甲市财政局"), "文件"))
    content = pdf.official(joint, Templates())
    assert not list(structure(content).all("Table"))


def test_what_own_templates_draw_beyond_text_is_tagged_as_weasyprint_does(tmp_path: Path) -> None:
    shipped = Templates().read("official.pdf.html").decode()
    own = shipped.replace("</body>", '<p><a href="https://example.org/">链接</a></p></body>', 1)
    (tmp_path / "official.pdf.html").write_text(own, "utf-8")
    content = pdf.official(plain("正文。"), Templates(tmp_path))
    assert [one.text for one in structure(content).all("Link")] == ["链接"]
    assert list(structure(content).all("H1"))
