"""What stands on the page and is no part of the document: page numbers, running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.importing.piece import Looks, Outside, Paragraph, Place
from workplan.importing.readers.layout.sheet import written
from workplan.lengths import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.readers.layout.sheet import Sheet
    from workplan.lengths import Mm
    from workplan.measure.page import GlyphLine

_PAGE_NUMBER = re.compile(
    r"[—–\-－·.．•~_\s]*(?:第\s*)?[0-9０-９ivxⅠ-Ⅻ]{1,4}(?:\s*页)?(?:\s*[/／,，共]\s*(?:共)?\s*[0-9０-９]{1,4}(?:\s*页)?)?[—–\-－·.．•~_\s]*",
    re.IGNORECASE,
)
#: The parts of the page's height, from its edges, in which running heads and feet stand.
_HEAD, _FOOT = 0.12, 0.86
#: On how many pages, and on which share of them, a line must stand to be a running head.
_LEAST_PAGES, _LEAST_SHARE = 3, 0.5
#: A page with fewer lines has no number. In mm: how far lines of one level lie apart at most.
_FEWEST, _LEVEL = 2, 1.0
_DIGITS = re.compile(r"[0-9０-９]+")


def without(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Paragraph]]:
    """The pages without page numbers and running heads, and those as pieces that are handed on apart."""
    running = _running(sheets)
    kept: list[Sheet] = []
    left_out: list[Paragraph] = []
    for sheet in sheets:
        lines = []
        number_at = _number_at(sheet, running)
        for number, line in enumerate(sheet.lines, 1):
            why = _why(sheet, line, number_at, running)
            if why is None:
                lines.append(line)
                continue
            place = Place(page=sheet.number, line=number)
            left_out.append(Paragraph(written(line.glyphs), place, Looks(size=Pt(line.size)), outside=why))
        kept.append(replace(sheet, lines=tuple(lines)))
    return kept, left_out


def _why(sheet: Sheet, line: GlyphLine, number_at: Mm | None, running: frozenset[tuple[str, int]]) -> Outside | None:
    at_head, at_foot = line.baseline < _HEAD * sheet.height, line.baseline > _FOOT * sheet.height
    if not at_head and not at_foot:
        return None
    if number_at is not None and abs(line.baseline - number_at) < _LEVEL and _PAGE_NUMBER.fullmatch(line.text):
        return Outside.PAGE_NUMBER
    if _key(line) in running:
        return Outside.HEADER if at_head else Outside.FOOTER
    return None


def _number_at(sheet: Sheet, running: frozenset[tuple[str, int]]) -> Mm | None:
    """The baseline of the number of a page: of its lowest line, where nothing but numbers stands on it.

    A figure in the last line of a table has a page's number below it, or cells beside it.
    """
    own = [line for line in sheet.lines if _key(line) not in running or _PAGE_NUMBER.fullmatch(line.text)]
    if len(sheet.lines) < _FEWEST or not own:
        return None
    lowest = max(line.baseline for line in own)
    level = [line for line in own if lowest - line.baseline < _LEVEL]
    return lowest if all(_PAGE_NUMBER.fullmatch(line.text) for line in level) else None


def _running(sheets: Sequence[Sheet]) -> frozenset[tuple[str, int]]:
    """Lines that stand at the same height near the edge of many pages, figures aside."""
    counts = Counter[tuple[str, int]]()
    for sheet in sheets:
        edge = [line for line in sheet.lines if not _HEAD * sheet.height <= line.baseline <= _FOOT * sheet.height]
        counts.update({_key(line) for line in edge})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(sheets))
    return frozenset(key for key, count in counts.items() if count >= least)


def _key(line: GlyphLine) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.baseline / 2)
