"""``workplan build``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import ANY_FILE, many_plans, refuse_idle
from workplan.cli.session import Session
from workplan.diagnostic import Misuse
from workplan.output.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.output.wanted import Wanted

#: What ``--fields`` asks to be filled in.
FIELDS = ("进展情况", "完成时间", "存在问题", "下一步")
_ALL_FORMATS = tuple(dict.fromkeys(name for names in FORMATS.values() for name in names))


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""

    @app.command(help=session.words.text("cli.build.help"))
    def build(
        plans: Annotated[list[str] | None, many_plans(session.words)] = None,
        out: Annotated[Path, _out(session)] = Path("build"),
        only: Annotated[str, typer.Option(metavar="|".join(FORMATS), help=session.words.text("cli.build.only"))] = "",
        form: Annotated[str, typer.Option("--format", metavar="FORMATS", help=_format_help(session))] = "",
        unit: Annotated[list[str] | None, _text("unit", "NAME", session)] = None,
        members: Annotated[bool, _flag("members", session)] = False,
        blank: Annotated[list[str] | None, _text("blank", "TEXT", session)] = None,
        fields: Annotated[bool, _flag("fields", session)] = False,
        return_by: Annotated[str, _text("return-by", "DATE", session)] = "",
        bundle: Annotated[bool, _flag("bundle", session)] = False,
        clean: Annotated[bool, _flag("clean", session)] = False,
        jobs: Annotated[int, _text("jobs", "N", session)] = 0,
        force: Annotated[bool, _flag("force", session)] = False,
        watching: Annotated[bool, _flag("watch", session)] = False,
        scheduler: Annotated[str, _text("scheduler", "ADDRESS", session)] = "",
        verifying: Annotated[bool, _flag("verify", session)] = False,
        timings: Annotated[bool, _flag("timings", session)] = False,
    ) -> None:
        from workplan.cli.building import Builder, Wanted

        wanted = Wanted(
            only=only,
            formats=_formats(only, form),
            units=tuple(unit or ()),
            members=members,
            blanks=_blanks(blank or (), fields=fields),
            return_by=_day(return_by),
            signed=fields or bool(blank and return_by),
            bundle=bundle,
            jobs=_jobs(jobs),
            clean=clean,
        )
        builder = Builder(session, wanted, out, fresh=force, timings=timings, scheduler=scheduler)
        _refuse_idle(wanted, verifying=verifying, timings=timings)
        builder.run_named(plans or (), watching=watching, verifying=verifying)


def _refuse_idle(wanted: "Wanted", *, verifying: bool, timings: bool) -> None:
    """Misuse where files are only compared, or a unit is named, whose sheets are then all that is made, beside other wishes."""
    if verifying:
        made = {"--only": wanted.only, "--format": wanted.formats, "--clean": wanted.clean, "--jobs": wanted.jobs}
        sheets = {"--unit": wanted.units, "--members": wanted.members, "--blank": wanted.blanks}
        sheets |= {"--return-by": wanted.return_by, "--bundle": wanted.bundle}
        refuse_idle("--verify", made | sheets | {"--timings": timings})
    if wanted.units:
        other = wanted.only not in ("", "sheets")
        formats = sorted(wanted.formats - {*FORMATS["sheets"]})
        refuse_idle("--unit", {f"--only {wanted.only}": other, f"--format {','.join(formats)}": formats})


def _flag(name: str, session: Session) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    return typer.Option(f"--{name}", help=session.words.text(f"cli.build.{name}"))


def _text(name: str, metavar: str, session: Session) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    return typer.Option(f"--{name}", metavar=metavar, help=session.words.text(f"cli.build.{name}"), show_default=False)


def _blanks(given: "Sequence[str]", *, fields: bool) -> tuple[str, ...]:
    """What is to be filled in, each once: the usual fields first."""
    return tuple(dict.fromkeys((*(FIELDS if fields else ()), *given)))


def _out(session: Session) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    return typer.Option("-o", "--out", metavar="DIR", help=session.words.text("cli.build.out"), **ANY_FILE)


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


def _day(given: str) -> str:
    """A day in words; Misuse for what is none."""
    if not given:
        return ""
    from workplan.chinese.days import written_out
    from workplan.cli.choice import day

    return written_out(day("--return-by", given))


def _jobs(jobs: int) -> int:
    if jobs < 0:
        raise Misuse("bad-jobs", jobs=jobs)
    return jobs
