"""Takes a document that the user names from disk, as long as it is no larger than what is read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def taken(path: Path) -> bytes:
    """The bytes of a file; Misuse where it cannot be read."""
    from workplan.files import TooLargeError, take
    from workplan.importing.sniff import MOST_BYTES

    try:
        return take(path, MOST_BYTES)
    except TooLargeError as error:
        raise Misuse("import-large", path=path.as_posix(), limit=MOST_BYTES >> 20) from error
    except FileNotFoundError as error:
        raise Misuse("import-missing", path=path.as_posix()) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Misuse("import-unreadable", path=path.as_posix(), reason=reason) from error


def below(given: "Sequence[Path]", endings: tuple[str, ...]) -> list[Path]:
    """The files given, those below a folder in the order of their names; Misuse for a folder without one."""
    return [one for path in given for one in ([path] if not path.is_dir() else _in_folder(path, endings))]


def _in_folder(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    found = sorted(one for one in _files(folder) if one.suffix.lower() in endings and not _is_hidden(one))
    if not found:
        known = "、".join(ending.removeprefix(".") for ending in endings)
        raise Misuse("empty-folder", path=folder.as_posix(), endings=known)
    return found


def _files(folder: Path) -> "Iterator[Path]":
    """The files in a folder and in those below it; Misuse for one that cannot be looked into."""

    def refuse(fault: OSError) -> None:
        raise Misuse("cannot-read", path=str(fault.filename), reason=fault.strerror or type(fault).__name__) from fault

    return (Path(above, name) for above, _, names in os.walk(folder, onerror=refuse) for name in names)


def _is_hidden(path: Path) -> bool:
    """Whether it is what a program leaves beside an open document."""
    return path.name.startswith((".", "~$"))
