"""``workplan units``: what each unit carries."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.choice import TABLE, one_plan, out_file
from workplan.cli.session import Session


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
        if form == "json":
            from workplan.render import shapes

            session.deliver(shapes.dump(shapes.units(found.plan.name, loads)), out)
        elif form == "csv":
            from workplan.render import table

            session.deliver(table.loads_csv(loads), out)
        else:
            from workplan.cli.table import deliver_table
            from workplan.render.terminal import units_table

            kinds = {f"kind.{name}": word for name, word in words.words("kinds").items()}
            deliver_table(session, units_table(loads, words.words("cli.units.columns") | kinds), out)
