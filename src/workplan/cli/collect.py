"""``workplan collect``: task sheets that units filled in and returned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import ANY_FILE, day
from workplan.cli.session import Session
from workplan.cli.taking import below
from workplan.cli.taking import taken as taken_file
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.progress.answers import State
    from workplan.progress.collecting import Collected
    from workplan.source import Directory

#: Endings of the files that are looked for in a folder of sheets.
_ENDINGS = (".docx", ".xlsx")
_Files = Sequence[tuple[str, Callable[[], bytes]]]


@dataclass(frozen=True, slots=True)
class _Call:
    """What the command was called with; ``day`` is the day of gathering (ISO)."""

    into: str | None
    latest: bool
    names: bool
    day: str
    out: Path


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.collect.help"))
    def collect(
        sheets: Annotated[
            list[Path],
            typer.Argument(metavar="SHEETS", help=words.text("cli.collect.sheets"), show_default=False, **ANY_FILE),
        ],
        into: Annotated[
            str | None, typer.Option(metavar="PLAN", help=words.text("cli.collect.into"), show_default=False)
        ] = None,
        latest: Annotated[bool, typer.Option("--latest", help=words.text("cli.collect.latest"))] = False,
        names: Annotated[bool, typer.Option("--names", help=words.text("cli.collect.names"))] = False,
        on: Annotated[
            str, typer.Option("--date", metavar="DATE", help=words.text("cli.collect.date"), show_default=False)
        ] = "",
        out: Annotated[
            Path, typer.Option("-o", "--out", metavar="FILE", help=words.text("cli.collect.out"), **ANY_FILE)
        ] = Path("progress.xlsx"),
    ) -> None:
        if out.suffix.lower() != ".xlsx":
            raise Misuse("progress-name", path=out.as_posix())
        call = _Call(into=into, latest=latest, names=names, day=_day(on), out=out)
        _collect(session, below(sheets, _ENDINGS), call)


def _day(given: str) -> str:
    from datetime import date

    return (day("--date", given) if given else date.today()).isoformat()  # noqa: DTZ011 - the day where the user is


def _collect(session: Session, paths: Sequence[Path], call: _Call) -> None:
    """Read the sheets, keep what is new, write the workbook, and tell what was not taken."""
    from workplan.cli.compiled import compiled
    from workplan.progress.collecting import collect, named_plan
    from workplan.source import find_named, find_plan

    files = [(path.as_posix(), partial(taken_file, path)) for path in dict.fromkeys(paths)]
    source = find_plan(call.into, Path.cwd()) if call.into else find_named(named_plan(files), Path.cwd())
    plan = compiled(session, source).plan
    found = collect(files, plan, call.day, latest=call.latest, names=call.names)
    _keep(session, source, plan, found, call)
    for fault in (*found.told, *found.refused):
        session.complain(session.words.text(f"misuse.{fault.key}", fault.arguments))
    if found.refused:
        raise typer.Exit(1)


def _keep(session: Session, source: "Directory", plan: "Plan", found: "Collected", call: _Call) -> None:
    """Write the state and the workbook, where they change; nothing where nothing was taken."""
    from workplan.progress import answers
    from workplan.progress.answers import merged, text_of
    from workplan.source import collected

    words = session.words
    for path, unit in found.units:
        session.say(words.text("collect.taken", {"path": path, "unit": unit.unit, "rows": len(unit.rows)}))
    if not found.units:
        session.say(words.text("collect.nothing"))
        return
    file = collected.latest(source.folder, call.day)
    before = answers.taken(file) if file else None
    state = merged(before, plan.name, call.day, (unit for _, unit in found.units))
    _refuse_edited(call.out, plan, before, state)
    if state is before:
        session.say(words.text("collect.unchanged"))
    else:
        target = _written(collected.place(source.folder, call.day), text_of(state))
        shown = source.label(f"{collected.FOLDER}/{target.name}")
        session.say(words.text("collect.kept", {"path": shown, "units": len(state.units)}))
    content = _workbook(plan, state)
    if not (call.out.is_file() and call.out.read_bytes() == content):
        session.deliver(content, call.out)
    session.say(words.text("collect.workbook", {"path": call.out.as_posix()}))


def _written(target: Path, text: str) -> Path:
    """Put a state where it is kept; Misuse where that is not possible, or where a link leads out of the project."""
    from workplan.files import put
    from workplan.source import leads_out

    if elsewhere := leads_out(target, target.parents[2]):
        raise Misuse("leads-out", path=target.as_posix(), target=str(elsewhere))
    try:
        target.parent.mkdir(exist_ok=True)
        put(target, text.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Misuse("cannot-write", path=target.as_posix(), reason=reason) from error
    return target


def _workbook(plan: "Plan", state: "State") -> bytes:
    from workplan import view
    from workplan.progress.following import followed
    from workplan.progress.workbook import write

    return write(followed(plan, state), state, str(view.official(plan).name))


def _refuse_edited(out: Path, plan: "Plan", *states: "State | None") -> None:
    """Misuse where the workbook that is there is none that came out of these states: somebody has worked in it."""
    if out.exists() and out.read_bytes() not in [_workbook(plan, state) for state in states if state]:
        raise Misuse("progress-edited", path=out.as_posix())
