"""No glyph that lies: what a face draws as another character comes from the next face, in every format that draws."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from docx import Document
from fontTools.ttLib import TTFont
from PIL import ImageFont, ImageOps
from pypdfium2 import PdfDocument

import glyphs
from sample_views import plain
from validators import faults
from views import replace
from workplan import view
from workplan.chinese.characters import PREFIXES
from workplan.compiler import compile_plan
from workplan.page.grids import NATURAL, STRICT, WPS, Grid
from workplan.page.paragraph import compose
from workplan.render import docx, html, pdf
from workplan.resources import fonts, wrong_glyphs
from workplan.resources.templates import Templates
from workplan.source import Memory

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [(face, one, drawn) for face, listed in wrong_glyphs.known().items() for one, drawn in listed.items()]
NAMES = [f"{face}-{one}" for face, one, _ in WRONG]
#: What a plan may well hold, and each face of Fandol draws as $.
TEXT = "全年安排资金￥58,900元，建设粮仓3座。"


def face(postscript: str) -> ImageFont.FreeTypeFont:
    found = fonts.find(postscript)
    assert found is not None
    return ImageFont.truetype(found.file, glyphs.EM, index=found.index, layout_engine=ImageFont.Layout.BASIC)


def right(character: str) -> list[glyphs.Shape]:
    """The character's shapes in Noto."""
    faces = (face(one.postscript) for one in glyphs.references())
    return [drawn for one in faces if (drawn := glyphs.shape(one, character))]


def likeness(drawn: glyphs.Shape, character: str) -> float:
    return min(drawn.distance(one) for one in right(character))


@pytest.mark.parametrize(("postscript", "character", "drawn"), WRONG, ids=NAMES)
def test_each_listed_character_is_drawn_as_the_other_one(postscript: str, character: str, drawn: str) -> None:
    shape = glyphs.shape(face(postscript), character)
    assert shape is not None
    assert likeness(shape, drawn) < likeness(shape, character)


@pytest.mark.parametrize("postscript", wrong_glyphs.known())
def test_the_tool_suspects_what_is_listed_and_not_what_is_right(
    postscript: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each against the shapes of a few characters: each against all the tool compares in minutes."""
    monkeypatch.setattr(glyphs, "TRIED", 0.0)
    monkeypatch.setattr(glyphs, "NEIGHBOURS", 1000)
    listed = wrong_glyphs.known()[postscript]
    others = "的一是在不了有和人这中大为上个国我以要他￡"
    known = sorted({*listed, *listed.values(), *others})
    shapes = tuple(
        {one: drawn for one in known if (drawn := glyphs.shape(face(reference.postscript), one))}
        for reference in glyphs.references()
    )
    own = {one: drawn for one in (*listed, *others) if (drawn := glyphs.shape(face(postscript), one))}
    found = glyphs.Comparison(shapes).suspects(own, own)
    suspected = {suspect.character for suspect in found if suspect.reason.startswith("nearer")}
    assert suspected <= set(listed)
    assert "￥" in suspected
    assert len(suspected) > 0.8 * len(listed)


def test_what_was_looked_at_and_found_right_is_not_listed_as_wrong() -> None:
    for postscript, listed in glyphs.odd().items():
        assert not listed.keys() & wrong_glyphs.known().get(postscript, {}).keys()


def test_a_character_that_a_face_draws_wrongly_comes_from_another_face() -> None:
    carried = fonts.carry({one for _, one, _ in WRONG})
    held = {one.name: set(TTFont(io.BytesIO(one.data)).getBestCmap()) for one in carried.faces}
    for postscript, listed in wrong_glyphs.known().items():
        assert not held.get(postscript, set()) & set(map(ord, listed))
    for _, stack in carried.stacks:
        assert all(any(ord(one) in held[name] for name in stack) for _, one, _ in WRONG)


def painted(content: bytes, character: str) -> list[glyphs.Shape]:
    """What the pages of a PDF show where they say that the character stands."""
    found = []
    with closing(PdfDocument(content)) as document:
        for page in document:
            image = ImageOps.invert(page.render(scale=8).to_pil().convert("L"))
            texts = page.get_textpage()
            for place, one in enumerate(texts.get_text_range()):
                if one == character:
                    left, bottom, right_, top = texts.get_charbox(place, loose=True)
                    box = (left, page.get_height() - top, right_, page.get_height() - bottom)
                    shape = glyphs.brought(image.crop(tuple(round(8 * edge) for edge in box)))
                    assert shape is not None
                    found.append(shape)
    return found


@pytest.mark.parametrize("grid", ["strict", "natural", "wps"])
def test_the_pdf_shows_the_sign_that_was_written(grid: str) -> None:
    """Read by code point a wrong glyph passes: so what is painted is compared with the shapes of both signs."""
    content = pdf.official(replace(plain(TEXT), grid=grid), Templates())
    (sign,) = painted(content, "￥")
    assert likeness(sign, "￥") < likeness(sign, "$")


def test_a_heading_in_the_regular_script_shows_what_was_written() -> None:
    family = (("仿宋", "FandolKai"),)
    (drawn,) = painted(pdf.official(replace(plain(TEXT), faces=family), Templates()), "仓")
    assert likeness(drawn, "仓") < likeness(drawn, "仑")


def test_a_docx_gives_such_characters_a_face_that_has_them_right(tmp_path: Path) -> None:
    """Programs that lack an office's faces take the open ones that stand in for them."""
    path = tmp_path / "official.docx"
    path.write_bytes(docx.official(plain(TEXT, "没有这种字。"), Templates(), clean=False))
    assert faults(path) == []
    (paragraph,) = [one for one in Document(str(path)).paragraphs if "￥" in one.text]
    assert paragraph.text == TEXT
    apart = {run.text for run in paragraph.runs if "Noto Serif CJK SC" in run._r.xml}  # noqa: SLF001 - East Asian faces have no other way
    assert apart == {"￥", "仓"}
    table = zipfile.ZipFile(path).read("word/fontTable.xml").decode()
    assert re.search(r'w:name="Noto Serif CJK SC"><w:altName w:val="宋体"/>', table)


def test_a_docx_without_such_characters_names_no_other_face() -> None:
    content = docx.official(plain("没有这种字。"), Templates(), clean=False)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"Noto" in parts.read(name) for name in parts.namelist())


