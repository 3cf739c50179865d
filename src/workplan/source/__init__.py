"""Where a plan is read from. Nothing else in workplan opens a plan's files."""

from workplan.source.finding import PLANS, find_plan, find_plans, plans_folder, years
from workplan.source.held import DOCUMENT, REGISTRY, Directory, Memory, Source
from workplan.source.reading import MAX_BYTES, other_texts, read_text
from workplan.source.revision import Revision
from workplan.source.side import find_side, find_sides

__all__ = [
    "DOCUMENT",
    "MAX_BYTES",
    "PLANS",
    "REGISTRY",
    "Directory",
    "Memory",
    "Revision",
    "Source",
    "find_plan",
    "find_plans",
    "find_side",
    "find_sides",
    "other_texts",
    "plans_folder",
    "read_text",
    "years",
]
