"""Where templates and style sheets come from: the user's own folder first, then those that workplan ships."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped() -> Path:
    """The folder of the shipped templates: inside an installed package, else at the top of the source tree."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "templates"


class OutsideError(OSError):
    """A link in a template folder that leads out of it; ``target`` is where it leads."""

    def __init__(self, path: Path, target: Path) -> None:
        super().__init__(errno.EACCES, os.strerror(errno.EACCES), str(path))
        self.target = target


@dataclass(frozen=True, slots=True)
class Templates:
    """A choice of template folders; a file in ``own`` (the user's ``templates/``, may be None) wins by its name."""

    own: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in order of precedence."""
        own = () if self.own is None else (self.own,)
        return (*own, shipped())

    def path(self, name: str) -> Path:
        """The file that serves ``name``.

        Raises FileNotFoundError for a name that workplan does not ship, OutsideError for a link that leads out of the folder.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return within(folder, folder / name)
        raise FileNotFoundError(name)

    def read(self, name: str) -> bytes:
        """The bytes of the file that serves ``name``."""
        return self.path(name).read_bytes()


def within(folder: Path, path: Path) -> Path:
    """The path itself; raises OutsideError where it is a link that leads out of the template folder."""
    target = path.resolve()
    if not target.is_relative_to(folder.resolve()):
        raise OutsideError(path, target)
    return path
