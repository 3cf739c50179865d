"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.registry.book import Book, Entry, build
from workplan.registry.mention import Mention, mentions
from workplan.registry.phrase import Name, Phrase, doubtful, in_text, parse

__all__ = ["Book", "Entry", "Mention", "Name", "Phrase", "build", "doubtful", "in_text", "mentions", "parse"]
