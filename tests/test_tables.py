"""Tables on the printed page: text after them stands on the grid again, wide ones turn their pages (GB/T 9704 5.2.3 and 8)."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

from docx_pages import MM, Pages
from reading import squeezed
from sample_views import TABLE, plain
from views import Annex, cell, imprint_of, paragraph, replace, table_of
from workplan.render import pdf
from workplan.resources.templates import Templates
from workplan.view.blocks import Official, PageOptions

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.view.sequence import Block, Paragraph

PITCH = 28.99 * MM
LONG = replace(TABLE, rows=TABLE.rows * 8)
IMPRINT = imprint_of("抄送：某市某局，某市某委员会。", "某市某区人民政府办公室", "2099年12月30日印发")
LETTERS = "甲乙丙丁戊己庚辛"
WIDE = table_of(
    (tuple(cell(f"第{place}列", column=place) for place in range(8)),),
    tuple(tuple(cell(f"{row}行{LETTERS[place]}", column=place) for place in range(8)) for row in range(40)),
    (0.125,) * 8,
)
TURNED = (
    Annex("附件1", "宽表", ("宽表",), (paragraph("说明文字，" * 30), WIDE, paragraph("尾。" * 60))),
    Annex("附件2", "说明", ("说明",), (paragraph("文" * 300),)),
    Annex("附件3", "又一宽表", ("又一宽表",), (WIDE,)),
)


def text(count: int) -> Paragraph:
    return paragraph("国家发展改革开放经济" * count)


@cache
def printed(official: Official) -> bytes:
    return pdf.official(official, Templates())


def pages(official: Official, folder: Path) -> Pages:
    path = folder / "made.pdf"
    path.write_bytes(printed(official))
    return Pages(path)


@pytest.mark.parametrize(
    "blocks",
    [
        (text(30), TABLE, text(20), TABLE, text(30)),
        (text(5), TABLE, TABLE, text(9), TABLE, text(40)),
        (text(12), LONG, text(3), LONG, text(60), TABLE, text(9)),
    ],
)
def test_text_after_tables_stands_on_the_grid_of_22_lines(blocks: tuple[Block, ...], tmp_path: Path) -> None:
    found = pages(replace(plain(), blocks=blocks), tmp_path)
    first = 37 + (PITCH - 16 * MM) / 2 + 0.88 * 16 * MM
    bases = [
        base
        for page in range(len(found))
        for base, _, line in found.text(page)
        if line.startswith(tuple("国家发展改革开放经济"))
    ]
    assert len(bases) > 10
    for base in bases:
        assert (base - first) / PITCH == pytest.approx(round((base - first) / PITCH), abs=0.03)


@pytest.mark.parametrize("mirrored", [False, True])
def test_wide_tables_turn_their_pages_and_leave_the_page_number_where_it_was(mirrored: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    """The dash stands 7 mm below the text block and one 字 from its outer edge once the leaf is turned back."""
    official = replace(plain("正文。"), attachments=TURNED, imprint=IMPRINT, setting=PageOptions(mirrored=mirrored))
    found = pages(official, tmp_path)
    turned = [page for page in range(len(found)) if found.size(page) == (297, 210)]
    assert turned == [1, 2, 3, 4, 6, 7, 8]
    for page in turned:
        even = page % 2 == 1
        binding = 26 if even and mirrored else 28
        top, bottom, *_ = found.ink(page, 0, 210, 0, 34)
        assert (top - binding if even else binding + 156 - bottom) == pytest.approx(14 * MM, abs=0.3)
        dash = found.ink(page, top, top + 4, 0, 34)
        assert 35 - dash[3] == pytest.approx(7, abs=0.3)
        if page not in {1, 4, 6}:  # pages that begin with the table: its heading at the binding or fore edge
            assert any("第7列" in line.replace(" ", "") for *_, line in found.lines(page))
            assert found.ink(page, 20, 100, 40, 200)[0] == pytest.approx(binding, abs=0.3)
            assert found.ink(page, 20, 200, 35, 297)[2:] == pytest.approx((35, 260), abs=0.3)


def test_lines_of_text_on_a_turned_page_fill_225_mm(tmp_path: Path) -> None:
    found = pages(replace(plain("正文。"), attachments=TURNED[:1]), tmp_path)
    long = [line for *_, line in found.lines(1) if line.replace(" ", "").startswith(("字", "说明", "，"))]
    assert max(len(line) for line in long) == 40


def test_the_imprint_follows_a_turned_page_on_an_upright_one(tmp_path: Path) -> None:
    official = replace(plain("正文。"), attachments=TURNED, imprint=IMPRINT)
    found = pages(official, tmp_path)
    last = len(found) - 1
    assert found.size(last) == (210, 297)
    assert found.rules(last)[-1][1] == pytest.approx(262, abs=0.2)


@pytest.mark.parametrize("options", [[], ["-raw"]])
def test_text_comes_out_of_turned_pages_in_order(options: list[str]) -> None:
    official = replace(plain("正文。"), attachments=TURNED[:1])
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=printed(official), capture_output=True, check=True)
    found = squeezed(done.stdout.decode())
    cells = [f"{row}行{one}" for row in range(40) for one in LETTERS]
    places = [found.index(cell) for cell in ("附件1", *cells, "尾。")]
    assert places == sorted(places)
