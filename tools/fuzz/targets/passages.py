"""Running text with deadlines and targets in it."""

from __future__ import annotations

from datetime import date

from fuzz.laws import bounds, hold
from fuzz.mutate import passages as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan.chinese import deadlines, targets
from workplan.chinese.deadlines import Known

_KNOWN = (Known(), Known(year=2026, day=date(2026, 1, 15)), Known(year=9999, day=date(9999, 12, 31)))

#: The folder of kept inputs.
KEPT = "passages"


def run(data: bytes) -> None:
    """What is found stands in the text, in order, and says something."""
    text = data.decode(errors="replace")
    for known in _KNOWN:
        found = list(deadlines.find(text, known))
        bounds(text, ((one.start, one.end) for one in found))
        hold(all(one.deadline.last or one.deadline.every for one in found), text)
    counted = list(targets.find(text))
    bounds(text, ((one.start, one.end) for one in counted))
    hold(all(one.name for one in counted), text)
