"""A compiled plan: what the compiler hands to the rules, the views and the comparison. Frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.chinese.deadlines import Known, read
from workplan.plan import duties, references
from workplan.plan.registry import UnitReference, bracketed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workplan.language.model import Document, Registry
    from workplan.language.scalar import Scalar
    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.duties import Duty
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.plan.registry import Book, Phrase

#: ``masthead: none`` prints no 发文机关标志.
NO_MASTHEAD = "none"


@dataclass(frozen=True, eq=False)
class Plan:
    """One year's plan with its units resolved and its numbers printed.

    ``name`` is the folder's; ``parts`` and ``attachments`` are in printed order; ``elsewhere`` reads what the plans of other
    years say, for whoever asks. ``files`` are those it was read from, each with the name of its git blob: document.yaml,
    the parts by name, the registry.
    """

    name: str
    document: Document
    book: Book
    style: ComputedStyle
    parts: tuple[NumberedPart, ...]
    attachments: tuple[NumberedPart, ...]
    registry: Registry
    elsewhere: Callable[[], tuple[str, ...]]
    files: tuple[tuple[str, str], ...] = ()

    @property
    def sections(self) -> tuple[NumberedPart, ...]:
        """All parts, those of the attachments after those of the document."""
        return (*self.parts, *self.attachments)

    def walk(self) -> Iterator[tuple[NumberedPart, Numbered]]:
        """Every item, clause and bare paragraph with the part it stands in."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> tuple[tuple[NumberedPart, Numbered], ...]:
        """The same, once for all rules that ask."""
        return tuple((part, numbered) for part in self.sections for numbered in part.walk())

    @cached_property
    def year(self) -> str:
        """The plan's year: its folder's name, else the first year its title or date names, else ""."""
        return year_of(self.name, self.document)

    @cached_property
    def known(self) -> Known:
        """What the words of deadlines leave out: the plan's year, and the date of the document or of its notice."""
        date = (self.document.notice or self.document).date
        day = read(date.text, Known()).last if date else None
        return Known(year=int(self.year or 0), day=day)

    @property
    def has_masthead(self) -> bool:
        """Whether the document has 发文机关标志: wording of its own, or an issuer; ``masthead: none`` prints none."""
        masthead = self.document.masthead
        return masthead.text != NO_MASTHEAD if masthead else any(issuer.line for issuer in self.document.issuer or ())

    @cached_property
    def everyone(self) -> UnitReference | None:
        """The units that the document's rules add to every row."""
        rules = self.document.rules
        if rules is None or rules.everyone is None:
            return None
        return UnitReference(parse(rules.everyone.text, self.book), rules.everyone, 0, "rules")

    @cached_property
    def texts(self) -> tuple[Numbered, ...]:
        """The running texts of the frame that print before the parts: of the notice, and the preamble."""
        notice = self.document.notice
        found = (("notice.text", notice.text if notice else None), ("preamble", self.document.preamble))
        return tuple(self._text(key, text) for key, text in found if text is not None)

    @cached_property
    def closing(self) -> Numbered | None:
        """The running text that prints after the parts."""
        return self._text("closing", self.document.closing) if self.document.closing else None

    def _text(self, key: str, text: Scalar) -> Numbered:
        return references.paragraph(text, f"document.{key}", (), self.style, self.book)

    def naming(self) -> Iterator[Numbered]:
        """Everything that may name units, in printed order."""
        return iter(self._naming)

    @cached_property
    def _naming(self) -> tuple[Numbered, ...]:
        """The same, once for all rules that ask."""
        return tuple(self._named())

    def _named(self) -> Iterator[Numbered]:
        yield from self.texts
        for part in self.parts:
            yield from part.naming()
        yield from (self.closing,) if self.closing else ()
        for part in self.attachments:
            yield from part.naming()

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty in printed order: what the task rows are made of."""
        return tuple(duties.of(self))


def label_of(numbered: Numbered, phrase: Phrase, reference: UnitReference) -> str:
    """The label that a phrase prints with: its own, else the style's, else "".

    The style's is added where the whole has neither label, verb nor brackets of its own.
    """
    spoken = any(one.label or one.verb for one in reference.phrases) or bracketed(reference.scalar.text)
    added = not spoken and reference.source == "units" and numbered.style.annotations != "none"
    return phrase.label or (numbered.style.label if added else "")


def year_of(name: str, document: Document) -> str:
    """The year that a plan of that name is for: its name's, else the first that its title or date names, else ""."""
    words = (name, document.title.line, document.date.text if document.date else "")
    return next((year[0] for word in words if (year := re.search(r"(?:19|20)\d\d", word))), "")
