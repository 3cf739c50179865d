"""``workplan merge``: copies of the document that were edited in Word come home."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import ANY_FILE, Choice, refuse_idle
from workplan.cli.session import Session
from workplan.cli.taking import below
from workplan.cli.taking import taken as taken_file
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic
    from workplan.merge.account import Account
    from workplan.merge.bringing import Brought, Taken
    from workplan.merge.returned import Returned
    from workplan.plan.compiled import Plan
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
    checked = {name: Choice(name, choices, choices[0]).checked for name, choices in options.items()}

    @app.command(help=words.text("cli.merge.help"))
    def merge(
        files: Annotated[list[Path] | None, _edited(words)] = None,
        into: Annotated[str | None, _option("into", "PLAN", words)] = None,
        opinions: Annotated[Path | None, _option("opinions", "FILE", words, **ANY_FILE)] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words.text("cli.merge.dry-run"))] = False,
        revisions: Annotated[str, chosen["revisions"]] = "accept",
        comments: Annotated[str, chosen["comments"]] = "list",
        form: Annotated[str, forms.option(words)] = forms.default,
    ) -> None:
        call = _Call(
            files=files or (),
            into=into,
            opinions=opinions,
            dry_run=dry_run,
            revisions=revisions,
            keeps_comments=comments == "keep",
            form=form,
        )
        try:
            # Looked at here: programs are answered with an object whatever is wrong with the call.
            checked["revisions"](revisions)
            checked["comments"](comments)
            _refuse(call)
            if not files and opinions is not None:
                _apply(session, call, opinions)
            else:
                _merge(session, call)
        except Misuse as misuse:
            _tell_nothing(session, call, error=session.words.text(f"misuse.{misuse.key}", misuse.arguments))
            raise


def _edited(words: "Catalogue") -> Any:  # noqa: ANN401 - typer's ArgumentInfo is not public
    return typer.Argument(metavar="EDITED", help=words.text("cli.merge.files"), show_default=False, **ANY_FILE)


def _option(name: str, metavar: str, words: "Catalogue", **more: Any) -> Any:  # noqa: ANN401 - likewise
    return typer.Option(f"--{name}", metavar=metavar, help=words.text(f"cli.merge.{name}"), show_default=False, **more)


def _choice(name: str, choices: tuple[str, ...], words: "Catalogue") -> Any:  # noqa: ANN401 - likewise
    text = words.text("cli.import.revisions" if name == "revisions" else f"cli.merge.{name}")
    return typer.Option(f"--{name}", metavar="|".join(choices), help=text)


def _refuse(call: _Call) -> None:
    """Misuse where nothing is given, and where options are of which a table of opinions knows nothing."""
    if not call.files and call.opinions is None:
        raise Misuse("merge-nothing")
    if call.opinions is not None:
        of_copies = {"--revisions reject": call.revisions == "reject"} if not call.files else {}
        refuse_idle("--opinions", {"--comments keep": call.keeps_comments} | of_copies)


def _merge(session: Session, call: _Call) -> None:
    """Copies into the plan, or their opinions into a table."""
    if call.opinions is not None:
        _refuse_table(call.opinions)
    copies, source = _read(call)
    plan = _plan(session, source, call)
    from workplan.merge.bringing import brought, taken
    from workplan.output.places import own_templates

    found = taken(source, plan.plan, copies, own_templates(source))
    if call.opinions is not None:
        _gather(session, plan, found, call.opinions, call)
        return
    made = brought(source, plan.result, plan.plan, found, comments=call.keeps_comments)
    _finish(session, made, call)


def _refuse_table(table: Path) -> None:
    """Misuse where a table of opinions cannot be made."""
    if table.suffix.lower() != ".xlsx":
        raise Misuse("opinions-name", path=table.as_posix())
    if table.exists():
        raise Misuse("opinions-exists", path=table.as_posix())  # it may be filled in


@dataclass(frozen=True, slots=True)
class _Today:
    """The plan as it is: where it lies, what it says, and its errors, with which edits come home all the same."""

    source: "Directory"
    plan: "Plan"
    result: "Result"


def _plan(session: Session, source: "Directory", call: _Call) -> _Today:
    """The plan as it is today; one with errors that keep edits out is reported and ends the command."""
    from workplan.cli.compiled import print_findings
    from workplan.compiler import compile_plan
    from workplan.merge.bearable import unbearable

    result = compile_plan(source)
    if result.plan is None or any(unbearable(result)):
        print_findings(session, source.plan, result)
        _tell_nothing(session, call, plan=source.plan, findings=result.diagnostics)
        raise typer.Exit(1)
    if result.clean:
        print_findings(session, source.plan, result)
    return _Today(source, result.plan, replace(result, diagnostics=_errors(result)))


def _errors(result: "Result") -> "tuple[Diagnostic, ...]":
    """What is wrong with a plan; its warnings are counted once, and ``check`` shows them."""
    from workplan.diagnostic import Severity

    return tuple(finding for finding in result.diagnostics if finding.severity is Severity.ERROR)


def _source(call: _Call, name: str) -> "Directory":
    """The plan that the call names, else the one of a name that stands in a document."""
    from workplan.source import find_named, find_plan

    return find_plan(call.into, Path.cwd()) if call.into else find_named(name, Path.cwd())


def _finish(session: Session, made: "Brought", call: _Call, told: "Sequence[Diagnostic]" = ()) -> None:
    """Write what changes, tell everything, and end with 1 where something is left to do; ``told`` is said of opinions."""
    from workplan.cli.compiled import show
    from workplan.diagnostic import Severity

    account = made.account
    if not call.dry_run and account.changes:
        session.rewrite(*account.changes)
        account = replace(account, written=True)
    errors = _errors(made.result)
    _tell(session, account, (*errors, *told), call)
    if errors:
        show(session, account.plan, replace(made.result, diagnostics=errors))
    by_hand = any(finding.severity is not Severity.INFO for finding in told)
    if not account.complete or errors or by_hand:
        raise typer.Exit(1)


def _gather(session: Session, plan: _Today, copies: "Sequence[Taken]", table: Path, call: _Call) -> None:
    """The opinions in some copies as a table."""
    from workplan.cli.compiled import show
    from workplan.merge.opinions import told
    from workplan.merge.opinions.round import gathered

    found, content = gathered(plan.plan, copies, session.words)
    if not call.dry_run:
        session.deliver(content, table, opinions=True)
    if not plan.result.clean:
        show(session, plan.source.plan, plan.result)
    words = session.words
    if call.form == "json":
        received = told.Gathered(plan=plan.plan.name, table=table.as_posix(), opinions=found, written=not call.dry_run)
        session.deliver(told.gathered(received, plan.result.diagnostics, words), None)
        return
    for one in found.received:
        said = {"file": one.path, "unit": one.sender.name, "count": one.count}
        session.say(words.text("merge.received" if one.sender.registered else "merge.received-stranger", said))
    said = {"file": table.as_posix(), "rows": len(found.rows) + len(found.loose), "copies": len(found.received)}
    session.say(words.text("merge.would-gather" if call.dry_run else "merge.gathered", said))


def _apply(session: Session, call: _Call, table: Path) -> None:
    """The rows of a table that are marked 采纳."""
    from workplan.merge.opinions.round import applied
    from workplan.merge.opinions.table import read

    found = read(taken_file(table), table.as_posix())
    plan = _plan(session, _source(call, found.origin.plan), call)
    done = applied(plan.source, plan.result, plan.plan, found)
    session.report(done.diagnostics, {})
    _finish(session, done.brought, call, done.diagnostics)


def _read(call: _Call) -> "tuple[Sequence[Returned], Directory]":
    """The copies, and the plan that they go into."""
    paths = dict.fromkeys(below(call.files, _ENDINGS))
    contents = [(path.as_posix(), taken_file(path)) for path in paths]
    from workplan.importing.record import Revisions
    from workplan.merge.reading import read_copies

    copies = read_copies(contents, Revisions(call.revisions))
    from workplan.merge.bringing import named_plan

    return copies, _source(call, "" if call.into else named_plan(copies))


def _tell(session: Session, account: "Account", findings: "Sequence[Diagnostic]", call: _Call) -> None:
    """The report, with the changes to the files where none was written."""
    from workplan.merge.report import told_json, worded

    if call.form == "json":
        session.deliver(told_json.as_json(account, findings, session.words), None)
        return
    look = worded.MARKDOWN if call.form == "md" else worded.TEXT
    report = "".join(f"{line}\n" for line in worded.lines(account, session.words, look))
    session.deliver(report.encode(), None)
    if call.dry_run and call.form == "text":
        session.deliver("".join(change.diff() for change in account.changes).encode(), None)


def _tell_nothing(
    session: Session, call: _Call, *, plan: str = "", findings: "Sequence[Diagnostic]" = (), error: str = ""
) -> None:
    """For a program that nothing was merged; a person is told by what ends the command."""
    if call.form == "json":
        from workplan.merge.report import told_json

        session.deliver(told_json.nothing(plan, findings, session.words, error), None)
