"""``workplan git``: git's own diff speaks of tasks and units."""

from pathlib import Path
from typing import Annotated

import typer

from workplan.cli.session import Session


def register(app: typer.Typer, session: Session) -> None:
    """Add the command and what stands under it."""
    words = session.words
    group = typer.Typer(name="git", help=words.text("cli.git.help"), no_args_is_help=True)
    app.add_typer(group)

    @group.callback()
    def top() -> None:
        """A group even with one command."""

    @group.command(help=words.text("cli.git.install"))
    def install(
        remove: Annotated[bool, typer.Option("--remove", help=words.text("cli.git.remove"))] = False,
    ) -> None:
        from workplan.gitdiff import install

        here = Path.cwd()
        done = install.remove(here) if remove else install.install(here)
        if not done.changed:
            session.say(words.text("cli.git.unchanged" if not remove else "cli.git.absent"))
            return
        listed = "\n".join(f"  {name}" for name in done.changed)
        key = "cli.git.removed" if remove else "cli.git.installed"
        session.say(words.text(key, {"changed": listed, "file": done.file}))
        if done.shared:
            session.say(words.text("cli.git.shared"))
