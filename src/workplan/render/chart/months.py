"""When what is due: the year's deadlines by month, those of other years, what comes again, and what says no day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workplan.render.chart.paper import LINE, MARGIN, SUBTITLE, WIDTH, Paper, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.view.assignments import TaskRow

_COLUMNS, _MONTHS = 3, 12
#: Space within a box, and the height of the line that names it.
_PAD, _NAMED = 5.0, 18.0
#: Characters of a text that stand for a row without a title.
_SHORT = 18
#: How a row stands, as its mark.
_MARKS = {"已完成": "●", "推进中": "◐", "有困难": "△", "未反馈": "○"}


@dataclass(frozen=True, slots=True)
class _Entry:
    day: date | None
    words: str


def calendar(title: str, year: int, rows: Sequence[TaskRow], states: Mapping[str, str] | None = None) -> bytes:
    """The picture of all deadlines of a plan of that ``year``; ``states`` says by row how it stands, where that is known."""
    entries = [_entry(row, due.date, due.text, states) for row in rows for due in row.due if due.every is None]
    again = [_entry(row, None, due.text, states) for row in rows for due in row.due if due.every is not None]
    dated = sorted((one for one in entries if one.day is not None), key=lambda one: one.day or date.min)
    months = [[one for one in dated if _is_in(one, year, month)] for month in range(1, _MONTHS + 1)]
    told = "；".join(f"{number}月{len(month)}项" for number, month in enumerate(months, 1) if month) or "没有写明期限"
    paper = Paper(title, f"{year}年任务完成时限" if year else "任务完成时限", told)
    if states is not None:
        paper.text(
            "　".join(f"{mark}{state}" for state, mark in _MARKS.items()), WIDTH - MARGIN, paper.height, anchor="end"
        )
        paper.height += LINE
    _grid(paper, months)
    _listed(paper, "以前年份到期", [one for one in dated if one.day is not None and one.day.year < year])
    _listed(paper, "以后年份到期", [one for one in dated if one.day is not None and one.day.year > year])
    _listed(paper, "定期开展", again)
    _listed(paper, "期限没有具体日期", [one for one in entries if one.day is None])
    _listed(paper, "没有写明期限", [_entry(row, None, "", states) for row in rows if not row.due])
    return paper.svg()


def _is_in(entry: _Entry, year: int, month: int) -> bool:
    return entry.day is not None and (entry.day.year, entry.day.month) == (year, month)


def _entry(row: TaskRow, day: str | None, said: str, states: Mapping[str, str] | None) -> _Entry:
    """A line of the calendar: how it stands, its title, who leads or answers for it, and the words of its deadline."""
    first = row.text.partition("\n")[0]
    name = row.title or (first if len(first) <= _SHORT else f"{first[:_SHORT]}…")
    people = row.people("lead") or row.people("responsible")
    words = f"{_MARKS.get(states.get(row.id, ''), '')}{row.mark}{name}" if states is not None else f"{row.mark}{name}"
    beside = "，".join(filter(None, (people, said if day is None else "")))
    return _Entry(date.fromisoformat(day) if day else None, f"{words}（{beside}）" if beside else words)


def _lines(entries: Iterable[_Entry], wide: float) -> Iterator[str]:
    """The lines of a box."""
    for entry in entries:
        yield from wrapped(f"{entry.day.day}日　{entry.words}" if entry.day else entry.words, wide)


def _grid(paper: Paper, months: Sequence[Sequence[_Entry]]) -> None:
    """Twelve boxes in rows of three, each row as high as its fullest box."""
    wide = (WIDTH - 2 * MARGIN) / _COLUMNS
    for first in range(0, _MONTHS, _COLUMNS):
        row = [[*_lines(month, wide - 2 * _PAD)] for month in months[first : first + _COLUMNS]]
        high = _NAMED + max(1, *map(len, row)) * LINE + _PAD
        for place, lines in enumerate(row):
            x, number = MARGIN + place * wide, first + place + 1
            paper.box(x, paper.height, (wide, high))
            paper.box(x, paper.height, (wide, _NAMED), "#efefef")
            paper.text(f"{number}月", x + _PAD, paper.height + 13, size=SUBTITLE, face="黑体")
            count = len(months[number - 1])
            paper.text(f"{count}项" if count else "—", x + wide - _PAD, paper.height + 12.5, anchor="end")
            for line, words in enumerate(lines, 1):
                paper.text(words, x + _PAD, paper.height + _NAMED + line * LINE - 2)
        paper.height += high


def _listed(paper: Paper, name: str, entries: Sequence[_Entry]) -> None:
    """What stands in no month, below a name."""
    if not entries:
        return
    paper.height += 2 * LINE
    head = f"{name}（{len(entries)}项）"
    paper.text(head, MARGIN, paper.height, size=SUBTITLE, face="黑体")
    paper.height += 1.5 * LINE
    for entry in entries:
        day = f"{entry.day.year}年{entry.day.month}月{entry.day.day}日　" if entry.day else ""
        for line in wrapped(f"{day}{entry.words}", WIDTH - 2 * MARGIN):
            paper.text(line, MARGIN, paper.height)
            paper.height += LINE
