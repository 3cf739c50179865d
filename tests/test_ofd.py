"""The OFD (GB/T 33190-2016): glyph by glyph the pages of the PDF, in a package that is sound, and the same each time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from fixed_pages import Glyph, Ofd, are_near, drawn, inked, of_pdf
from issued import rows
from sample_views import everything, plain, sheet
from views import Annex, cell, masthead_of, replace, table_of
from workplan.importing.piece import Paragraph, Piece, Table
from workplan.importing.readers.ofd.reader import read as read_ofd
from workplan.importing.readers.pdf.reader import read as read_pdf
from workplan.render import ofd, pdf
from workplan.resources.templates import Templates
from workplan.view.blocks import PageOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.render.pdf.drawn import Drawn
    from workplan.view.blocks import Official

    Run = Callable[..., CompletedProcess[str]]
    Project = Callable[[Mapping[str, str | bytes | None]], Path]

NAMES = ("everything", "long name", "joint", "letter", "wide", "natural", "sheet")
EACH = pytest.mark.parametrize("name", NAMES)


def documents() -> dict[str, Official]:
    wide = table_of((), (tuple(cell(str(place)) for place in range(8)),) * 2, (0.125,) * 8)
    long = "中国共产党某某自治区某某自治州某某自治县委员会农村工作领导小组办公室"
    return {
        "everything": everything(),
        "long name": replace(plain("正文。"), masthead=masthead_of((long,), "文件")),
        "joint": replace(plain("正文。"), masthead=masthead_of(("某市发展和改革委员会", "某市财政局"), "文件")),
        "letter": replace(plain("正文。" * 300), setting=PageOptions(letter=True)),
        "wide": replace(plain("正文。"), attachments=(Annex("附件", "宽表", ("宽表",), (wide,)),)),
        "natural": replace(
            plain("“引号”，2022年1．10（括号）、《书名》；“又” well-known ·• A&B <x>。" * 20), grid="natural"
        ),
    }


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[bytes, Ofd]]:
    """The PDF and the OFD of each."""
    made = {}
    for name, document in documents().items():
        content = pdf.official(document, Templates())
        made[name] = content, Ofd(ofd.official(document, Templates()))
    ((_, one),) = ofd.sheets((sheet(),), Templates())
    made["sheet"] = pdf.sheet(sheet(), Templates()), Ofd(one)
    return made


def in_place(glyphs: list[Glyph]) -> list[Glyph]:
    """By their places, blanks left out: PDFium tells marks that share a place in an order of its own."""
    shown = [glyph for glyph in glyphs if not glyph[0].isspace()]
    return sorted(shown, key=lambda glyph: (round(glyph[2]), round(glyph[1], 1), glyph[0]))


@EACH
def test_every_glyph_is_that_of_the_pdf_and_stands_within_a_hundredth_of_a_millimetre(
    files: dict[str, tuple[bytes, Ofd]], name: str
) -> None:
    content, made = files[name]
    # PDFium tells a hyphen at the end of a line by a character of its own.
    want = [[(text.replace("\x02", "-"), x, y) for text, x, y in page] for page in of_pdf(content)]
    found = made.glyphs()
    assert len(found) == len(want)
    for page, other in ((in_place(mine), in_place(theirs)) for mine, theirs in zip(found, want, strict=True)):
        assert [glyph[0] for glyph in page] == [glyph[0] for glyph in other]
        for (_, x, y), (_, across, down) in zip(page, other, strict=True):
            assert x == pytest.approx(across, abs=0.01)
            assert y == pytest.approx(down, abs=0.01)


@EACH
def test_rules_and_tables_are_areas_and_lines_where_the_pdf_has_them(
    files: dict[str, tuple[bytes, Ofd]], name: str
) -> None:
    content, made = files[name]
    for page, _ in enumerate(made.pages):
        ink = inked(content, page)
        assert are_near(ink, drawn(made.shapes(page), ink))


def test_ink_that_is_elsewhere_is_seen(files: dict[str, tuple[bytes, Ofd]]) -> None:
    content, made = files["long name"]
    ((colour, (left, top, right, bottom)),) = made.shapes(0)
    ink = inked(content, 0)
    assert not are_near(ink, drawn([(colour, (left, top + 0.5, right, bottom + 0.5))], ink))
    assert not are_near(ink, drawn([], ink))


def test_the_red_head_is_red(files: dict[str, tuple[bytes, Ofd]]) -> None:
    made = files["long name"][1]
    heads = [one for one in made.pages[0].iter("{*}TextObject") if one.find("{*}FillColor") is not None]
    assert {one.find("{*}FillColor").get("Value") for one in heads} == {"255 0 0"}
    assert any(float(one.get("CTM").split()[0]) < 0.9 for one in heads if one.get("CTM")), "it is narrowed"
    (rule,) = [box for colour, box in made.shapes(0) if colour == "255 0 0"]
    assert rule[2] - rule[0] == pytest.approx(156, abs=0.01)


@EACH
def test_no_text_begins_or_ends_with_a_blank(files: dict[str, tuple[bytes, Ofd]], name: str) -> None:
    """Readers drop such blanks, and then give their places to other characters."""
    said = [one.text for page in files[name][1].pages for one in page.iter("{*}TextCode")]
    assert said == [text.strip() for text in said]


def test_page_numbers_of_turned_pages_are_turned(files: dict[str, tuple[bytes, Ofd]]) -> None:
    made = files["wide"][1]
    page = next(one for one in made.pages if one.findtext(".//{*}PhysicalBox") == "0 0 297 210")
    turned = [one for one in page.iter("{*}TextObject") if one.get("CTM", "").startswith(("0 1 -1 0", "-0 1 -1"))]
    assert ["— " in one.findtext("{*}TextCode", "") for one in turned] == [True]


@EACH
def test_faces_have_every_character_that_is_set_in_them(files: dict[str, tuple[bytes, Ofd]], name: str) -> None:
    made = files[name][1]
    known = {number: TTFont(io.BytesIO(data)).getBestCmap() for number, data in made.faces.items()}
    used = set()
    for one in (one for page in made.pages for one in page.iter("{*}TextObject")):
        used.add(one.get("Font"))
        assert {ord(character) for character in one.findtext("{*}TextCode", "")} <= known[one.get("Font")].keys()
    assert used == known.keys()


@EACH
def test_the_package_holds_what_it_names_and_no_number_twice(files: dict[str, tuple[bytes, Ofd]], name: str) -> None:
    made = files[name][1]
    trees = [made.tree(part) for part in made.parts if part.endswith(".xml")]
    numbers = [one.get("ID") for tree in trees for one in tree.iter() if one.get("ID")]
    assert len(set(numbers)) == len(numbers)
    (most,) = made.find(made.root, "//ofd:MaxUnitID")
    assert max(map(int, numbers)) == int(most.text)
    pages = [made.beside(made.root, one.get("BaseLoc")) for one in made.find(made.root, "//ofd:Pages/ofd:Page")]
    files_of_faces = {part for part in made.parts if part.startswith("Doc_0/Res/")}
    assert {"OFD.xml", made.root, "Doc_0/PublicRes.xml", *pages, *files_of_faces} == made.parts.keys()
    assert len(files_of_faces) == len(made.faces)


def test_it_knows_title_issuer_number_and_date(files: dict[str, tuple[bytes, Ofd]]) -> None:
    made = files["natural"][1]
    told = {one.tag.rpartition("}")[2]: one.text for one in made.find("OFD.xml", "//ofd:DocInfo/*")}
    assert told["Title"] == "2099年某区重点工作要点"
    assert told["Author"] == "某市某区人民政府办公室"
    assert told["CreationDate"] == "2099-01-02"
    assert len(told["DocID"]) == 32
    (number,) = made.find("OFD.xml", "//ofd:CustomData[@Name='发文字号']")
    assert number.text == "某府办〔2099〕12号"


def test_its_outline_is_that_of_the_pdf(files: dict[str, tuple[bytes, Ofd]]) -> None:
    content, made = files["everything"]

    def titles(given: object) -> list[object]:
        entries = given if isinstance(given, list) else []
        return [titles(one) if isinstance(one, list) else one.title for one in entries]

    def flat(given: list[object]) -> list[object]:
        return [part for one in given for part in (flat(one) if isinstance(one, list) else [one])]

    outline = made.find(made.root, "//ofd:OutlineElem")
    assert [one.get("Title") for one in outline] == flat(titles(PdfReader(io.BytesIO(content)).outline))
    pages = {one.get("ID") for one in made.find(made.root, "//ofd:Pages/ofd:Page")}
    assert {one.get("PageID") for one in made.find(made.root, "//ofd:Dest")} <= pages


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (ofd.official(everything(), Templates()) for _ in range(2))
    assert first == second


def test_what_was_just_printed_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document, templates, counted = plain("正文。"), Templates(), list[object]()
    usual = pdf.drawn_official

    def counting(official: Official, templates: Templates, *, clean: bool = False) -> Drawn:
        counted.append(official)
        return usual(official, templates, clean=clean)

    monkeypatch.setattr(pdf, "drawn_official", counting)
    pdf.official(document, templates)
    made = ofd.official(document, templates)
    assert len(counted) == 1
    assert ofd.official(document, templates) == made, "and what is not at hand is"
    assert len(counted) == 2
    pdf.official(plain("另一份。"), templates)
    assert "另" not in "".join(glyph[0] for page in Ofd(ofd.official(document, templates)).glyphs() for glyph in page)


def said(piece: Piece) -> str:
    """What a piece says, blanks left out: they are glyphs only in a PDF's own reading."""
    text = piece.text if isinstance(piece, Paragraph) else str(rows(piece)) if isinstance(piece, Table) else str(piece)
    return "".join(text.split())


