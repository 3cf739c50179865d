"""From a command's PLAN argument to a plan that may be used, or to its findings and exit 1."""

import sys
from pathlib import Path

import typer

from workplan.cli.session import Session
from workplan.compiler import Result, compile_plan
from workplan.plan import Plan
from workplan.report import REPORTERS
from workplan.source import Directory, find_plan


def compiled(session: Session, argument: str | None) -> tuple[Directory, Plan]:
    """The plan; errors are reported and end the command."""
    source = find_plan(argument, Path.cwd())
    result = compile_plan(source)
    if result.diagnostics:
        tell(session, source.plan, result)
    if result.plan is None or not result.clean:
        raise typer.Exit(1)
    return source, result.plan


def tell(session: Session, name: str, result: Result) -> None:
    """The findings, to the person watching."""
    colour = session.colours(sys.stderr)
    sys.stderr.write(REPORTERS["text"]([(name, result)], session.words, colour=colour, width=0))
