"""Copies faces from a folder into the user's font folder, where Fontconfig and the desktop find them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.files import TooLargeError, put, take
from workplan.resources import font_names
from workplan.resources.font_families import PREFERENCES, SPARES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})
#: No font file is larger, in bytes: all of Noto CJK in one file has 100 MB.
_LARGEST = 256 * 1024 * 1024
#: So many files are looked at; a folder with more is not one of fonts.
_MOST = 20_000
_KNOWN = frozenset(name.casefold() for names in (*PREFERENCES.values(), SPARES) for name in names)


class Fate(StrEnum):
    """What became of a font file."""

    COPIED = "copied"
    PRESENT = "present"
    TAKEN = "taken"
    UNREAD = "unread"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Placed:
    """A font file: what its faces are called, where it belongs, and what became of it.

    ``TAKEN``: another file has that name there and stays. ``UNREAD``: it is no font. ``LEFT``: its faces serve no role by themselves.
    """

    families: tuple[str, ...]
    place: Path
    fate: Fate


def font_folder() -> Path:
    """The font folder of the user; raises Misuse where there is no home."""
    try:
        home = Path.home()
    except RuntimeError as fault:
        raise Misuse("fonts-no-home") from fault
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local", "Microsoft", "Windows", "Fonts")
    if sys.platform == "darwin":
        return home / "Library" / "Fonts"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share", "fonts", "workplan")


def install(source: Path, target: Path, *, every: bool = False, there: Collection[str] = ()) -> tuple[Placed, ...]:
    """Copy the font files of a folder, and of those in it, into ``target``; nothing there is overwritten.

    Files that are ``there``, where this computer finds them, are not copied. Only faces that serve a role by themselves are copied, unless ``every`` is asked for. Raises Misuse where ``source`` is no
    folder or far too large, or where ``target`` cannot be written.
    """
    if not source.is_dir():
        if source.exists():
            raise Misuse("fonts-file", path=str(source), folder=str(source.parent))
        raise Misuse("fonts-no-folder", path=str(source))
    files, found = sorted(_font_files(source)), {os.path.realpath(file) for file in there}
    return tuple(
        _placed(file, file if os.path.realpath(file) in found else target / file.name, every=every) for file in files
    )


def families_in(folder: Path) -> frozenset[str]:
    """The families of all faces in a folder, and in those in it; none where it is not there."""
    found = (name for file in _font_files(folder) for face in font_names.every(str(file)) for name in face.families)
    return frozenset(found)


def _font_files(folder: Path) -> Iterator[Path]:
    seen = 0
    for place, _, names in os.walk(folder):
        seen += len(names)
        if seen > _MOST:
            raise Misuse("fonts-many", path=str(folder), most=_MOST)
        yield from (Path(place, name) for name in names if Path(name).suffix.lower() in _SUFFIXES)


def _placed(file: Path, place: Path, *, every: bool) -> Placed:
    families = tuple(dict.fromkeys(name for face in font_names.every(str(file)) for name in face.families))
    if not families:
        return Placed((), file, Fate.UNREAD)
    if not every and not any(name.casefold() in _KNOWN for name in families):
        return Placed(families, file, Fate.LEFT)
    try:
        content = take(file, _LARGEST)
    except TooLargeError:
        return Placed(families, file, Fate.UNREAD)
    except OSError as fault:
        raise Misuse("cannot-read", path=str(file), reason=_reason(fault)) from fault
    try:
        if os.path.lexists(place):
            same = place.is_file() and take(place, _LARGEST) == content
            return Placed(families, place, Fate.PRESENT if same else Fate.TAKEN)
        put(place, content)
    except OSError as fault:
        raise Misuse("cannot-create", path=str(place.parent), reason=_reason(fault)) from fault
    return Placed(families, place, Fate.COPIED)


def _reason(fault: OSError) -> str:
    return fault.strerror or type(fault).__name__
