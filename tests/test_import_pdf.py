"""A PDF is read as its paragraphs, tables and running lines: our own prints come back as the plan has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import weasyprint

from issued import deeds, only_table, outside, read, rows, texts
from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse
from workplan.importing.piece import Outside, Table
from workplan.importing.record import Deed
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable

_PLANS = Path(__file__).parents[1] / "plan"
_STYLE = (
    "<style>@page {{ size: {size}; margin: 37mm 26mm 35mm 28mm; @bottom-center {{ content: '— ' counter(page) ' —' }} }}"
    "body {{ font: 16pt/29pt FandolFang; text-align: justify }} p {{ margin: 0; text-indent: 2em }}"
    "table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 1px solid; font-size: 12pt }} {more}</style>"
)
SENTENCE = "为进一步提升政务服务水平，持续优化营商环境，现将有关事项通知如下，请结合实际认真贯彻落实，抓好各项工作。"


def printed(body: str, size: str = "A4", more: str = "") -> bytes:
    page = f"<html><head>{_STYLE.format(size=size, more=more)}</head><body>{body}</body></html>"
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def paragraphs(*given: str) -> str:
    return "".join(f"<p>{text}</p>" for text in given)


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_paragraphs_of_our_own_print_are_those_of_the_plan(year: str, built: Callable[[Path], Path]) -> None:
    """At least 97 of 100 of the texts that the plan prints stand in one paragraph or cell, and none is cut by the page."""
    plan = compile_plan(Directory(_PLANS / year)).plan
    assert plan
    wanted = ["".join("".join(run.text for run in element.runs).split()) for element in view.official(plan).elements]
    found = read((built(_PLANS / year) / "official.pdf").read_bytes(), "official.pdf")
    made = {"".join(text.split()) for text in texts(found)}
    made |= {
        "".join(cell.text.split()) for one in found.pieces if isinstance(one, Table) for row in one.rows for cell in row
    }
    assert sum(any(text in one for one in made) for text in wanted) >= 0.97 * len(wanted)


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_lines_are_joined_over_the_pages_and_page_numbers_go(size: str) -> None:
    given = [f"{at}．{SENTENCE * (1 + at % 3)}" for at in range(1, 16)]
    found = read(printed(paragraphs(*given), size), "a.pdf")
    assert texts(found) == given
    assert {what for what, _ in outside(found)} == {Outside.PAGE_NUMBER}
    assert len(deeds(found, Deed.JOINED)) == len(given)


def test_a_table_over_two_pages_is_one_with_its_header_once() -> None:
    lines = "".join(f"<tr><td>{at}</td><td colspan=2>任务{at}</td></tr>" for at in range(1, 60))
    table = f"<table><thead><tr><th>序号</th><th>任务</th><th>期限</th></tr></thead>{lines}</table>"
    found = only_table(read(printed(paragraphs(SENTENCE) + table), "a.pdf"))
    assert rows(found)[:3] == [["序号", "任务", "期限"], ["1", "任务1→2"], ["2", "任务2→2"]]
    assert len(found.rows) == 60


def test_text_in_two_columns_is_refused_with_its_page() -> None:
    with pytest.raises(Misuse) as refused:
        read(
            printed(paragraphs(*[SENTENCE * 2] * 12), more="body { columns: 2; column-gap: 2em; font-size: 10pt }"),
            "a.pdf",
        )
    assert (refused.value.key, refused.value.arguments["page"]) == ("import-columns", 1)


def test_characters_beyond_the_first_plane_and_marks_in_place_of_others_are_read() -> None:
    assert texts(read(printed(paragraphs("𠮷野家开会。")), "a.pdf")) == ["𠮷野家开会。"]
