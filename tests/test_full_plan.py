"""The made-up plans print, in every form, the texts written by hand in ``plans/full``."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from full_plans import FULL, YEARS, every_year, expected, official, result
from reading import lines, pdf, squeezed, unrepeated, web, word
from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import Severity
from workplan.render import text
from workplan.resources.templates import Templates
from workplan.source import Memory
from workplan.view.sequence import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workplan.view.blocks import Official
    from workplan.view.sequence import Cell


# ------------------------------------------------------------------------------------------------------ compiling


#: The oddities that the plans are made of, as a clerk would remark on them: file, line, rule.
REMARKS = {
    "2031": [
        ("demands", 14, "single-item"),
        ("safeguards", 2, "number-order"),
        ("safeguards", 17, "no-units"),
        ("tasks", 19, "open-list"),
        ("tasks", 28, "wavering-label"),
        ("tasks", 45, "no-units"),
        ("tasks", 51, "number-order"),
        ("tasks", 71, "number-order"),
        ("tasks", 75, "no-units"),
        ("tasks", 82, "open-list"),
        ("units", 26, "empty-group"),
    ],
    "2032": [("document", 5, "missing-date"), ("tasks", 13, "no-units")],
    "2033": [],
    "2034": [],
}


@every_year
def test_no_findings_but_the_oddities_that_a_clerk_would_remark_on(year: str) -> None:
    """Only the rules on who does what and in which order are asked; how words are written is not these plans' matter."""
    rules = {rule for remarks in REMARKS.values() for *_, rule in remarks}
    found = [one for one in result(year).diagnostics if one.rule in rules or one.severity is Severity.ERROR]
    assert [(Path(one.span.file).stem, one.span.line, one.rule) for one in found] == REMARKS[year]


def test_a_plan_sets_the_level_of_a_finding() -> None:
    found = {one.rule: one.severity for one in result("2032").diagnostics}
    assert found["missing-date"] is Severity.INFO


