"""Printed numbers of a plan: every item gets its number, its level and the style that holds there.

A part's title is level 1 and its items 2 to 4; a part without a title, and an item with ``number: ""``, take no level.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from workplan import numerals
from workplan.model import Clause, Item, ItemsPart
from workplan.numerals import NUMERAL
from workplan.registry import mentions
from workplan.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.model import Part, Style
    from workplan.registry import Book, Mention

#: GB/T 9704 7.3.3 knows four levels: 一、 （一） 1. （1）.
LEVELS = 4
#: The kinds of parts whose items are somebody's duty.
DUTY_KINDS = ("tasks", "safeguards", "duties")


@dataclass(frozen=True, slots=True)
class Manner:
    """The style that holds for an item, everything inherited filled in."""

    numbering: tuple[str, ...] = ("一、", "（一）", "1.", "（1）")
    continuous: tuple[str, ...] = ()
    titles: str = "run-in"
    annotations: str = "after-stop"
    label: str = "责任单位"
    clauses: str = ""

    def under(self, style: Style | None) -> Manner:
        """This manner with what ``style`` sets."""
        if style is None:
            return self
        given = {item.name: _plain(getattr(style, item.name)) for item in fields(self)}
        return replace(self, **{name: value for name, value in given.items() if value is not None})


def _plain(value: Any) -> Any:  # noqa: ANN401 - the types of Style's fields
    if isinstance(value, tuple):
        return tuple(glyph.text for glyph in value)
    return value.text if isinstance(value, Scalar) else value


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item, clause or bare paragraph (``item`` is then a text) with its printed number.

    ``mark`` is the number as printed (``1．``), ``number`` the numeral alone (``1``), both "" where none is printed;
    ``path`` the marks from the top down to it; ``level`` is the level of an item, numbered or not (more than the style
    has glyphs for where it lies too deep), and 0 for a clause or a bare paragraph. ``mentions`` are the mentions of units
    that it makes itself; None in a part that is nobody's duty, where they are not looked for.
    """

    item: Item | Clause | Scalar
    mark: str
    number: str
    level: int
    path: tuple[str, ...]
    manner: Manner
    items: tuple[Numbered, ...] = ()
    clauses: tuple[Numbered, ...] = ()
    mentions: tuple[Mention, ...] | None = None

    def walk(self) -> Iterator[Numbered]:
        """The item, then its clauses and items, in printed order."""
        yield self
        for child in (*self.clauses, *self.items):
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part with the printed number of its title and its numbered items."""

    part: Part
    mark: str
    number: str
    path: tuple[str, ...]
    manner: Manner
    items: tuple[Numbered, ...] = ()

    def walk(self) -> Iterator[Numbered]:
        """Every item of the part in printed order."""
        for item in self.items:
            yield from item.walk()


@dataclass(slots=True)
class _Counters:
    """How far each glyph has counted: ``own`` under one number, ``through`` for those that do not restart."""

    through: dict[str, int]
    own: dict[str, int] = field(default_factory=dict)

    def next(self, glyph: str, manner: Manner) -> int:
        counts = self.through if glyph in manner.continuous else self.own
        counts[glyph] = counts.get(glyph, 0) + 1
        return counts[glyph]

    def go_on_from(self, glyph: str, manner: Manner, number: int) -> None:
        counts = self.through if glyph in manner.continuous else self.own
        counts[glyph] = number

    def below(self) -> _Counters:
        return _Counters(self.through)


def number_parts(parts: Sequence[Part], manner: Manner, book: Book) -> tuple[NumberedPart, ...]:
    """Number the parts of a document; they share the counters of level 1. ``book`` knows the units that items name."""
    counters = _Counters({})
    return tuple(_with_mentions(_part(part, _for_part(part, manner), counters, titled=True), book) for part in parts)


def number_attachment(part: Part, manner: Manner, book: Book) -> NumberedPart:
    """Number one attachment: it counts for itself, and its title takes no level."""
    return _with_mentions(_part(part, _for_part(part, manner), _Counters({}), titled=False), book)


def _with_mentions(part: NumberedPart, book: Book) -> NumberedPart:
    """The part with the units that its items name, where items are somebody's duty; a duties part names them in titles."""
    if not isinstance(part.part, ItemsPart) or part.part.kind not in DUTY_KINDS:
        return part
    titled = part.part.kind == "duties"
    return replace(part, items=tuple(_mentioning(item, book, titled=titled) for item in part.items))


