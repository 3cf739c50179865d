"""Printed numbers of a plan: every item gets its number, its level and the style that holds there.

A part's title is level 1 and its items 2 to 4; a part without a title, and an item with ``number: ""``, take no level. A table
among items counts with them where it has a title, and takes no level otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.language.model import Clause, Item, ItemsPart, TablePart
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.model import Part
    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.registry import UnitReference

#: GB/T 9704 7.3.3 knows four levels: 一、 （一） 1. （1）.
LEVELS = 4
_APART = re.compile(r"[%/\s]")
#: The kinds of parts every leaf of which is somebody's duty, even where it names nobody.
DUTY_KINDS = ("tasks", "safeguards", "duties")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item, clause, table or bare paragraph (``item`` is then a text) with its printed number.

    ``printed_number`` is the number as printed (``1．``), ``number`` the numeral alone (``1``), both "" where none is printed;
    ``path`` the marks from the top down to it; ``level`` is the level of an item or a titled table, numbered or not (more than
    the style has glyphs for where it lies too deep), and 0 for a clause, a bare paragraph or table. ``unit_references`` say
    where it names units itself; None where nobody has looked yet, as before the parts are ``references.resolved``, and for a
    table, whose own places are those of ``table``. ``labels`` says that it is a line such as 责任单位：甲 that only says who
    answers for what stands above it. ``address`` says where in
    the plan it stands: below its part by its id (``tasks/加强组织领导``), else by its place (``tasks/items/2/clauses/1``).
    """

    item: Item | Clause | TablePart | Scalar
    printed_number: str
    number: str
    level: int
    path: tuple[str, ...]
    style: ComputedStyle
    items: tuple[Numbered, ...] = ()
    clauses: tuple[Numbered, ...] = ()
    unit_references: tuple[UnitReference, ...] | None = None
    address: str = ""
    labels: bool = False
    table: NumberedPart | None = None

    def walk(self) -> Iterator[Numbered]:
        """The item, then its clauses and items, in printed order."""
        yield self
        for child in (*self.clauses, *self.items):
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part with the printed number of its title and its numbered items.

    ``address`` is the name of its file (``tasks``), or its place in the document where it is written out there
    (``parts/2``, ``attachments/1``). ``references.resolved`` fills in where else units may be named: the ``heading``, the
    ``text`` below it, and the ``lines`` of a table that says who answers for what.
    """

    part: Part
    printed_number: str
    number: str
    path: tuple[str, ...]
    style: ComputedStyle
    items: tuple[Numbered, ...] = ()
    address: str = ""
    heading: Numbered | None = None
    text: Numbered | None = None
    lines: tuple[Numbered, ...] = ()

    def walk(self) -> Iterator[Numbered]:
        """Every item of the part in printed order."""
        for item in self.items:
            yield from item.walk()

    def naming(self) -> Iterator[Numbered]:
        """Everything of the part that may name units, in printed order."""
        yield from (one for one in (self.heading, self.text) if one is not None)
        for numbered in self.walk():
            yield from numbered.table.naming() if numbered.table else (numbered,)
        for line in self.lines:
            yield from line.walk()


@dataclass(slots=True)
class _Counters:
    """How far each glyph has counted: ``own`` under one number, ``through`` for those that do not restart."""

    through: dict[str, int]
    own: dict[str, int] = field(default_factory=dict)

    def next(self, glyph: str, style: ComputedStyle) -> int:
        counts = self.through if glyph in style.continuous else self.own
        counts[glyph] = counts.get(glyph, 0) + 1
        return counts[glyph]

    def go_on_from(self, glyph: str, style: ComputedStyle, number: int) -> None:
        counts = self.through if glyph in style.continuous else self.own
        counts[glyph] = number

    def below(self) -> _Counters:
        return _Counters(self.through)


def number_parts(parts: Sequence[tuple[str, Part]], style: ComputedStyle) -> tuple[NumberedPart, ...]:
    """Number the parts of a document, given by address; they share the counters of level 1."""
    counters = _Counters({})
    return tuple(_part(part, address, _for_part(part, style), counters) for address, part in parts)


def number_attachment(address: str, part: Part, style: ComputedStyle) -> NumberedPart:
    """Number one attachment: it counts for itself, and its title takes no level."""
    return _part(part, address, _for_part(part, style), None)


def _for_part(part: Part, style: ComputedStyle) -> ComputedStyle:
    """A duties part says who in its titles: its units do not print again unless its own style wants them."""
    if isinstance(part, ItemsPart) and part.kind == "duties":
        style = replace(style, annotations="none")
    return style.under(part.style)


def _part(part: Part, address: str, style: ComputedStyle, counters: _Counters | None) -> NumberedPart:
    """``counters`` are those of the document's level 1; None for an attachment, whose title has no number."""
    counting = counters or _Counters({})
    titled = counters is not None and part.title is not None
    printed_number, number = _printed_number(part.number, 1, style, counting) if titled else ("", "")
    path = (printed_number,) if printed_number else ()
    above = _Above(
        part=address,
        address=address,
        level=len(path),
        path=path,
        style=style,
        counters=counting.below() if printed_number else counting,
        taken=set(),
    )
    items = _items(part.items, above) if isinstance(part, ItemsPart) else ()
    return NumberedPart(
        part=part, printed_number=printed_number, number=number, path=path, style=style, items=items, address=address
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """What an item inherits from the part or item it stands in; ``part`` and ``address`` are their addresses."""

    part: str
    address: str
    level: int
    path: tuple[str, ...]
    style: ComputedStyle
    counters: _Counters
    taken: set[str]

    def address_of(self, item: Item | Clause | TablePart | Scalar, key: str, place: int) -> str:
        """The address of what stands at a place (from 1) in the list ``key``: below the part by id, else by its place."""
        own = item.id if isinstance(item, Clause) else None
        plain = f"{self.part}/{quoted(own.text)}" if own else f"{self.address}/{key}/{place}"
        address, count = plain, 1
        while address in self.taken:  # an id that is used twice is an error, but both items are still looked at
            count += 1
            address = f"{plain}~{count}"
        self.taken.add(address)
        return address


def quoted(name: str) -> str:
    """A name as one step of an address: blanks, and signs that part its steps, are written as in the address of a web page."""
    return _APART.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), name)


