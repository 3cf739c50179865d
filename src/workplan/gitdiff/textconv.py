"""``python -m workplan.gitdiff.textconv FILE``: what git calls for each side of a diff, so it loads next to nothing and never fails."""

from __future__ import annotations

import sys
from pathlib import Path

from workplan.files import take
from workplan.gitdiff.readable import readable

#: git compares no larger file as text (``core.bigFileThreshold``).
_MOST = 512 * 1024 * 1024


def main(path: str) -> None:
    """Write a plan file's readable lines to standard output, always in UTF-8."""
    content = take(Path(path), _MOST)
    try:
        text = readable(content)
    except Exception:  # noqa: BLE001 - a diff of the text is better than none
        text = content.decode(errors="replace")
    sys.stdout.buffer.write(text.encode(errors="replace"))


if __name__ == "__main__":
    main(sys.argv[1])
