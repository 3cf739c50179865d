"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.plan.registry.annotations import doubtful, in_text, labelled_line
from workplan.plan.registry.book import Book, Entry, build
from workplan.plan.registry.parsing import bracketed, parse
from workplan.plan.registry.phrase import Doubt, Labelled, LaidDown, Name, Phrase, Piece
from workplan.plan.registry.unit_reference import Mention, mentions

__all__ = [
    "Book",
    "Doubt",
    "Entry",
    "Labelled",
    "LaidDown",
    "Mention",
    "Name",
    "Phrase",
    "Piece",
    "bracketed",
    "build",
    "doubtful",
    "in_text",
    "labelled_line",
    "mentions",
    "parse",
]
