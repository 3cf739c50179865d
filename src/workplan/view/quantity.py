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
_HALVES = {"上半年": 6, "下半年": 12}
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
    named = _YEAR.search(text)
    number = int(named[1]) if named else int(year or 0)
    if not number:
        return None
    month, day = _MONTH.search(text), _DAY.search(text)
    if month and day:
        return date(number, int(month[1]), int(day[1]))
    last = int(month[1]) if month else _period(text)
    if not last and ("年底" in text or "年末" in text or "年内" in text or "全年" in text or named):
        last = _LAST_MONTH
    return date(number, last, calendar.monthrange(number, last)[1]) if last else None


def _period(text: str) -> int:
    """The last month of a quarter or half year that the words name, 0 for none."""
    quarter = _QUARTER.search(text)
    if quarter:
        return 3 * (numerals.value(quarter[1]) or 0)
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
