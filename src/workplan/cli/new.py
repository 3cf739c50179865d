"""``workplan new``: a first plan to start from, or next year's from this year's."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.choice import Choice, out_file
from workplan.cli.session import Session
from workplan.diagnostic import Misuse


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    forms = Choice("list", ("text", "json"), "text")

    @app.command(help=words.text("cli.new.help"))
    def new(
        year: Annotated[str, typer.Argument(metavar="NAME", help=words.text("cli.new.year"))],
        source: Annotated[
            str, typer.Option("--from", metavar="PLAN", help=words.text("cli.new.from"), show_default=False)
        ] = "",
        form: Annotated[str, forms.option(words)] = forms.default,
        out: Annotated[Path | None, out_file(words)] = None,
    ) -> None:
        if source:
            _carry(session, year, source, form, out)
            return
        if out is not None or form != forms.default:
            raise Misuse("list-without-from")
        from workplan.rewrite.newplan.schemas import put_schemas
        from workplan.rewrite.newplan.starter import create

        folder, files = create(year, Path.cwd())
        files += put_schemas(Path(folder).parent, words.language, Path.cwd(), anew=False)
        session.say(words.text("cli.new.written", {"folder": folder, "files": _listed(files), "year": year}))


def _carry(session: Session, year: str, source: str, form: str, out: Path | None) -> None:
    from workplan.cli.compiled import compiled, show
    from workplan.report import REPORTERS
    from workplan.rewrite.newplan.carried import carry
    from workplan.source import find_plan

    found = compiled(session, find_plan(source, Path.cwd()))
    made = carry(year, found.source, found.plan, found.files, Path.cwd())
    if out is not None or form == "json":
        report = REPORTERS[form]([(year, made.result)], session.words, colour=False, width=0)
        session.deliver(report.encode(), out)
    else:
        show(session, year, made.result)
    arguments = {"folder": made.folder, "files": _listed(made.files), "year": year, "title": year[:4]}
    arguments["plan"] = found.plan.name
    session.say(session.words.text("cli.new.carried", arguments))


def _listed(files: tuple[str, ...]) -> str:
    return "\n".join(f"  {file}" for file in files)
