"""Checks the fonts of a file: one that is not embedded, or that replaces a missing one, is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.measure import standard
from workplan.measure.body import is_chinese
from workplan.measure.faces import is_stand_in
from workplan.measure.replaced import substitutions
from workplan.measure.requirement import Measurement, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.measure.body import MeasuredDocument
    from workplan.measure.page import Font


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """One item for each font that is not embedded, and for each that prints Chinese instead of a missing one.

    And one for each that LibreOffice replaced on this machine, which is no fault of the document.
    """
    absent: dict[str, list[int]] = {}
    substitutes: dict[str, list[int]] = {}
    for page, font, chinese in _used(document):
        if not font.embedded:
            absent.setdefault(font.name, []).append(page)
        if chinese and is_stand_in(font.name):
            substitutes.setdefault(font.name, []).append(page)
    return (
        *(Measurement(standard.EMBEDDED, Sample(pages[0], name), len(pages)) for name, pages in absent.items()),
        *(Measurement(standard.SUBSTITUTED, Sample(pages[0], name), len(pages)) for name, pages in substitutes.items()),
        *_replaced(document),
        *(Measurement(standard.SCANNED, Sample(page.number, ""), 1) for page in document.pages if page.is_scan),
    )


def _replaced(document: MeasuredDocument) -> Iterator[Measurement]:
    """All faces that were replaced, as one note: ``asked → printed``."""
    faces = substitutions(document.pages)
    if faces:
        first = min(page for page, _ in faces.values())
        told = "; ".join(f"{name} → {face}" for name, (_, face) in faces.items())
        yield Measurement(standard.REPLACED, Sample(first, told), len(faces))


def _used(document: MeasuredDocument) -> Iterator[tuple[int, Font, bool]]:
    """For every visible glyph its page, its font, and whether it is a 汉字."""
    for page in document.pages:
        for line in page.lines:
            for glyph in line.glyphs:
                if not glyph.text.isspace():
                    yield page.number, glyph.font, is_chinese(glyph)
