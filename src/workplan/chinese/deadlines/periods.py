"""Periods of the calendar, and the holidays by which deadlines are set."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "ten-days", "month", "quarter", "half-year", "year", "years"]

_LAST_MONTH = 12
_TENS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
#: 一五 was 1953–1957, but from 五五 (1976) on every plan has had five years.
_FIRST_PLAN, _ITS_YEAR, _PLAN_YEARS = 5, 1976, 5

_FIXED = {
    "元旦": (1, 1), "妇女节": (3, 8), "三八": (3, 8), "植树节": (3, 12), "劳动节": (5, 1), "五一": (5, 1), "青年节": (5, 4),
    "五四": (5, 4), "儿童节": (6, 1), "六一": (6, 1), "建党节": (7, 1), "七一": (7, 1), "建军节": (8, 1), "八一": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
#: Holidays of the lunar calendar, month and day for each year from 2010 to 2040.
_FIRST_YEAR = 2010
_LUNAR = {
    "春节": "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203"
    " 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212",
    "端午": "0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605"
    " 0624 0612 0601 0620 0610 0530 0618 0607 0527 0614",
    "中秋": "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912"
    " 1001 0919 0908 0927 0916 1004 0924 0913 1002 0920",
}
#: The names of holidays, longest first.
HOLIDAYS = tuple(sorted((*_FIXED, *_LUNAR), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, and what kind of period they are."""

    first: date
    last: date
    grain: Grain


def day(year: int, month: int, number: int) -> Period:
    """One day; raises ValueError for one that no calendar has, as all functions here do."""
    found = date(year, month, number)
    return Period(found, found, "day")


def months(year: int, first: int, last: int, grain: Grain = "month") -> Period:
    """From the first day of a month to the last day of another one of the same year."""
    if last < first:
        raise ValueError(first, last)
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), grain)


def tens(year: int, month: int, first: str, last: str) -> Period:
    """From the first day of 上旬, 中旬 or 下旬 to the last day of it or another one."""
    end = min(_TENS[last][1], calendar.monthrange(year, month)[1])
    return Period(date(year, month, _TENS[first][0]), date(year, month, end), "ten-days")


def quarters(year: int, first: int, last: int) -> Period:
    """From one quarter (1 to 4) to the end of another."""
    return months(year, 3 * first - 2, 3 * last, "quarter")


def half(year: int, which: str) -> Period:
    """上半年 or 下半年."""
    return months(year, 1, 6, "half-year") if which == "上半年" else months(year, 7, _LAST_MONTH, "half-year")


def years(first: int, last: int) -> Period:
    """Whole years."""
    if last < first:
        raise ValueError(first, last)
    return Period(date(first, 1, 1), date(last, _LAST_MONTH, 31), "year" if first == last else "years")


def five_years(number: int) -> Period:
    """The years of a five-year plan: 14 is 2021 to 2025."""
    begin = _ITS_YEAR + (number - _FIRST_PLAN) * _PLAN_YEARS
    return years(begin, begin + _PLAN_YEARS - 1)


def holiday(year: int, name: str) -> date:
    """The day of a holiday; ValueError for one of the lunar calendar in a year that is not listed."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    listed = _LUNAR[name].split()
    if not 0 <= year - _FIRST_YEAR < len(listed):
        raise ValueError(year)
    found = listed[year - _FIRST_YEAR]
    return date(year, int(found[:2]), int(found[2:]))


def later(start: date, *, months_on: int = 0, days_on: int = 0) -> date:
    """The day that lies some months, or days, after another; the last of a month where that is shorter."""
    month = start.year * 12 + start.month - 1 + months_on
    year, number = divmod(month, 12)
    last = calendar.monthrange(year, number + 1)[1]
    return date(year, number + 1, min(start.day, last)) + timedelta(days=days_on)
