"""``workplan doctor``: which face serves which role, and whether the libraries are there."""

import sys

import typer

from workplan.cli.session import Session

_PACKAGES = ("weasyprint", "docxtpl", "xlsxwriter", "pydantic", "PyYAML", "Jinja2", "typer", "rich")


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words

    @app.command(help=words.text("cli.doctor.help"))
    def doctor() -> None:
        good = all([_faces(session), _libraries(session)])
        session.say(words.text("cli.doctor.good" if good else "cli.doctor.fixed"))
        if not good:
            raise typer.Exit(2)


def _line(*cells: str) -> None:
    sys.stdout.write("  ".join(cell for cell in cells if cell) + "\n")


def _faces(session: Session) -> bool:
    """One line a role; a role without a face is bad."""
    from workplan.resources import fonts
    from workplan.resources.fontconfig import LibraryMissingError

    words = session.words.words("cli.doctor")
    _line(words["faces"])
    try:
        served = fonts.report().served
    except LibraryMissingError as error:
        _line("  fontconfig", words["absent"], str(error))
        return False
    for item in served:
        if item.face is None:
            _line(f"  {item.role}", words["missing"])
        else:
            licence = words["open"] if item.is_open else words["licensed"]
            _line(f"  {item.role}", item.face.families[0], licence, item.face.file)
    return all(item.face is not None for item in served)


def _libraries(session: Session) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    from workplan.resources import harfbuzz

    words = session.words.words("cli.doctor")
    _line(words["libraries"])
    for name in _PACKAGES:
        try:
            _line(f"  {name}", version(name))
        except PackageNotFoundError:
            _line(f"  {name}", words["absent"])
    subset = harfbuzz.can_subset()
    _line("  libharfbuzz-subset", words["ok" if subset else "absent"], words["subset"])
    pango = _pango()
    _line("  Pango", pango or words["absent"])
    return subset and bool(pango)


def _pango() -> str:
    """The version of the library that WeasyPrint sets text with, "" where it cannot be loaded."""
    try:
        from weasyprint.text.ffi import pango
    except (ImportError, OSError):
        return ""
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
