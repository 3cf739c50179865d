"""``workplan diff``: what changed from one plan to another."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from workplan.cli.choice import Choice, out_file
from workplan.cli.compiled import readable
from workplan.cli.session import Session
from workplan.diff.report import REPORTERS
from workplan.source import Revision, Source, find_sides


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    formats = Choice("comparison", tuple(REPORTERS), "text")

    @app.command(help=words.text("cli.diff.help"))
    def diff(
        old: Annotated[str | None, _side(words.text("cli.diff.old"), "OLD")] = None,
        new: Annotated[str | None, _side(words.text("cli.diff.new"), "NEW")] = None,
        form: Annotated[str, formats.option(words)] = formats.default,
        out: Annotated[Path | None, out_file(words)] = None,
        exit_code: Annotated[bool, typer.Option("--exit-code", help=words.text("cli.diff.exit-code"))] = False,
    ) -> None:
        from workplan.diff.compare import compare  # noqa: PLC0415 - nothing else needs the comparison
        from workplan.diff.report.subject import Subject  # noqa: PLC0415 - likewise

        sources = find_sides(old, new, Path.cwd())
        before, after = readable(session, *sources)
        found = compare(before, after, _names(*sources))
        colour = form == "text" and out is None and session.colours(sys.stdout)
        session.deliver(REPORTERS[form](Subject(found, before, after, words, colour)), out)
        if exit_code and (found.changes or found.renumbered):
            raise typer.Exit(1)


def _side(text: str, name: str) -> Any:  # noqa: ANN401 - typer's ArgumentInfo is not public
    return typer.Argument(metavar=name, help=text, show_default=False)


def _names(old: Source, new: Source) -> tuple[str, str]:
    """What the sides are called: by their folders' names, where those are one and the same by where they were read."""
    if old.plan != new.plan:
        return old.plan, new.plan
    return _place(old), _place(new)


def _place(source: Source) -> str:
    """A plan's folder as the user would name it, with its revision where it has one."""
    if isinstance(source, Revision):
        return f"{source.revision}:{source.folder}" if source.folder else source.revision
    return source.label(".")
