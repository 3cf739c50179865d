"""Measures a printed document against GB/T 9704-2012: figures, and a finding for each that deviates.

Text is measured by its em boxes (origin, advance and size from the content stream); rules, masthead and page numbers by
their ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Misuse, Severity, Span
from workplan.measure.kinds import as_pdf, kind_of
from workplan.measure.requirement import Strength

if TYPE_CHECKING:
    from workplan.measure.asked import CharacterGrid
    from workplan.measure.body import MeasuredDocument
    from workplan.measure.page import Page
    from workplan.measure.requirement import Measurement, Requirement

__all__ = ["MeasureReport", "measured", "measured_as_printed", "of_pages", "severity"]

#: The parts of a document, each with quantities of which one is measured wherever the part is recognised.
_PARTS = {
    "masthead": ("masthead", "letter-mark"),
    "number": ("number", "letter-number"),
    "red-rule-width": ("red-rule-width", "letter-width"),
    "title-size": ("title-size",),
    "line-pitch": ("line-pitch",),
    "signature": ("signature",),
    "imprint-last": ("imprint-last", "letter-imprint"),
    "page-number-depth": ("page-number-depth",),
}
#: Those of the first page, which are not looked for where it is turned on its side or a scan.
_FIRST_PAGE = frozenset({"masthead", "number", "red-rule-width"})
#: Findings that are worded by their cause, as rule and reading.
_REMEDIES = (
    ("measure-line-count", "widow"),
    ("measure-line-count", "heading"),
    ("measure-line-count", "pitch"),
    ("measure-top-margin", "blank-line"),
    ("measure-page-number", "none"),
    ("measure-last-page", "row"),
    ("measure-last-page", "signature"),
)


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """What was measured on a file, its number of ``pages``, and the findings; their line is the page, their column 1.

    ``absent`` names the parts that were looked for and not recognised, ``unsought`` those that no page could show; on both
    nothing was measured.
    """

    file: str
    pages: int
    items: tuple[Measurement, ...]
    absent: tuple[str, ...]
    unsought: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def measured(content: bytes, file: str) -> MeasureReport:
    """Measure a PDF, or a DOCX as LibreOffice prints it; ``file`` is its name in findings.

    Raises Misuse where it is neither, is locked or broken, has no text, or where LibreOffice is needed and missing.
    """
    return measured_as_printed(content, as_pdf(content, file), file)


def measured_as_printed(content: bytes, printed: bytes, file: str) -> MeasureReport:
    """The same, where the PDF of the file is there already; a PDF is its own."""
    # PDFium is slow to load, and what a DOCX hides is found without it.
    from workplan.measure.asked import asked  # noqa: PLC0415
    from workplan.measure.reader import opened  # noqa: PLC0415
    from workplan.measure.replaced import as_asked  # noqa: PLC0415

    if kind_of(content, file) == "pdf":
        with opened(printed, file) as pages:
            return of_pages(pages, file)
    wishes = asked(content, file)
    with opened(printed, file) as pages:
        return of_pages(as_asked(pages, wishes), file, wishes.grid)


def of_pages(pages: tuple[Page, ...], file: str, grid: CharacterGrid | None = None) -> MeasureReport:
    """Measure pages; ``grid`` is the character grid that their DOCX asks for. Raises Misuse where they have no text."""
    from workplan.measure import block, fonts, foot, head, letter  # noqa: PLC0415 - they load Pillow
    from workplan.measure.body import recognised  # noqa: PLC0415 - likewise

    if not any(page.lines for page in pages):
        raise Misuse("measure-scan" if any(page.is_scan for page in pages) else "measure-no-text", path=file)
    document = recognised(pages, grid)
    items = (
        *(letter.items(document) if document.is_letter else head.items(document)),
        *head.titles(document),
        *block.items(document),
        *foot.items(document),
        *fonts.items(document),
    )
    return _report(file, document, items)


def _report(file: str, document: MeasuredDocument, items: tuple[Measurement, ...]) -> MeasureReport:
    pages, rules = document.pages, {item.requirement.rule for item in items}
    missing = [part for part, names in _PARTS.items() if not rules.intersection(f"measure-{name}" for name in names)]
    head = pages[0].is_upright and not pages[0].is_scan
    text = any(page.is_upright and page.lines for page in pages)
    sought = {part for part in _PARTS if text and (head or part not in _FIRST_PAGE)}
    if document.number is not None:
        missing.remove("number")
    return MeasureReport(
        file=file,
        pages=len(pages),
        items=items,
        absent=tuple(part for part in missing if part in sought),
        unsought=tuple(part for part in missing if part not in sought),
        diagnostics=tuple(_finding(item, file) for item in items if item.deviates),
    )


def severity(asked: Requirement) -> Severity:
    """A deviation from what the standard demands is an error, from what it recommends a warning; a note is no deviation."""
    if asked.strength is Strength.NOTE:
        return Severity.INFO
    return Severity.ERROR if asked.strength is Strength.MANDATORY else Severity.WARNING


def _finding(item: Measurement, file: str) -> Diagnostic:
    asked, page = item.requirement, item.worst.page
    arguments: dict[str, str | int] = {
        "page": page,
        "measured": item.measured,
        "required": asked.asked,
        "clause": asked.clause,
        "places": item.places,
    }
    known = (variant for rule, variant in _REMEDIES if (rule, variant) == (asked.rule, item.worst.reading))
    return Diagnostic(
        asked.rule,
        Span(file=file, start=0, end=0, line=page, column=1, end_line=page, end_column=1),
        arguments,
        severity(asked),
        variant=next(known, ""),
    )
