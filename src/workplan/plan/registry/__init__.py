"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.plan.registry.book import Book, Entry, build
from workplan.plan.registry.phrase import Name, Phrase, doubtful, in_text, parse
from workplan.plan.registry.unit_reference import Mention, mentions

__all__ = ["Book", "Entry", "Mention", "Name", "Phrase", "build", "doubtful", "in_text", "mentions", "parse"]
