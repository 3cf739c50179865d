"""What is to be followed up: for each unit and row of a plan what it answered, until when it is due, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from workplan import view
from workplan.chinese.patterns import Pattern
from workplan.output.wanted import Wanted
from workplan.view.facts import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workplan.plan.compiled import Plan
    from workplan.progress.answers import State
    from workplan.view.assignments import Sheet, SheetRow
    from workplan.view.status import Status

Light = Literal["红", "黄", "绿"]
#: What an answer begins with that says that a row is done.
_DONE = Pattern("(?:全部|均|都)?(?:已经?)?(?:全部|全面)?(?:完成|办结|完结)(?!了?[一二三四五六七八九\\d过]|率|情况|时)")
#: What says that something is still to do: a share below 100 %, words such as 尚未.
_PARTLY = Pattern(r"(?<![\d.])\d{1,2}(?:\.\d+)?[%％]|尚未|还未|仍未|未完成|剩余|其余|下一步")
#: A row is yellow where it is due within so many days.
SOON = 30


@dataclass(frozen=True, slots=True)
class Followed:
    """A row of a unit: its words, the day until which it is due (None: none is said), its answers, how it stands."""

    unit: str
    id: str
    number: str
    title: str
    role: str
    words: str
    due: date | None
    answers: Mapping[str, tuple[str, ...]]
    status: Status

    def is_overdue(self, day: date) -> bool:
        """Whether it should be done by a day, and nobody says that it is."""
        return self.status != "已完成" and self.due is not None and self.due < day

    def light(self, day: date) -> Light:
        """红: overdue; 黄: in trouble, not answered, or due within 30 days and not done; 绿: all others."""
        if self.is_overdue(day):
            return "红"
        soon = self.due is not None and self.due <= day + timedelta(days=SOON)
        return "黄" if self.status in ("有困难", "未反馈") or (soon and self.status != "已完成") else "绿"


def followed(plan: Plan, state: State) -> tuple[Followed, ...]:
    """A row for each unit that gets a sheet, or sent one, and each of its rows, in the order of the registry."""
    units = {*Wanted().sheet_units(plan), *(unit for unit in state.units if unit in plan.book.entries)}
    ordered = sorted(units, key=plan.book.order.__getitem__)
    sheets = view.sheets(plan, ordered)
    return tuple(one for name, sheet in zip(ordered, sheets, strict=True) for one in _of_unit(name, sheet, state))


def _of_unit(unit: str, sheet: Sheet, state: State) -> Iterator[Followed]:
    reply = state.units.get(unit)
    for entry in sheet.entries:
        answers = reply.rows.get(entry.row.id, {}) if reply else {}
        yield Followed(
            unit=unit,
            id=entry.row.id,
            number=entry.row.mark,
            title=str(entry.row.heading),
            role="、".join(ROLES[role] for role in entry.roles),
            words=str(entry.row.deadlines),
            due=_due(entry, date.fromisoformat(state.date)),
            answers=answers,
            status=_status(answers),
        )


def _due(entry: SheetRow, day: date) -> date | None:
    """The next day on which something of a row is due, else the last that went by."""
    days = sorted(date.fromisoformat(due.date) for due in entry.row.due if due.date)
    return next((one for one in days if one >= day), days[-1] if days else None)


def _status(answers: Mapping[str, tuple[str, ...]]) -> Status:
    """What a unit says itself: done, where its first answer begins with that."""
    if not answers:
        return "未反馈"
    first = next(iter(answers.values()))
    said = "".join(first)
    return "已完成" if _DONE.match(said) and not _PARTLY.search(said) else "推进中"
