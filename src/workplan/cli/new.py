"""``workplan new``: a first plan to start from, or next year's from this year's."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.session import Session


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.new.help"))
    def new(
        year: Annotated[str, typer.Argument(metavar="YEAR", help=words.text("cli.new.year"))],
        source: Annotated[
            str, typer.Option("--from", metavar="PLAN", help=words.text("cli.new.from"), show_default=False)
        ] = "",
    ) -> None:
        if source:
            _carry(session, year, source)
            return
        from workplan.rewrite.newplan.schemas import put_schemas
        from workplan.rewrite.newplan.starter import create

        folder, files = create(year, Path.cwd())
        files += put_schemas(Path(folder).parent, words.language, Path.cwd(), anew=False)
        session.say(words.text("cli.new.written", {"folder": folder, "files": _listed(files), "year": year}))


def _carry(session: Session, year: str, source: str) -> None:
    from workplan.cli.compiled import compiled, show
    from workplan.rewrite.newplan.carried import carry
    from workplan.source import find_plan

    (found,) = compiled(session, find_plan(source, Path.cwd()))
    made = carry(year, found.source, found.plan, found.files, Path.cwd())
    show(session, year, made.result)
    arguments = {"folder": made.folder, "files": _listed(made.files), "year": year, "plan": found.plan.name}
    session.say(session.words.text("cli.new.carried", arguments))


def _listed(files: tuple[str, ...]) -> str:
    return "\n".join(f"  {file}" for file in files)
