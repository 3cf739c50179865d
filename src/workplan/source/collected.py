"""The files ``progress/<date>.yaml`` below a plan's folder: the latest one is what is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: The folder below that of a plan.
FOLDER = "progress"
_NAME = re.compile(r"\d{4}-\d\d-\d\d\.yaml")


def latest(folder: Path, until: str = "9999-99-99") -> Path | None:
    """The latest file below a plan's folder, of those up to a day (ISO); None where there is none."""
    kept = folder / FOLDER
    names = sorted(one.name for one in kept.iterdir() if _NAME.fullmatch(one.name)) if kept.is_dir() else []
    found = [name for name in names if name.removesuffix(".yaml") <= until]
    return kept / found[-1] if found else None


def place(folder: Path, day: str) -> Path:
    """Where the state of a day (ISO) is kept."""
    return folder / FOLDER / f"{day}.yaml"
