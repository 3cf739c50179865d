"""``workplan log``: the life of a task or of a unit's duties."""

import sys
from pathlib import Path
from posixpath import join, normpath
from typing import Annotated

import typer

from workplan.cli.choice import Choice, out_file
from workplan.cli.session import Session
from workplan.diagnostic import Misuse


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    formats = Choice("history", ("text", "json"), "text")

    @app.command(help=words.text("cli.log.help"))
    def log(
        plan: Annotated[
            str | None, typer.Argument(metavar="PLAN", help=words.text("cli.log.plan"), show_default=False)
        ] = None,
        task: Annotated[str, typer.Option(metavar="ID", help=words.text("cli.log.task"), show_default=False)] = "",
        unit: Annotated[str, typer.Option(metavar="NAME", help=words.text("cli.log.unit"), show_default=False)] = "",
        form: Annotated[str, formats.option(words)] = formats.default,
        out: Annotated[Path | None, out_file(words)] = None,
    ) -> None:
        from workplan.compare import history
        from workplan.compare.report import log as report
        from workplan.source.commits import moments

        folder, plans, only = _place(plan, Path.cwd())
        steps = tuple(history.History().steps(moments(folder, plans), only))
        steps = history.of_task(steps, task) if task else steps
        steps = history.of_unit(steps, unit) if unit else steps
        steps = history.with_changes(steps)
        if form == "json":
            session.deliver(report.shape(steps, task, unit), out)
            return
        colour = out is None and session.colours(sys.stdout)
        session.deliver(report.text(steps, words, colour=colour), out)
        if not steps:
            session.say(words.text("cli.log.none"))


def _place(plan: str | None, here: Path) -> tuple[Path, str, str]:
    """Where git is asked, where the plans stand in the repository, and the one plan that is wanted ("" for all)."""
    from workplan.source import find_plan, plans_folder
    from workplan.source.revspec import plans_path, prefix_in_repository

    if prefix_in_repository(here) is None:
        raise Misuse("no-history", path=here.as_posix())
    found = plans_folder(here)
    if plan is not None and found is not None:
        folder = find_plan(plan, here).folder.resolve()
        path = prefix_in_repository(folder)
        if path is None:
            raise Misuse("no-history", path=folder.as_posix())
        return folder.parent, path.rpartition("/")[0], path
    plans = plans_path(here, "HEAD")
    folder = (found or here).resolve()
    return folder, plans, _in_history(plan, folder, plans) if plan else ""


def _in_history(plan: str, folder: Path, plans: str) -> str:
    """The path of a plan that no file system holds, by its year or its path from the top; Misuse where it never was."""
    from workplan.source.commits import moments

    path = normpath(plan)
    path = path if path.startswith(f"{plans}/") else join(plans, path)
    known = {there for moment in moments(folder, plans) for there in (*moment.before, *moment.after)}
    if path not in known:
        raise Misuse("no-such-plan" if known else "no-such-folder", plan=plan, known=", ".join(sorted(known)))
    return path
