"""The files ``progress/<date>.yaml`` below a plan's folder: the latest one is what is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, Refusal, has_errors
from workplan.files import take
from workplan.language.scalar import File
from workplan.progress.answers import read

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.progress.answers import State

#: The folder below that of a plan.
FOLDER = "progress"
_NAME = re.compile(r"\d{4}-\d\d-\d\d\.yaml")
#: Largest file that is read, in bytes: some hundred times what 26 units answer.
_MOST_BYTES = 32 << 20


def latest(folder: Path, until: str = "9999-99-99") -> Path | None:
    """The latest file below a plan's folder, of those up to a day (ISO); None where there is none."""
    kept = folder / FOLDER
    names = sorted(one.name for one in kept.iterdir() if _NAME.fullmatch(one.name)) if kept.is_dir() else []
    found = [name for name in names if name.removesuffix(".yaml") <= until]
    return kept / found[-1] if found else None


def taken(path: Path) -> State:
    """What a file says; raises Refusal with what is wrong with it, at its places, OSError or Misuse where it cannot be read."""
    try:
        file = File(path.as_posix(), take(path, _MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Misuse("cannot-read", path=path.as_posix(), reason="UTF-8") from fault
    state, findings = read(file)
    if state is None or has_errors(findings):
        raise Refusal(*findings)
    return state


def place(folder: Path, day: str) -> Path:
    """Where the state of a day (ISO) is kept."""
    return folder / FOLDER / f"{day}.yaml"
