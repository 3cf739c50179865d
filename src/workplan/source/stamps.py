"""Whether a plan's files are as they were, by their times and sizes: that works on every system and on network drives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.source.directory import DOCUMENT, REGISTRY

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.source.directory import Directory

#: Every file with the time and size it had; a file that is not there has none.
Stamp = dict[str, tuple[int, int] | None]


def stamp(source: Directory, beside: Path | None = None) -> Stamp:
    """The state of all files of a plan, of its registry, and of those below the folder ``beside`` it, if any."""
    try:
        names = {DOCUMENT, REGISTRY, *source.parts()}
    except OSError:  # the folder is gone, maybe only for a moment
        names = {DOCUMENT, REGISTRY}
    also = () if beside is None else (path for path in beside.rglob("*") if path.is_file())
    return {name: _state(source.folder / name) for name in names} | {str(path): _state(path) for path in also}


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
