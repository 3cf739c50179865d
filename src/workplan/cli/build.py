"""``workplan build``."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import many_plans
from workplan.cli.session import Session
from workplan.diagnostic import Diagnostic, Misuse, Refusal
from workplan.output.formats import FORMATS

if TYPE_CHECKING:
    from workplan.cli.compiled import Compiled
    from workplan.output.make import Made, Wanted
    from workplan.plan.compiled import Plan
    from workplan.source import Directory

#: Files that can hold what their pages do not show.
_HIDING = (".docx", ".pdf")
_ALL_FORMATS = tuple(dict.fromkeys(name for names in FORMATS.values() for name in names))


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.build.help"))
    def build(
        plans: Annotated[list[str] | None, many_plans(words)] = None,
        out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help=words.text("cli.build.out"))] = Path(
            "build"
        ),
        only: Annotated[str, typer.Option(metavar="|".join(FORMATS), help=words.text("cli.build.only"))] = "",
        form: Annotated[str, typer.Option("--format", metavar="FORMATS", help=_format_help(session))] = "",
        unit: Annotated[list[str] | None, typer.Option(metavar="NAME", help=words.text("cli.build.unit"))] = None,
        members: Annotated[bool, typer.Option("--members", help=words.text("cli.build.members"))] = False,
        blank: Annotated[list[str] | None, typer.Option(metavar="TEXT", help=words.text("cli.build.blank"))] = None,
        clean: Annotated[bool, typer.Option("--clean", help=words.text("cli.build.clean"))] = False,
        jobs: Annotated[int, typer.Option(metavar="N", help=words.text("cli.build.jobs"), show_default=False)] = 0,
    ) -> None:
        from workplan.output.make import Wanted
        from workplan.source import find_plans

        wanted = Wanted(
            only=only,
            formats=_formats(only, form),
            units=tuple(unit or ()),
            members=members,
            blanks=tuple(blank or ()),
            jobs=_jobs(jobs),
            clean=clean,
        )
        _tell_idle(session, wanted)
        made = _all_made(session, find_plans(plans, Path.cwd()), wanted)
        for name, files in made:
            _put(session, files, out, name, wanted)
        if any(files.missing for _, files in made):
            raise typer.Exit(2)


def _put(session: Session, made: "Made", out: Path, name: str, wanted: "Wanted") -> None:
    """Write the files of one plan, and say what was written, what was kept, and what they hide."""
    from workplan.output.write import write

    folder = (out / name).as_posix()
    written = write(made, out, name, everything=wanted.everything)
    key = "cli.build.written" if written.paths else "cli.build.blocked"
    session.say(session.words.text(key, {"count": len(written.paths), "folder": folder}))
    session.report(written.findings, {})
    if made.missing:
        session.say(
            session.words.text("cli.build.missing", {"folder": folder, "files": _summed(session, made.missing)})
        )
    if not written.finished:
        session.say(session.words.text("cli.build.unfinished", {"folder": folder, "plan": name}))
    _tell_hidden(session, made.files, clean=wanted.clean)


def _summed(session: Session, paths: Sequence[str]) -> str:
    """Paths in short: those of sheets by their number and format."""
    sheets = Counter(path.rpartition(".")[2] for path in paths if "/" in path)
    several = (f"sheets/*.{form} ({count})" for form, count in sheets.items())
    return session.words.text("summary.separator").join((*(path for path in paths if "/" not in path), *several))


def _tell_idle(session: Session, wanted: "Wanted") -> None:
    """Say which options of the call do nothing: those of task sheets where none are made, and fields without a name."""
    idle = [name for name, given in (("--blank", wanted.blanks), ("--members", wanted.members)) if given]
    for name in idle if not wanted.of("sheets") else ():
        session.say(session.words.text("cli.build.idle", {"option": name}))
    if wanted.of("sheets") and not all(text.strip() for text in wanted.blanks):
        session.say(session.words.text("cli.build.idle-empty"))


def _tell_hidden(session: Session, files: dict[str, bytes], *, clean: bool) -> None:
    """Say what the files hide, one line for the document in each format, and one for all its sheets."""
    groups: dict[str, list[bytes]] = {}
    for path, content in files.items():
        folder, _, name = path.rpartition("/")
        if name.endswith(_HIDING):
            groups.setdefault(f"{folder}/*.{name.rpartition('.')[2]}" if folder else name, []).append(content)
    if not groups:
        return
    from workplan.measure import hidden
    from workplan.measure.hidden import wording

    for name, contents in groups.items():
        found = hidden.summed(hidden.of_bytes(name, content) for content in contents)
        if found:
            key = "cli.build.hides-still" if clean else "cli.build.hides"
            session.say(session.words.text(key, {"file": name, "what": wording.what(found, session.words)}))


def _format_help(session: Session) -> str:
    return session.words.text("cli.build.format", {"choices": " ".join(_ALL_FORMATS)})


def _formats(only: str, form: str) -> frozenset[str]:
    """The formats named, checked against what can be built."""
    if only and only not in FORMATS:
        raise Misuse("unknown-format", name=only, known=" ".join(FORMATS))
    known = FORMATS[only] if only else _ALL_FORMATS
    names = frozenset(name.strip() for name in form.replace("，", ",").split(",") if name.strip())
    for name in sorted(names - set(known)):
        raise Misuse("no-such-format" if only else "unknown-format", only=only, name=name, known=" ".join(known))
    return names


def _jobs(jobs: int) -> int:
    if jobs < 0:
        raise Misuse("bad-jobs", jobs=jobs)
    return jobs


def _all_made(session: Session, plans: "tuple[Directory, ...]", wanted: "Wanted") -> "list[tuple[str, Made]]":
    """The files of all plans by the plans' names; where one cannot be made, none is, and the command ends."""
    from workplan.cli.compiled import compiled

    told: list[Diagnostic] = []
    try:
        return [(found.plan.name, _made(session, found, wanted, told)) for found in compiled(session, *plans)]
    except typer.Exit:
        session.say(session.words.text("cli.build.blocked"))
        raise


def _made(session: Session, found: "Compiled", wanted: "Wanted", told: "list[Diagnostic]") -> "Made":
    """The files of one plan; what the computer lacks is told once for all plans."""
    from workplan.output.locate import placed, placed_findings
    from workplan.output.make import make
    from workplan.resources.templates import Templates

    with _progress(session, found.plan, wanted) as step:
        try:
            made = make(found.plan, wanted, Templates(own_templates(found.source)), step)
        except Refusal as refusal:
            session.report_refusal(placed(refusal, found.plan), found.files)
            raise typer.Exit(refusal.code) from refusal
    findings = [one for one in placed_findings(made.findings, found.plan) if one not in told]
    told += findings
    session.report(findings, found.files)
    return made


def own_templates(source: "Directory") -> Path | None:
    """The user's own templates: a ``templates`` folder beside the folder that holds the plans."""
    folder = source.folder.resolve().parent.parent / "templates"
    if not folder.is_dir():
        return None
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


@contextmanager
def _progress(session: Session, plan: "Plan", wanted: "Wanted") -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, silence elsewhere."""
    if not session.colours(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from workplan.output.make import count

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[path]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(session.words.text("cli.build.progress"), total=count(plan, wanted), path="")
        yield lambda path: bar.update(task, advance=1, path=path)
