"""A compiled plan: what the compiler hands to the rules, the views and the comparison. Frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.language.model import Clause, Item, ItemsPart
from workplan.plan.numbering import DUTY_KINDS
from workplan.plan.registry import Mention, bracketed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workplan.language.model import Document, Registry
    from workplan.language.scalar import Scalar
    from workplan.plan.numbering import Manner, Numbered, NumberedPart
    from workplan.plan.registry import Book, Phrase

#: ``masthead: none`` prints no 发文机关标志.
NO_MASTHEAD = "none"


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has to do: an item or clause with the part it stands in and the title above it (None for none)."""

    part: NumberedPart
    numbered: Numbered
    section: Scalar | None


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
    manner: Manner
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
        for part in self.sections:
            for numbered in part.walk():
                yield part, numbered

    @cached_property
    def year(self) -> str:
        """The plan's year: its folder's name, else the first year its title or date names, else ""."""
        return year_of(self.name, self.document)

    @property
    def has_masthead(self) -> bool:
        """Whether the document has 发文机关标志: wording of its own, or an issuer; ``masthead: none`` prints none."""
        masthead = self.document.masthead
        return masthead.text != NO_MASTHEAD if masthead else any(issuer.line for issuer in self.document.issuer or ())

    @cached_property
    def everyone(self) -> Mention | None:
        """The units that the document's rules add to every row."""
        rules = self.document.rules
        if rules is None or rules.everyone is None:
            return None
        return Mention(parse(rules.everyone.text, self.book), rules.everyone, 0, "rules")

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty in printed order: what the task rows are made of.

        It is an item or clause of a tasks, safeguards or duties part that names units itself, and a leaf there that nobody
        answers for; clauses are leaves where one of them names units. Below an item that names units the leaves without
        any are part of its duty, not duties.
        """
        parts = (part for part in self.sections if isinstance(part.part, ItemsPart) and part.part.kind in DUTY_KINDS)
        return tuple(
            duty for part in parts for item in part.items for duty in self._duties(part, item, None, covered=False)
        )

    def _duties(
        self, part: NumberedPart, numbered: Numbered, section: Scalar | None, *, covered: bool
    ) -> Iterator[Duty]:
        item = numbered.item
        if not isinstance(item, Clause):
            return
        own = bool(numbered.mentions)
        named_clauses = [clause for clause in numbered.clauses if clause.mentions]
        leaf = not named_clauses and not any(isinstance(child.item, Item) for child in numbered.items)
        if own or (leaf and not covered):
            yield Duty(part, numbered, section)
        below = item.title or section
        for clause in named_clauses if own or covered else numbered.clauses if named_clauses else ():
            yield Duty(part, clause, below)
        for child in numbered.items:
            yield from self._duties(part, child, below, covered=covered or own)


def label_of(numbered: Numbered, phrase: Phrase, mention: Mention) -> str:
    """The label that a phrase prints with: its own, else the style's, else "".

    The style's is added where the whole has neither label, verb nor brackets of its own.
    """
    spoken = any(one.label or one.verb for one in mention.phrases) or bracketed(mention.scalar.text)
    added = not spoken and mention.source == "units" and numbered.manner.annotations != "none"
    return phrase.label or (numbered.manner.label if added else "")


def year_of(name: str, document: Document) -> str:
    """The year that a plan of that name is for: its name's, else the first that its title or date names, else ""."""
    words = (name, document.title.line, document.date.text if document.date else "")
    return next((year[0] for word in words if (year := re.search(r"(?:19|20)\d\d", word))), "")
