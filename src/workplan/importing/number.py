"""Numbers given by hand: where counting does not lead to the mark of the source, as ``plan/numbering.py`` counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.plan.numbering import formatted

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from workplan.importing.draft import Node, Part, Style


@dataclass(slots=True)
class _Counters:
    """How far each glyph has counted."""

    through: dict[str, int]
    own: dict[str, int] = field(default_factory=dict)

    def of(self, glyph: str, style: Style) -> dict[str, int]:
        """The counts that a glyph belongs to."""
        return self.through if glyph in style.continuous else self.own

    def below(self) -> _Counters:
        """Those for what stands under a number."""
        return _Counters(self.through)


@dataclass(frozen=True, slots=True)
class Numbering:
    """Gives numbers by hand where they are needed; ``forced`` are the nodes that get theirs in any case."""

    style: Style
    forced: Container[int]

    def parts(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The parts of a document, which count their titles together."""
        counters = _Counters({})
        return tuple(self._part(part, counters) for part in parts)

    def attachment(self, part: Part) -> Part:
        """An attachment, which counts for itself; its title has no number."""
        return self._part(part, _Counters({}))

    def _part(self, part: Part, counters: _Counters) -> Part:
        style = part.style if part.style.numbering else self.style
        head, level = part.head, 0
        if head is not None and head.mark is not None:
            head = self._counted(head, 1, style, counters)
            counters, level = counters.below(), 1
        return replace(part, head=head, items=self._items(part.items, level, style, counters))

    def _items(self, items: Sequence[Node], above: int, style: Style, counters: _Counters) -> tuple[Node, ...]:
        found = []
        for node in items:
            if node.mark is None or node.number == "":
                found.append(replace(node, items=self._items(node.items, above, style, counters)))
                continue
            counted = self._counted(node, above + 1, style, counters)
            found.append(replace(counted, items=self._items(node.items, above + 1, style, counters.below())))
        return tuple(found)

    def _counted(self, node: Node, level: int, style: Style, counters: _Counters) -> Node:
        mark = node.mark
        assert mark is not None  # noqa: S101 - asked before
        glyph = style.numbering[level - 1] if level <= len(style.numbering) else ""
        counts = counters.of(glyph, style)
        follows = glyph and formatted(glyph, counts.get(glyph, 0) + 1)[0] == mark.printed
        found = numerals.NUMERAL.search(mark.printed)
        counts[glyph] = (numerals.value(found[0]) or 0) if found else counts.get(glyph, 0) + 1
        return node if follows and node.id not in self.forced else replace(node, number=mark.printed)
