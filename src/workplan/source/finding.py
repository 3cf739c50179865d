"""The plan that an argument of the command line means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.source.held import DOCUMENT, Directory

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The folder that plans are looked for in.
PLANS = "plan"


def find_plan(argument: str | None, here: Path) -> Directory:
    """The plan that a command-line argument names: a folder, else a year under the nearest ``plan/`` upwards.

    Without an argument it is the highest year there. Raises Misuse with a way out.
    """
    if argument is not None and _is_folder(here / argument):
        return _one_plan(argument, here / argument)
    if argument is not None and os.path.lexists(here / argument):
        raise Misuse("not-a-folder", path=argument)
    plans = plans_folder(here)
    if argument is not None:
        if (
            plans
            and not Path(argument).is_absolute()
            and _is_folder(plans / argument)
            and Path(argument).name == argument
        ):
            return Directory(plans / argument)
        known = "、".join(years(plans)) if plans else ""
        raise Misuse("no-such-plan" if known else "no-such-folder", plan=argument, known=known)
    found = years(plans) if plans else ()
    if not plans or not found:
        raise Misuse("no-plan")
    return Directory(plans / found[-1])


def _one_plan(argument: str, folder: Path) -> Directory:
    """The plan in a folder; Misuse for the folder that holds the plans of all years."""
    held = () if _may_be_plan(folder) else years(folder)
    if held:
        raise Misuse("all-years", path=argument, latest=(Path(argument) / held[-1]).as_posix())
    return Directory(folder)


def years(plans: Path) -> tuple[str, ...]:
    """The plan folders under ``plans``, lowest year first, names that are no year before them.

    Raises Misuse where the folder cannot be read.
    """
    try:
        names = [entry.name for entry in plans.iterdir() if _may_be_plan(entry)]
    except OSError as error:
        raise Misuse("cannot-read", path=str(plans), reason=error.strerror or type(error).__name__) from error
    return in_year_order(names)


def in_year_order(names: Iterable[str]) -> tuple[str, ...]:
    """Names of plans, lowest year first, names that are no year before them."""
    return tuple(sorted(names, key=lambda name: (name.isdecimal(), int(name) if name.isdecimal() else 0, name)))


def _is_folder(path: Path) -> bool:
    """Whether a folder is there; a name that no file system takes, or a folder that is closed to us, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _may_be_plan(folder: Path) -> bool:
    """Whether a folder holds a plan; one that is closed to us may, and reading it then says so."""
    try:
        return (folder / DOCUMENT).is_file()
    except OSError:
        return True


def plans_folder(here: Path) -> Path | None:
    """The nearest ``plan`` folder from ``here`` upwards, or None."""
    folders = (folder / PLANS for folder in (here, *here.parents))
    inside = [here] if here.name == PLANS else []
    return next((folder for folder in (*inside, *folders) if _is_folder(folder)), None)
