"""``workplan tasks``: who does what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import ANY_FILE, TABLE, chart_file, day, one_plan, out_file, refuse_idle
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
        due_before: Annotated[str, _text("due-before", "DATE", session)] = "",
        status: Annotated[str, _text("status", "WORD", session)] = "",
        progress: Annotated[Path | None, _text("progress", "FILE", session, **ANY_FILE)] = None,
        form: Annotated[str, TABLE.option(words)] = TABLE.default,
        out: Annotated[Path | None, out_file(words)] = None,
        chart: Annotated[Path | None, chart_file("tasks", words)] = None,
    ) -> None:
        from workplan import view
        from workplan.cli.compiled import compiled
        from workplan.source import find_plan

        if chart is not None:
            refuse_idle("--chart", {"--status": status, "-o": out, "--format": form != TABLE.default})
        source = find_plan(plan, Path.cwd())
        found = compiled(session, source)
        if (status or progress) and chart is None:
            from workplan.cli.follow import Asked, follow

            asked = Asked(unit=unit, before=due_before, status=status, file=progress)
            follow(session, source, found.plan, asked, (form, out))
            return
        rows = _chosen(found.plan, view.rows(found.plan), unit, due_before)
        if chart is None:
            _AS[form](session, found.plan, rows, out)
            return
        from workplan.cli.charts import answered
        from workplan.progress import pictures

        session.deliver(pictures.calendar(found.plan, rows, answered(source, found.plan, progress)), chart)


def _text(name: str, metavar: str, session: Session, **more: Any) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    text = session.words.text(f"cli.tasks.{name}")
    return typer.Option(f"--{name}", metavar=metavar, help=text, show_default=False, **more)


def _chosen(plan: "Plan", rows: "tuple[TaskRow, ...]", unit: str, before: str) -> "tuple[TaskRow, ...]":
    """The rows of a unit, and those of which something is due before a day; "" chooses nothing."""
    if unit:
        rows = _of_unit(plan, rows, unit)
    if before:
        last = day("--due-before", before).isoformat()
        rows = tuple(row for row in rows if any(due.date and due.date < last for due in row.due))
    return rows


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
