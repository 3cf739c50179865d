"""``workplan merge``: copies of the document that were edited in Word come home."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import Choice
from workplan.cli.session import Session
from workplan.cli.taking import taken as taken_file
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.cli.compiled import Compiled
    from workplan.merge.account import Account
    from workplan.merge.bringing import Brought, Taken
    from workplan.merge.returned import Returned
    from workplan.resources.messages import Catalogue
    from workplan.source import Directory

#: Endings of the files that are looked for in a folder of copies.
_ENDINGS = (".docx", ".doc", ".odt", ".rtf", ".wps")


@dataclass(frozen=True, slots=True)
class _Call:
    """What the command was called with."""

    files: "Sequence[Path]"
    into: str | None
    opinions: Path | None
    dry_run: bool
    revisions: str
    keeps_comments: bool
    form: str


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    forms = Choice("report", ("text", "json", "md"), "text")
    options = {"revisions": ("accept", "reject"), "comments": ("list", "keep")}
    chosen = {name: _choice(name, choices, words) for name, choices in options.items()}

    @app.command(help=words.text("cli.merge.help"))
    def merge(
        files: Annotated[list[Path] | None, _edited(words)] = None,
        into: Annotated[str | None, _option("into", "PLAN", words)] = None,
        opinions: Annotated[Path | None, _option("opinions", "FILE", words)] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words.text("cli.merge.dry-run"))] = False,
        revisions: Annotated[str, chosen["revisions"]] = "accept",
        comments: Annotated[str, chosen["comments"]] = "list",
        form: Annotated[str, forms.option(words)] = forms.default,
    ) -> None:
        paths = list(dict.fromkeys(_copies(files or [])))
        if not paths and opinions is None:
            raise Misuse("merge-nothing")
        call = _Call(
            files=paths,
            into=into,
            opinions=opinions,
            dry_run=dry_run,
            revisions=revisions,
            keeps_comments=comments == "keep",
            form=form,
        )
        if not paths and opinions is not None:
            _apply(session, call, opinions)
        else:
            _merge(session, call)


def _edited(words: "Catalogue") -> Any:  # noqa: ANN401 - typer's ArgumentInfo is not public
    return typer.Argument(metavar="EDITED", help=words.text("cli.merge.files"), show_default=False)


def _option(name: str, metavar: str, words: "Catalogue") -> Any:  # noqa: ANN401 - likewise
    return typer.Option(f"--{name}", metavar=metavar, help=words.text(f"cli.merge.{name}"), show_default=False)


def _choice(name: str, choices: tuple[str, ...], words: "Catalogue") -> Any:  # noqa: ANN401 - likewise
    text = words.text("cli.import.revisions" if name == "revisions" else f"cli.merge.{name}")
    checked = Choice(name, choices, choices[0]).checked
    return typer.Option(f"--{name}", metavar="|".join(choices), help=text, callback=checked)


def _merge(session: Session, call: _Call) -> None:
    """Copies into the plan, or their opinions into a table."""
    if call.opinions is not None and call.opinions.exists():
        raise Misuse("opinions-exists", path=call.opinions.as_posix())  # it may be filled in
    copies, source = _read(call)
    plan = _plan(session, source)
    from workplan.merge.bringing import brought, taken
    from workplan.output.places import own_templates

    found = taken(source, plan.plan, copies, own_templates(source))
    if call.opinions is not None:
        _gather(session, plan, found, call.opinions, dry_run=call.dry_run)
        return
    made = brought(source, plan.result, plan.plan, found, comments=call.keeps_comments)
    _finish(session, plan, made, call)


def _plan(session: Session, source: "Directory") -> "Compiled":
    """The plan as it is today; one with errors is reported and ends the command."""
    from workplan.cli.compiled import compiled

    return compiled(session, source)[0]


def _source(call: _Call, name: str) -> "Directory":
    """The plan that the call names, else the one of a name that stands in a document."""
    from workplan.source import find_named, find_plan

    return find_plan(call.into, Path.cwd()) if call.into else find_named(name, Path.cwd())


def _finish(session: Session, plan: "Compiled", made: "Brought", call: _Call) -> None:
    """Write what changes, tell everything, and end with 1 where something is left to do."""
    from workplan.cli.compiled import show

    account = made.account
    if not call.dry_run and account.changes:
        session.rewrite(*account.changes)
        account = replace(account, written=True)
    _tell(session, account, call.form, dry_run=call.dry_run)
    if not made.result.clean:
        show(session, plan.source.plan, made.result)
    if not account.complete or not made.result.clean:
        raise typer.Exit(1)


def _gather(session: Session, plan: "Compiled", copies: "Sequence[Taken]", table: Path, *, dry_run: bool) -> None:
    """The opinions in some copies as a table."""
    from workplan.merge.opinions.round import gathered

    found, content = gathered(plan.plan, copies, session.words)
    if not dry_run:
        session.deliver(content, table)
    words = session.words
    for one in found.received:
        said = {"file": one.path, "unit": one.sender.name, "count": one.count}
        session.say(words.text("merge.received" if one.sender.registered else "merge.received-stranger", said))
    said = {"file": table.as_posix(), "rows": len(found.rows) + len(found.loose), "copies": len(found.received)}
    session.say(words.text("merge.would-gather" if dry_run else "merge.gathered", said))


def _apply(session: Session, call: _Call, table: Path) -> None:
    """The rows of a table that are marked 采纳."""
    from workplan.diagnostic import Severity
    from workplan.merge.opinions.round import applied
    from workplan.merge.opinions.table import read

    found = read(taken_file(table), table.as_posix())
    plan = _plan(session, _source(call, found.origin.plan))
    done = applied(plan.source, plan.result, plan.plan, found)
    session.report(done.diagnostics, {})
    _finish(session, plan, done.brought, call)
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


def _read(call: _Call) -> "tuple[Sequence[Returned], Directory]":
    """The copies, and the plan that they go into."""
    contents = [(path.as_posix(), taken_file(path)) for path in call.files]
    from workplan.importing.record import Revisions
    from workplan.merge.reading import read_copies

    copies = read_copies(contents, Revisions(call.revisions))
    from workplan.merge.bringing import named_plan

    return copies, _source(call, "" if call.into else named_plan(copies))


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
