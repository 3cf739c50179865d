"""Whether the running text of a page stands in two columns, which nothing here puts into order."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.importing.readers.layout.sheet import em

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.readers.layout.sheet import Sheet
    from workplan.lengths import Mm
    from workplan.measure.page import Glyph

#: Fewest lines with a gap at one place, and their least share of a page's lines.
_LINES, _SHARE = 12, 0.6
#: Least width of the gap, in em, and of the text at either side of it.
_GAP, _SIDE = 1.5, 8.0


def in_columns(sheets: Sequence[Sheet]) -> int:
    """The number of the first page whose text runs in columns; 0 where there is none."""
    return next((sheet.number for sheet in sheets if _has_columns(sheet)), 0)


def _has_columns(sheet: Sheet) -> bool:
    gaps = Counter[int]()
    for line in sheet.lines:
        unit = em(line)
        gaps.update(set(_gaps(line.glyphs, unit)))
    most = max((count + gaps[place + 1] for place, count in gaps.items()), default=0)
    return most >= max(_LINES, _SHARE * len(sheet.lines))


def _gaps(glyphs: Sequence[Glyph], unit: Mm) -> list[int]:
    left, right = glyphs[0].x, glyphs[-1].right
    shown = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return [
        round((one.right + two.x) / 2 / (2 * unit))
        for one, two in pairwise(shown)
        if two.x - one.right > _GAP * unit and one.right - left > _SIDE * unit and right - two.x > _SIDE * unit
    ]
