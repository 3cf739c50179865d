"""Why a page has other than 22 lines: each cause has its own remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.lengths import Em, em_to_pt, pt_to_mm
from workplan.measure import standard
from workplan.page.dimensions import INDENT

if TYPE_CHECKING:
    from workplan.measure.body import GridRun, MeasuredDocument
    from workplan.measure.page import GlyphLine

DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
#: Number of lines of text that may come over to a page with the signature, so that it does not stand alone (7.3.5.5).
_COME_ALONG = 6
#: Least indent of a name or a date below the text.
_INSIDE = Em(2.5)
#: How far the lines of a heading may end from the right edge, as a share of the text block.
_HEADING = 0.8
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百]{1,5}[章节条]")


def cause(next_run: GridRun, lines: int, document: MeasuredDocument) -> str:
    """The key of the likely cause: signature, widow, heading, pitch; "" where the page does not show one."""
    if _is_off(document):
        return "pitch"
    if lines >= standard.LINES:
        return ""
    following = next_run.lines
    inside = document.margins.flush(next_run.page) + pt_to_mm(em_to_pt(_INSIDE, document.size))
    if any(line.left > inside for line in following[: _COME_ALONG + 1]):
        return "signature"
    if _is_heading(following[0]):
        return "heading"
    return "widow" if lines == standard.LINES - 1 and _comes_over(next_run, document) else ""


def is_right(reading: str, lines: int, next_run: GridRun) -> bool:
    """Whether a page is right to have fewer lines: for a signature, or for headings that would end it without their text."""
    headings = next((count for count, line in enumerate(next_run.lines) if not _is_heading(line)), 0)
    return reading == "signature" or (reading == "heading" and lines + headings >= standard.LINES)


def _is_heading(line: GlyphLine) -> bool:
    return bool(_NUMBERED.match(line.text)) and line.right < standard.LEFT + _HEADING * standard.WIDTH


def _is_off(document: MeasuredDocument) -> bool:
    return standard.LINE_PITCH.deviation(document.pitch) > standard.LINE_PITCH.tolerance


def _comes_over(next_run: GridRun, document: MeasuredDocument) -> bool:
    """Whether a line came over so that neither the first nor the last line of a paragraph stands alone.

    The paragraph begins on the next page and goes on in its second line, or it ends there with just that.
    """
    indent = pt_to_mm(em_to_pt(INDENT, document.size))
    flush = document.margins.flush(next_run.page)

    def is_at(line: GlyphLine, place: float) -> bool:
        return abs(line.left - place) < indent / 4

    first, second, third = (*next_run.lines[:3], None, None, None)[:3]
    if first is None or second is None or not is_at(second, flush):
        return False
    if is_at(first, flush + indent):
        return True
    ends = second.right < document.right(second.page) - indent
    return is_at(first, flush) and (ends or third is None or not is_at(third, flush))
