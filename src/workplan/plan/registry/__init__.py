"""Unit names: which exist, how they are spelt, who belongs to a group, and how phrases name them."""

from workplan.plan.registry.annotations import doubtful, in_text
from workplan.plan.registry.book import Book, RegisteredUnit
from workplan.plan.registry.dating import in_year
from workplan.plan.registry.making import build
from workplan.plan.registry.parsing import bracketed, label_role, parse
from workplan.plan.registry.phrase import Doubt, Labelled, LaidDown, Name, Phrase, Piece
from workplan.plan.registry.reform import PRESENT
from workplan.plan.registry.unit_reference import UnitReference, in_running_text, label_line, unit_references

__all__ = [
    "PRESENT",
    "Book",
    "Doubt",
    "Labelled",
    "LaidDown",
    "Name",
    "Phrase",
    "Piece",
    "RegisteredUnit",
    "UnitReference",
    "bracketed",
    "build",
    "doubtful",
    "in_running_text",
    "in_text",
    "in_year",
    "label_line",
    "label_role",
    "parse",
    "unit_references",
]