def test_the_web_page_takes_such_characters_from_another_face_before_it_comes_to_an_open_one() -> None:
    page = html.official(plain(TEXT), Templates(), clean=False).decode()
    ranges = re.search(r"unicode-range: ([^;]*);", page)
    assert ranges
    assert {chr(int(code.removeprefix("U+"), 16)) for code in ranges[1].split(", ")} == wrong_glyphs.anywhere()
    for families in re.findall(r"font(?:-family)?: ([^;]*Fandol[^;]*);", page):
        assert families.index('"as written"') < families.index("Fandol")


@pytest.mark.parametrize("grid", [STRICT, NATURAL, WPS], ids=["strict", "natural", "wps"])
@pytest.mark.parametrize("sign", sorted(PREFIXES))
def test_a_sign_before_a_number_never_ends_a_line(sign: str, grid: Grid) -> None:
    for before in range(20, 32):
        text = "资" * before + f"{sign}58，另有{sign} 7。" + "金" * 10
        for line in compose(text, grid)[:-1]:
            assert not line.text.rstrip().endswith(sign), line.text


@pytest.mark.parametrize("sign", ["￥", "№", "￡"])
def test_nor_does_it_in_lines_that_are_broken_by_the_pdfs_own_engine(sign: str) -> None:
    """Task sheets leave their lines to it."""
    items = "".join(
        f"  - {{title: 甲, text: '{'资' * before}{sign}58,900元。', units: 甲局}}\n" for before in range(20, 48)
    )
    files = {
        "document.yaml": "title: 样本\nparts: [tasks]\n",
        "tasks.yaml": f"kind: tasks\nitems:\n{items}",
        "../units.yaml": "units:\n  - {name: 甲局}\n",
    }
    plan = compile_plan(Memory(files)).plan
    assert plan is not None
    (one,) = view.sheets(plan, ("甲局",))
    content = pdf.sheet(one, Templates())
    with closing(PdfDocument(content)) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    assert sum(sign in line for line in lines) >= 28
    assert [line for line in lines if line.rstrip().endswith(sign)] == []
