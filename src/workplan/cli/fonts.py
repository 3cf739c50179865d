"""``workplan fonts``: faces in place, from a folder or from packages of the system."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import ANY_FILE, refuse_idle
from workplan.cli.session import Session
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.installing.fetch import Order
    from workplan.installing.folder import Placed

#: What means yes, in both languages; everything else means no.
_YES = ("y", "yes", "是", "好")
_MEGABYTE = 1_000_000


def register(app: typer.Typer, session: Session) -> None:
    """Add the command and what stands under it."""
    words = session.words
    group = typer.Typer(name="fonts", help=words.text("cli.fonts.help"), no_args_is_help=True)
    app.add_typer(group)
    named = typer.Argument(
        metavar=words.text("cli.fonts.folder-metavar"),
        help=words.text("cli.fonts.folder"),
        show_default=False,
        **ANY_FILE,
    )

    @group.callback()
    def top() -> None:
        """A group even with one command."""

    @group.command(help=words.text("cli.fonts.install"))
    def install(
        folder: Annotated[Path | None, named] = None,
        every: Annotated[bool, typer.Option("--all", help=words.text("cli.fonts.all"))] = False,
        fetch: Annotated[bool, typer.Option("--fetch", help=words.text("cli.fonts.fetch"))] = False,
        yes: Annotated[bool, typer.Option("--yes", help=words.text("cli.fonts.yes"))] = False,
    ) -> None:
        from workplan.installing.folder import install

        if (folder is None) != fetch:
            raise Misuse("fonts-what")
        refuse_idle("--fetch", {"--all": fetch and every})
        refuse_idle(words.text("cli.fonts.folder-metavar"), {"--yes": yes and not fetch})
        if folder is None:
            _fetch(session, agreed=yes)
        else:
            _show(session, install(folder, _target(), every=every, there=_found()), folder)


def _target() -> Path:
    from workplan.installing.folder import font_folder

    return font_folder()


def _found() -> "tuple[str, ...]":
    """The font files that this computer finds; none where it lacks the library that looks for them."""
    from workplan.resources.fontconfig import installed
    from workplan.resources.libraries import LibraryMissingError

    try:
        return tuple(face.file for face in installed())
    except LibraryMissingError:
        return ()


def _show(session: Session, placed: "Sequence[Placed]", source: Path) -> None:
    """Say what became of each font file, then which face serves which role now; files that are in the way end it with 1."""
    from workplan.cli.faces import lacking_faces
    from workplan.installing.folder import Fate
    from workplan.resources import fontconfig

    words = session.words
    for one in placed:
        if one.fate in (Fate.COPIED, Fate.PRESENT, Fate.TAKEN):
            names = one.families[0] if one.families else ""
            session.say(words.text(f"cli.fonts.{one.fate.value}", {"family": names, "file": str(one.place)}))
    for fate in (Fate.LEFT, Fate.UNREAD):
        if count := sum(one.fate is fate for one in placed):
            session.say(words.text(f"cli.fonts.{fate.value}", {"count": count, "folder": str(source)}))
    if not any(one.fate in (Fate.COPIED, Fate.PRESENT, Fate.TAKEN) for one in placed):
        raise Misuse("fonts-none", path=str(source))
    fontconfig.installed.cache_clear()
    tuple(lacking_faces(session))
    if any(one.fate is Fate.TAKEN for one in placed):
        raise typer.Exit(1)


def _fetch(session: Session, *, agreed: bool) -> None:
    """Say what will be done, ask, and do it."""
    from workplan.installing.fetch import fetched, order
    from workplan.installing.folder import install

    target, lacking = _target(), _lacking()
    if not lacking:
        session.say(session.words.text("cli.fonts.nothing"))
        return
    asked = order(lacking)
    _announce(session, asked, target)
    if not (agreed or _agrees(session)):
        session.say(session.words.text("cli.fonts.declined"))
        raise typer.Exit(2)
    with fetched(asked) as faces:
        _show(session, install(faces, target), faces)


def _announce(session: Session, asked: "Order", target: Path) -> None:
    words = session.words
    if asked.folder:
        session.say(words.text("cli.fonts.from-tex", {"folder": str(asked.folder)}))
    if asked.packages:
        size = f"{asked.size / _MEGABYTE:.0f}"
        session.say(words.text("cli.fonts.will-download", {"command": asked.command, "size": size}))
    session.say(words.text("cli.fonts.will-copy", {"folder": str(target)}))


def _agrees(session: Session) -> bool:
    """Whether the person agrees; nobody there does not."""
    sys.stderr.write(session.words.text("cli.fonts.ask"))
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in _YES if sys.stdin else False


def _lacking() -> "tuple[str, ...]":
    """What is lacking of the faces for the roles, and of the spare one."""
    from workplan.installing.folder import families_in
    from workplan.resources import fonts, packages
    from workplan.resources.font_families import PREFERENCES, SPARES
    from workplan.resources.libraries import LibraryMissingError

    try:
        absent = {item.role for item in fonts.report().served if item.face is None}
    except LibraryMissingError:
        there = families_in(_target())
        wanted = {**PREFERENCES, fonts.SPARE: SPARES}
        absent = {role for role, families in wanted.items() if not there & {*families}}
    lacking = [packages.FANDOL] if absent - {fonts.SPARE} else []
    return (*lacking, *([packages.NOTO] if fonts.SPARE in absent else []))
