"""Where a plan names units: in the ``units`` of an item, in its running text, in the title of a duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workplan.language.scalar import Scalar
from workplan.plan.registry.annotations import in_text
from workplan.plan.registry.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Clause
    from workplan.plan.registry.book import Book
    from workplan.plan.registry.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Mention:
    """Units named in one place: the phrases read there, the text they stand in, and where in it they begin."""

    phrases: tuple[Phrase, ...]
    scalar: Scalar
    offset: int
    source: Literal["units", "text", "rules"]


def mentions(item: Clause, book: Book, *, titled: bool, label: str = "") -> Iterator[Mention]:
    """The mentions of units that an item or clause makes itself; ``titled`` lets its title name them where ``units`` does not.

    ``label`` is the one that its ``units`` print with where they have none: it gives the same roles as if it were written.
    """
    if item.text is not None:
        for start, end in in_text(item.text.text, book):
            yield Mention(parse(item.text.text[start:end], book), item.text, start, "text")
    if isinstance(item.units, Scalar):
        yield Mention(parse(item.units.text, book, default=label), item.units, 0, "units")
    elif item.units is not None:
        for own, phrase in item.units.items():
            yield Mention(parse(phrase.text, book, own), phrase, 0, "units")
    elif titled and item.title is not None:
        yield Mention(parse(item.title.line, book), item.title, 0, "units")
