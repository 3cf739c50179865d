"""The places that a plan may be read from: a folder, or memory."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workplan.files import take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: A plan file may not be larger: some thirty times the longest real plan, small enough to be refused at once.
MAX_BYTES = 8 * 1024 * 1024
#: The folder that plans are looked for in.
PLANS = "plan"
#: The frame of a plan, in the plan's own folder.
DOCUMENT = "document.yaml"
#: The registry of units, beside the plans of all years.
REGISTRY = "../units.yaml"


class LeadsOutError(OSError):
    """A link in a plan's folder leads out of its project; ``target`` is where."""

    def __init__(self, target: Path) -> None:
        super().__init__(errno.EACCES, os.strerror(errno.EACCES))
        self.target = target


class Source(Protocol):
    """One plan as a set of files: its folder's files by name, and the registry as ``../units.yaml``."""

    @property
    def plan(self) -> str:
        """The name of the plan's folder, usually the year."""
        ...

    def read(self, file: str) -> bytes:
        """The bytes of a file; raises OSError where it cannot be read."""
        ...

    def parts(self) -> tuple[str, ...]:
        """The names of the plan's YAML files, sorted."""
        ...

    def misnamed(self, file: str) -> str:
        """The file that is there in place of a missing one: in other case, or ending in ``.yml``; "" where none is."""
        ...

    def label(self, file: str) -> str:
        """How findings name a file."""
        ...

    def others(self) -> tuple[Source, ...]:
        """The other plans that share the registry, as far as they are at hand."""
        ...


@dataclass(frozen=True, slots=True)
class Directory:
    """A plan in a folder of the file system."""

    folder: Path

    @property
    def plan(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def read(self, file: str) -> bytes:
        """The bytes of a file of the plan; raises LeadsOutError for a link out of the project, before anything is read."""
        path = self._path(file)
        real = Path(os.path.realpath(path))
        if real != path and not _is_shared(real, project(path.parent if file == REGISTRY else path.parent.parent)):
            raise LeadsOutError(real)
        return take(real, MAX_BYTES)

    def parts(self) -> tuple[str, ...]:
        """The YAML files of the folder; hidden ones (editors' copies) do not count."""
        names = (entry.name for entry in self.folder.iterdir() if entry.is_file())
        return tuple(sorted(filter(is_plan_file, names)))

    def misnamed(self, file: str) -> str:
        """The file beside a missing one whose name is nearly its own."""
        path = self._path(file)
        try:
            return alike(path.name, [entry.name for entry in path.parent.iterdir() if entry.is_file()])
        except OSError:
            return ""

    def label(self, file: str) -> str:
        """The path as seen from the working folder where it lies below it, else the whole path."""
        path = self._path(file)
        here = Path.cwd()
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()

    def others(self) -> tuple[Source, ...]:
        """The plans beside this one; none where the folder above cannot be read."""
        folder = self.folder.resolve()
        try:
            beside = sorted(path for path in folder.parent.iterdir() if path != folder and _is_beside(path))
        except OSError:
            return ()
        return tuple(map(Directory, beside))

    def _path(self, file: str) -> Path:
        return Path(os.path.normpath(self.folder.resolve() / file))


def project(plans: Path) -> Path:
    """The folder within which links of plans may lead: the top of their repository, else the one that holds ``plan``.

    ``plans`` is the folder of all plans, without links. Whatever it is, the whole file system is no project.
    """
    for above in (plans, *plans.parents):
        if above.name and os.path.lexists(above / ".git"):
            return above
    return plans.parent if plans.name == PLANS and plans.parent.name else plans


def leads_out(path: Path, plans: Path) -> Path | None:
    """Where links take a path in the folder of all plans, if that is out of their project; None where they do not."""
    real = Path(os.path.realpath(path))
    return None if real.is_relative_to(project(Path(os.path.realpath(plans)))) else real


def _is_shared(real: Path, top: Path) -> bool:
    """Whether a link's target is a plan file within the project; hidden folders, such as ``.git`` and ``.ssh``, are not in it."""
    if not (top.name and real.is_relative_to(top)):
        return False
    inside = real.relative_to(top).parts
    return is_plan_file(real.name) and not any(part.startswith(".") for part in inside)


def _is_beside(path: Path) -> bool:
    """Whether a folder beside a plan holds another one; a link that leads elsewhere does not."""
    return (path / DOCUMENT).is_file() and path.resolve().parent == path.parent


@dataclass(frozen=True, slots=True)
class Memory:
    """A plan held in memory, for tests and other programs."""

    files: Mapping[str, bytes | str]
    plan: str = "2022"

    def read(self, file: str) -> bytes:
        """The bytes of a file of the plan."""
        if file not in self.files:
            raise FileNotFoundError(file)
        content = self.files[file]
        return content.encode() if isinstance(content, str) else content

    def parts(self) -> tuple[str, ...]:
        """The names of the plan's YAML files, sorted."""
        return tuple(sorted(name for name in self.files if "/" not in name))

    def misnamed(self, file: str) -> str:
        """The file beside a missing one whose name is nearly its own."""
        return alike(file, self.files)

    def label(self, file: str) -> str:
        """The name itself."""
        return file

    def others(self) -> tuple[Source, ...]:
        """None: one plan is all there is."""
        return ()


def alike(file: str, present: Iterable[str]) -> str:
    """The name of a file that is there in place of a missing one; both are named as seen from the same folder."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yaml").casefold()
    beside = sorted(last for above, _, last in (other.rpartition("/") for other in present) if above == folder)
    return next((other for other in beside if other.casefold() in (f"{stem}.yaml", f"{stem}.yml")), "")


def is_plan_file(name: str) -> bool:
    """Whether a file of a plan's folder belongs to the plan; hidden ones (editors' copies) do not."""
    return name.endswith(".yaml") and not name.startswith(".")
