"""``workplan --version`` and ``--lang``."""

from typing import Annotated

import typer

from workplan.cli import version as answer
from workplan.cli.session import Session
from workplan.diagnostic import Misuse
from workplan.resources.messages import LANGUAGES


def register(app: typer.Typer, session: Session) -> None:
    """Add the options that stand before any command."""
    words = session.words

    def show_version(value: bool) -> None:
        if value:
            answer.print_version()
            raise typer.Exit

    def known_language(value: str) -> str:
        if value and not value.lower().startswith(LANGUAGES):
            raise Misuse("unknown-format", name=value, known=" ".join(LANGUAGES))
        return value

    @app.callback()
    def top(
        lang: Annotated[
            str, typer.Option(metavar="zh|en", callback=known_language, help=words.text("cli.lang"), show_default=False)
        ] = "",
        version: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=show_version, help=words.text("cli.version"))
        ] = False,
    ) -> None:
        """Both are dealt with before any command runs."""
        del lang, version
