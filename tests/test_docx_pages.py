"""The DOCX beside the PDF of the same document: as many pages in LibreOffice, and most lines the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from docx_pages import Pages
from reading import pdf as read_pages
from sample_views import plain
from views import imprint_of, replace
from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx, pdf
from workplan.resources import office
from workplan.resources.templates import Templates
from workplan.source import Directory, Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from workplan.view.blocks import Official

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = sorted(path.parent for at in ("plan", "tests/plans/*/plan") for path in ROOT.glob(f"{at}/*/document.yaml"))
#: The least share of the lines of the two long plans that are the same. Programs that squeeze marks, as WPS does on its grid,
#: have more of the last.
LINES = {"strict": 0.85, "natural": 0.8, "wps": 0.4}
LONG = [(folder, grid) for folder in ("plan/2022", "plan/2023") for grid in LINES]

Both = tuple[list[list[str]], list[list[str]]]


def official(folder: str | Path) -> Official:
    plan = compile_plan(Directory(ROOT / folder)).plan
    assert plan is not None
    return view.official(plan)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pages, Pages]:
    """The task sheet of the unit with most tasks, with blanks to fill in: the PDF, and the DOCX as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("sheets")
    plan = compile_plan(Directory(ROOT / "plan/2022")).plan
    assert plan is not None
    (sheet,) = view.sheets(plan, ["区政府合作交流办"], ("完成情况", "存在问题"))
    (folder / "own.pdf").write_bytes(pdf.sheet(sheet, Templates()))
    (folder / "word.docx").write_bytes(docx.sheet(sheet, Templates()))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "word.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return Pages(folder / "own.pdf"), Pages(folder / "word.pdf")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Both]:
    """The lines of the pages of the PDF and of the DOCX, by folder or by folder and grid; one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("both")
    made = {str(one.relative_to(ROOT)): official(one) for one in FOLDERS}
    made |= {f"{one} {grid}": replace(made[one], grid=grid) for one, grid in LONG}
    paths = {name: (folder / f"{place}-own.pdf", folder / f"{place}.docx") for place, name in enumerate(made)}
    for name, (own, word) in paths.items():
        own.write_bytes(pdf.official(made[name], Templates()))
        word.write_bytes(docx.official(made[name], Templates()))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    words = [str(word) for _, word in paths.values()]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *words]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return lambda name: (lines(paths[name][0]), lines(paths[name][1].with_suffix(".pdf")))


def lines(path: Path) -> list[list[str]]:
    """The lines of every page that has text, without blanks and page numbers."""
    pages = [[re.sub(r"\s", "", line) for line in page.split("\n")] for page in read_pages(path, "-layout")]
    texts = [[line for line in page if line and not re.fullmatch(r"—\d+—", line)] for page in pages]
    return [page for page in texts if page]


def share(both: Both) -> float:
    """The share of the PDF's lines that the DOCX has too, in order."""
    own, word = ([line for page in pages for line in page] for pages in both)
    blocks = SequenceMatcher(None, own, word, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(own)


@pytest.mark.parametrize("folder", [str(one.relative_to(ROOT)) for one in FOLDERS])
def test_every_plan_of_the_repository_has_as_many_pages_in_word_as_in_pdf(
    printed: Callable[[str], Both], folder: str
) -> None:
    own, word = printed(folder)
    assert len(word) == len(own)


@pytest.mark.parametrize(("folder", "grid"), LONG)
def test_pages_and_most_lines_are_those_of_the_pdf_on_every_grid(
    printed: Callable[[str], Both], folder: str, grid: str
) -> None:
    both = printed(f"{folder} {grid}")
    assert len(both[0]) == len(both[1])
    assert share(both) >= LINES[grid]


def test_lines_of_copies_that_end_in_a_squeezed_mark_do_not_turn_over_in_word() -> None:
    """A line more would push 版记 to a page of its own."""
    copies = "抄送：" + "，".join(["区委各部门，区人大常委会办公室，区政协办公室，区法院"] * 3) + "。"
    imprint = imprint_of(copies, "云溪区人民政府办公室", "2031年12月28日印发")
    made = replace(plain("国" * 500), imprint=imprint)
    word = pypdfium2.PdfDocument(office.pdf_of(docx.official(made, Templates()), "official.docx"))
    own = pypdfium2.PdfDocument(pdf.official(made, Templates()))
    assert len(own) == len(word)
    for printed in (own, word):
        lines = printed[len(printed) - 1].get_textpage().get_text_range().splitlines()
        assert [line.strip()[-4:] for line in lines if "区法" in line] == ["区法院，", "区法院，", "区法院。"]


CROWDED = """\
issuer: [中共云溪区委组织部, 中共云溪区委社会工作部, 云溪区民政局, 云溪区财政局, 云溪区退役军人事务局, 云溪区妇女联合会]
copy: "000012"
secrecy: 机密★1年
urgency: 特急
number: 云溪组〔2031〕1号
title: 2031年云溪区重点工作要点
parts:
  - kind: tasks
    title: 重点任务
    style: {titles: own-line}
    items:
      - title: 推进行动
        items: [{title: 抓好落实, text: TEXT}, {title: 抓好督查, text: TEXT}, {title: 抓好考核, text: TEXT}]
date: 2031-02-01
"""


def test_a_crowded_head_leaves_text_on_the_first_page_and_the_seals_their_room() -> None:
    """Only its own blank lines are given up: the signatures stand on another page, and their seals must not touch (7.3.5.1)."""
    text = "各镇街要把学位建设摆在突出位置，扎实推进学校改扩建，确保完成率达到预期目标。" * 9
    plan = compile_plan(
        Memory({"document.yaml": CROWDED.replace("TEXT", text), "../units.yaml": "units: [区民政局]\n"})
    ).plan
    assert plan is not None
    official = view.official(plan)
    own = pypdfium2.PdfDocument(pdf.official(official, Templates()))
    word = pypdfium2.PdfDocument(office.pdf_of(docx.official(official, Templates()), "official.docx"))
    assert len(own) == len(word)
    for printed in (own, word):
        assert "各镇街" in printed[0].get_textpage().get_text_range()
        last = printed[len(printed) - 1].get_textpage()
        tops = [
            last.get_charbox(last.search(name).get_next()[0])[3] for name in ("云溪区民政局", "云溪区退役军人事务局")
        ]
        assert tops[0] - tops[1] > 4 * 28.9  # a seal is at least 42 mm high


def test_a_task_sheet_looks_in_word_as_it_does_in_pdf(sheets: tuple[Pages, Pages]) -> None:
    """Every line that begins with the same words stands at the same place, within 1.5 mm down and 0.2 mm across."""
    assert len(sheets[0]) == len(sheets[1]) == 3
    compared = 0
    for page in range(3):
        own, word = (firsts(one, page) for one in sheets)
        assert list(own) == list(word)
        for words, (base, left) in own.items():
            assert word[words][0] == pytest.approx(base, abs=1.5), words
            assert word[words][1] == pytest.approx(left, abs=0.2), words
            compared += 1
    assert compared > 30


#: How lines begin that are no running text: labels, headings, titles of tasks.
FIRST = re.compile(r"单位全称|印发单位|文号|日期|共计|本单位|所属部分|其他责任单位|任务（|保障措施（|可能涉及|\d+．")


def firsts(pages: Pages, page: int) -> dict[tuple[str, int], tuple[float, float]]:
    """The baseline and the left edge of each such line of a page, by its first words and how often they stood before."""
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for base, left, text in pages.lines(page):
        if left < 23 and (words := FIRST.match(re.sub(r"\s", "", text))):
            found[words[0], sum(key[0] == words[0] for key in found)] = (base, left)
    return found
