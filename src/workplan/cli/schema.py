"""``workplan schema``: JSON Schemas for editors."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.session import Session
from workplan.diagnostic import Misuse

#: The schemas, one for each kind of file; by name only, as what makes them is slow to load.
_NAMES = ("document", "part", "units", "progress")


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.schema.help"))
    def schema(
        which: Annotated[
            str | None, typer.Argument(metavar="KIND", help=words.text("cli.schema.which"), show_default=False)
        ] = None,
        write: Annotated[bool, typer.Option("--write", help=words.text("cli.schema.write"))] = False,
    ) -> None:
        known = " ".join(_NAMES)
        if write and which is None:
            _write(session)
        elif write or which is None:
            raise Misuse("which-schema", known=known)
        elif which not in _NAMES:
            raise Misuse("unknown-format", name=which, known=known)
        else:
            from workplan.language.model.schema import dump

            session.deliver(dump(which, words.language), None)


def _write(session: Session) -> None:
    from workplan.rewrite.newplan.schemas import put_schemas
    from workplan.source import plans_folder

    here = Path.cwd()
    plans = plans_folder(here)
    if plans is None:
        raise Misuse("no-plan")
    written = put_schemas(plans, session.words.language, here)
    listed = "\n".join(f"  {file}" for file in written)
    session.say(session.words.text("cli.schema.written", {"files": listed}))
