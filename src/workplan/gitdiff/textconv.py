"""``python -m workplan.gitdiff.textconv FILE VERSION``: what git calls for each side of a diff, so it loads next to nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from workplan import __version__
from workplan.files import take
from workplan.gitdiff import OTHER_VERSION
from workplan.gitdiff.readable import readable

#: git compares no larger file as text (``core.bigFileThreshold``).
_MOST = 512 * 1024 * 1024


def main(path: str, asked: str = __version__) -> int:
    """Write a plan file's readable lines to standard output, always in UTF-8.

    Gives 0, or OTHER_VERSION where the version ``asked`` is not this one: then git must not keep the lines as that one's.
    """
    content = take(Path(path), _MOST)
    try:
        text = readable(content)
    except MemoryError:  # another time there may be enough
        raise
    except Exception:  # noqa: BLE001 - a diff of the text is better than none
        text = content.decode(errors="replace")
    sys.stdout.buffer.write(text.encode(errors="replace"))
    return 0 if asked == __version__ else OTHER_VERSION


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
