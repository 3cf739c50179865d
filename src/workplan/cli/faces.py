"""The face of each role, as ``doctor`` and ``fonts install`` show it."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.cli.session import Session


def line(*cells: str) -> None:
    """Some cells as a line of the result; empty ones are left out."""
    from workplan.diagnostic import visible

    sys.stdout.write(visible("  ".join(cell for cell in cells if cell), one_line=True) + "\n")


def lacking_faces(session: "Session") -> "Iterator[str]":
    """Show the face of each role in a line, and yield what to install for those that have none."""
    from workplan.resources import fonts, packages
    from workplan.resources.libraries import LibraryMissingError

    words = session.words.words("cli.doctor")
    line(words["faces"])
    try:
        served = fonts.report().served
    except LibraryMissingError as error:
        line(" ", session.words.text("cli.doctor.unseen", {"library": error.library}))
        yield from (packages.FANDOL, packages.NOTO)
        return
    absent = {item.role for item in served if item.face is None}
    for item in served:
        if item.face is None:
            line(f"  {item.role}", words["missing"])
        else:
            licence = words["open"] if item.is_open else words["licensed"]
            line(f"  {item.role}", item.face.families[0], licence, item.face.file)
    if absent - {fonts.SPARE}:
        yield packages.FANDOL
    if fonts.SPARE in absent:
        yield packages.NOTO
