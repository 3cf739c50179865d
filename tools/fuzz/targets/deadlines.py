"""The words of one deadline."""

from __future__ import annotations

from datetime import date

from fuzz.laws import hold
from fuzz.mutate import deadlines as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan.chinese.deadlines import Known, read

_KNOWN = (Known(), Known(year=2026, day=date(2026, 1, 15)), Known(year=9999, day=date(9999, 12, 31)))

#: The folder of kept inputs.
KEPT = "deadlines"


def run(data: bytes) -> None:
    """Reading never fails, and a first day is not behind the last; what is known of the plan hangs on the length."""
    text = data.decode(errors="replace")
    known = _KNOWN[len(data) % len(_KNOWN)]
    found = read(text, known)
    hold(found.first is None or found.last is None or found.first <= found.last, text, known, found)
