"""``workplan units``: what each unit carries."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import TABLE, one_plan, out_file
from workplan.cli.session import Session

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.view.assignments import Load


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.units.help"))
    def units(
        plan: Annotated[str | None, one_plan(words)] = None,
        form: Annotated[str, TABLE.option(words)] = TABLE.default,
        out: Annotated[Path | None, out_file(words)] = None,
    ) -> None:
        from workplan import view
        from workplan.cli.compiled import compiled
        from workplan.source import find_plan

        (found,) = compiled(session, find_plan(plan, Path.cwd()))
        loads = view.loads(found.plan)
        _AS[form](session, found.plan, loads, out)


def _as_table(session: Session, _: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.cli.table import deliver_table
    from workplan.render.terminal import units_table

    words = session.words
    kinds = {f"kind.{name}": word for name, word in words.words("kinds").items()}
    deliver_table(session, units_table(loads, words.words("cli.units.columns") | kinds), out)


def _as_json(session: Session, plan: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.render import task_json

    session.deliver(task_json.dump(task_json.units(plan.name, loads)), out)


def _as_csv(session: Session, _: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.render import table

    session.deliver(table.loads_csv(loads), out)


_AS = {"table": _as_table, "json": _as_json, "csv": _as_csv}