def test_import_reads_in_it_what_it_reads_in_the_pdf(files: dict[str, tuple[bytes, Ofd]]) -> None:
    content, made = files["everything"]
    one, other = read_ofd(made.content, "a.ofd"), read_pdf(content, "a.pdf")
    assert [said(piece) for piece in one.pieces] == [said(piece) for piece in other.pieces]


def test_what_ofd_has_no_words_for_is_a_picture_below_the_text(tmp_path: Path) -> None:
    shipped = Templates().read("official.css").decode()
    shade = "section { background: linear-gradient(90deg, #ffffff, #0000ff); }"
    (tmp_path / "official.css").write_text(f"{shipped}\n{shade}", "utf-8")
    document = plain("正文。")
    made = Ofd(ofd.official(document, Templates(tmp_path)))
    page = made.pages[0]
    (picture,) = page.iter("{*}ImageObject")
    assert next(one.tag for one in page.iter("{*}ImageObject", "{*}TextObject")).endswith("ImageObject")
    (listed,) = made.find("Doc_0/DocumentRes.xml", f"//ofd:MultiMedia[@ID='{picture.get('ResourceID')}']")
    (file,) = listed
    with Image.open(io.BytesIO(made.parts[f"Doc_0/Res/{file.text}"])) as opened:
        assert opened.size == (2481, 3508)
        red, green, blue = opened.getpixel((2000, 1700))  # type: ignore[misc]
    assert blue == 255
    assert red < 200
    assert red == green
    assert not list(page.iter("{*}PathObject")), "rules are in the picture"
    want = [glyph[0] for glyph in of_pdf(pdf.official(document, Templates(tmp_path)))[0] if not glyph[0].isspace()]
    assert [glyph[0] for glyph in made.glyphs()[0] if not glyph[0].isspace()] == want


def test_a_build_makes_it_of_the_document_and_of_sheets_where_it_is_named(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训, units: 区教育局}\n"})
    assert run("build").returncode == 0
    folder = root / "build/2022"
    assert sorted(path.name for path in folder.rglob("*.ofd")) == ["official.ofd"]
    assert run("build", "--format", "ofd", "-o", "other").returncode == 0
    other = root / "other/2022"
    assert sorted(path.name for path in other.rglob("*.*")) == ["manifest.json", "official.ofd", "区教育局.ofd"]
    assert (other / "official.ofd").read_bytes() == (folder / "official.ofd").read_bytes()
    assert "培训" in "".join(glyph[0] for glyph in Ofd((other / "sheets/区教育局.ofd").read_bytes()).glyphs()[0])
    assert run("build", "--verify").returncode == 0
