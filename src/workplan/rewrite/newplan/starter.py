"""A new plan: a small commented one that checks and builds as it stands."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.files import put
from workplan.resources.templates import Templates
from workplan.source import PLANS, leads_out, plans_folder

if TYPE_CHECKING:
    from pathlib import Path

#: The starting plan, beside the other templates; ``YEAR`` in it becomes the year.
_STARTER = "new"
#: A year, then what tells several plans of one year apart; no path, and a name that every system can hold.
_NAME = re.compile(r"(?:19|20)\d\d(?:[^\d\s./\\:*?\"<>|][^\s/\\:*?\"<>|]{0,38}(?<![.]))?")
_FILES = ("document.yaml", "goals.yaml", "tasks.yaml", "safeguards.yaml")


def create(name: str, here: Path) -> tuple[str, tuple[str, ...]]:
    """Write ``plan/<name>`` under the nearest ``plan`` folder upwards, or a new one here, and return what was written.

    A registry that is there already stays as it is. Raises Misuse for a name without a year and a folder that exists.
    """
    plans = plans_folder(here) or here / PLANS
    folder = new_folder(plans, name, here)
    year = name[:4]
    templates = Templates()
    units = () if os.path.lexists(plans / "units.yaml") else ("units.yaml",)
    wanted = {plans / file: file for file in units} | {folder / file: file for file in _FILES}
    for path, file in wanted.items():
        text = templates.read(f"{_STARTER}/{file}").decode().replace("YEAR", year)
        put_new(path, text.encode(), plans)
    return shown(folder, here), tuple(shown(path, here) for path in wanted)


def new_folder(plans: Path, name: str, here: Path) -> Path:
    """Where a plan is to stand: a year, or a year and a word (``2026民生实事``); Misuse for another name and for one that is taken."""
    if not _NAME.fullmatch(name):
        raise Misuse("bad-year", year=name)
    folder = plans / name
    if os.path.lexists(folder):
        raise Misuse("exists", path=shown(folder, here))
    return folder


def put_new(path: Path, content: bytes, plans: Path) -> None:
    """Write a file of a new plan below the folder of all plans; Misuse where that cannot be, or a link leads elsewhere."""
    target = leads_out(path, plans)
    if target is not None:
        raise Misuse("leads-out", path=str(path), target=str(target))
    try:
        put(path, content)
    except OSError as error:
        raise Misuse("cannot-create", path=str(path), reason=error.strerror or type(error).__name__) from error


def shown(path: Path, here: Path) -> str:
    """A path as seen from the working folder where it lies below it."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
