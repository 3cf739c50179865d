"""Files of other people in a build's folder: moved beside the new ones, under names that none of them loses again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.output.record import digest

if TYPE_CHECKING:
    from pathlib import Path


def set_aside(path: Path) -> Path:
    """Give a file (or a link, as it is) a name beside its own, ``区教育局（留存001）.docx``, and return it.

    The number is the one after the highest that is there, so that the names sort by age. A file of which the newest kept one
    is a copy needs no other. Where the system has hard links the file stays under its own name too, for the caller to replace.
    """
    pattern = re.compile(re.escape(path.stem) + r"（留存(\d{3,9})）" + re.escape(path.suffix))
    matches = (pattern.fullmatch(beside.name) for beside in path.parent.iterdir())
    latest = max((int(found[1]) for found in matches if found), default=0)
    if latest and not path.is_symlink() and digest(_named(path, latest)) == digest(path):
        return _named(path, latest)
    kept = _named(path, latest + 1)
    if path.is_symlink():
        path.rename(kept)
        return kept
    try:
        kept.hardlink_to(path)  # refuses a name that is taken, and the file is never without a name
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):  # a drive without hard links
        path.rename(kept)
    return kept


def _named(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}（留存{number:03}）{path.suffix}")
