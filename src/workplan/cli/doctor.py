"""``workplan doctor``: which face serves which role, whether the libraries are there, and what to install where they are not."""

from typing import TYPE_CHECKING

import typer

from workplan.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = ("weasyprint", "docxtpl", "xlsxwriter", "pydantic", "PyYAML", "Jinja2", "typer", "rich")


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.doctor.help"))
    def doctor() -> None:
        from workplan.cli.faces import lacking_faces
        from workplan.resources import libraries

        lacking = [*lacking_faces(session), *_lacking_libraries(session), *_lacking_packages(session)]
        _advise(session, lacking)
        needless = lacking == [libraries.SUBSET.name]
        session.say(
            words.text("cli.doctor.good" if not lacking else "cli.doctor.slow" if needless else "cli.doctor.bad")
        )
        if lacking and not needless:
            raise typer.Exit(2)


def _lacking_libraries(session: Session) -> "Iterator[str]":
    """Show every library, and yield those that are missing."""
    from workplan.cli.faces import line
    from workplan.resources import libraries

    words = session.words.words("cli.doctor")
    line(words["libraries"])
    absent = libraries.missing()
    old = next((name for name in absent if name.startswith(f"{libraries.PANGO.name}>")), "")
    for library in libraries.NEEDED:
        found = ""
        if library == libraries.PANGO and library.name not in absent:
            found = ".".join(map(str, libraries.pango_version()))
            found = f"{found}  {session.words.text('cli.doctor.old', {'needed': old})}" if old else found
        line(f"  {library.name}", found or words["absent" if library.name in absent else "ok"])
        if library.name in absent or (old and library == libraries.PANGO):
            yield library.name
    cuts = libraries.has(libraries.SUBSET)
    line(f"  {libraries.SUBSET.name}", words["ok" if cuts else "absent"], words["subset"])
    if not cuts:
        yield libraries.SUBSET.name


def _lacking_packages(session: Session) -> "Iterator[str]":
    """Show every Python package, and yield those that are missing."""
    from importlib.metadata import PackageNotFoundError, version

    from workplan.cli.faces import line

    words = session.words.words("cli.doctor")
    line(words["packages"])
    for name in _PACKAGES:
        try:
            line(f"  {name}", version(name))
        except PackageNotFoundError:
            line(f"  {name}", words["absent"])
            yield name


def _advise(session: Session, lacking: list[str]) -> None:
    """Say how to install what is missing, on every system that is known: the person who does it may sit at another one."""
    from workplan.cli.faces import line
    from workplan.resources import packages

    words = session.words
    if not lacking:
        return
    line(words.text("cli.doctor.install"))
    if packages.in_checkout():
        line(f"  {words.text('cli.doctor.here')}", "make setup")
    for key, command in packages.commands(lacking):
        line(f"  {words.text(f'cli.doctor.systems.{key}')}", command)
    if packages.FANDOL in lacking:
        line(f"  {words.text('cli.doctor.fetch')}", "workplan fonts install --fetch")
    if {packages.FANDOL, packages.NOTO} & {*lacking}:
        line(f"  {words.text('cli.doctor.folder')}", f"workplan fonts install {words.text('cli.fonts.folder-metavar')}")
    if own := [name for name in lacking if name in _PACKAGES]:
        line(f"  {words.text('cli.doctor.python')}", f"pip install {' '.join(own)}")
