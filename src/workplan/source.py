"""Where a plan is read from. Nothing else in workplan opens a plan's files."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workplan.diagnostic import Diagnostic, Misuse, Span
from workplan.scalar import File

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The frame of a plan, in the plan's own folder.
DOCUMENT = "document.yaml"
#: The registry of units, beside the plans of all years.
REGISTRY = "../units.yaml"
#: The folder that plans are looked for in.
PLANS = "plan"
#: A plan file may not be larger: some thirty times the longest real plan, small enough to be refused at once.
MAX_BYTES = 8 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Directory:
    """A plan in a folder of the file system."""

    folder: Path

    @property
    def plan(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def read(self, file: str) -> bytes:
        """The bytes of a file of the plan."""
        return self._path(file).read_bytes()

    def parts(self) -> tuple[str, ...]:
        """The YAML files of the folder; hidden ones (editors' copies) do not count."""
        names = (entry.name for entry in self.folder.iterdir() if entry.is_file())
        return tuple(sorted(name for name in names if name.endswith(".yaml") and not name.startswith(".")))

    def misnamed(self, file: str) -> str:
        """The file beside a missing one whose name is nearly its own."""
        path = self._path(file)
        try:
            return _alike(path.name, [entry.name for entry in path.parent.iterdir() if entry.is_file()])
        except OSError:
            return ""

    def label(self, file: str) -> str:
        """The path as seen from the working folder where it lies below it, else the whole path."""
        path = self._path(file)
        here = Path.cwd()
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()

    def _path(self, file: str) -> Path:
        return Path(os.path.normpath(self.folder.resolve() / file))


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
        folder, _, name = file.rpartition("/")
        beside = [other.rpartition("/") for other in self.files]
        return _alike(name, [last for above, _, last in beside if above == folder])

    def label(self, file: str) -> str:
        """The name itself."""
        return file


def _alike(name: str, present: Sequence[str]) -> str:
    stem = name.removesuffix(".yaml").casefold()
    return next((other for other in sorted(present) if other.casefold() in (f"{stem}.yaml", f"{stem}.yml")), "")


def read_text(source: Source, file: str) -> tuple[File | None, tuple[Diagnostic, ...]]:
    """One file as text; None with a finding where it is missing, closed to us, too large or not UTF-8."""
    name = source.label(file)
    try:
        content = source.read(file)
    except (FileNotFoundError, NotADirectoryError):
        found = source.misnamed(file)
        variant = "misnamed" if found else "registry" if file == REGISTRY else ""
        arguments = {"file": name, "found": found, "right": file.rpartition("/")[2]}
        return None, (Diagnostic("missing-file", Span.whole(name), arguments, variant=variant),)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Diagnostic("unreadable-file", Span.whole(name), {"file": name, "reason": reason}),)
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f}"
        return None, (Diagnostic("file-size", Span.whole(name), {"size": size, "limit": MAX_BYTES // 1024 // 1024}),)
    return _decoded(name, content)


def _decoded(name: str, content: bytes) -> tuple[File | None, tuple[Diagnostic, ...]]:
    try:
        return File(name, content.removeprefix(codecs.BOM_UTF8).decode()), ()
    except UnicodeDecodeError as error:
        good = content[: error.start].decode()
        place = File(name, good.lstrip("\ufeff") + "?")
        span = place.span(len(place.text) - 1, len(place.text))
        return None, (Diagnostic("encoding", span, variant=_foreign(content)),)


def _foreign(content: bytes) -> str:
    """What a file that is not UTF-8 probably is; "" where nothing says."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf16"
    if b"\0" in content:
        return "binary"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "gbk"


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