def part_address(name: str) -> str:
    """The address of a part in a file of its own; it is nobody else's, whatever the file is called."""
    own = quoted(name).replace(".", "%2E")
    return f"{own}%2Eyaml" if own in ("document", "parts", "attachments") else own


def _items(items: Sequence[Item | TablePart | Scalar], above: _Above) -> tuple[Numbered, ...]:
    return tuple(_item(item, above.address_of(item, "items", place), above) for place, item in enumerate(items, 1))


def _item(item: Item | TablePart | Scalar, address: str, above: _Above) -> Numbered:
    if isinstance(item, Scalar) or (isinstance(item, TablePart) and item.title is None):
        style = above.style if isinstance(item, Scalar) else above.style.under(item.style)
        return Numbered(item=item, printed_number="", number="", level=0, path=above.path, style=style, address=address)
    level = above.level + 1
    style = above.style.under(item.style)
    printed_number, number = _printed_number(item.number, level, style, above.counters)
    bare = not printed_number and (item.number is not None or level <= len(style.numbering))
    path = (*above.path, printed_number) if printed_number else above.path
    own = _Above(
        part=above.part,
        address=address,
        level=level - 1 if bare else level,
        path=path,
        style=style,
        counters=above.counters if bare else above.counters.below(),
        taken=above.taken,
    )
    return Numbered(
        item=item,
        printed_number=printed_number,
        number=number,
        level=min(level, LEVELS) if bare else level,
        path=path,
        style=style,
        items=_items(item.items, own) if isinstance(item, Item) else (),
        clauses=_clauses(item, own) if isinstance(item, Item) else (),
        address=address,
    )


def _clauses(item: Item, above: _Above) -> tuple[Numbered, ...]:
    """Clauses count within their item by the style's own glyph; they take no level."""
    counters = _Counters({})
    found = []
    for place, clause in enumerate(item.clauses, 1):
        own = above.style.under(clause.style)
        printed_number, number = _written(clause.number, own.clauses, own, counters)
        path = (*above.path, printed_number) if printed_number else above.path
        address = above.address_of(clause, "clauses", place)
        found.append(
            Numbered(
                item=clause,
                printed_number=printed_number,
                number=number,
                level=0,
                path=path,
                style=own,
                address=address,
            )
        )
    return tuple(found)


def _printed_number(number: Scalar | None, level: int, style: ComputedStyle, counters: _Counters) -> tuple[str, str]:
    glyph = style.numbering[level - 1] if level <= len(style.numbering) else ""
    return _written(number, glyph, style, counters)


def _written(number: Scalar | None, glyph: str, style: ComputedStyle, counters: _Counters) -> tuple[str, str]:
    """The printed number and its numeral; a number given by the author prints, and counting goes on from it."""
    if number is None:
        return formatted(glyph, counters.next(glyph, style)) if glyph else ("", "")
    given = number.text.strip()
    count = numerals.value(given)
    found = NUMERAL.search(given)
    if count is None and found:
        counters.go_on_from(glyph, style, numerals.value(found[0]) or 0)
        return number.text, found[0]
    if count is None:
        return number.text, number.text
    counters.go_on_from(glyph, style, count)
    return formatted(glyph, count) if glyph else (number.text, given)


def formatted(glyph: str, count: int) -> tuple[str, str]:
    """A glyph by example with its numeral replaced: （一） and 12 give （十二）."""
    match = NUMERAL.search(glyph)
    if not match or not match.lastgroup:
        return glyph, ""
    numeral = numerals.written(count, match.lastgroup)
    return glyph[: match.start()] + numeral + glyph[match.end() :], numeral
