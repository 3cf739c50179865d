"""Printed numbers of a plan: every item gets its number, its level and the style that holds there.

A part's title is level 1 and its items 2 to 4; a part without a title, and an item with ``number: ""``, take no level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.language.model import Clause, Item, ItemsPart
from workplan.language.scalar import Scalar
from workplan.plan.registry import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.model import Part, Style
    from workplan.plan.registry import Book, Mention

#: GB/T 9704 7.3.3 knows four levels: 一、 （一） 1. （1）.
LEVELS = 4
_APART = re.compile(r"[%/\s]")
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
    that it makes itself; None in a part that is nobody's duty, where they are not looked for. ``address`` says where in
    the plan it stands: below its part by its id (``tasks/加强组织领导``), else by its place (``tasks/items/2/clauses/1``).
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
    address: str = ""

    def walk(self) -> Iterator[Numbered]:
        """The item, then its clauses and items, in printed order."""
        yield self
        for child in (*self.clauses, *self.items):
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part with the printed number of its title and its numbered items.

    ``address`` is the name of its file (``tasks``), or its place in the document where it is written out there
    (``parts/2``, ``attachments/1``).
    """

    part: Part
    mark: str
    number: str
    path: tuple[str, ...]
    manner: Manner
    items: tuple[Numbered, ...] = ()
    address: str = ""

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


def number_parts(parts: Sequence[tuple[str, Part]], manner: Manner, book: Book) -> tuple[NumberedPart, ...]:
    """Number the parts of a document, given by address; they share the counters of level 1.

    ``book`` knows the units that items name.
    """
    counters = _Counters({})
    numbered = (_part(part, address, _for_part(part, manner), counters) for address, part in parts)
    return tuple(_with_mentions(part, book) for part in numbered)


def number_attachment(address: str, part: Part, manner: Manner, book: Book) -> NumberedPart:
    """Number one attachment: it counts for itself, and its title takes no level."""
    return _with_mentions(_part(part, address, _for_part(part, manner), None), book)


def _with_mentions(part: NumberedPart, book: Book) -> NumberedPart:
    """The part with the units that its items name, where items are somebody's duty; a duties part names them in titles."""
    if not isinstance(part.part, ItemsPart) or part.part.kind not in DUTY_KINDS:
        return part
    titled = part.part.kind == "duties"
    return replace(part, items=tuple(_mentioning(item, book, titled=titled) for item in part.items))


def _mentioning(numbered: Numbered, book: Book, *, titled: bool) -> Numbered:
    if not isinstance(numbered.item, Clause):
        return numbered
    label = "" if numbered.manner.annotations == "none" else numbered.manner.label
    return replace(
        numbered,
        items=tuple(_mentioning(item, book, titled=titled) for item in numbered.items),
        clauses=tuple(_mentioning(clause, book, titled=titled) for clause in numbered.clauses),
        mentions=tuple(mentions(numbered.item, book, titled=titled, label=label)),
    )


def _for_part(part: Part, manner: Manner) -> Manner:
    """A duties part says who in its titles: its units do not print again unless its own style wants them."""
    if isinstance(part, ItemsPart) and part.kind == "duties":
        manner = replace(manner, annotations="none")
    return manner.under(part.style)


def _part(part: Part, address: str, manner: Manner, counters: _Counters | None) -> NumberedPart:
    """``counters`` are those of the document's level 1; None for an attachment, whose title has no number."""
    counting = counters or _Counters({})
    titled = counters is not None and part.title is not None
    mark, number = _mark(part.number, 1, manner, counting) if titled else ("", "")
    path = (mark,) if mark else ()
    above = _Above(
        part=address,
        address=address,
        level=len(path),
        path=path,
        manner=manner,
        counters=counting.below() if mark else counting,
        taken=set(),
    )
    items = _items(part.items, above) if isinstance(part, ItemsPart) else ()
    return NumberedPart(part=part, mark=mark, number=number, path=path, manner=manner, items=items, address=address)


@dataclass(frozen=True, slots=True)
class _Above:
    """What an item inherits from the part or item it stands in; ``part`` and ``address`` are their addresses."""

    part: str
    address: str
    level: int
    path: tuple[str, ...]
    manner: Manner
    counters: _Counters
    taken: set[str]

    def address_of(self, item: Item | Clause | Scalar, key: str, place: int) -> str:
        """The address of what stands at a place (from 1) in the list ``key``: below the part by id, else by its place."""
        own = None if isinstance(item, Scalar) else item.id
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


def _items(items: Sequence[Item | Scalar], above: _Above) -> tuple[Numbered, ...]:
    return tuple(_item(item, above.address_of(item, "items", place), above) for place, item in enumerate(items, 1))


def _item(item: Item | Scalar, address: str, above: _Above) -> Numbered:
    level = above.level + 1
    if isinstance(item, Scalar):
        return Numbered(item=item, mark="", number="", level=0, path=above.path, manner=above.manner, address=address)
    manner = above.manner.under(item.style)
    mark, number = _mark(item.number, level, manner, above.counters)
    bare = not mark and level <= len(manner.numbering)
    path = (*above.path, mark) if mark else above.path
    counters = above.counters if bare else above.counters.below()
    own = _Above(
        part=above.part,
        address=address,
        level=level - 1 if bare else level,
        path=path,
        manner=manner,
        counters=counters,
        taken=above.taken,
    )
    return Numbered(
        item=item,
        mark=mark,
        number=number,
        level=level,
        path=path,
        manner=manner,
        items=_items(item.items, own),
        clauses=_clauses(item, own),
        address=address,
    )


def _clauses(item: Item, above: _Above) -> tuple[Numbered, ...]:
    """Clauses count within their item by the style's own glyph; they take no level."""
    counters = _Counters({})
    found = []
    for place, clause in enumerate(item.clauses, 1):
        own = above.manner.under(clause.style)
        mark, number = _written(clause.number, own.clauses, own, counters)
        path = (*above.path, mark) if mark else above.path
        address = above.address_of(clause, "clauses", place)
        found.append(Numbered(item=clause, mark=mark, number=number, level=0, path=path, manner=own, address=address))
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
