"""Where a plan names units: in the ``units`` of an item, in its running text, in the title of a duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workplan.language.scalar import Scalar
from workplan.plan.registry.phrase import in_text, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Clause
    from workplan.plan.registry.book import Book
    from workplan.plan.registry.phrase import Phrase


@dataclass(frozen=True, slots=True)
class UnitReference:
    """Units named in one place: the phrases read there, the text they stand in, and where in it they begin."""

    phrases: tuple[Phrase, ...]
    scalar: Scalar
    offset: int
    source: Literal["units", "text", "rules"]


def unit_references(item: Clause, book: Book, *, titled: bool) -> Iterator[UnitReference]:
    """The mentions of units that an item or clause makes itself; ``titled`` lets its title name them where ``units`` does not."""
    if item.text is not None:
        for start, end in in_text(item.text.text, book):
            yield UnitReference(parse(item.text.text[start:end], book), item.text, start, "text")
    if isinstance(item.units, Scalar):
        yield UnitReference(parse(item.units.text, book), item.units, 0, "units")
    elif item.units is not None:
        for label, phrase in item.units.items():
            yield UnitReference(parse(phrase.text, book, label), phrase, 0, "units")
    elif titled and item.title is not None:
        yield UnitReference(parse(item.title.line, book), item.title, 0, "units")
