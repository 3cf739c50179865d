"""``--watch`` of ``check`` and ``build``: looks at the files again and again, and tells which plans have changed.

It asks the file system for times and sizes: that works on every system and on network drives, which send no notices.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from workplan.source import DOCUMENT, REGISTRY, Directory

#: Seconds between two looks.
_PAUSE = 0.3

#: Every file with the time and size it had; a file that is not there has none.
_Stamp = dict[str, tuple[int, int] | None]


#: The folder of templates that a plan is made with, if any.
_Beside = Callable[[Directory], Path | None]


def watch(
    sources: Sequence[Directory],
    changed: Callable[[Sequence[Directory]], object],
    beside: _Beside = lambda _: None,
) -> None:
    """Call ``changed`` with all plans, then with those whose files or registry changed, until Ctrl-C.

    The files of the folder ``beside`` a plan count as its own.
    """
    try:
        for plans in _changes(sources, beside):
            changed(plans)
    except KeyboardInterrupt:  # the way in which watching ends
        return


def _changes(sources: Sequence[Directory], beside: _Beside) -> Iterator[Sequence[Directory]]:
    stamps = [_stamp(source, beside) for source in sources]
    yield sources
    while True:
        time.sleep(_PAUSE)
        latest = [_stamp(source, beside) for source in sources]
        plans = [source for source, old, new in zip(sources, stamps, latest, strict=True) if old != new]
        stamps = latest
        if plans:
            yield plans


def _stamp(source: Directory, beside: _Beside) -> _Stamp:
    try:
        names = {DOCUMENT, REGISTRY, *source.parts()}
    except OSError:  # the folder is gone, maybe only for a moment
        names = {DOCUMENT, REGISTRY}
    folder = beside(source)
    also = () if folder is None else (path for path in folder.rglob("*") if path.is_file())
    return {name: _state(source.folder / name) for name in names} | {str(path): _state(path) for path in also}


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
