"""Gets open faces by the package manager of the system: downloads packages and takes the font files out; no root, nothing installed.

The package manager alone uses the network, and checks what it downloads; workplan itself opens no connection.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.resources.packages import FANDOL, NOTO

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: Debian has Fandol only inside a package of TeX; and Noto as a package of its own.
_PACKAGES = {FANDOL: "texlive-lang-chinese", NOTO: "fonts-noto-cjk"}
#: The font files in these packages, by their paths: of Fandol all but the one for the blind.
_FILES = {
    FANDOL: "*/fonts/opentype/public/fandol/Fandol[FHKS]*.otf",
    NOTO: "*/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
}
#: Where TeX Live is.
TREES = (
    *("/usr/share/texlive/texmf-dist", "/usr/share/texmf-dist", "/usr/share/texmf", "/usr/local/texlive/texmf-local"),
    *("/usr/local/texlive/*/texmf-dist", "C:/texlive/*/texmf-dist"),
)
#: Where it keeps Fandol, and the faces without which it is not whole.
FANDOL_PLACE = "fonts/opentype/public/fandol"
_SERVING = ("FandolFang-Regular.otf", "FandolHei-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf")
#: Seconds for a question to the package manager, and for a download.
_PATIENCE, _DOWNLOAD = 60, 1800
#: No font file is larger, in bytes.
_LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """What will be done: the faces of a ``folder`` of TeX Live copied, ``packages`` of ``size`` bytes downloaded and unpacked."""

    wanted: tuple[str, ...]
    folder: Path | None
    packages: tuple[str, ...]
    size: int

    @property
    def command(self) -> str:
        """The command that downloads the packages."""
        return " ".join(("apt-get", "download", *self.packages))


def order(lacking: Collection[str]) -> Order:
    """What would get the faces that are lacking; raises Misuse where this system has no apt, or apt has no such package."""
    folder = _texlive() if FANDOL in lacking else None
    wanted = tuple(name for name in _PACKAGES if name in lacking and not (name == FANDOL and folder))
    packages = tuple(_PACKAGES[name] for name in wanted)
    return Order(wanted, folder, packages, _size(packages) if packages else 0)


@contextmanager
def fetched(asked: Order) -> Iterator[Path]:
    """A folder with the font files, which goes in the end; raises Misuse where they cannot be got."""
    with TemporaryDirectory(prefix="workplan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        faces = folder / "faces"
        faces.mkdir()
        for file in sorted(asked.folder.glob("Fandol[FHKS]*.otf")) if asked.folder else ():
            shutil.copyfile(file, faces / file.name)
        if asked.packages:
            _run(_apt("download", *asked.packages), folder, _DOWNLOAD)
        for wanted in asked.wanted:
            for package in sorted(folder.glob(f"{_PACKAGES[wanted]}_*.deb")):
                _unpack(package, _FILES[wanted], faces)
        yield faces


def _texlive() -> Path | None:
    """The folder in which TeX Live has all of Fandol."""
    for tree in TREES:
        anchor, *rest = Path(tree, FANDOL_PLACE).parts
        for folder in sorted(Path(anchor).glob("/".join(rest))) if Path(anchor).is_dir() else ():
            if all((folder / name).is_file() for name in _SERVING):
                return folder
    return None


def _apt(*arguments: str) -> tuple[str, ...]:
    # As root apt would hand the download to a user who may not write into our folder, and complain.
    return ("apt-get", "-qq", "-o", "APT::Sandbox::User=root", *arguments)


def _size(packages: tuple[str, ...]) -> int:
    """How many bytes a download will have, as the package lists say."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise Misuse("fonts-no-apt")
    listed = _run(_apt("download", "--print-uris", *packages), Path.cwd(), _PATIENCE)
    # 'address' name size digest
    sizes = [line.split()[2] for line in listed.decode(errors="replace").splitlines() if line.startswith("'")]
    if len(sizes) < len(packages) or not all(size.isdecimal() for size in sizes):
        raise Misuse("fonts-no-package", packages=" ".join(packages))
    return sum(map(int, sizes))


def _run(command: tuple[str, ...], folder: Path, patience: int) -> bytes:
    """What the package manager says; Misuse with its complaint where it does not do what is asked."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Misuse("fonts-fetch", command=" ".join(command), reason=type(fault).__name__) from fault
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Misuse("fonts-fetch", command=" ".join(command), reason=said[-1] if said else str(done.returncode))
    return done.stdout


def _unpack(package: Path, pattern: str, faces: Path) -> None:
    """Take the font files out of a package: plain files alone, by their own names."""
    command = ("dpkg-deb", "--fsys-tarfile", package.name)
    with subprocess.Popen(command, cwd=package.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - likewise
        try:
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                for member in archive:
                    if not (member.isfile() and fnmatchcase(member.name, pattern) and member.size <= _LARGEST):
                        continue
                    content = archive.extractfile(member)
                    if content is not None:
                        (faces / PurePosixPath(member.name).name).write_bytes(content.read())
        except (tarfile.TarError, OSError) as fault:
            process.kill()
            raise Misuse("fonts-fetch", command=" ".join(command), reason=type(fault).__name__) from fault
