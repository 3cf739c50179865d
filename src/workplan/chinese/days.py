"""Days that Chinese words name: the last one that a deadline allows."""

from __future__ import annotations

import calendar
import re
from datetime import date

from workplan.chinese import numerals

_YEAR = re.compile(r"(\d{4})年")
_MONTH = re.compile(r"(\d{1,2})月")
_DAY = re.compile(r"(\d{1,2})[日号]")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_HALVES = {"下半年": 12, "上半年": 6}
_BEGINNING = re.compile("(?:起|开始)$")
_NEXT_YEAR = re.compile("[次明]年")
_LAST_MONTH = 12

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def iso_date(text: str) -> date | None:
    """The day that an ISO date names; None for anything else; raises ValueError for a day that no calendar has."""
    match = _ISO.fullmatch(text.strip())
    return date(*map(int, match.groups())) if match else None


def last_day(text: str, year: str) -> date | None:
    """The last day that the words of a deadline allow, months without a year being those of ``year``.

    None where they name no day (长期坚持), or one that no calendar has.
    """
    try:
        return iso_date(text) or _named(text, year)
    except ValueError:
        return None


def _named(text: str, year: str) -> date | None:
    """The last day of the last period that the words name; words for a beginning (起, 开始) set none."""
    if _BEGINNING.search(text):
        return None
    named = _last(_YEAR, text)
    number = named or int(year or 0) + bool(_NEXT_YEAR.search(text)) * bool(year)
    if not number:
        return None
    end = text[text.rfind(f"{named}年") :] if named else text  # months before the last year belong to another year
    month, day = _last(_MONTH, end), _last(_DAY, end[end.rfind("月") :])
    if month and day:
        return date(number, month, day)
    last = month or _period(end)
    if not last and (re.search("年[底末内终]|全年", text) or named):
        last = _LAST_MONTH
    return date(number, last, calendar.monthrange(number, last)[1]) if last else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.findall(text)
    return int(found[-1]) if found else 0


def _period(text: str) -> int:
    """The last month of the last quarter or half year that the words name, 0 for none."""
    quarters = _QUARTER.findall(text)
    if quarters:
        return 3 * (numerals.value(quarters[-1]) or 0)
    return next((month for half, month in _HALVES.items() if half in text), 0)
