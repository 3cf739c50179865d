"""Lines of printed pages to paragraphs: which line goes on with the one before, and how each paragraph is placed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.importing.piece import Align, Looks, Paragraph, Place
from workplan.importing.readers.layout.sheet import Block, block, body_size, em, is_full, written
from workplan.lengths import Em, Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.readers.layout.sheet import Sheet
    from workplan.measure.page import GlyphLine

#: A mark with which a paragraph of a 公文 begins (一、, （一）, 1., （1）, 第一条, ①, 附件).
_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十百0-9０-９]+[）)]|[0-9０-９]{1,3}[、．.](?![0-9０-９])"
    r"|第[一二三四五六七八九十百0-9]+[章条节]|[①-⑳]|附件)"
)
_STOPPED = tuple("。；：！？）)】〕")
_LATIN = re.compile(r"[0-9A-Za-z]")
#: In em: how far a line may begin from the edge and still not be indented, and how uneven the sides of a centred line may be.
_FLUSH, _CENTRED, _CLEAR = 0.6, 1.2, 1.5
#: In 字: an indent of two is exact to this; a line that leaves less free at its right may be the first of a paragraph; no
#: paragraph is indented by as much as the last.
_EXACT, _NEARLY, _FAR = 0.2, 4, 8
#: In 字: by how much the right margin may be wider than the left one.
_UNEVEN = 3
#: How many times the size of the text a title is.
_LARGE = 1.12
#: The share of the usual width that the text of a page must have for its edges to be its own.
_WHOLE = 0.96
#: In pitches of the lines: the distance from which on two lines are two paragraphs.
_APART = 1.55
_BOLD = re.compile(r"bold|heavy|black|粗|hei|xbs|小标宋|黑体", re.IGNORECASE)


@dataclass
class _Open:
    """A paragraph whose lines are being gathered."""

    lines: list[GlyphLine]
    sheet: Sheet
    block: Block
    first_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph, where it begins (its page, and its first baseline), and whether several lines were joined to make it."""

    paragraph: Paragraph
    top: Mm
    joined: int


def blocks(sheets: Sequence[Sheet]) -> dict[int, Block]:
    """The running text of each page by its number; pages with few lines are taken like those of their side."""
    size = body_size(sheets)
    whole = block([line for sheet in sheets for line in sheet.lines], size)
    found: dict[int, Block] = {}
    for parity in (0, 1):
        side = [sheet for sheet in sheets if sheet.number % 2 == parity]
        of_side = block([line for sheet in side for line in sheet.lines], size, whole)
        for sheet in side:
            own = block(sheet.lines, size, of_side)
            # A page of a list alone has no line that is full: its edges are those of the pages like it.
            if own is None or (
                of_side is not None and own.width < _WHOLE * of_side.width and sheet.width < sheet.height
            ):
                own = of_side
            if own is not None:
                found[sheet.number] = replace(own, right=max(own.right, _least_right(sheet, own)))
    return found


def _least_right(sheet: Sheet, own: Block) -> Mm:
    """Where the right edge is at least: a page of short lines does not show it, but margins are nearly alike."""
    return Mm(sheet.width - own.left - _UNEVEN * own.em)


def paragraphs(sheets: Sequence[Sheet], edges: dict[int, Block]) -> list[Laid]:
    """The paragraphs of pages whose chrome and tables have been taken out."""
    laid: list[Laid] = []
    current: _Open | None = None
    for sheet in sheets:
        for number, line in enumerate(sheet.lines, 1):
            measures = edges[sheet.number]
            if current is not None and _goes_on(current, line, sheet, measures):
                current.text = _joined(current.text, written(line.glyphs))
                current.lines.append(line)
                current.sheet, current.block = sheet, measures
                continue
            if current is not None:
                laid.append(_laid(current, edges))
            current = _Open(lines=[line], sheet=sheet, block=measures, first_line=number, text=written(line.glyphs))
    if current is not None:
        laid.append(_laid(current, edges))
    return laid


def _goes_on(current: _Open, line: GlyphLine, sheet: Sheet, measures: Block) -> bool:
    """Whether a line continues the paragraph before it."""
    last = current.lines[-1]
    if abs(last.size - line.size) > line.size / 10 or _placed(line, measures) is not Align.JUSTIFY:
        return False
    if not is_full(last, line, current.block.right) or _is_parted(last, line, current.sheet, sheet):
        return False
    if sheet is current.sheet and line.baseline - last.baseline > _APART * max(measures.pitch, em(line) * 1.2):
        return False
    indent = (line.left - measures.left) / em(line)
    if indent < _FLUSH:
        # Where paragraphs are not indented, only its mark shows that a line behind a full one begins a paragraph; and a page
        # of few lines may not show where its edge is.
        indented = sheet is current.sheet and current.lines[0].left - current.block.left > _FLUSH * em(current.lines[0])
        return indented or not (current.text.rstrip().endswith(_STOPPED) and _MARK.match(written(line.glyphs)))
    # A hanging indent: the lines of a list stand below the text behind its mark.
    first = current.lines[0]
    before = (last.left - current.block.left) / em(last)
    hangs = before > _FLUSH and (last is not first or indent > before + _FLUSH)
    return hangs and abs(indent - before) < (1 if last is not first else 6) and not _MARK.match(written(line.glyphs))


def _is_parted(last: GlyphLine, line: GlyphLine, before: Sheet, sheet: Sheet) -> bool:
    """Whether a table stands between two lines."""
    if before is sheet:
        return any(last.baseline < top < line.baseline for top in sheet.breaks)
    return any(top > last.baseline for top in before.breaks) or any(top < line.baseline for top in sheet.breaks)


def _placed(line: GlyphLine, measures: Block) -> Align:
    """How a line is placed within the text; JUSTIFY for one that begins at its left."""
    unit = em(line)
    left, right = (line.left - measures.left) / unit, (measures.right - line.right) / unit
    is_large = unit > _LARGE * measures.em
    if abs(left - right) < _CENTRED and min(left, right) > (0 if is_large else _CLEAR):
        is_indented = abs(left - 2) < _EXACT and not is_large
        return Align.JUSTIFY if is_indented and right < _NEARLY else Align.CENTER
    return Align.RIGHT if left > _FAR and left > right else Align.JUSTIFY


def _laid(one: _Open, edges: dict[int, Block]) -> Laid:
    first = one.lines[0]
    page = first.page
    measures = edges[page]
    align = _placed(first, measures)
    later = one.lines[1:]
    left = min(((line.left - edges[line.page].left) / em(line) for line in later), default=0.0) if later else 0.0
    indent = (first.left - measures.left) / em(first)
    looks = Looks(
        align=align,
        first=Em(round(indent - left, 1)) if align is Align.JUSTIFY else None,
        left=Em(round(left, 1)) if align is Align.JUSTIFY else None,
        size=Pt(first.size),
        bold=_BOLD.search(first.main.font.name) is not None,
        face=first.main.font.name,
    )
    place = Place(page=page, line=one.first_line)
    return Laid(Paragraph(one.text, place, looks), first.baseline, len(one.lines) - 1)


def _joined(text: str, more: str) -> str:
    """Two lines as one text: with a blank only between two words of Latin letters."""
    needs_blank = _LATIN.match(text[-1:]) and _LATIN.match(more[:1]) and text[-1:].isalpha() and more[:1].isalpha()
    return f"{text.rstrip()} {more.lstrip()}" if needs_blank else text.rstrip() + more.lstrip()
