"""The style of a plan that was read: how most of its numbers, titles and annotations are written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workplan.importing.draft import Style
from workplan.plan.computed_style import ComputedStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.importing.draft import Node, Part
    from workplan.importing.marks import Mark

_USUAL = ComputedStyle()


def of(parts: Sequence[Part]) -> Style:
    """The style that most of some parts have."""
    levels = [level for part in parts for level in _levels(part)]
    numbering = _numbering(levels)
    nodes = [node for part in parts for node in part.walk()]
    own_line = Counter(node.own_line for node in nodes if node.title and node.text and node not in _heads(parts))
    places = Counter(node.units.place for node in nodes if node.units)
    labels = Counter(
        label for node in nodes if node.units and len(node.units.labels) == 1 for label, _ in node.units.labels
    )
    return Style(
        numbering=numbering,
        continuous=tuple(glyph for glyph in dict.fromkeys(numbering[1:]) if _is_continuous(glyph, parts)),
        titles="own-line" if own_line[True] > own_line[False] else "",
        annotations=_most(places, "after-stop"),
        label=_most(labels, ""),
    )


def apart(part: Part, style: Style) -> Style:
    """What a part says of its own where its numbers are written otherwise than those of the document."""
    levels = list(_levels(part))
    own = _numbering(levels)
    known = style.numbering or _USUAL.numbering
    used = {level for level, _ in levels}
    differs = any(level > len(known) or own[level - 1] != known[level - 1] for level in used)
    continuous = tuple(glyph for glyph in dict.fromkeys(own[1:]) if _is_continuous(glyph, [part]))
    return Style(numbering=own, continuous=continuous) if differs and own else Style()


def _heads(parts: Iterable[Part]) -> list[Node]:
    return [part.head for part in parts if part.head]


def _most(counts: Counter[str], usual: str) -> str:
    """What occurs most; "" where that is the usual way."""
    if not counts:
        return ""
    found = max(counts, key=counts.__getitem__)
    return "" if found == usual else found


def _levels(part: Part) -> Iterator[tuple[int, Mark]]:
    """Every mark of a part with its level."""
    titled = part.head is not None and part.head.mark is not None
    if part.head is not None and part.head.mark is not None:
        yield 1, part.head.mark
    for node in part.items:
        yield from _below(node, 2 if titled else 1)


def _below(node: Node, level: int) -> Iterator[tuple[int, Mark]]:
    if node.mark is not None and node.number != "":
        yield level, node.mark
        level += 1
    for inner in node.items:
        yield from _below(inner, level)


def _numbering(levels: Sequence[tuple[int, Mark]]) -> tuple[str, ...]:
    """The glyph of each level down to the deepest, by example."""
    deepest = max((level for level, _ in levels), default=0)
    found: list[str] = []
    for level in range(1, deepest + 1):
        glyphs = Counter(mark.glyph for own, mark in levels if own == level and not mark.within)
        usual = _USUAL.numbering[min(level, len(_USUAL.numbering)) - 1]
        found.append(max(glyphs, key=glyphs.__getitem__) if glyphs else usual)
    return tuple(found)


def _is_continuous(glyph: str, parts: Sequence[Part]) -> bool:
    """Whether a glyph goes on counting under the next number more often than it begins anew."""
    last = 0
    on = anew = 0
    for group in _groups(parts):
        own = [mark.number for mark in group if mark.glyph == glyph]
        if own and last:
            on += own[0] == last + 1
            anew += own[0] == 1
        last = own[-1] if own else last
    return on > anew


def _groups(parts: Sequence[Part]) -> Iterator[list[Mark]]:
    """The marks that stand under the same number, group by group, in order."""
    yield [part.head.mark for part in parts if part.head and part.head.mark]
    for part in parts:
        yield from _within(part.items)


def _within(items: Sequence[Node]) -> Iterator[list[Mark]]:
    yield [node.mark for node in items if node.mark is not None and node.number != ""]
    for node in items:
        yield from _within(node.items)
