"""A new plan: a small commented one that checks and builds as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.files import put
from workplan.resources.templates import Templates
from workplan.source import PLANS, plans_folder

if TYPE_CHECKING:
    from pathlib import Path

#: The starting plan, beside the other templates; ``YEAR`` in it becomes the year.
_STARTER = "new"
_FILES = ("document.yaml", "goals.yaml", "tasks.yaml", "safeguards.yaml")


def create(year: str, here: Path) -> tuple[str, tuple[str, ...]]:
    """Write ``plan/<year>`` under the nearest ``plan`` folder upwards, or a new one here, and return what was written.

    A registry that is there already stays as it is. Raises Misuse for a bad year and a folder that exists.
    """
    plans = plans_folder(here) or here / PLANS
    folder = new_folder(plans, year, here)
    templates = Templates()
    units = () if (plans / "units.yaml").exists() else ("units.yaml",)
    wanted = {plans / name: name for name in units} | {folder / name: name for name in _FILES}
    for path, name in wanted.items():
        text = templates.read(f"{_STARTER}/{name}").decode().replace("YEAR", year)
        put_new(path, text.encode())
    return shown(folder, here), tuple(shown(path, here) for path in wanted)


def new_folder(plans: Path, year: str, here: Path) -> Path:
    """Where a year's plan is to stand; Misuse for what is no year and for a plan that is there already."""
    if not re.fullmatch(r"(?:19|20)\d\d", year):
        raise Misuse("bad-year", year=year)
    folder = plans / year
    if folder.exists():
        raise Misuse("exists", path=shown(folder, here))
    return folder


def put_new(path: Path, content: bytes) -> None:
    """Write a file of a new plan; Misuse where that cannot be."""
    try:
        put(path, content)
    except OSError as error:
        raise Misuse("cannot-create", path=str(path), reason=error.strerror or type(error).__name__) from error


def shown(path: Path, here: Path) -> str:
    """A path as seen from the working folder where it lies below it."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
