"""What a deadline says, and what has to be known to tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from workplan.chinese.deadlines.periods import Period

#: How often something comes again.
Every = Literal["year", "half-year", "quarter", "month", "week", "day"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, a period, a recurrence, or nothing of these.

    ``first`` is the first day of a period (三季度, 1月至6月), or of what has a beginning only (1月1日起); ``last`` the last day
    that is allowed; ``every`` how often it comes again (每年2月底前), which then has no single day.
    """

    first: date | None = None
    last: date | None = None
    every: Every | None = None


NOTHING = Deadline()


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a deadline may leave out.

    ``year`` is the plan's (0: not known) and what 明年 counts from, ``day`` the plan's date, from which 三年内 counts;
    ``named`` the year that the sentence names before, 0 where it names none, None where it cannot be told which is meant.
    ``near`` is the month or quarter that the sentence names last before, or how often it says that something comes again: 月底
    and 季度末 have theirs from it.
    """

    year: int = 0
    day: date | None = None
    named: int | None = 0
    near: Period | Every | None = None

    @property
    def usual(self) -> int:
        """The year of months that come without one; 0 where nobody can tell."""
        return 0 if self.named is None else self.named or self.year
