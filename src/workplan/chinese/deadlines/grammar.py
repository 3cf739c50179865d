"""Reads the words of a deadline from the first to the last; words that are left over make it name no day."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.deadlines import patterns, periods
from workplan.chinese.deadlines.moments import Moment, UnnamedError, Words, number
from workplan.chinese.deadlines.value import NOTHING, Deadline
from workplan.chinese.deadlines.written import plain

if TYPE_CHECKING:
    import re
    from datetime import date

    from workplan.chinese.deadlines.value import Every, Known

#: A bare period of these and 前 behind it: some mean its beginning (6月前), some its end.
_TWO_READINGS = ("month", "quarter", "half-year", "year", "years")
#: No plan of an office counts more years ahead.
_MOST_YEARS = 20
_MONTHS = {"年": 12, "季度": 3, "月": 1}
_DAYS = {"周": 7, "星期": 7, "日": 1, "天": 1}
#: A leap year without plan: whether a day of every year is in the calendar.
_ANY_YEAR = 2024


def read(text: str, known: Known) -> Deadline:
    """What the words say; NOTHING where they name no day, where one of them is not understood, or for a day no calendar has."""
    reader = _Reader(plain(text), known)
    try:
        found = reader.deadline()
    except (ValueError, OverflowError):  # 2月30日, 13月; behind the last day of the calendar
        return NOTHING
    return found if found is not None and reader.ended() else NOTHING


class _Reader(Words):
    """Goes through the words of a deadline."""

    def deadline(self) -> Deadline | None:
        """One deadline or several, of which the last counts; None for other words."""
        found: list[Deadline] = []
        while part := self._part():
            found.append(part)
            if not self.take(patterns.BETWEEN) or self.ended():
                self.take(patterns.CLOSE)
                return _together(found)
        return None

    def _part(self) -> Deadline | None:
        if self.take(patterns.ENDLESS):
            return NOTHING
        lead = self.take(patterns.LEAD)
        by = bool(lead and patterns.BY.search(lead["lead"]))
        found = self._span() or self._recurring() or self._again() or self._period(by=by)
        if found is not None:
            self.take(patterns.DONE)
            self.take(patterns.ENDLESS)
        if lead and lead["open"] and not self.take(patterns.CLOSING_BRACKET):
            return None
        return found

    # ------------------------------------------------------------------------------------------------ N年内

    def _span(self) -> Deadline | None:
        start = self.at
        found = self.take(patterns.SPAN)
        if not found or not (found["within"] or found["ahead"]) or self._is_calendar(found):
            self.at = start
            return None
        count = 0.5 if found["count"] == "半" else float(numerals.value(found["count"]) or 0)
        unit = found["unit"]
        if unit == "年半":
            count, unit = count + 0.5, "年"
        if not count or (unit == "年" and count > _MOST_YEARS):
            raise UnnamedError
        return Deadline(last=self._after(count, unit))

    def _is_calendar(self, found: re.Match[str]) -> bool:
        """Whether it is a month or quarter by number: 6月内, 一季度内."""
        return found["unit"] in ("月", "季度") and not found["several"]

    def _after(self, count: float, unit: str) -> date:
        """The day that lies so far behind the plan's; without it, of whole years, the last day of that year."""
        if self.known.day is None:
            if unit != "年" or count % 1 or not self.known.year:
                raise UnnamedError
            return periods.years(self.known.year, self.known.year + int(count)).last
        if unit in _MONTHS:
            ahead = count * _MONTHS[unit]
            days = 15 if ahead % 1 else 0
            return periods.later(self.known.day, months_on=int(ahead), days_on=days)
        if count % 1:
            raise UnnamedError
        return periods.later(self.known.day, days_on=int(count) * _DAYS[unit])

    # ------------------------------------------------------------------------------------------------ 每年

    def _recurring(self) -> Deadline | None:
        start = self.at
        first, last = self._bounds()
        found = self.take(patterns.EVERY)
        if found is None:
            self.at = start
            return None
        every = _every(found["unit"])
        if every == "year":
            self.take(patterns.COMMA)
            last = self._of_every_year(last) or last
        else:
            self._place(every)
        if not self.take(patterns.WITHIN):
            self.take(patterns.BEFORE)
        self.take(patterns.TIMES)
        return Deadline(first=first, last=last, every=every)

    def _bounds(self) -> tuple[date | None, date | None]:
        """The first and last day of the years that are named: 2026—2028年每年, “十五五”期间每年, 从2026年起，每年."""
        start = self.at
        begins = bool(self.take(patterns.FROM))
        plan = self.take(patterns.PLAN)
        years = periods.five_years(10 + number(plan["number"])) if plan else self.years()
        if years is None or (plan and plan["end"]):
            self.at = start
            return None, None
        if self.take(patterns.BEGINNING) or begins:
            self.take(patterns.COMMA)
            return years.first, None
        return years.first, years.last

    def _of_every_year(self, end: date | None) -> date | None:
        """The days of each year, which only have to exist; of the last year where one is named."""
        year = end.year if end else _ANY_YEAR
        last = None
        while moment := self._end_of_year(year) or self.in_year(year):
            if self.take(patterns.TO):
                moment = self._range(moment, year)
            last = moment.period.last
            if not self.take(patterns.BETWEEN):
                break
        return last if end else None

    def _range(self, begin: Moment, year: int) -> Moment:
        """The end of days of each year, which does not lie before their beginning: 3月1日至5月31日."""
        end = self.in_year(year)
        if end is None or end.period.last < begin.period.first:
            raise UnnamedError
        return end

    def _place(self, every: Every) -> None:
        """Where in a month, a quarter or a half year; raises for a day that no month has."""
        found = self.take(patterns.WHERE[every])
        for day in patterns.DAY_NUMBER.finditer(found[0]) if found else ():
            periods.day(_ANY_YEAR, 1, number(day[0]))

    def _end_of_year(self, year: int) -> Moment | None:
        return Moment(periods.years(year, year), end=True) if self.take(patterns.YEAR_END) else None

    def _again(self) -> Deadline | None:
        """The end of a month or quarter in a sentence that says that each is meant: 每月调度，月底前报送."""
        near = self.known.near
        if not isinstance(near, str) or not self.take(patterns.ITS_END[near]):
            return None
        self.take(patterns.BEFORE)
        return Deadline(every=near)

    # ------------------------------------------------------------------------------------------------ periods

    def _period(self, *, by: bool) -> Deadline | None:
        if self.take(patterns.FROM_NOW):
            moment = self.moment()
            return None if moment is None else self._edge(moment, self.known.day)
        from_ = bool(self.take(patterns.FROM))
        moment = self.moment()
        if moment is None:
            return None
        begins = bool(self.take(patterns.BEGINNING))
        if self.take(patterns.TO):
            return self._edge(self._second(moment), moment.period.first)
        if begins or from_:
            return Deadline(first=moment.period.first) if begins and not moment.end else None
        return self._single(moment, by=by)

    def _second(self, first: Moment) -> Moment:
        """The end of a range, which has the year of its beginning unless it names one."""
        self.known = replace(self.known, named=first.period.last.year)
        second = self.moment()
        if second is None:
            raise UnnamedError
        return second

    def _edge(self, moment: Moment, first: date | None) -> Deadline:
        """A range up to a period; what would end before it begins says nothing."""
        if first is not None and moment.period.last < first:
            raise UnnamedError
        self._until(moment)
        self.take(patterns.ENDING)
        return Deadline(first=first, last=moment.period.last)

    def _single(self, moment: Moment, *, by: bool) -> Deadline:
        """A period, or its end where the words name that, or a day by which something is done."""
        period = moment.period
        until = (self._until(moment) or moment.end or by or period.grain == "day") and not moment.spans
        if until:
            self.take(patterns.ENDING)
        return Deadline(first=None if until else period.first, last=period.last)

    def _until(self, moment: Moment) -> bool:
        """Whether 前 stands there, and not 内; raises where nobody can say what it means."""
        if self.take(patterns.WITHIN) or not self.take(patterns.BEFORE):
            return False
        if moment.period.grain in _TWO_READINGS and not moment.end:
            raise UnnamedError
        return True


def _every(unit: str) -> Every:
    return patterns.EVERY_UNIT[unit if unit == "半年" else unit[0]]


def _together(found: list[Deadline]) -> Deadline | None:
    """Several deadlines as one: the last day of them all, and what comes again.

    A period that holds the next one says only where that lies: 2027年，6月底前.
    """
    found = [one for one, after in zip_longest(found, found[1:]) if not _holds(one, after)]
    if len(found) == 1:
        return found[0]
    days = [one.last for one in found if one.last]
    every = next((one.every for one in reversed(found) if one.every), None)
    return Deadline(last=max(days), every=every) if days else Deadline(every=every)


def _holds(period: Deadline, after: Deadline | None) -> bool:
    first, last, day = period.first, period.last, after.last if after else None
    return first is not None and last is not None and day is not None and first <= day <= last
