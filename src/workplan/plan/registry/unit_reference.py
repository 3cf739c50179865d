"""Where a plan names units: in the ``units`` of an item, in titles and running text, in lines of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workplan.language.scalar import Scalar
from workplan.plan.registry.annotations import in_text, labelled_line
from workplan.plan.registry.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Clause
    from workplan.plan.registry.book import Book
    from workplan.plan.registry.phrase import Phrase

#: What stands behind the name in the title of a duty.
_BEHIND_TITLE = "：: 　"


@dataclass(frozen=True, slots=True)
class UnitReference:
    """Units named in one place: the phrases read there, the text they stand in, and where in it they begin.

    ``inferred`` says that nobody declared units there: they stand in a column whose title names responsible units.
    """

    phrases: tuple[Phrase, ...]
    scalar: Scalar
    offset: int
    source: Literal["units", "text", "rules"]
    inferred: bool = False


def in_running_text(text: Scalar | None, book: Book) -> Iterator[UnitReference]:
    """The annotations in a text."""
    for start, end in in_text(text.text, book) if text is not None else ():
        assert text is not None  # noqa: S101 - else there is nothing to go through
        yield UnitReference(parse(text.text[start:end], book), text, start, "text")


def label_line(text: Scalar, book: Book) -> UnitReference | None:
    """A line that says nothing but who answers or until when (责任单位：甲), without brackets; None for any other text."""
    phrases = labelled_line(text.text, book)
    return UnitReference(phrases, text, 0, "text") if phrases else None


def unit_references(item: Clause, book: Book, *, titled: bool, label: str = "") -> Iterator[UnitReference]:
    """Where an item or clause names units itself; ``titled`` lets its title name them where nothing else does.

    ``label`` is the one that its ``units`` print with where they have none: it gives the same roles as if it were written.
    """
    yield from in_running_text(item.title, book)
    yield from in_running_text(item.text, book)
    if isinstance(item.units, Scalar):
        yield UnitReference(parse(item.units.text, book, default=label), item.units, 0, "units")
    elif item.units is not None:
        for own, phrase in item.units.items():
            yield UnitReference(parse(phrase.text, book, own), phrase, 0, "units")
    elif titled and item.title is not None:
        yield UnitReference(parse(item.title.line.rstrip(_BEHIND_TITLE), book), item.title, 0, "units")
