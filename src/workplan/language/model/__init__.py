"""The plan's types: the single schema. Validation, JSON Schema and the reference of keys all come from here."""

from workplan.language.model.base import Record
from workplan.language.model.given import GivenDue, GivenTarget
from workplan.language.model.layout import AttachmentStyle, Disclosure, Fonts, MastheadStyle
from workplan.language.model.plan import (
    AssignmentsPart,
    Clause,
    Column,
    Document,
    DocumentStyle,
    Imprint,
    Item,
    ItemsPart,
    Notice,
    Part,
    PlanRules,
    Row,
    Style,
    TablePart,
)
from workplan.language.model.registry import Merged, Registry, Renamed, Split, Unit

__all__ = [
    "AssignmentsPart",
    "AttachmentStyle",
    "Clause",
    "Column",
    "Disclosure",
    "Document",
    "DocumentStyle",
    "Fonts",
    "GivenDue",
    "GivenTarget",
    "Imprint",
    "Item",
    "ItemsPart",
    "MastheadStyle",
    "Merged",
    "Notice",
    "Part",
    "PlanRules",
    "Record",
    "Registry",
    "Renamed",
    "Row",
    "Split",
    "Style",
    "TablePart",
    "Unit",
]
