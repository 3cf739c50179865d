"""Where a plan is read from. Nothing else in workplan opens a plan's files."""

from workplan.source.directory import DOCUMENT, MAX_BYTES, PLANS, REGISTRY, Directory, Memory, Source, leads_out
from workplan.source.locate import find_named, find_plan, find_plans, is_of_plan, plans_folder, year_order, years
from workplan.source.reading import by_label, other_texts, read_text
from workplan.source.revision import Revision
from workplan.source.revspec import find_side, find_sides

__all__ = [
    "DOCUMENT",
    "MAX_BYTES",
    "PLANS",
    "REGISTRY",
    "Directory",
    "Memory",
    "Revision",
    "Source",
    "by_label",
    "find_named",
    "find_plan",
    "find_plans",
    "find_side",
    "find_sides",
    "is_of_plan",
    "leads_out",
    "other_texts",
    "plans_folder",
    "read_text",
    "year_order",
    "years",
]
