"""Measures a printed document against GB/T 9704-2012: figures, and a finding for each that deviates.

Text is measured by its em boxes (origin, advance and size from the content stream); rules, masthead and page numbers by
their ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Misuse, Severity, Span
from workplan.measure.kinds import as_pdf
from workplan.measure.requirement import Strength

if TYPE_CHECKING:
    from workplan.measure.requirement import Measurement, Requirement

__all__ = ["MeasureReport", "measured", "severity"]

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


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """What was measured on a file, its number of ``pages``, and the findings; their line is the page, their column 1.

    ``absent`` names the parts that were not recognised, on which nothing was measured.
    """

    file: str
    pages: int
    items: tuple[Measurement, ...]
    absent: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def measured(content: bytes, file: str) -> MeasureReport:
    """Measure a PDF, or a DOCX as LibreOffice prints it; ``file`` is its name in findings.

    Raises Misuse where it is neither, is locked or broken, has no text, or where LibreOffice is needed and missing.
    """
    # PDFium and Pillow are slow to load, and what a DOCX hides is found without them.
    from workplan.measure import block, fonts, foot, head, letter  # noqa: PLC0415
    from workplan.measure.body import recognised  # noqa: PLC0415
    from workplan.measure.reader import opened  # noqa: PLC0415

    with opened(as_pdf(content, file), file) as pages:
        document = recognised(pages)
        if not any(page.lines for page in pages):
            raise Misuse("measure-no-text", path=file)
        items = (
            *(letter.items(document) if document.is_letter else head.items(document)),
            *head.titles(document),
            *block.items(document),
            *foot.items(document),
            *fonts.items(document),
        )
    rules = {item.requirement.rule for item in items}
    absent = tuple(
        part for part, names in _PARTS.items() if not rules.intersection(f"measure-{name}" for name in names)
    )
    return MeasureReport(
        file=file,
        pages=len(pages),
        items=items,
        absent=absent,
        diagnostics=tuple(_finding(item, file) for item in items if item.deviates),
    )


def severity(asked: Requirement) -> Severity:
    """A deviation from what the standard demands is an error, from what it recommends a warning."""
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
    return Diagnostic(
        asked.rule,
        Span(file=file, start=0, end=0, line=page, column=1, end_line=page, end_column=1),
        arguments,
        severity(asked),
    )
