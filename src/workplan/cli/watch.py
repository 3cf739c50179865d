"""``--watch`` of ``check`` and ``build``: looks at the files again and again, and tells which plans have changed.

It asks the file system for times and sizes: that works on every system and on network drives, which send no notices.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from workplan.source import Directory
from workplan.source.stamps import stamp

#: Seconds between two looks.
_PAUSE = 0.3

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
    stamps = [stamp(source, beside(source)) for source in sources]
    yield sources
    while True:
        time.sleep(_PAUSE)
        latest = [stamp(source, beside(source)) for source in sources]
        plans = [source for source, old, new in zip(sources, stamps, latest, strict=True) if old != new]
        stamps = latest
        if plans:
            yield plans
