"""``workplan diff``: what changed from one plan to another."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import Choice, out_file
from workplan.cli.session import Session
from workplan.compare.report import REPORTERS
from workplan.diagnostic import Misuse, Refusal

if TYPE_CHECKING:
    from workplan.compare.subject import Subject
    from workplan.resources.templates import Templates
    from workplan.source import Source

#: What is not for a terminal to show.
_BINARY = ("docx", "pdf")


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
        author: Annotated[str, _author(words.text("cli.diff.author"))] = "workplan",
        date: Annotated[str, _date(words.text("cli.diff.date"))] = "",
        exit_code: Annotated[bool, typer.Option("--exit-code", help=words.text("cli.diff.exit-code"))] = False,
    ) -> None:
        from workplan.cli.compiled import readable
        from workplan.compare.plans import compare
        from workplan.compare.subject import Subject, called
        from workplan.source import find_sides

        if form in _BINARY and out is None and sys.stdout.isatty():
            raise Misuse("needs-file", form=form)
        sources = find_sides(old, new, Path.cwd())
        before, after = readable(session, *sources)
        found = compare(before, after, called(*sources))
        colour = form == "text" and out is None and session.colours(sys.stdout)
        subject = Subject(
            comparison=found,
            old=before,
            new=after,
            words=words,
            templates=_templates(*sources),
            colour=colour,
            author=author,
            date=date,
        )
        session.deliver(_written(session, subject, form), out)
        if exit_code and (found.changes or found.renumbered or found.registry):
            raise typer.Exit(1)


def _written(session: Session, subject: "Subject", form: str) -> bytes:
    """The comparison in a form; what keeps it from being written is told and ends the command."""
    try:
        return REPORTERS[form](subject)
    except Refusal as refusal:
        from workplan.output.locate import placed

        session.report_refusal(placed(refusal, subject.new), {})
        raise typer.Exit(refusal.code) from refusal


def _moment(value: str) -> str:
    """A day or a moment in the form that Word writes; a moment without a zone is taken as it stands."""
    if not value:
        return ""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as fault:
        raise Misuse("bad-date", value=value) from fault
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _templates(old: "Source", new: "Source") -> "Templates":
    """The user's own templates, beside the plan that lies in a folder."""
    from workplan.output.places import own_templates
    from workplan.resources.templates import Templates
    from workplan.source import Directory

    folders = [source for source in (new, old) if isinstance(source, Directory)]
    return Templates(own_templates(folders[0]) if folders else None)


def _author(text: str) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    return typer.Option("--author", metavar="NAME", help=text)


def _date(text: str) -> Any:  # noqa: ANN401 - likewise
    return typer.Option("--date", metavar="DATE", help=text, callback=_moment, show_default=False)


def _side(text: str, name: str) -> Any:  # noqa: ANN401 - typer's ArgumentInfo is not public
    return typer.Argument(metavar=name, help=text, show_default=False)
