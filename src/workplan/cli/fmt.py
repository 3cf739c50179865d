"""``workplan fmt``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import many_plans
from workplan.cli.session import Session
from workplan.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from workplan.language.edit import Change


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.fmt.help"))
    def fmt(
        plans: Annotated[list[str] | None, many_plans(words)] = None,
        check: Annotated[bool, typer.Option("--check", help=words.text("cli.fmt.check"))] = False,
        diff: Annotated[bool, typer.Option("--diff", help=words.text("cli.fmt.diff"))] = False,
    ) -> None:
        from workplan.report.terminal import finding_lines, rendered
        from workplan.rewrite.fmt import formatted
        from workplan.source import find_plans

        changes: dict[str, Change] = {}
        findings: dict[tuple[Span, str], Diagnostic] = {}
        for plan in find_plans(plans, Path.cwd()):
            changed, faults = formatted(plan)
            changes |= {change.file: change for change in changed}
            findings |= {(fault.span, fault.key): fault for fault in faults}
        if diff:
            session.deliver("".join(change.diff() for change in changes.values()).encode(), None)
        for change in changes.values():
            if not (check or diff):
                session.rewrite(change)
            session.say(words.text("cli.fmt.would" if check or diff else "cli.fmt.done", {"file": change.file}))
        lines = [line for finding in findings.values() for line in finding_lines(finding, {}, words)]
        sys.stderr.write(rendered(lines, colour=session.colours(sys.stderr), width=0))
        if findings or (changes and (check or diff)):
            raise typer.Exit(1)
