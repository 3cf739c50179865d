"""``workplan check``."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import Choice, many_plans, refuse_idle, rule_list
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, Severity
from workplan.report import REPORTERS

if TYPE_CHECKING:
    from workplan.check.suppress import Selection
    from workplan.compiler import Result
    from workplan.language.edit import Change
    from workplan.source import Directory


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
        fix: Annotated[bool, typer.Option("--fix", help=words.text("cli.check.fix"))] = False,
        diff: Annotated[bool, typer.Option("--diff", help=words.text("cli.check.diff"))] = False,
        suggest: Annotated[bool, typer.Option("--suggest", help=words.text("cli.check.suggest"))] = False,
        watching: Annotated[bool, typer.Option("--watch", help=words.text("cli.check.watch"))] = False,
    ) -> None:
        from workplan.check.suppress import Selection
        from workplan.source import find_plans

        sources = find_plans(plans, Path.cwd())
        selection = Selection.read(select, ignore, suggest=suggest)
        if watching and (fix or diff):
            raise Misuse("watch-alone")
        if diff:
            refuse_idle("--diff", {"--format": form != formats.default, "--strict": strict})
            _show(session, sources, selection)
            return
        if fix:
            _correct(session, sources, selection)

        def report(plans: "Sequence[Directory]") -> bool:
            return any(failed(one, strict=strict) for one in _report(session, plans, selection, form))

        if watching:
            _watch(session, sources, report)
        elif report(sources):
            raise typer.Exit(1)


def _watch(session: Session, sources: "Sequence[Directory]", report: "Callable[[Sequence[Directory]], bool]") -> None:
    """Report whenever a plan is saved, until Ctrl-C."""
    from workplan.cli.watch import watch

    session.say(session.words.text("cli.check.watching"))
    watch(sources, report)


def _report(session: Session, plans: "Iterable[Directory]", selection: "Selection", form: str) -> "list[Result]":
    """The findings of some plans, told in a form."""
    from workplan.compiler import compile_plan

    results = [(source.plan, compile_plan(source, selection)) for source in plans]
    colour = form == "text" and session.colours(sys.stdout)
    sys.stdout.write(REPORTERS[form](results, session.words, colour=colour, width=0))
    sys.stdout.flush()
    return [result for _, result in results]


def failed(result: "Result", *, strict: bool) -> bool:
    """Whether a plan does not pass: it has errors or, under ``strict``, warnings."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in grave for finding in result.diagnostics)


def _show(session: Session, sources: "Iterable[Directory]", selection: "Selection") -> None:
    """The corrections as a diff; a file that several plans share is shown once."""
    from workplan.rewrite.fix import fixed

    changes: dict[str, Change] = {}
    for source in sources:
        for change in fixed(source, selection).changes:
            changes.setdefault(change.file, change)
    session.deliver("".join(change.diff() for change in changes.values()).encode(), None)
    if changes:
        raise typer.Exit(1)


def _correct(session: Session, sources: "Iterable[Directory]", selection: "Selection") -> None:
    """The corrections to the files, each whole or not at all."""
    from workplan.rewrite.fix import fixed

    count, files = 0, 0
    for source in sources:
        done = fixed(source, selection)
        for change in done.changes:
            session.rewrite(change)
        count, files = count + done.count, files + len(done.changes)
    if files:
        session.say(session.words.text("cli.check.fixed", {"count": count, "files": files}))
