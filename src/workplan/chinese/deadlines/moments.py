"""Reads the period or day that words name, from a place on: 2026年6月底, 三季度, 12月中旬, “十四五”期间, 国庆节前."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.deadlines import patterns, periods

if TYPE_CHECKING:
    from workplan.chinese.deadlines.periods import Period
    from workplan.chinese.deadlines.value import Known
    from workplan.chinese.patterns import Pattern


class UnnamedError(ValueError):
    """Words that are understood, and name no certain day."""


@dataclass(slots=True)
class Moment:
    """A period, with ``end`` where the words name its end (6月底), ``spans`` where they name its beginning too (6至8月底)."""

    period: Period
    end: bool = False
    spans: bool = False


class Words:
    """The words with the place that reading has come to; whatever is read moves on, a day of no calendar is ValueError."""

    def __init__(self, words: str, known: Known) -> None:
        self.words = words
        self.known = known
        self.at = 0

    def ended(self) -> bool:
        """Whether all is read."""
        return self.at == len(self.words)

    def take(self, pattern: Pattern) -> re.Match[str] | None:
        """What the pattern finds here, if that is anything: then it is read."""
        found = pattern.match(self.words, self.at)
        if found is None or found.end() == self.at:
            return None
        self.at = found.end()
        return found

    def moment(self) -> Moment | None:
        """A period or day with the year it has or lacks; None for other words."""
        iso = self.take(patterns.ISO)
        if iso:
            year, month, day = (int(part) for part in iso.groups() if part)
            return Moment(periods.day(year, month, day))
        plan = self.take(patterns.PLAN)
        if plan:
            return Moment(periods.five_years(10 + number(plan["number"])), end=bool(plan["end"]))
        years = self.years()
        if years is None:
            return self._in_usual_year() or self._this_year() or self._near()
        self.known = replace(self.known, named=years.last.year)
        inside = self.in_year(years.last.year) if years.grain == "year" else None
        return inside or Moment(years, end=bool(self.take(patterns.YEAR_END)), spans=years.grain == "years")

    def years(self) -> Period | None:
        """A year or several, by number or by what they are to the plan."""
        found = self.take(patterns.YEARS)
        if found:
            first = number(found["year"])
            last = number(found["to"] or found["year"])
            return periods.years(first, last if last > 99 else first // 100 * 100 + last)  # noqa: PLR2004 - 2024—26年
        relative = self.take(patterns.RELATIVE_YEAR)
        if relative is None:
            return None
        word = relative["word"]
        base = self.known.year if word in patterns.RELATIVE else self.known.usual
        if not base:
            raise UnnamedError
        year = base + {**patterns.RELATIVE, **patterns.FOLLOWING}[word]
        return periods.years(year, year)

    def _in_usual_year(self) -> Moment | None:
        """A period without a year; 元旦前 would be over before the year begins, so that nobody can tell which is meant."""
        found = self.in_year(self.known.usual)
        if found and found.period.last.year < self.known.usual:
            raise UnnamedError
        return found

    def _near(self) -> Moment | None:
        """The end of the month or quarter that the sentence names before, or ten days of it."""
        near = self.known.near
        if near is None or isinstance(near, str):
            return None
        if self.take(patterns.ITS_END[near.grain]):
            return Moment(near, end=True)
        tens = self.take(patterns.ITS_TENS) if near.grain == "month" else None
        return self._tens(near.first.year, near.first.month, tens) if tens else None

    def _this_year(self) -> Moment | None:
        found = self.take(patterns.THIS_YEAR)
        return Moment(periods.years(*[self._year(self.known.usual)] * 2), end=bool(found["end"])) if found else None

    def _year(self, year: int) -> int:
        if not year:
            raise UnnamedError
        return year

    def in_year(self, year: int) -> Moment | None:
        """A quarter, a half, a month with what follows it, or a holiday."""
        several = self.take(patterns.FIRST_QUARTERS)
        if several:
            return Moment(periods.quarters(self._year(year), 1, number(several["count"])), spans=True)
        quarter = self.take(patterns.QUARTERS)
        if quarter:
            last = number(quarter["first"])
            first = number(quarter["to"] or quarter["first"])
            found = periods.quarters(self._year(year), first, last)
            return Moment(found, end=bool(self.take(patterns.END)), spans=first != last)
        half = self.take(patterns.HALF)
        if half:
            return Moment(periods.half(self._year(year), half[0]), end=bool(self.take(patterns.END)))
        self._listed(year)
        month = self.take(patterns.MONTHS)
        if month:
            return self._in_months(self._year(year), month)
        return self._holiday(year)

    def _listed(self, year: int) -> None:
        """Months before the last of a list (3、6、9月底), which have to be months."""
        found = self.take(patterns.LISTED)
        for sign in re.findall("[^、,，]+", found[0]) if found else ():
            periods.months(self._year(year), number(sign), number(sign))

    def _in_months(self, year: int, found: re.Match[str]) -> Moment:
        first = number(found["first"])
        last = number(found["to"] or found["first"])
        whole = periods.months(year, first, last)
        end = bool(self.take(patterns.MONTH_END))
        if end or first != last:
            return Moment(whole, end=end, spans=first != last)
        if self.take(patterns.MONTH_BEGINNING):
            return Moment(periods.tens(year, first, "上旬", "上旬"))
        tens = self.take(patterns.TENS)
        if tens:
            return self._tens(year, first, tens)
        days = self.take(patterns.DAYS)
        return self._days(year, first, days) if days else Moment(whole)

    def _tens(self, year: int, month: int, found: re.Match[str]) -> Moment:
        return Moment(periods.tens(year, month, f"{found['first']}旬", f"{found['to'] or found['first']}旬"))

    def _days(self, year: int, month: int, found: re.Match[str]) -> Moment:
        begin = periods.day(year, month, number(found["first"]))
        self.take(patterns.HOUR)
        if not found["to"]:
            return Moment(begin)
        end = periods.day(year, month, number(found["to"]))
        if end.last < begin.first:
            raise UnnamedError
        return Moment(periods.Period(begin.first, end.last, "ten-days"))

    def _holiday(self, year: int) -> Moment | None:
        found = self.take(patterns.HOLIDAY)
        if found is None:
            return None
        day = periods.holiday(self._year(year), found["name"])
        if self.take(patterns.BEFORE):
            day = periods.later(day, days_on=-1)
        return Moment(periods.Period(day, day, "day"))


def number(text: str) -> int:
    """What a numeral says."""
    return numerals.value(text) or 0
