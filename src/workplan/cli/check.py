"""``workplan check``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.choice import Choice, many_plans, rule_list
from workplan.cli.session import Session
from workplan.compiler import compile_plan
from workplan.diagnostic import Severity
from workplan.report import REPORTERS
from workplan.source import find_plan
from workplan.suppress import Selection


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    formats = Choice("report", tuple(REPORTERS), "text")

    @app.command(help=words.text("cli.check.help"))
    def check(
        plans: Annotated[list[str] | None, many_plans(words)] = None,
        form: Annotated[str, formats.option(words)] = formats.default,
        strict: Annotated[bool, typer.Option("--strict", help=words.text("cli.check.strict"))] = False,
        select: Annotated[list[str] | None, rule_list(words, "select")] = None,
        ignore: Annotated[list[str] | None, rule_list(words, "ignore")] = None,
    ) -> None:
        sources = [find_plan(plan, Path.cwd()) for plan in plans or (None,)]
        selection = Selection.read(select, ignore)
        results = [(source.plan, compile_plan(source, selection)) for source in sources]
        colour = form == "text" and session.colours(sys.stdout)
        sys.stdout.write(REPORTERS[form](results, words, colour=colour, width=0))
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        if any(finding.severity in grave for _, result in results for finding in result.diagnostics):
            raise typer.Exit(1)
