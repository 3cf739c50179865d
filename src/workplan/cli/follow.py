"""What ``workplan tasks`` answers from what units returned: what is due, what is overdue, who has not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.cli.choice import day
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, nearest
from workplan.progress import answers
from workplan.source import collected

if TYPE_CHECKING:
    from datetime import date

    from workplan.plan.compiled import Plan
    from workplan.progress.answers import State
    from workplan.progress.following import Followed
    from workplan.source import Directory

#: The word for what should be done by now and is not.
_OVERDUE = "逾期"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: of a unit, due ``before`` a day, in a ``status``, from a ``file`` of answers; empty for all, the latest."""

    unit: str
    before: str
    status: str
    file: Path | None


def follow(session: Session, source: "Directory", plan: "Plan", asked: Asked, given: tuple[str, Path | None]) -> None:
    """Deliver the rows that are asked for, one for each unit and task, in a form and to a file."""
    from datetime import date

    from workplan.progress.following import followed

    state = state_of(source, plan, asked.file)
    rows = [row for row in followed(plan, state) if _fits(row, plan, asked, date.fromisoformat(state.date))]
    form, out = given
    _DELIVER[form](session, rows, out)


def state_of(source: "Directory", plan: "Plan", file: Path | None) -> "State":
    """The answers in a file, by default the latest that was collected."""
    found = file or collected.latest(source.folder)
    if found is None:
        raise Misuse("progress-none", plan=plan.name)
    try:
        state = answers.taken(found)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Misuse("cannot-read", path=found.as_posix(), reason=reason) from error
    if state.plan != plan.name:
        raise Misuse("progress-foreign", path=found.as_posix(), plan=state.plan, own=plan.name)
    return state


def _fits(row: "Followed", plan: "Plan", asked: Asked, today: "date") -> bool:
    from workplan.view.status import STATUSES

    if asked.status not in ("", _OVERDUE, *STATUSES):
        raise Misuse("unknown-format", name=asked.status, known=" ".join((*STATUSES, _OVERDUE)))
    if asked.unit and asked.unit not in plan.book.spellings:
        near = nearest(asked.unit, plan.book.spellings)
        raise Misuse("unknown-unit-near" if near else "unknown-unit", name=asked.unit, near=near)
    if asked.unit and row.unit != plan.book.spellings[asked.unit]:
        return False
    if asked.before and not (row.due and row.due < day("--due-before", asked.before)):
        return False
    return row.is_overdue(today) if asked.status == _OVERDUE else asked.status in ("", row.status)


def _cells(rows: "Sequence[Followed]") -> list[tuple[str, ...]]:
    return [
        (row.unit, f"{row.number}{row.title}", row.words, row.due.isoformat() if row.due else "", row.status)
        for row in rows
    ]


_HEADINGS = ("单位", "任务", "完成时限", "截止日期", "状态")


def _as_table(session: Session, rows: "Sequence[Followed]", out: Path | None) -> None:
    from workplan.cli.table import deliver_table
    from workplan.render.terminal import listed

    deliver_table(session, listed(_HEADINGS, _cells(rows)), out)


def _as_csv(session: Session, rows: "Sequence[Followed]", out: Path | None) -> None:
    from workplan.render.table import as_csv

    session.deliver(as_csv(_HEADINGS, _cells(rows)), out)


def _as_json(session: Session, rows: "Sequence[Followed]", out: Path | None) -> None:
    from workplan.render.task_json import dump

    shape = [
        {
            "unit": row.unit,
            "id": row.id,
            "title": row.title,
            "due": row.due.isoformat() if row.due else None,
            "status": row.status,
            "answers": {field: list(lines) for field, lines in row.answers.items()},
        }
        for row in rows
    ]
    session.deliver(dump({"rows": shape}), out)


_DELIVER = {"table": _as_table, "json": _as_json, "csv": _as_csv}
