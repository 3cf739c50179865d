"""Everything measured as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from workplan.measure import MeasureReport
    from workplan.measure.requirement import Measurement
    from workplan.resources.messages import Catalogue

_COLUMNS = ("name", "page", "measured", "required", "clause", "strength", "verdict", "reading")
_NUMBERS = frozenset({"page", "measured"})


def table(report: MeasureReport, words: Catalogue) -> Table:
    """One row for each quantity, with its worst value."""
    headings = words.words("cli.measure.columns")
    rows = Table(box=SIMPLE_HEAD)
    for key in _COLUMNS:
        rows.add_column(headings[key], justify="right" if key in _NUMBERS else "left", overflow="fold")
    for item in report.items:
        if item.verdict == "told":  # a sentence among the findings, not a figure
            continue
        rows.add_row(*(Text(cell) for cell in _cells(item, words)), style="red" if item.verdict == "deviates" else "")
    return rows


def absent(report: MeasureReport, words: Catalogue) -> str:
    """A line with the parts that were not recognised, and one with those that were not looked for; "" if there are none."""
    parts, between = words.words("cli.measure.parts"), words.text("summary.separator")
    told = (("cli.measure.absent", report.absent), ("cli.measure.unsought", report.unsought))
    lines = [words.text(key, {"names": between.join(parts[name] for name in names)}) for key, names in told if names]
    return "\n".join([*lines, "", ""]) if lines else ""


def _cells(item: Measurement, words: Catalogue) -> tuple[str, ...]:
    asked = item.requirement
    unit = words.words("cli.measure.units").get(asked.unit, asked.unit)
    leeway = f" ±{asked.tolerance:g}" if asked.tolerance else ""
    return (
        words.text(f"{asked.rule}.name"),
        str(item.worst.page),
        f"{item.measured} {unit}".strip(),
        f"{asked.asked}{leeway} {unit}".strip(),
        asked.clause,
        words.words("cli.measure.strengths")[asked.strength],
        words.words("cli.measure.verdicts")[item.verdict],
        words.words("cli.measure.readings").get(item.worst.reading, ""),
    )
