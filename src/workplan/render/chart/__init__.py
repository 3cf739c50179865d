"""Pictures of a plan as SVG: what each unit carries, and when what is due. Drawn by drawsvg; the same bytes for the same input.

They print in black: what would be colours are patterns and greys. Text stays text, nothing is loaded from anywhere, nothing runs.
"""

from __future__ import annotations

from workplan.render.chart.bars import loads
from workplan.render.chart.months import calendar

__all__ = ["calendar", "loads"]
