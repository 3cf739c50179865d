"""From a plan's folder to a plan that may be used, or to its findings and exit 1."""

import sys
from dataclasses import dataclass

import typer

from workplan.cli.session import Session
from workplan.compiler import Result, compile_plan, compile_readable
from workplan.diagnostic import Severity
from workplan.language.scalar import File
from workplan.plan.compiled import Plan
from workplan.report import REPORTERS
from workplan.source import Directory, Source


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan without errors: where it was read, what it says, and the texts it was read from."""

    source: Directory
    plan: Plan
    files: dict[str, File]


def compiled(session: Session, source: Directory) -> Compiled:
    """The plan in a folder; errors in it are reported and end the command, warnings are counted."""
    result = compile_plan(source)
    print_findings(session, source.plan, result)
    if result.plan is None or not result.clean:
        raise typer.Exit(1)
    return Compiled(source, result.plan, result.files)


def readable(session: Session, *sources: Source) -> tuple[Plan, ...]:
    """The plans in some sources, for a command that only reads them: errors in any are reported and end it."""
    results = [(source, compile_readable(source)) for source in sources]
    for source, result in results:
        if not result.clean:
            print_findings(session, source.plan, result)
    if not all(result.clean for _, result in results):
        raise typer.Exit(1)
    return tuple(result.plan for _, result in results if result.plan)


def print_findings(session: Session, name: str, result: Result) -> None:
    """All findings of a plan with errors; of one that may be used, how many warnings there are, and where to read them."""
    if not result.clean:
        show(session, name, result)
        return
    warnings = sum(finding.severity is Severity.WARNING for finding in result.diagnostics)
    if warnings:
        session.say(session.words.text("summary.warnings", {"plan": name, "count": warnings}))


def show(session: Session, name: str, result: Result) -> None:
    """All findings, to the person watching."""
    colour = session.colours(sys.stderr)
    sys.stderr.write(REPORTERS["text"]([(name, result)], session.words, colour=colour, width=0))
