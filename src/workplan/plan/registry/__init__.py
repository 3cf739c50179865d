"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.plan.registry.book import Book, RegisteredUnit, build
from workplan.plan.registry.phrase import Name, Phrase, doubtful, in_text, parse
from workplan.plan.registry.unit_reference import UnitReference, unit_references

__all__ = [
    "Book",
    "Name",
    "Phrase",
    "RegisteredUnit",
    "UnitReference",
    "build",
    "doubtful",
    "in_text",
    "parse",
    "unit_references",
]
