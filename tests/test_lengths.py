"""Lengths by unit: the conversions, the figures that follow from each other, and each written once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workplan
from workplan import lengths
from workplan.lengths import Em, Mm, Pt
from workplan.measure import standard
from workplan.page import attachment_list, dimensions, geometry
from workplan.page.grids import STRICT
from workplan.render.docx import metrics

ROOT = Path(__file__).parents[1]
PACKAGE = Path(workplan.__file__).parent
TOOLS = ROOT / "tools"
#: Modules, and the scripts that make the Word templates, under names that begin with their rooms.
SOURCES = {
    **{path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))},
    **{path.relative_to(ROOT).as_posix(): path for path in sorted(TOOLS.glob("*docx*.py"))},
}
#: The rooms where a number may be a length.
PLACING = ("page", "render", "measure", "view", "tools")
#: How many of one unit make another.
FACTORS = {25.4, 635, 1440, 12_700, 914_400, 25.4 / 72, 72 / 25.4}
#: Lengths of the page and of the Word documents that follow from figures of ``page.dimensions``.
DERIVED = {579, 28.95, 316, 340, 8844, 12_756, 2098, 1984, 11_906, 16_838, 9525, 1120, 840}
POINTS = st.floats(-2000, 2000).map(Pt)


def numbers(path: Path) -> list[tuple[int, float]]:
    """The numbers that a module writes, each with its line; those in texts of markup too."""
    found: list[tuple[int, float]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Constant(value=float() | int() as value):
                found.append((node.lineno, value))
            case ast.Constant(value=str(text)) if "w:" in text:
                found += [(node.lineno, float(value)) for value in re.findall(r'="(\d+)"', text)]
    return found


@given(POINTS)
def test_a_length_comes_back_from_another_unit(length: Pt) -> None:
    assert lengths.mm_to_pt(lengths.pt_to_mm(length)) == pytest.approx(length)
    assert lengths.px_to_pt(lengths.pt_to_px(length)) == pytest.approx(length)
    assert lengths.em_to_pt(lengths.pt_to_em(length, Pt(16)), Pt(16)) == pytest.approx(length)
    assert lengths.twips_to_pt(lengths.pt_to_twips(length)) == pytest.approx(length, abs=0.025)
    assert lengths.pt_to_emu(length) == pytest.approx(12_700 * length, abs=0.5)


def test_an_inch_is_an_inch_in_every_unit() -> None:
    inch = Mm(25.4)
    assert lengths.mm_to_pt(inch) == pytest.approx(72)
    assert lengths.pt_to_px(Pt(72)) == pytest.approx(96)
    assert lengths.mm_to_inches(inch) == pytest.approx(1)
    assert lengths.mm_to_twips(inch) == lengths.pt_to_twips(Pt(72)) == 1440
    assert lengths.pt_to_emu(Pt(72)) == 914_400
    assert lengths.mm_to_dots(inch, 600) == pytest.approx(600)
    assert lengths.pt_to_dots(Pt(72), 600) == pytest.approx(600)
    assert lengths.dots_to_mm(600, 600) == pytest.approx(25.4)


def test_twips_are_whole_and_those_that_must_not_grow_are_cut() -> None:
    assert lengths.pt_to_twips(Pt(28.99)) == 580
    assert lengths.pt_to_twips_down(Pt(28.99)) == 579
    assert isinstance(lengths.mm_to_twips(Mm(1)), int)


def test_the_word_document_has_the_lengths_that_word_was_seen_to_need() -> None:
    """As the shipped templates have them: 22 lines fill the text block, and so do 28 字 of the strict grid."""
    assert (metrics.LINE, metrics.LOWEST_LINE, metrics.RULED) == (579, 340, 590)
    assert metrics.CHARACTER_PITCH == 316
    assert (metrics.TEXT_WIDTH, metrics.TEXT_HEIGHT) == (8844, 12_756)
    page = metrics.OFFICIAL_PAGE
    assert (page.top, page.right, page.bottom, page.left) == (2098, 1462, 1984, 1588)
    assert page.top + page.bottom + dimensions.LINES * metrics.LINE <= metrics.PAPER_HEIGHT
    assert page.top + page.bottom + dimensions.LINES * (metrics.LINE + 1) > metrics.PAPER_HEIGHT
    room = metrics.PAPER_WIDTH - page.left - page.right
    assert 0 <= room - dimensions.CHARACTERS * metrics.CHARACTER_PITCH < metrics.CHARACTER_PITCH


def test_the_page_is_that_of_the_standard() -> None:
    """Written out here, apart from the module that layout and measuring share."""
    edges = [standard.LEFT, standard.TOP, standard.RIGHT, standard.BOTTOM]
    assert edges == pytest.approx([28, 37, 184, 262])
    outer = [dimensions.RIGHT_MARGIN, dimensions.BOTTOM_MARGIN]
    assert outer == pytest.approx([26, 35])
    measure, height, pitch = dimensions.MEASURE, dimensions.HEIGHT, dimensions.PITCH
    assert measure == pytest.approx(442.2, abs=0.01)
    assert STRICT.pitch * dimensions.CHARACTERS == pytest.approx(measure)
    assert height - 0.02 < dimensions.LINES * pitch < height
    left, end = geometry.DOUBLE_LEFT, Pt(geometry.DOUBLE_TOP + dimensions.DOUBLE)
    assert [lengths.pt_to_mm(left), lengths.pt_to_mm(end)] == pytest.approx([20, 277])


@pytest.mark.parametrize(
    ("text", "first", "turn"),
    [("附件：任务分解表", 2, 5), ("附件：1.任务分解表", 2, 6), ("2.名单", 5, 6), ("10.名单", 5, 6.5), ("名单", 5, 5)],
)
def test_an_entry_of_the_attachment_list_turns_over_under_its_name(text: str, first: float, turn: float) -> None:
    lead, number = attachment_list.label(text)
    assert attachment_list.indents(lead, number, first=text.startswith(lead)) == (Em(first), Em(turn))


def test_the_width_of_the_label_may_be_measured() -> None:
    found = attachment_list.indents("附件：", "1.", first=True, width=lambda label: Em(len(label) / 4))
    assert found == (Em(2), Em(3.25))


@pytest.mark.parametrize("name", SOURCES)
def test_only_one_module_knows_how_many_of_one_unit_make_another(name: str) -> None:
    """A factor by hand is a length whose unit nobody checks."""
    found = [place for place in numbers(SOURCES[name]) if place[1] in FACTORS]
    assert bool(found) == (name == "lengths.py")


@pytest.mark.parametrize("name", [name for name in SOURCES if name.startswith(PLACING)])
def test_no_length_that_follows_from_another_is_written_again(name: str) -> None:
    assert [place for place in numbers(SOURCES[name]) if place[1] in DERIVED] == []


def test_the_shipped_templates_have_the_metrics_of_the_code(tmp_path: Path) -> None:
    """They are what the script makes; whoever edits them in Word makes a template of their own."""
    script = TOOLS / "make_docx_templates.py"
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH", ""))))
    subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    for name in ("official.docx", "sheet.docx"):
        with ZipFile(tmp_path / name) as made, ZipFile(ROOT / "templates" / name) as shipped:
            assert {part: made.read(part) for part in made.namelist()} == {
                part: shipped.read(part) for part in shipped.namelist()
            }
