"""``workplan units``: what each unit carries; with ``--add``, the names that are not registered yet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import TABLE, chart_file, one_plan, out_file, refuse_idle
from workplan.cli.session import Session
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.rewrite.registering.add import Additions
    from workplan.source import Directory
    from workplan.view.assignments import Load


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.units.help"))
    def units(
        plan: Annotated[str | None, one_plan(words)] = None,
        form: Annotated[str, TABLE.option(words)] = TABLE.default,
        out: Annotated[Path | None, out_file(words)] = None,
        add: Annotated[bool, typer.Option("--add", help=words.text("cli.units.add"))] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words.text("cli.units.dry-run"))] = False,
        chart: Annotated[Path | None, chart_file("units", words)] = None,
    ) -> None:
        from workplan.source import find_plan

        source = find_plan(plan, Path.cwd())
        if chart is not None:
            refuse_idle("--chart", {"--add": add, "--dry-run": dry_run, "-o": out, "--format": form != TABLE.default})
        if add:
            _add(session, source, form, out, dry_run=dry_run)
            return
        if dry_run:
            raise Misuse("add-alone")
        from workplan import view
        from workplan.cli.compiled import compiled

        found = compiled(session, source)
        if chart is not None:
            from workplan.cli.charts import answered
            from workplan.progress import pictures

            session.deliver(pictures.loads(source, found.plan, answered(source, found.plan)), chart)
            return
        loads = view.loads(found.plan)
        _AS[form](session, found.plan, loads, out)


def _add(session: Session, source: "Directory", form: str, out: Path | None, *, dry_run: bool) -> None:
    """Register what the plan names and nobody registered, all of it or nothing; then tell it."""
    from workplan.cli.compiled import show
    from workplan.rewrite.registering.add import additions
    from workplan.rewrite.registering.proposed import Remarks
    from workplan.source import REGISTRY

    words = session.words
    remarks = Remarks(words.text("cli.units.heading"), words.text("cli.units.alias-remark"))
    done = additions(source, remarks)
    file = source.label(REGISTRY)
    if done.left:
        from dataclasses import replace

        show(session, source.plan, replace(done.result, diagnostics=done.left))
        raise Misuse("cannot-add")
    if done.change is not None and not dry_run:
        session.rewrite(done.change)
    _tell(session, source.plan, file, done, form, out, dry_run=dry_run)
    counts = {"plan": source.plan, "file": file, "units": len(done.units), "aliases": len(done.aliases)}
    counts["aliases"] = len(done.aliases) + sum(len(unit.aliases) for unit in done.units)
    key = "none-to-add" if done.change is None else "would" if dry_run else "written"
    session.say(words.text(f"cli.units.{key}", counts))


def _tell(
    session: Session, plan: str, file: str, done: "Additions", form: str, out: Path | None, *, dry_run: bool
) -> None:
    """The additions in a form; what would be written is shown as a change of the file."""
    if form == "json":
        from workplan.rewrite.registering.told import as_json

        session.deliver(as_json(plan, file, done, written=done.change is not None and not dry_run), out)
        return
    if done.change is None:
        return
    if form == "table" and dry_run:
        session.deliver(done.change.diff().encode(), out)
        return
    words = session.words
    kinds = words.words("kinds")
    headings = tuple(words.words("cli.units.added").values())
    rows = [(unit.name, kinds[unit.kind], "、".join(unit.aliases), str(unit.count)) for unit in done.units]
    rows += [(each.unit, "", each.alias, str(each.count)) for each in done.aliases]
    if form == "csv":
        from workplan.render.table import as_csv

        session.deliver(as_csv(headings, rows), out)
        return
    from workplan.cli.table import deliver_table
    from workplan.render.terminal import listed

    deliver_table(session, listed(headings, rows, frozenset(headings[-1:])), out)


def _as_table(session: Session, _: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.cli.table import deliver_table
    from workplan.render.terminal import units_table

    words = session.words
    kinds = {f"kind.{name}": word for name, word in words.words("kinds").items()}
    deliver_table(session, units_table(loads, words.words("cli.units.columns") | kinds), out)


def _as_json(session: Session, plan: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.render import task_json

    session.deliver(task_json.dump(task_json.units(plan.name, loads)), out)


def _as_csv(session: Session, _: "Plan", loads: "tuple[Load, ...]", out: Path | None) -> None:
    from workplan.render import table

    session.deliver(table.loads_csv(loads), out)


_AS = {"table": _as_table, "json": _as_json, "csv": _as_csv}