def test_the_command_finds_no_error_either(run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert run("check", *(FULL / "plan" / year for year in YEARS)).returncode == 0


def test_room_for_a_number_is_a_finding_wherever_it_prints() -> None:
    """A masthead of its own wording leaves that room even where nobody is named as issuer; ``none`` and nobody do not."""
    files = {"../units.yaml": "units: []", "document.yaml": ""}
    for frame, wanted in (
        ("masthead: 云溪专刊", 1),
        ("issuer: 云溪区政府", 1),
        ("masthead: none", 0),
        ('issuer: ""', 0),
    ):
        files["document.yaml"] = f"title: 要点\ndate: 2033-01-01\nparts: [{{kind: prose, text: 正文。}}]\n{frame}\n"
        made = compile_plan(Memory(files, "2033"))
        assert made.plan is not None
        assert [one.rule for one in made.diagnostics] == ["missing-number"] * wanted
        assert view.official(made.plan).number == "〔2033〕　号" * wanted


# ------------------------------------------------------------------------------------------------ the printed text


@every_year
def test_the_text_is_that_written_by_hand(year: str) -> None:
    """To the letter, tabs between cells included; empty lines part the blocks and mean nothing."""
    assert lines(text.official(official(year), Templates()).decode()) == lines(expected(year))


@every_year
def test_the_built_text_is_that_written_by_hand(year: str, built: Callable[[Path], Path]) -> None:
    assert lines((built(FULL / "plan" / year) / "official.txt").read_text("utf-8")) == lines(expected(year))


@every_year
def test_html_has_every_character_in_order(year: str, built: Callable[[Path], Path]) -> None:
    assert squeezed(web(built(FULL / "plan" / year) / "official.html")) == squeezed(expected(year))


@every_year
def test_docx_has_every_character_in_order(year: str, built: Callable[[Path], Path]) -> None:
    assert squeezed("".join(word(built(FULL / "plan" / year) / "official.docx"))) == squeezed(expected(year))


@every_year
def test_docx_has_the_paragraphs_of_the_text(year: str, built: Callable[[Path], Path]) -> None:
    """One by one, but for masthead and 版记, which are tables without lines there."""
    paragraphs = lines("\n".join(word(built(FULL / "plan" / year) / "official.docx")))
    printed = lines(expected(year))
    above, head, imprint = {"2031": (5, 4, 3), "2032": (0, 0, 0), "2033": (2, 1, 0), "2034": (0, 0, 0)}[year]
    made = [
        part  # signatories side by side share a line, parted by tabs
        for line in paragraphs[head : len(paragraphs) - (2 if imprint else 0)]
        for part in (line.strip("\t").split("\t") if line.startswith("\t") else [line.rstrip("\t")])
    ]
    assert made == [line.rstrip("\t") for line in printed[above : len(printed) - imprint]]


@every_year
def test_pdf_has_every_character_in_the_order_it_is_painted(year: str, built: Callable[[Path], Path]) -> None:
    pages = pdf(built(FULL / "plan" / year) / "official.pdf", "-raw")
    assert unrepeated(pages, headers(official(year))) == squeezed(expected(year))


@every_year
def test_pdf_has_every_character_in_the_order_it_is_seen(year: str, built: Callable[[Path], Path]) -> None:
    """Lines and columns of a table are seen in another order than they are read in; all else is in order."""
    file = built(FULL / "plan" / year) / "official.pdf"
    seen, painted, wanted = squeezed("".join(pdf(file))), squeezed("".join(pdf(file, "-raw"))), squeezed(expected(year))
    for table in tables(official(year)):
        whole, header = cells(table.header + table.rows), cells(table.header)
        before, _, wanted = wanted.partition(whole)
        assert seen.startswith(before)
        printed = whole + header * (painted.count(header) - 1)  # every page that it goes on to repeats the header
        seen = seen.removeprefix(before)
        assert sorted(seen[: len(printed)]) == sorted(printed)
        seen = seen[len(printed) :]
    assert seen == wanted


def tables(view_of_it: Official) -> list[Table]:
    everywhere = (view_of_it.blocks, *(attachment.blocks for attachment in view_of_it.attachments))
    return [block for blocks in everywhere for block in blocks if isinstance(block, Table)]


def cells(rows_of_cells: Iterable[Iterable[Cell]]) -> str:
    return squeezed("".join(cell.text for row in rows_of_cells for cell in row))


def headers(view_of_it: Official) -> list[str]:
    return [cells(table.header) for table in tables(view_of_it)]


def test_merged_cells_and_grouped_columns_follow_from_the_nesting() -> None:
    projects = tables(official("2031"))[1]
    header = [[(cell.text, cell.column, cell.rowspan, cell.colspan) for cell in row] for row in projects.header]
    assert header == [
        [("镇", 0, 3, 1), ("项目", 1, 3, 1), ("投资", 2, 1, 3)],
        [("总额", 2, 2, 1), ("其中", 3, 1, 2)],
        [("财政", 3, 1, 1), ("自筹", 4, 1, 1)],
    ]
    assert [[(cell.text, cell.column, cell.rowspan) for cell in row] for row in projects.rows] == [
        [("东川镇", 0, 3), ("水厂", 1, 2), ("500", 2, 1), ("300", 3, 1), ("200", 4, 1)],
        [("80", 2, 1), ("80", 3, 1), ("/", 4, 1)],
        [("茶园路", 1, 1), ("120", 2, 1), ("120", 3, 1), ("/", 4, 1)],
        [("西坪镇", 0, 1), ("零工市场", 1, 1), ("60", 2, 1), ("/", 3, 1), ("60", 4, 1)],
    ]


def test_levels_of_headings_and_anchors_of_items() -> None:
    """The level chooses the face (GB/T 9704 7.3.3); an item without a number keeps the level it has."""
    found = [
        (block.head or block.text, block.level)
        for block in official("2031").blocks
        if isinstance(block, Paragraph) and block.level
    ]
    assert found == [
        ("总体要求", 1),
        ("一、总体目标", 1),
        ("（一）农村人居环境。", 2),
        ("（二）农民收入。", 2),
        ("二、重点任务", 1),
        ("（一）规划引领。", 2),
        ("1．编制村庄规划。", 3),
        ("（1）分类推进。", 4),
        ("2．建立项目库", 3),
        ("（二）基础设施", 2),
        ("3．实施供水提质。", 3),
        ("4．提升农村公路。", 3),
        ("10、治理黑臭水体。", 3),
        ("11．改造农村电网。", 3),
        ("20．完善物流体系。", 3),
        ("富民增收", 2),
        ("（三）发展特色产业。", 2),
        ("（四）促进就业创业。", 2),
        ("（五）发展乡村旅游。", 2),
        ("（七）落实联系制度。", 2),
        ("三、主要指标", 1),
        ("四、职责分工", 1),
        ("（一）区农业农村局。", 2),
        ("（二）区财政局、区审计局。", 2),
        ("（三）各镇街。", 2),
        ("五、有关要求", 1),
        ("八、保障措施", 1),
        ("（一）加强组织领导", 2),
        ("（二）强化要素保障", 2),
        ("（三）抓好宣传", 2),
        ("九、附则。", 1),
    ]
    anchors = [block.anchor for block in official("2031").blocks if isinstance(block, Paragraph) and block.anchor]
    assert anchors[:3] == ["人居环境目标", "村庄规划", "项目库"]


def test_style_of_the_document_reaches_the_view() -> None:
    chosen = (("仿宋", "FandolFang"), ("楷体", "FandolKai"), ("黑体", "FandolHei"), ("宋体", "FandolSong"))
    assert official("2031").faces == (
        *chosen,
        *(("小标宋", "FandolSong"), ("西文", "FandolSong"), ("备用", "Noto Serif CJK SC")),
    )
    assert [official(year).grid for year in YEARS] == ["natural", "strict", "strict", "wps"]


def test_pdf_is_set_in_the_chosen_faces(built: Callable[[Path], Path]) -> None:
    """The face for letters is also that of 宋体: it prints letters and digits alone, and leaves the rest to each role."""
    file = str(built(FULL / "plan" / "2031") / "official.pdf")
    listed = subprocess.run(["pdffonts", file], capture_output=True, encoding="utf-8", check=True).stdout.split("\n")[
        2:
    ]
    faces = {line.split()[0].partition("+")[2].removesuffix("-Latin") for line in listed if line}
    assert faces == {
        "FandolFang-Regular",
        "FandolKai-Regular",
        "FandolHei-Regular",
        "FandolSong-Regular",
        "FandolSong-Bold",
    }


def test_title_lines_break_where_the_block_does() -> None:
    carried = official("2031")
    assert carried.title == ("2031年云溪区乡村建设", "工作要点")
    assert carried.notice is not None
    assert carried.notice.title == (
        "云州市云溪区农业农村局",
        "云州市云溪区财政局关于印发",
        "《2031年云溪区乡村建设工作要点》的通知",
    )
    assert carried.attachments[0].title == ("2031年云溪区乡村建设", "重点项目表")