def _mentioning(numbered: Numbered, book: Book, *, titled: bool) -> Numbered:
    if not isinstance(numbered.item, Clause):
        return numbered
    return replace(
        numbered,
        items=tuple(_mentioning(item, book, titled=titled) for item in numbered.items),
        clauses=tuple(_mentioning(clause, book, titled=titled) for clause in numbered.clauses),
        mentions=tuple(mentions(numbered.item, book, titled=titled)),
    )


def _for_part(part: Part, manner: Manner) -> Manner:
    """A duties part says who in its titles: its units do not print again unless its own style wants them."""
    if isinstance(part, ItemsPart) and part.kind == "duties":
        manner = replace(manner, annotations="none")
    return manner.under(part.style)


def _part(part: Part, manner: Manner, counters: _Counters, *, titled: bool) -> NumberedPart:
    mark, number = _mark(part.number, 1, manner, counters) if titled and part.title is not None else ("", "")
    path = (mark,) if mark else ()
    below = counters.below() if mark else counters
    items = _items(part.items, len(path), path, manner, below) if isinstance(part, ItemsPart) else ()
    return NumberedPart(part, mark, number, path, manner, items)


def _items(
    items: Sequence[Item | Scalar], level: int, path: tuple[str, ...], manner: Manner, counters: _Counters
) -> tuple[Numbered, ...]:
    return tuple(_item(item, level + 1, path, manner, counters) for item in items)


def _item(item: Item | Scalar, level: int, path: tuple[str, ...], manner: Manner, counters: _Counters) -> Numbered:
    if isinstance(item, Scalar):
        return Numbered(item, "", "", 0, path, manner)
    manner = manner.under(item.style)
    mark, number = _mark(item.number, level, manner, counters)
    bare = not mark and level <= len(manner.numbering)
    path = (*path, mark) if mark else path
    items = _items(item.items, level - 1 if bare else level, path, manner, counters if bare else counters.below())
    return Numbered(item, mark, number, level, path, manner, items, _clauses(item, path, manner))


def _clauses(item: Item, path: tuple[str, ...], manner: Manner) -> tuple[Numbered, ...]:
    """Clauses count within their item by the style's own glyph; they take no level."""
    counters = _Counters({})
    found = []
    for clause in item.clauses:
        own = manner.under(clause.style)
        mark, number = _written(clause.number, own.clauses, own, counters)
        found.append(Numbered(clause, mark, number, 0, (*path, mark) if mark else path, own))
    return tuple(found)


def _mark(number: Scalar | None, level: int, manner: Manner, counters: _Counters) -> tuple[str, str]:
    glyph = manner.numbering[level - 1] if level <= len(manner.numbering) else ""
    return _written(number, glyph, manner, counters)


def _written(number: Scalar | None, glyph: str, manner: Manner, counters: _Counters) -> tuple[str, str]:
    """The printed mark and its numeral; a number given by the author prints, and counting goes on from it."""
    if number is None:
        return _formatted(glyph, counters.next(glyph, manner)) if glyph else ("", "")
    given = number.text.strip()
    count = numerals.value(given)
    found = NUMERAL.search(given)
    if count is None and found:
        counters.go_on_from(glyph, manner, numerals.value(found[0]) or 0)
        return number.text, found[0]
    if count is None:
        return number.text, number.text
    counters.go_on_from(glyph, manner, count)
    return _formatted(glyph, count) if glyph else (number.text, given)


def _formatted(glyph: str, count: int) -> tuple[str, str]:
    """A glyph by example with its numeral replaced: （一） and 12 give （十二）."""
    match = NUMERAL.search(glyph)
    if not match or not match.lastgroup:
        return glyph, ""
    numeral = numerals.written(count, match.lastgroup)
    return glyph[: match.start()] + numeral + glyph[match.end() :], numeral
