"""The plan that an argument of the command line means."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.source.directory import DOCUMENT, PLANS, REGISTRY, Directory, is_plan_file, leads_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A name that counts as a year; a file name may have 255 digits.
_YEAR_NAME = re.compile(r"\d{1,9}")
_REGISTRY = REGISTRY.removeprefix("../")


def find_plan(argument: str | None, here: Path) -> Directory:
    """The plan that a command-line argument names: a folder or a file in it, else a year under the nearest ``plan/`` upwards.

    A folder without a plan does not hide the year of its name.
    Without an argument it is the highest year there. Raises Misuse with a way out.
    """
    plans = plans_folder(here)
    named = None if plans is None or argument is None or Path(argument).name != argument else plans / argument
    if argument is not None and _is_folder(here / argument):
        # what a build wrote here has the name of its plan
        is_other = named is not None and not _holds_plans(here / argument) and _may_be_plan(named)
        return _directory(named) if named is not None and is_other else _one_plan(argument, here / argument)
    if argument is not None and os.path.lexists(here / argument):
        return _plan_of_file(argument, here / argument)
    if argument is not None:
        if named is not None and _is_folder(named):
            return _directory(named)
        known = "、".join(years(plans)) if plans else ""
        raise Misuse("no-such-plan" if known else "no-such-folder", plan=argument, known=known)
    found = years(plans) if plans else ()
    if not plans or not found:
        raise Misuse("no-plan")
    return _directory(plans / found[-1])


def find_named(name: str, here: Path) -> Directory:
    """The plan of a name that a document gives; Misuse for any that is no plan of the nearest ``plan/`` upwards.

    No document chooses where something is written.
    """
    plans = plans_folder(here)
    is_bare = name not in ("", ".", "..") and not set(name) & set("/\\:") and Path(name).name == name
    if plans is None or not is_bare or not (plans / name / DOCUMENT).is_file():
        raise Misuse("plan-of-document", plan=name)
    return _directory(plans / name)


def find_plans(arguments: Sequence[str] | None, here: Path) -> tuple[Directory, ...]:
    """The plans that arguments name as ``find_plan`` reads them, each once; the registry's file names all plans beside it."""
    found: dict[Path, Directory] = {}
    for argument in arguments or (None,):
        sharing = () if argument is None else _sharing(here / argument)
        for plan in sharing or (find_plan(argument, here),):
            found.setdefault(plan.folder.resolve(), plan)
    return tuple(found.values())


def _sharing(file: Path) -> tuple[Directory, ...]:
    """The plans that share a registry; none where the file is no registry."""
    if file.name != _REGISTRY or not _is_file(file) or _may_be_plan(file.parent):
        return ()
    return tuple(_directory(file.parent / name) for name in years(file.parent))


def _plan_of_file(argument: str, file: Path) -> Directory:
    """The plan whose folder holds a file, even one that lacks its frame; Misuse for any other file."""
    folder = file.parent
    without_frame = _is_file(folder.parent / _REGISTRY) and not years(folder)
    if is_plan_file(file.name) and (_may_be_plan(folder) or without_frame):
        return _directory(folder)
    raise Misuse("not-a-plan-file", path=argument)


def _one_plan(argument: str, folder: Path) -> Directory:
    """The plan in a folder; Misuse for the folder that holds the plans of all years."""
    held = () if _may_be_plan(folder) else years(folder)
    if held:
        raise Misuse("all-years", path=argument, latest=(Path(argument) / held[-1]).as_posix())
    return _directory(folder)


def _directory(folder: Path) -> Directory:
    """A plan's folder; Misuse for a link among the plans that leads out of their project."""
    if folder.is_symlink() and folder.parent.name == PLANS:
        target = leads_out(folder, folder.parent)
        if target is not None:
            raise Misuse("leads-out", path=str(folder), target=str(target))
    return Directory(folder)


def is_of_plan(path: Path) -> bool:
    """Whether a path, by whatever links, is that of a plan's file or of a registry, which no result may overwrite."""
    real = Path(os.path.realpath(path))
    if not real.name.casefold().endswith(".yaml"):
        return False
    return _is_file(real.parent / DOCUMENT) or (real.name.casefold() == _REGISTRY and _is_file(real))


def _holds_plans(folder: Path) -> bool:
    """Whether a folder is a plan's, or that of the plans of all years."""
    return _may_be_plan(folder) or bool(years(folder))


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
    return tuple(sorted(names, key=year_order))


def year_order(name: str) -> tuple[bool, int, str]:
    """The place of a plan's name among others: by its year, after all names that are no year."""
    is_year = _YEAR_NAME.fullmatch(name) is not None
    return is_year, int(name) if is_year else 0, name


def _is_folder(path: Path) -> bool:
    """Whether a folder is there; a name that no file system takes, or a folder that is closed to us, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    """Whether a file is there, likewise."""
    try:
        return path.is_file()
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
