"""What templates and tables see: printed words, numbers, rows and sheets. New objects, never edits of the plan."""

from workplan.view.duty import loads, rows
from workplan.view.official import official
from workplan.view.sheet import sheets

__all__ = ["loads", "official", "rows", "sheets"]
