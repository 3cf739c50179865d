"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.plan.registry.book import Book, RegisteredUnit, build
from workplan.plan.registry.phrase import Name, Phrase, doubtful, in_text, parse
from workplan.plan.registry.unit_reference import UnitReference, in_running_text, label_line, unit_references

__all__ = [
    "Book",
    "Name",
    "Phrase",
    "RegisteredUnit",
    "UnitReference",
    "build",
    "doubtful",
    "in_running_text",
    "in_text",
    "label_line",
    "parse",
    "unit_references",
]
