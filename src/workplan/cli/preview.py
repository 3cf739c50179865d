"""``workplan preview``: the pages of a plan in the browser, made anew at each save."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from workplan.cli.choice import one_plan
from workplan.cli.session import Session
from workplan.diagnostic import Misuse

#: What the extra installs.
_NEEDED = ("starlette", "uvicorn", "watchfiles")
_LAST_PORT = 65535


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.preview.help"))
    def preview(
        plan: Annotated[str | None, one_plan(words)] = None,
        port: Annotated[int, typer.Option(metavar="N", help=words.text("cli.preview.port"))] = 8022,
        opening: Annotated[bool, typer.Option("--open", help=words.text("cli.preview.open"))] = False,
    ) -> None:
        from workplan.source import find_plan

        if any(find_spec(name) is None for name in _NEEDED):
            raise Misuse("no-preview")
        if not 0 <= port <= _LAST_PORT:
            raise Misuse("bad-port", port=port)
        source = find_plan(plan, Path.cwd())

        from workplan.preview.serving import serve

        with TemporaryDirectory(prefix="workplan-") as folder:

            def ready(address: str) -> None:
                session.say(words.text("cli.preview.ready", {"plan": source.plan, "address": address}))
                if opening:
                    _open(address, Path(folder))

            serve(source, port, language=words.language, refused=words.text("cli.preview.refused"), ready=ready)


def _open(address: str, folder: Path) -> None:
    """The address in the user's browser, by a file that only the user can read: others see what a program is called with."""
    import webbrowser

    page = folder / "preview.html"
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0;url={address}">', "utf-8")
    webbrowser.open(page.as_uri())
