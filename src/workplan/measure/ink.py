"""Edges of what is printed, from the ink at 600 dots to the inch; only bands are rendered, never whole pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from workplan.measure.page import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.measure.page import Page

#: Dots to the inch: coarse to find a thing, fine to measure it.
_COARSE, _FINE = 150, 600
_INCH = 25.4
#: Ink counts from half of full darkness, so that an edge lies where the outline crosses the dot's middle.
_HALF = 128
#: A row of dots is part of a rule where this share of the text block's width is inked; text never comes near.
_RULE_SHARE = 0.45
#: What is less red than this (of 255) is grey or brown.
_REDDISH = 60
#: The shortest rule that is looked for, in mm.
_SHORTEST = 100.0
#: How far around a thing found coarsely its edges are looked for, in mm.
_AROUND = 1.2


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule: the edges of its ink."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """From end to end."""
        return self.right - self.left

    @property
    def thickness(self) -> float:
        """From edge to edge."""
        return self.bottom - self.top


def bounds(page: Page, box: Box, *, red: bool = False) -> Box | None:
    """The smallest box around the ink (or the red ink) within ``box``; None where there is none."""
    found = _ink(page, box, _FINE, red=red).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if found is None:
        return None
    left, top, right, bottom = (dots * _INCH / _FINE for dots in found)
    return Box(box.left + left, box.top + top, box.left + right, box.top + bottom)


def first_red(page: Page, box: Box) -> float | None:
    """How far down red ink begins within ``box``, found coarsely and then measured finely."""
    coarse = _ink(page, box, _COARSE, red=True).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if coarse is None:
        return None
    about = box.top + coarse[1] * _INCH / _COARSE
    fine = bounds(page, Box(box.left, about - _AROUND, box.right, about + _AROUND), red=True)
    return fine.top if fine else None


def rules(page: Page, top: float, bottom: float, *, red: bool = False) -> tuple[Rule, ...]:
    """The rules between two heights of the page, from top to bottom."""
    return tuple(rule for about in _rows(page, top, bottom, red=red) if (rule := _rule(page, about, red=red)))


def bands(page: Page, top: float, bottom: float) -> tuple[Rule, ...]:
    """The red lines of a double rule between two heights, measured; they stand too close to be looked for one by one."""
    dot = _INCH / _FINE
    found = _ink(page, Box(0, top, page.width, bottom), _FINE, red=True)
    profile = found.resize((1, found.height), Image.Resampling.BOX).tobytes()
    inked = [dark > _RULE_SHARE * 255 for dark in profile]
    edges = [row for row in range(len(inked) + 1) if (row < len(inked) and inked[row]) != (row > 0 and inked[row - 1])]
    rules = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        middle = (first + last) // 2
        line = found.crop((0, middle, found.width, middle + 1)).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
        if line is not None:
            rules.append(Rule(line[0] * dot, line[2] * dot, top + first * dot, top + last * dot))
    return tuple(rules)


def _rows(page: Page, top: float, bottom: float, *, red: bool) -> Iterator[float]:
    """Heights at which a rule seems to be."""
    ink = _ink(page, Box(28, top, page.width - 26, bottom), _COARSE, red=red)
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    inside = False
    for place, dark in enumerate(rows):
        starts = dark > _RULE_SHARE * 255 * 0.6
        if starts and not inside:
            yield top + (place + 0.5) * _INCH / _COARSE
        inside = starts


def _rule(page: Page, about: float, *, red: bool) -> Rule | None:
    """The rule at a height, measured; None where it is no unbroken line."""
    box = Box(0, about - _AROUND, page.width, about + _AROUND)
    ink = _ink(page, box, _FINE, red=red)
    profile = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    middle = min(range(len(profile)), key=lambda row: (-profile[row], abs(row - len(profile) / 2)))
    ends = ink.crop((0, middle, ink.width, middle + 1)).point(lambda dark: 255 * (dark >= _HALF)).getbbox()
    if ends is None:
        return None
    left, right = ends[0], ends[2]
    line = ink.crop((left, middle, right, middle + 1))
    unbroken = sum(dark >= _HALF for dark in line.tobytes()) >= 0.97 * (right - left)
    if not unbroken or (right - left) * _INCH / _FINE < _SHORTEST:
        return None
    first, last = _edges(ink.crop((left, 0, right, ink.height)), middle)
    dot = _INCH / _FINE
    return Rule(left * dot, right * dot, box.top + first * dot, box.top + last * dot)


def _edges(ink: Image.Image, middle: int) -> tuple[float, float]:
    """Upper and lower edge of a rule in dots: dots that it covers in part count by their darkness."""
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


def _ink(page: Page, box: Box, dots: int, *, red: bool) -> Image.Image:
    """How dark (or how red) every dot is: 0 is paper, 255 full ink."""
    picture = page.paper.picture(box, dots)
    if not red:
        return ImageChops.invert(picture.convert("L"))
    one, other, third = picture.split()
    redness = ImageChops.subtract(one, ImageChops.lighter(other, third))
    # Red as an office prints it (Y80 M80, 5.2.4) is paler than a screen's: full ink is the reddest dot.
    reddest = max(redness.tobytes())
    full = reddest if reddest > _REDDISH else 255
    return redness.point(lambda dark: min(255, dark * 255 // full))
