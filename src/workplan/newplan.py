"""A new plan: a small commented one that checks and builds as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.build.write import put
from workplan.diagnostic import Misuse
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
    if not re.fullmatch(r"(?:19|20)\d\d", year):
        raise Misuse("bad-year", year=year)
    plans = plans_folder(here) or here / PLANS
    folder = plans / year
    if folder.exists():
        raise Misuse("exists", path=_shown(folder, here))
    templates = Templates()
    units = () if (plans / "units.yaml").exists() else ("units.yaml",)
    wanted = {plans / name: name for name in units} | {folder / name: name for name in _FILES}
    for path, name in wanted.items():
        text = templates.read(f"{_STARTER}/{name}").decode().replace("YEAR", year)
        try:
            put(path, text.encode())
        except OSError as error:
            raise Misuse("cannot-create", path=str(path), reason=error.strerror or type(error).__name__) from error
    return _shown(folder, here), tuple(_shown(path, here) for path in wanted)


def _shown(path: Path, here: Path) -> str:
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
