"""From a plan's folder to a plan that may be used, or to its findings and exit 1."""

import sys
from dataclasses import dataclass

import typer

from workplan.cli.session import Session
from workplan.compiler import Result, compile_plan, compile_readable
from workplan.diagnostic import Misuse, Severity
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

    @property
    def result(self) -> Result:
        """The same as a compilation that found nothing."""
        return Result(self.plan, (), self.files)


def compiled(session: Session, *sources: Directory) -> tuple[Compiled, ...]:
    """The plans in some folders; errors in any of them are reported and end the command, warnings are counted."""
    names = [source.plan for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise Misuse("same-name", name=name)
    results = [(source, compile_plan(source)) for source in sources]
    for source, result in results:
        print_findings(session, source.plan, result)
    found = tuple(Compiled(source, result.plan, result.files) for source, result in results if result.plan)
    if not all(result.clean for _, result in results):
        raise typer.Exit(1)
    return found


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
