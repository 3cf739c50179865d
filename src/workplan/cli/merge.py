"""``workplan merge``: copies of the document that were edited in Word come home."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import Choice
from workplan.cli.session import Session
from workplan.cli.taking import taken as taken_file
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.cli.compiled import Compiled
    from workplan.merge.bringing import Brought
    from workplan.merge.report.account import Account
    from workplan.merge.returned import Returned
    from workplan.source import Directory

#: Endings of the files that are looked for in a folder of copies.
_ENDINGS = (".docx", ".doc", ".odt", ".rtf", ".wps")


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    forms = Choice("report", ("text", "json", "md"), "text")
    revisions = Choice("revisions", ("accept", "reject"), "accept")
    comments = Choice("comments", ("list", "keep"), "list")

    @app.command(help=words.text("cli.merge.help"))
    def merge(
        files: Annotated[
            list[Path] | None, typer.Argument(metavar="EDITED", help=words.text("cli.merge.files"), show_default=False)
        ] = None,
        into: Annotated[
            str | None,
            typer.Option("--into", metavar="PLAN", help=words.text("cli.merge.into"), show_default=False),
        ] = None,
        opinions: Annotated[
            Path | None,
            typer.Option("--opinions", metavar="FILE", help=words.text("cli.merge.opinions"), show_default=False),
        ] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words.text("cli.merge.dry-run"))] = False,
        tracked: Annotated[
            str,
            typer.Option(
                "--revisions",
                metavar="accept|reject",
                help=words.text("cli.import.revisions"),
                callback=revisions.checked,
            ),
        ] = revisions.default,
        kept: Annotated[
            str,
            typer.Option(
                "--comments", metavar="list|keep", help=words.text("cli.merge.comments"), callback=comments.checked
            ),
        ] = comments.default,
        form: Annotated[str, forms.option(words)] = forms.default,
    ) -> None:
        paths = list(dict.fromkeys(_copies(files or [])))
        if not paths and opinions is None:
            raise Misuse("merge-nothing")
        if not paths and opinions is not None:
            _apply(session, opinions, into, form, dry_run=dry_run)
            return
        copies, source = _read(paths, into, tracked)
        plan = _plan(session, source)
        if opinions is not None:
            _gather(session, plan, copies, opinions, dry_run=dry_run)
            return
        from workplan.merge.bringing import brought, taken

        found = taken(source, plan.plan, copies)
        made = brought(source, plan.result, plan.plan, found, comments=kept == "keep")
        _finish(session, plan, made, form, dry_run=dry_run)


def _plan(session: Session, source: "Directory") -> "Compiled":
    """The plan as it is today; one with errors is reported and ends the command."""
    from workplan.cli.compiled import compiled

    return compiled(session, source)[0]


def _finish(session: Session, plan: "Compiled", made: "Brought", form: str, *, dry_run: bool) -> None:
    """Write what changes, tell everything, and end with 1 where something is left to do."""
    from workplan.cli.compiled import show

    account = made.account
    if not dry_run and account.changes:
        session.rewrite(*account.changes)
        account = replace(account, written=True)
    _tell(session, account, form, dry_run=dry_run)
    if not made.result.clean:
        show(session, plan.source.plan, made.result)
    if not account.complete or not made.result.clean:
        raise typer.Exit(1)


def _gather(session: Session, plan: "Compiled", copies: "Sequence[Returned]", table: Path, *, dry_run: bool) -> None:
    """The opinions in some copies as a table; one that is there, and may be filled in, is never replaced."""
    from workplan.merge.bringing import taken
    from workplan.merge.opinions.round import gathered

    if table.exists():
        raise Misuse("opinions-exists", path=table.as_posix())
    found, content = gathered(plan.plan, taken(plan.source, plan.plan, copies), session.words)
    if not dry_run:
        session.deliver(content, table)
    words = session.words
    for one in found.received:
        said = {"file": one.path, "unit": one.sender.name, "count": one.count}
        session.say(words.text("merge.received" if one.sender.registered else "merge.received-stranger", said))
    said = {"file": table.as_posix(), "rows": len(found.rows) + len(found.loose), "copies": len(found.received)}
    session.say(words.text("merge.would-gather" if dry_run else "merge.gathered", said))


def _apply(session: Session, table: Path, into: str | None, form: str, *, dry_run: bool) -> None:
    """The rows of a table that are marked 采纳."""
    from workplan.diagnostic import Severity
    from workplan.merge.opinions.round import applied
    from workplan.merge.opinions.table import read
    from workplan.source import find_plan

    found = read(taken_file(table), table.as_posix())
    plan = _plan(session, find_plan(into or found.origin.plan, Path.cwd()))
    done = applied(plan.source, plan.result, plan.plan, found)
    session.report(done.diagnostics, {})
    _finish(session, plan, done.brought, form, dry_run=dry_run)
    if any(finding.severity is not Severity.INFO for finding in done.diagnostics):
        raise typer.Exit(1)  # somebody has to do something by hand


def _copies(given: "Sequence[Path]") -> "Iterator[Path]":
    """The files given, those below a folder in the order of their names; Misuse for a folder without one."""
    for path in given:
        if not path.is_dir():
            yield path
            continue
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() in _ENDINGS and not _is_hidden(one))
        if not found:
            raise Misuse("merge-empty-folder", path=path.as_posix())
        yield from found


def _is_hidden(path: Path) -> bool:
    """Whether it is what a program leaves beside an open document."""
    return path.name.startswith((".", "~$"))


def _read(paths: "Sequence[Path]", into: str | None, tracked: str) -> "tuple[Sequence[Returned], Directory]":
    """The copies, and the plan that they go into."""
    from workplan.importing.record import Revisions
    from workplan.merge.bringing import named_plan
    from workplan.merge.reading import read_copies
    from workplan.source import find_plan

    copies = read_copies([(path.as_posix(), taken_file(path)) for path in paths], Revisions(tracked))
    return copies, find_plan(into or named_plan(copies), Path.cwd())


def _tell(session: Session, account: "Account", form: str, *, dry_run: bool) -> None:
    """The report, with the changes to the files where none was written."""
    from workplan.merge.report import told_json, worded

    if form == "json":
        session.deliver(told_json.as_json(account), None)
        return
    look = worded.MARKDOWN if form == "md" else worded.TEXT
    report = "".join(f"{line}\n" for line in worded.lines(account, session.words, look))
    session.deliver(report.encode(), None)
    if dry_run and form == "text":
        session.deliver("".join(change.diff() for change in account.changes).encode(), None)
