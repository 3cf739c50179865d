"""Edges of printed things, from the ink at 600 dots to the inch; only bands of a page are rendered, never whole pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from workplan.lengths import Mm, dots_to_mm
from workplan.measure.page import Box
from workplan.page.dimensions import LEFT_MARGIN, RIGHT_MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.measure.page import Page

#: Dots to the inch: coarse to find a thing, fine to measure it.
_COARSE, _FINE = 150, 600
#: Least darkness (of 255) that counts as ink: half, so that an edge lies where the outline crosses the dot's middle.
_HALF = 128
#: Least share of the text block's width that is inked in a row of dots of a rule; text has much less.
_RULE_SHARE = 0.45
#: Least redness (of 255) of red ink; less is grey or brown.
_REDDISH = 60
#: The shortest rule that is found.
_SHORTEST = Mm(100.0)
#: Distance around a thing found coarsely within which its edges are measured.
_AROUND = Mm(1.2)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule: the edges of its ink."""

    left: Mm
    right: Mm
    top: Mm
    bottom: Mm

    @property
    def width(self) -> Mm:
        """From its left to its right end."""
        return Mm(self.right - self.left)

    @property
    def thickness(self) -> Mm:
        """From its upper to its lower edge."""
        return Mm(self.bottom - self.top)


def bounds(page: Page, box: Box, *, red: bool = False) -> Box | None:
    """The smallest box around the ink (or the red ink) within ``box``; None where there is none."""
    inked = _ink(page, box, _FINE, red=red).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if inked is None:
        return None
    left, top, right, bottom = (dots_to_mm(dots, _FINE) for dots in inked)
    return Box(Mm(box.left + left), Mm(box.top + top), Mm(box.left + right), Mm(box.top + bottom))


def has_ink(page: Page, box: Box) -> bool:
    """Whether anything is printed within ``box``."""
    return _ink(page, box, _COARSE, red=False).point(lambda dark: 255 * (dark >= _HALF)).getbbox() is not None


def first_red(page: Page, box: Box) -> Mm | None:
    """The height at which red ink begins within ``box``, found coarsely and then measured finely."""
    coarse = _ink(page, box, _COARSE, red=True).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if coarse is None:
        return None
    fine = bounds(page, _around(Mm(box.top + dots_to_mm(coarse[1], _COARSE)), box.left, box.right), red=True)
    return fine.top if fine else None


def _around(height: Mm, left: Mm, right: Mm) -> Box:
    """The band in which the edges of a thing found coarsely at a height are measured."""
    return Box(left, Mm(height - _AROUND), right, Mm(height + _AROUND))


def rules(page: Page, top: Mm, bottom: Mm, *, red: bool = False) -> tuple[Rule, ...]:
    """The rules between two heights of the page, from top to bottom."""
    return tuple(rule for about in _rows(page, top, bottom, red=red) if (rule := _rule(page, about, red=red)))


def bands(page: Page, top: Mm, bottom: Mm) -> tuple[Rule, ...]:
    """The red lines of a double rule between two heights, measured; they are too close together for ``rules``."""
    ink = _ink(page, Box(Mm(0), top, page.width, bottom), _FINE, red=True)
    profile = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    inked = [dark > _RULE_SHARE * 255 for dark in profile]
    edges = [row for row in range(len(inked) + 1) if (row < len(inked) and inked[row]) != (row > 0 and inked[row - 1])]
    lines = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        middle = (first + last) // 2
        line = ink.crop((0, middle, ink.width, middle + 1)).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
        if line is not None:
            lines.append(_in_dots(line[0], line[2], first, last, top))
    return tuple(lines)


def _in_dots(left: float, right: float, first: float, last: float, top: Mm) -> Rule:
    """The rule with these edges, in fine dots, in a picture whose upper edge is at the height ``top``."""
    dot = dots_to_mm(1, _FINE)
    return Rule(Mm(left * dot), Mm(right * dot), Mm(top + first * dot), Mm(top + last * dot))


def _rows(page: Page, top: Mm, bottom: Mm, *, red: bool) -> Iterator[Mm]:
    """Heights at which a rule seems to be."""
    ink = _ink(page, Box(LEFT_MARGIN, top, Mm(page.width - RIGHT_MARGIN), bottom), _COARSE, red=red)
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    inside = False
    for place, dark in enumerate(rows):
        starts = dark > _RULE_SHARE * 255 * 0.6
        if starts and not inside:
            yield Mm(top + dots_to_mm(place + 0.5, _COARSE))
        inside = starts


def _rule(page: Page, about: Mm, *, red: bool) -> Rule | None:
    """The rule at a height, measured; None where it is no unbroken line."""
    box = _around(about, Mm(0), page.width)
    ink = _ink(page, box, _FINE, red=red)
    profile = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    middle = min(range(len(profile)), key=lambda row: (-profile[row], abs(row - len(profile) / 2)))
    inked = ink.crop((0, middle, ink.width, middle + 1)).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if inked is None:
        return None
    left, right = inked[0], inked[2]
    line = ink.crop((left, middle, right, middle + 1))
    unbroken = sum(dark >= _HALF for dark in line.tobytes()) >= 0.97 * (right - left)
    if not unbroken or dots_to_mm(right - left, _FINE) < _SHORTEST:
        return None
    first, last = _edges(ink.crop((left, 0, right, ink.height)), middle)
    return _in_dots(left, right, first, last, box.top)


def _edges(ink: Image.Image, middle: int) -> tuple[float, float]:
    """Upper and lower edge of a rule in dots: dots that it covers partly count by their darkness."""
    profile = [dark / 255 for dark in ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()]
    full = profile[middle]
    first = last = middle
    while first > 0 and profile[first - 1] >= full * 0.9:
        first -= 1
    while last + 1 < len(profile) and profile[last + 1] >= full * 0.9:
        last += 1
    above = profile[first - 1] / full if first else 0.0
    below = profile[last + 1] / full if last + 1 < len(profile) else 0.0
    return first - above, last + 1 + below


def _ink(page: Page, box: Box, resolution: int, *, red: bool) -> Image.Image:
    """The darkness (or the redness) of every dot: 0 is paper, 255 full ink."""
    picture = page.paper.picture(box, resolution)
    if not red:
        return ImageChops.invert(picture.convert("L"))
    reds, greens, blues = picture.split()
    redness = ImageChops.subtract(reds, ImageChops.lighter(greens, blues))
    # The red of printed documents (Y80 M80, 5.2.4) is paler than a screen's: full ink is the reddest dot.
    reddest = max(redness.tobytes())
    full = reddest if reddest > _REDDISH else 255
    return redness.point(lambda dark: min(255, dark * 255 // full))
