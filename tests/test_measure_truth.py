"""``measure`` states what it measured, and nothing else: what a page does not show has no figure, and each cause its own remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from measuring import rules, values
from typed_pages import PITCH, POINT, TEXT, baseline, closing, folio, full, line, opening, paper
from workplan.diagnostic import Misuse, Severity
from workplan.measure import of_pages
from workplan.measure.page import Font
from workplan.resources.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from workplan.measure import MeasureReport
    from workplan.measure.page import GlyphLine, Page


def look(*pages: Page) -> MeasureReport:
    return of_pages(pages, "made.pdf")


def variants(report: MeasureReport) -> dict[str, str]:
    return {finding.rule.removeprefix("measure-"): finding.variant for finding in report.diagnostics}


def reading(report: MeasureReport, rule: str) -> str:
    return next(item.worst.reading for item in report.items if item.requirement.rule == f"measure-{rule}")


def text(page: int, rows: range, *, left: float = 28.0) -> list[GlyphLine]:
    """Paragraphs of six lines."""
    kinds = {0: opening, 5: closing}
    return [kinds.get(row % 6, full)(page, row, left=left) for row in rows]


def whole(page: int, count: int = 22, *, left: float = 28.0) -> Page:
    """A page whose last line goes on on the next."""
    lines = [*text(page, range(count - 1), left=left), full(page, count - 1, left=left)]
    return paper(page, [*lines, folio(page, left=left)])


# ------------------------------------------------------------------------------------------------- margins


def _one_liners(page: int) -> list[GlyphLine]:
    return [line(page, 28 + 2 * 156 / 28, baseline(row), TEXT[: 12 + row % 9] + "。") for row in range(22)]


def test_paragraphs_of_one_line_show_no_margin() -> None:
    """Each is indented: the place where they begin is no margin, and nobody knows where that is."""
    report = look(paper(1, [*_one_liners(1), folio(1)]))
    assert "left-margin" not in values(report)
    assert rules(report) == {}


def test_equal_paragraphs_of_one_line_show_no_margin_either() -> None:
    lines = [line(1, 28 + 2 * 156 / 28, baseline(row), TEXT[:25] + "。") for row in range(22)]
    assert "left-margin" not in values(look(paper(1, [*lines, folio(1)])))


def test_a_page_of_indented_lines_among_others_has_no_margin_of_its_own() -> None:
    report = look(whole(1), paper(2, [*_one_liners(2), folio(2)]))
    assert rules(report) == {}
    assert values(report)["left-margin"] == pytest.approx(28, abs=0.01)


@pytest.mark.parametrize("left", [26.5, 31.8])
def test_the_margin_is_where_paragraphs_go_on(left: float) -> None:
    report = look(whole(1, left=left), whole(2, left=left))
    assert rules(report)["left-margin"] is Severity.ERROR
    assert values(report)["left-margin"] == pytest.approx(left, abs=0.01)


def test_two_mirrored_pages_are_known_by_the_number_where_no_text_shows_it() -> None:
    """Page 2 has one line, indented, and its number: both stand 2 mm further to the left."""
    few = [closing(2, 0, left=26 + 2 * 156 / 28), folio(2, left=26)]
    report = look(whole(1), paper(2, few))
    assert rules(report) == {"last-page": Severity.WARNING}


def test_a_last_page_with_one_or_two_lines_is_told_and_one_with_three_is_not() -> None:
    for count in (1, 2, 3):
        rest = [full(2, row) for row in range(count - 1)] + [closing(2, count - 1)]
        found = rules(look(whole(1), paper(2, [*rest, folio(2)])))
        assert ("last-page" in found) == (count < 3)


def test_a_last_page_with_nothing_but_signature_and_date_is_told() -> None:
    for text_lines in (0, 1):
        names = [line(2, 28 + 15 * 156 / 28, baseline(row), TEXT[:9]) for row in (1, 2)]
        date = line(2, 28 + 14 * 156 / 28, baseline(3), "2031年3月10日")
        report = look(whole(1), paper(2, [*[closing(2, 0)] * text_lines, *names, date, folio(2)]))
        found = {one.variant for one in report.diagnostics if one.rule == "measure-last-page"}
        assert found == (set() if text_lines else {"signature"})


# ------------------------------------------------------------------------------------------------- remedies


def _rest(page: int, first: list[GlyphLine]) -> Page:
    return paper(page, [*first, *text(page, range(6, 12)), folio(page)])


def test_a_line_that_widow_control_moved_is_told_as_such() -> None:
    moved = _rest(3, [full(3, 0), closing(3, 1), opening(3, 2), full(3, 3), full(3, 4), closing(3, 5)])
    report = look(whole(1), whole(2, 21), moved)
    assert variants(report) == {"line-count": "widow"}
    begun = _rest(3, [opening(3, 0), full(3, 1), full(3, 2), full(3, 3), full(3, 4), closing(3, 5)])
    assert variants(look(whole(1), whole(2, 21), begun)) == {"line-count": "widow"}


def test_a_page_cut_short_for_a_heading_is_not_faulted_but_one_with_more_lines_missing_is() -> None:
    """A heading goes over so that it does not end a page without its text."""
    heading = line(3, 28 + 2 * 156 / 28, baseline(0), "二、重点任务")
    over = _rest(3, [heading, opening(3, 1), full(3, 2), full(3, 3), full(3, 4), closing(3, 5)])
    assert variants(look(whole(1), whole(2, 21), over)) == {}
    assert variants(look(whole(1), whole(2, 20), over)) == {"line-count": "heading"}


def test_a_line_that_is_missing_for_no_reason_seen_has_the_general_remedy() -> None:
    goes_on = _rest(3, [full(3, row) for row in range(5)] + [closing(3, 5)])
    assert variants(look(whole(1), whole(2, 21), goes_on)) == {"line-count": ""}


def test_a_page_cut_short_for_the_signature_is_not_faulted() -> None:
    """7.3.5.5: two lines come along, so that the signature does not stand alone."""
    right = 28 + 156 - 4 * 156 / 28
    signed = [
        full(3, 0),
        closing(3, 1),
        line(3, 110, baseline(3), "某某市人民政府"),
        line(3, right - 10 * 16 * POINT, baseline(4), "二〇二二年六月二十日"[:10], step=16 * POINT),
    ]
    report = look(whole(1), whole(2, 20), paper(3, [*signed, folio(3)]))
    assert rules(report) == {}
    assert reading(report, "line-count") in ("", "signature")


def test_lines_before_a_table_are_not_counted() -> None:
    """What stands below them takes their place."""
    small = [line(2, 60, baseline(row), "指标", size=12) for row in range(14, 20)]
    table = paper(2, [*text(2, range(11)), full(2, 11), *small, folio(2)])
    assert "line-count" not in rules(look(whole(1), table, whole(3)))


def test_a_page_that_begins_with_a_blank_line_is_told_as_such() -> None:
    late = paper(2, [*text(2, range(1, 22)), folio(2)])
    report = look(whole(1), late)
    assert variants(report) == {"top-margin": "blank-line"}


def test_the_margin_above_lines_of_another_pitch_is_said_to_be_vague() -> None:
    """Where in its height a line stands is known for the pitches of the standard alone."""
    lines = [full(2, row, pitch=28 * POINT) for row in range(22)]
    report = look(whole(1), paper(2, [*lines, folio(2)]))
    assert "top-margin" not in rules(report)


# ------------------------------------------------------------------------------------------------- head and foot


def _head(page: int, gap: float) -> list[GlyphLine]:
    number = line(page, 86, 110, "某政〔2022〕1号", step=16 * POINT)
    title = line(
        page, 62, number.bottom + 4 + gap * PITCH + 0.88 * 22 * POINT, TEXT[:11], size=22, step=22 * POINT, font=BOLD
    )
    return [number, title]


BOLD = Font("FandolSong-Bold", embedded=True)


def test_a_head_on_printed_paper_is_measured_from_its_number() -> None:
    """套红: the rule is on the paper, 4 mm below the number."""
    right = look(paper(1, [*_head(1, 2), *text(1, range(18, 22)), folio(1)]))
    assert rules(right) == {}
    assert values(right)["title-gap"] == pytest.approx(2, abs=0.02)
    assert reading(right, "title-gap") == "preprinted"
    assert {"masthead", "red-rule-width"} <= set(right.absent)
    assert "number" not in right.absent
    assert rules(look(paper(1, [*_head(1, 1.2), *text(1, range(18, 22)), folio(1)]))) == {"title-gap": Severity.ERROR}


def test_a_number_below_the_title_is_no_head() -> None:
    """As web pages have it."""
    number, title = _head(1, 2)
    low = line(1, 86, title.baseline + 30, number.text, step=16 * POINT)
    assert "title-gap" not in values(look(paper(1, [title, low, *text(1, range(18, 22)), folio(1)])))


def test_cells_of_tables_do_not_make_the_size_of_the_text() -> None:
    cells = [
        line(2, 30 + column * 30, 50 + row * 7, "指标名称", size=12, step=12 * POINT)
        for row in range(20)
        for column in range(5)
    ]
    report = look(whole(1), paper(2, [*cells, folio(2)]))
    assert values(report)["body-size"] == 16
    assert rules(report) == {}


def test_a_page_number_is_found_where_other_paper_has_its_foot() -> None:
    low = line(1, 170, 255, "—1—", size=14, step=14 * POINT)
    report = look(paper(1, [*text(1, range(18)), low], width=215.9, height=279.4))
    found = set(rules(report))
    assert {"paper-width", "paper-height"} <= found
    assert not {"page-number", "page-number-depth", "below"} & found


def test_no_number_is_missed_only_where_the_foot_is_blank() -> None:
    bare = look(paper(1, text(1, range(18))))
    assert variants(bare) == {"page-number": "none"}
    other = look(paper(1, [*text(1, range(18)), line(1, 100, 271, "某某市", size=9)]))
    assert "page-number" not in rules(other) or variants(other)["page-number"] == "none"


# ------------------------------------------------------------------------------------------------- what cannot be seen


def test_parts_that_no_page_could_show_are_not_said_to_be_absent() -> None:
    """The first page is a scan: a masthead would be on it, but was not looked for."""
    report = look(paper(1, [], scan=True), whole(2))
    assert set(report.unsought) == {"masthead", "number", "red-rule-width"}
    assert not set(report.unsought) & set(report.absent)
    assert rules(report) == {"scanned-page": Severity.INFO}


def test_scans_alone_are_refused_as_such() -> None:
    with pytest.raises(Misuse) as refused:
        look(paper(1, [], scan=True), paper(2, [], scan=True))
    assert refused.value.key == "measure-scan"


def test_pages_without_two_lines_have_no_pitch() -> None:
    report = look(*(paper(number, [line(number, 50, 100, "Hello", step=3)]) for number in (1, 2, 3)))
    assert "line-pitch" in report.absent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_has_words(language: str) -> None:
    """All that the tests of this file come across."""
    words = catalogue(language).words("cli.measure.readings")
    assert {
        "about",
        "blank-line",
        "heading",
        "none",
        "on-grid",
        "other-paper",
        "pitch",
        "preprinted",
        "signature",
        "widow",
    } <= set(words)
