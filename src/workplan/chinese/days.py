"""Days that are written in full."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def iso_date(text: str) -> date | None:
    """The day that an ISO date names; None for anything else; raises ValueError for a day that no calendar has."""
    match = _ISO.fullmatch(text.strip())
    return date(*map(int, match.groups())) if match else None


def written_out(day: date) -> str:
    """A day as documents print it, without leading zeros (GB/T 9704 7.3.5.4): 2026年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
