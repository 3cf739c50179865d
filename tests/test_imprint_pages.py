"""版记 stands at the foot of an even page (GB/T 9704 7.4, 7.5); headings stand with their text."""

from __future__ import annotations

import re

import pytest

from sample_views import plain
from table_plans import shown
from views import imprint_of, paragraph, replace
from workplan.render import pdf
from workplan.render.docx import extent
from workplan.resources.templates import Templates
from workplan.view.blocks import Official, PageOptions

IMPRINT = imprint_of("抄送：区委各部门。", "某市某区人民政府办公室", "2099年12月30日印发")
LONG = replace(IMPRINT, office="云州市云溪区推进新型城镇化与城乡融合发展暨巩固拓展脱贫攻坚成果工作领导小组办公室")
#: Lines of text, and on how many pages the document ends with its imprint; whether the last two are numbered.
PLACES = [
    (1, 2, [True, True]),
    (12, 2, [True, True]),
    (24, 2, [True, True]),
    (26, 4, [False, False]),
    (40, 4, [True, True]),
]


def lines(count: int, imprint: object = IMPRINT, *, onesided: bool = False) -> Official:
    return replace(plain(*["短句。"] * count), imprint=imprint, setting=PageOptions(onesided=onesided))


@pytest.mark.parametrize(("count", "last", "numbered"), PLACES)
def test_the_imprint_ends_an_even_page(count: int, last: int, numbered: list[bool]) -> None:
    """And neither it nor the page before it is numbered where that page is blank."""
    printed = shown(pdf.official(lines(count), Templates()))
    assert len(printed) == last
    assert "印发" in printed[-1]
    assert [bool(re.search(r"—\d+—", page)) for page in printed[-2:]] == numbered
    assert not any("印发" in page for page in printed[:-1])


@pytest.mark.parametrize(("count", "last", "numbered"), PLACES)
def test_the_word_file_has_the_imprint_on_the_page_that_the_pdf_has(
    count: int, last: int, numbered: list[bool]
) -> None:
    ends = extent.of(lines(count))
    place = ends.imprint(lines(count))
    assert ends.page + {"": 0, "next": 1, "blank": 2}[place] == last
    assert (place == "blank") != all(numbered)


def test_print_on_one_side_has_the_imprint_on_the_last_page_whatever_its_number() -> None:
    assert len(shown(pdf.official(lines(1, onesided=True), Templates()))) == 1


def test_the_date_of_print_stays_in_one_line() -> None:
    assert "2099年12月30日印发" in shown(pdf.official(lines(1, LONG), Templates()), "\n")[-1]


@pytest.mark.parametrize("free", [False, True])
def test_a_heading_ends_no_page_unless_it_is_free_to(free: bool) -> None:  # noqa: FBT001 - a parameter
    """Ten lines of text and a heading fill the first page."""
    blocks = []
    for count in range(60):
        blocks += [paragraph("", f"（{count}）小标题", 2), paragraph("短句。")]
    ends = [
        shown(
            pdf.official(
                replace(
                    plain(*["短句。"] * more),
                    blocks=(*(paragraph("短句。"),) * more, *blocks),
                    setting=PageOptions(free=free),
                ),
                Templates(),
            ),
            "\n",
        )
        for more in (1, 2)
    ]
    stranded = [page for printed in ends for page in printed if re.search(r"小标题\n—", page)]
    assert bool(stranded) == free
