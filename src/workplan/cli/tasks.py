"""``workplan tasks``: who does what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import TABLE, one_plan, out_file
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, nearest

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.view.assignments import TaskRow


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.tasks.help"))
    def tasks(
        plan: Annotated[str | None, one_plan(words)] = None,
        unit: Annotated[str, typer.Option(metavar="NAME", help=words.text("cli.tasks.unit"), show_default=False)] = "",
        form: Annotated[str, TABLE.option(words)] = TABLE.default,
        out: Annotated[Path | None, out_file(words)] = None,
    ) -> None:
        from workplan import view
        from workplan.cli.compiled import compiled
        from workplan.source import find_plan

        found = compiled(session, find_plan(plan, Path.cwd()))
        rows = view.rows(found.plan)
        if unit:
            rows = _of_unit(found.plan, rows, unit)
        _AS[form](session, found.plan, rows, out)


def _as_table(session: Session, _: "Plan", rows: "tuple[TaskRow, ...]", out: Path | None) -> None:
    from workplan.cli.table import deliver_table
    from workplan.render.terminal import tasks_table

    deliver_table(session, tasks_table(rows, session.words.words("cli.tasks.columns")), out)


def _as_json(session: Session, plan: "Plan", rows: "tuple[TaskRow, ...]", out: Path | None) -> None:
    from workplan.render import task_json

    session.deliver(task_json.dump(task_json.tasks(plan.name, rows)), out)


def _as_csv(session: Session, _: "Plan", rows: "tuple[TaskRow, ...]", out: Path | None) -> None:
    from workplan.render import table

    session.deliver(table.rows_csv(rows), out)


_AS = {"table": _as_table, "json": _as_json, "csv": _as_csv}


def _of_unit(plan: "Plan", rows: "tuple[TaskRow, ...]", spelling: str) -> "tuple[TaskRow, ...]":
    """The rows that name a unit, by its own name or through a group that lists it."""
    unit = plan.book.spellings.get(spelling, "")
    names = {unit, *plan.book.groups_of.get(unit, ())}
    chosen = tuple(row for row in rows if any(named.unit in names for named in row.named)) if unit else ()
    if not chosen:
        known = {named.unit for row in rows for named in row.named}
        near = nearest(spelling, known)
        raise Misuse("unknown-unit-near" if near else "unknown-unit", name=spelling, near=near)
    return chosen
