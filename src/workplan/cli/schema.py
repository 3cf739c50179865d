"""``workplan schema``: JSON Schemas for editors."""

import json
from typing import Annotated, Any

import typer

from workplan.cli.session import Session
from workplan.diagnostic import Misuse
from workplan.model.schema import SCHEMAS, json_schema


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    choices = "|".join(SCHEMAS)

    @app.command(help=words.text("cli.schema.help"))
    def schema(which: Annotated[str, typer.Argument(metavar=choices, help=words.text("cli.schema.which"))]) -> None:
        if which not in SCHEMAS:
            raise Misuse("unknown-format", name=which, known=" ".join(SCHEMAS))
        found: dict[str, Any] = json_schema(which)
        session.deliver((json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode(), None)
