"""Paths as a code host names them: from the root of the repository, wherever the command runs."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def from_root(file: str) -> str:
    """A file's path from the root of the git repository that it lies in, as it is named where there is none."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link stays the name that the repository has for it
    root = _root(path.parent)
    return path.relative_to(root).as_posix() if root is not None else file


@lru_cache(maxsize=256)
def _root(folder: Path) -> Path | None:
    """The nearest folder upwards with a ``.git``: a folder, or in a linked work tree a file."""
    try:
        return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)
    except OSError:
        return None
