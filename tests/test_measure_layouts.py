"""``measure`` faults none of workplan's own layouts, whatever their frame and length, and still finds what is moved in them."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter, Transformation

from measuring import Made, look, rules, values
from own_layouts import PLANS, printed, with_rows
from workplan.diagnostic import Severity
from workplan.measure import measured

MM = 72 / 25.4


@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_found_on_a_layout_of_our_own(name: str) -> None:
    report = measured(printed(name), f"{name}.pdf")
    assert [(one.rule, one.arguments) for one in report.diagnostics] == []


def test_the_layouts_have_one_page_and_forty() -> None:
    assert {len(PdfReader(io.BytesIO(printed(name))).pages) for name in ("bare", "forty pages")} == {1, 40}


@pytest.mark.parametrize(("rows", "words"), [(21, 0), (9, 3)])
def test_a_last_page_with_one_row_of_a_table_is_told_however_many_lines_it_has(rows: int, words: int) -> None:
    alone = measured(with_rows(rows, words), "alone.pdf")
    assert [(one.rule, one.variant, one.span.line) for one in alone.diagnostics] == [
        ("measure-last-page", "row", alone.pages)
    ]
    assert not measured(with_rows(rows + 1, words), "two.pdf").diagnostics


def _changed(name: str, number: int, change: Transformation) -> bytes:
    """One page of a layout, drawn elsewhere or in another size."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed(name))))
    writer.pages[number - 1].add_transformation(change)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            Transformation().translate(1.5 * MM, 0),
            {"left-margin": Severity.ERROR, "page-number-side": Severity.WARNING},
        ),
        (
            Transformation().translate(0, -1.5 * MM),
            {"top-margin": Severity.ERROR, "page-number-depth": Severity.WARNING},
        ),
        (
            Transformation().translate(0, 0.6 * MM),
            {"top-margin": Severity.WARNING, "page-number-depth": Severity.WARNING},
        ),
    ],
)
def test_a_page_that_is_moved_is_found(change: Transformation, found: dict[str, Severity]) -> None:
    assert rules(measured(_changed("long issuer", 3, change), "moved.pdf")) == found


def test_a_page_in_another_size_is_found() -> None:
    """As printers shrink pages to fit: lines, pitch and number are all smaller."""
    smaller = Transformation().scale(0.96).translate(0.02 * 210 * MM, 0.02 * 297 * MM)
    found = rules(measured(_changed("long issuer", 3, smaller), "smaller.pdf"))
    assert {"line-width", "page-number-size", "top-margin"} <= set(found)


def test_a_head_that_is_moved_is_found() -> None:
    found = rules(measured(_changed("one page", 1, Transformation().translate(1 * MM, -2 * MM)), "moved.pdf"))
    assert {"masthead", "red-rule-centre"} <= set(found)
    assert found["masthead"] is Severity.ERROR


def test_a_number_on_the_wrong_side_is_found() -> None:
    """All of them stand at the other edge."""
    report = look(Made().but(folio_side=156 - 2 * 14 / MM - 2.5 * 14 / MM))
    assert rules(report) == {"page-number-side": Severity.WARNING}
    assert float(values(report)["page-number-side"]) > 100
