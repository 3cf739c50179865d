"""``workplan new``: a first plan to start from."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.session import Session
from workplan.newplan import create


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.new.help"))
    def new(year: Annotated[str, typer.Argument(metavar="YEAR", help=words.text("cli.new.year"))]) -> None:
        folder, files = create(year, Path.cwd())
        listed = "\n".join(f"  {file}" for file in files)
        session.say(words.text("cli.new.written", {"folder": folder, "files": listed, "year": year}))
