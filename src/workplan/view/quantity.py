"""Deadlines and targets: the words of the text, and the days and numbers they say."""

from __future__ import annotations

import calendar
import re
from datetime import date

from workplan import numerals
from workplan.model import iso_date
from workplan.view.rows import Due, Target

_YEAR = re.compile(r"(\d{4})年")
_MONTH = re.compile(r"(\d{1,2})月")
_DAY = re.compile(r"(\d{1,2})[日号]")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_NUMBER = re.compile(
    r"(?P<number>\d[\d,，]*(?:\.\d+)?)|(?P<chinese>[一二三四五六七八九十百千两]+)(?=[个名家项次所人户条场座支件万亿])"
)
_RANGE = re.compile(r"\d\s*(?:[—–～~-]|至|到)+\s*\d")
_AROUND = re.compile(r"(?:及?以上|及?以下|以内|左右|余)$")
_HALVES = {"下半年": 12, "上半年": 6}
_BEGINNING = re.compile("(?:起|开始)$")
_NEXT_YEAR = re.compile("[次明]年")
_LAST_MONTH = 12


def due(text: str, year: str) -> Due:
    """A deadline with the last day it allows.

    ``2021年6月底前`` is 2021-06-30, ``年底前`` the last day of the plan's ``year``; words that name no day (长期坚持) have None,
    and so has a day that no calendar has.
    """
    try:
        found = iso_date(text) or _last_day(text, year)
    except ValueError:
        found = None
    return Due(text, found.isoformat() if found else None)


def _last_day(text: str, year: str) -> date | None:
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


def target(name: str, text: str) -> Target:
    """A target with its number and unit: 10000家 is 10000 and 家, 1.8万亿元 is 1.8 and 万亿元; a range has no single number."""
    found = None if _RANGE.search(text) else _NUMBER.search(text)
    if not found:
        return Target(name, text, None, "")
    unit = _AROUND.sub("", text[found.end() :].strip())
    if found["chinese"]:
        return Target(name, text, numerals.value(found["chinese"]), unit)
    digits = re.sub("[,，]", "", found["number"])
    return Target(name, text, float(digits) if "." in digits else int(digits), unit)
