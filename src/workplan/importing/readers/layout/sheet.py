"""A page as its glyphs and ruling lines say, and the measures of its text."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, pt_to_mm
from workplan.measure.page import GlyphLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.measure.page import Glyph

#: Least gap between two glyphs that is shown as a blank, in em: justified lines spread their glyphs by less.
_BLANK = 0.8
#: Least share of the lines of a page, and least number of them, that make an edge one of the text.
_EDGE_SHARE, _EDGE_LINES, _FEW_LINES = 0.08, 2, 5
_FULL = 0.85
#: Most pages, and most characters in all, of a document that is read: the longest real one had 34 and 20,000.
MOST_PAGES, MOST_GLYPHS = 1000, 120_000
#: The date of the imprint, which stands at the right of the line that has the office (GB/T 9704, 7.4.3), and the least gap
#: before it, in em.
_PRINTED = re.compile(r"[0-9０-９〇○零一二三四五六七八九十]{2,5}年.{1,3}月.{1,4}日印(?:发|制|)")
_PRINTED_GAP = 1.5
_WORD = re.compile(
    r"[0-9A-Za-z][0-9A-Za-z.,%\-–—/]*[\s)）》”’」』〕】。，、；：？！…—]*|.[)）》”’」』〕】。，、；：？！…—]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on a page, in mm from its top left corner; upright where ``left`` is ``right``."""

    left: Mm
    top: Mm
    right: Mm
    bottom: Mm

    @property
    def is_upright(self) -> bool:
        """Whether it runs from top to bottom."""
        return self.bottom - self.top > self.right - self.left


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number from 1, its size in mm, its lines from top to bottom, its ruling lines.

    ``breaks`` are the upper edges of the tables that were taken out of it: no paragraph goes on over one.
    """

    number: int
    width: Mm
    height: Mm
    lines: tuple[GlyphLine, ...]
    rules: tuple[Rule, ...] = ()
    breaks: tuple[Mm, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Where the running text of a page stands: its edges, the size of its characters and the distance of its lines, in mm."""

    left: Mm
    right: Mm
    em: Mm
    pitch: Mm

    @property
    def width(self) -> Mm:
        """The length of a full line."""
        return Mm(self.right - self.left)


def em(line: GlyphLine) -> Mm:
    """The size of a line's characters in mm."""
    return pt_to_mm(Pt(line.size))


def written(glyphs: Sequence[Glyph]) -> str:
    """The characters of glyphs, with a blank where a wide gap is."""
    text, before = "", None
    for glyph in glyphs:
        gap = 0.0 if before is None else glyph.x - before.right
        if gap > _BLANK * pt_to_mm(glyph.size) and not (text[-1:].isspace() or glyph.text.isspace()):
            text += " "
        text += glyph.text
        before = glyph
    return text


def imprint_parted(sheet: Sheet) -> Sheet:
    """A page with the two parts of its imprint's last line, office and date, as two lines."""
    lines: list[GlyphLine] = []
    for line in sheet.lines:
        at = _before_date(line) if line.text.endswith(("印发", "印制", "日印")) else 0
        parts = (line.glyphs[:at], line.glyphs[at:]) if at else (line.glyphs,)
        lines += [GlyphLine(line.page, _bare(part)) for part in parts]
    return replace(sheet, lines=tuple(lines))


def _before_date(line: GlyphLine) -> int:
    """The number of glyphs before the wide gap behind which the date of the imprint stands; 0 where there is none."""
    shown = [(at, glyph) for at, glyph in enumerate(line.glyphs) if not glyph.text.isspace()]
    for (_, one), (at, two) in reversed(list(pairwise(shown))):
        said = "".join(glyph.text for _, glyph in shown if glyph.x >= two.x)
        if two.x - one.right > _PRINTED_GAP * em(line) and _PRINTED.fullmatch(said):
            return at
    return 0


def _bare(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    while glyphs and glyphs[-1].text.isspace():
        glyphs = glyphs[:-1]
    return glyphs


def body_size(sheets: Sequence[Sheet]) -> Pt:
    """The size of most characters of a document."""
    sizes = Counter[float]()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.glyphs)
    return Pt(sizes.most_common(1)[0][0]) if sizes else Pt(16)


def block(lines: Sequence[GlyphLine], size: Pt, fallback: Block | None = None) -> Block | None:
    """The running text among some lines; ``fallback`` where they are too few to say."""
    body = [line for line in lines if abs(line.size - size) < size / 8]
    if len(body) < _FEW_LINES and fallback is not None:
        return fallback
    if not body:
        return fallback
    unit = pt_to_mm(size)
    left = _edge([line.left for line in body], unit)
    right = _far_edge([line.right for line in body], unit)
    steps = [two.baseline - one.baseline for one, two in pairwise(body)]
    near = [step for step in steps if unit * 0.8 < step < unit * 3]
    return Block(left, right, unit, Mm(statistics.median(near)) if near else Mm(unit * 1.8))


def is_full(line: GlyphLine, following: GlyphLine, right: Mm) -> bool:
    """Whether a line went on to the next one because nothing more fitted: the next word is wider than what is left."""
    word = _WORD.match(written(following.glyphs))
    taken, wanted = 0, len(word[0].rstrip()) if word else 1
    for glyph in following.glyphs[:wanted]:
        taken += 1
        last = glyph
    if not taken:
        return True
    width = last.right - following.left
    return right - line.right < width + 0.3 * em(line)


def _edge(lefts: list[Mm], unit: Mm) -> Mm:
    """The outermost left edge that several lines share."""
    counts = Counter(round(left / (unit / 4)) for left in lefts)
    least = max(_EDGE_LINES, _EDGE_SHARE * len(lefts))
    shared = [place for place, count in counts.items() if count + counts[place + 1] >= least]
    place = min(shared, default=min(counts))
    near = [left for left in lefts if abs(left - place * unit / 4) <= unit / 2]
    return Mm(statistics.median_low(near or lefts))


def _far_edge(rights: list[Mm], unit: Mm) -> Mm:
    """The right edge of full lines: marks may hang over it by half their width."""
    ordered = sorted(rights)
    outer = ordered[min(len(ordered) - 1, int(len(ordered) * _FULL))]
    near = [right for right in rights if abs(right - outer) <= unit]
    return Mm(statistics.median(near))
