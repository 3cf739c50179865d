"""The two sides of a comparison: folders, years, or plans in a revision of the repository."""

from __future__ import annotations

import os
import re
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.source.directory import PLANS, Directory
from workplan.source.git import GitObjects, ask, reason, top
from workplan.source.locate import find_plan, in_year_order, plans_folder
from workplan.source.revision import is_plan, read_plan

if TYPE_CHECKING:
    from workplan.source.revision import Revision

#: A revision and a path: the colon stands outside the braces of ``HEAD^{/words: more}``.
_WITH_PATH = re.compile(r"((?:\{[^}]*\}|[^:{])*):(.*)", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_sides(old: str | None, new: str | None, here: Path) -> tuple[Directory | Revision, Directory | Revision]:
    """Both sides of a comparison; without ``old`` it is HEAD, without ``new`` the working tree. Raises Misuse."""
    first = "HEAD" if old is None else old
    return find_side(first, new, here), find_side(new, first, here)


def find_side(argument: str | None, other: str | None, here: Path) -> Directory | Revision:
    """One side of a comparison, ``other`` being the argument of the other side; None is the working tree.

    An existing folder, else a year under the nearest ``plan/``, else ``REV[:path]``: the path is a folder in that revision,
    as git writes it, or a year. A bare ``REV`` is the other side's plan in that revision. Raises Misuse with a way out.
    """
    if argument is None:
        return _in_work_tree(_path(other, here), here)
    if _is_in_files(argument, here):
        return find_plan(argument, here)
    revision, path = split(argument)
    path = _path(other, here) if path is None else path
    plan = _counterpart(other, here) if path is None else None
    folder = plan.folder.resolve() if plan is not None else here
    prefix = prefix_of(folder, argument)
    plans = top(prefix) if plan is not None else plans_path(here, argument)
    with GitObjects(folder) as objects:
        tree = find_tree(objects, folder, revision, argument)
        if path is not None:
            wanted = _meant(objects, tree, path, prefix, plans)
        else:
            wanted = prefix if plan is not None else next(reversed(plans_in(objects, tree, plans)), plans)
        if not is_plan(objects, tree, wanted):
            known = "、".join(plans_in(objects, tree, plans))
            key = "not-in-revision" if known else "no-plan-in-revision"
            raise Misuse(key, revision=revision, path=wanted, known=known)
        return read_plan(objects, tree, revision, wanted)


def split(argument: str) -> tuple[str, str | None]:
    """``REV[:path]`` as revision and path; no path where none is written."""
    found = None if argument.startswith(":/") else _WITH_PATH.fullmatch(argument)
    return (found[1], found[2]) if found else (argument, None)


def plans_in(objects: GitObjects, tree: str, plans: str) -> tuple[str, ...]:
    """The paths of the plans in a folder below a tree, lowest year first."""
    found = objects.find(tree, plans)
    names = objects.tree(found.id) if found is not None else {}
    return tuple(join(plans, name) for name in in_year_order(names) if is_plan(objects, tree, join(plans, name)))


def prefix_of(folder: Path, revision: str) -> str:
    """Where a folder stands in its repository, from the top; "" for the top, and in a bare repository."""
    found = prefix_in_repository(folder)
    if found is None:
        raise Misuse("not-a-repository", path=folder.as_posix(), revision=revision)
    return found


def prefix_in_repository(folder: Path) -> str | None:
    """The same, or None where there is no repository."""
    ended = ask(folder, "rev-parse", "--show-prefix")
    if not ended.returncode:
        return os.fsdecode(ended.stdout).removesuffix("\n").rstrip("/")
    if b"not a git repository" in ended.stderr:
        return None
    raise Misuse("git-failed", reason=reason(ended.stderr))


def find_tree(objects: GitObjects, folder: Path, revision: str, argument: str) -> str:
    """The id of a revision's tree; Misuse where it names none."""
    named = objects.get(revision) if revision else None
    found = objects.get(f"{named.id}^{{tree}}") if named is not None and not _is_chance(revision, named.id) else None
    if found is not None and found.kind == "tree":
        return found.id
    if revision == "HEAD":
        raise Misuse("no-commits")
    shallow = ask(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    raise Misuse("shallow-clone" if shallow else "unknown-revision", revision=argument)


def _is_chance(revision: str, found: str) -> bool:
    """Whether a year that is not there happens to be how some object's id begins: nobody means that."""
    return _YEAR.fullmatch(revision) is not None and found.startswith(revision)


def _is_in_files(argument: str, here: Path) -> bool:
    """Whether an argument is a path that is there, or a year under the nearest ``plan/``.

    A file called like a revision is none: a bare repository has one called HEAD.
    """
    plans = plans_folder(here)
    places = [here, *([plans] if plans is not None and Path(argument).name == argument else [])]
    found = [place / argument for place in places if argument and os.path.lexists(place / argument)]
    return any(not (path.is_file() and path.name == argument and not path.suffix) for path in found)


def _path(other: str | None, here: Path) -> str | None:
    """The path that the other side names in its revision."""
    return None if other is None or _is_in_files(other, here) else split(other)[1]


def _counterpart(other: str | None, here: Path) -> Directory | None:
    """The plan in the file system that a bare revision means: the other side's, else the latest; None where there is none."""
    if other is not None and _is_in_files(other, here):
        return find_plan(other, here)
    try:
        return find_plan(None, here)
    except Misuse:  # a bare repository has none
        return None


def plans_path(here: Path, argument: str) -> str:
    """Where the plans stand in the repository: at the nearest ``plan/`` upwards, else at its top."""
    plans = plans_folder(here)
    return PLANS if plans is None else prefix_of(plans.resolve(), argument)


def _in_work_tree(path: str | None, here: Path) -> Directory:
    """The plan in the working tree that a path of the other side's revision means; the latest without a path."""
    if path is None:
        return _latest(here)
    up = [] if path.startswith(("./", "../")) else [".." for _ in filter(None, prefix_of(here, path).split("/"))]
    folder = here.joinpath(*up, path)
    return Directory(folder) if folder.is_dir() else find_plan(path, here)


def _latest(here: Path) -> Directory:
    """The latest plan of the working tree; Misuse where there is none, for a bare repository with that reason."""
    try:
        return find_plan(None, here)
    except Misuse:
        if ask(here, "rev-parse", "--is-bare-repository").stdout.strip() == b"true":
            raise Misuse("bare-repository", path=here.as_posix()) from None
        raise


def _meant(objects: GitObjects, tree: str, path: str, prefix: str, plans: str) -> str:
    """The folder that a revision's path means: from the top, from here with ``./``, or a year among the plans."""
    written = join(prefix, path) if path.startswith(("./", "../")) else path
    folder = normpath(written).strip("/")
    folder = "" if folder == "." else folder
    year = join(plans, path)
    return year if not is_plan(objects, tree, folder) and is_plan(objects, tree, year) else folder
