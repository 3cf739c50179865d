"""What systems call the packages that hold libraries and faces, for people to install.

Debian's were tried; those of the other systems are what guides name, that of WeasyPrint above all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import workplan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

#: What is missing of faces: open faces for the roles, and the spare one for rare characters.
FANDOL, NOTO = "Fandol", "Noto CJK"
_DEBIAN = {
    "GObject": "libpango-1.0-0",
    "Pango": "libpango-1.0-0",
    "PangoFT2": "libpangoft2-1.0-0",
    "HarfBuzz": "libharfbuzz0b",
    "Fontconfig": "libfontconfig1",
    NOTO: "fonts-noto-cjk",
}
_RED_HAT = {
    "GObject": "pango",
    "Pango": "pango",
    "PangoFT2": "pango",
    "HarfBuzz": "harfbuzz",
    "HarfBuzz-Subset": "harfbuzz",
    "Fontconfig": "fontconfig",
}
_LIBRARIES = ("GObject", "Pango", "PangoFT2", "HarfBuzz", "HarfBuzz-Subset", "Fontconfig")
_FEDORA_NOTO = "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts"


@dataclass(frozen=True, slots=True)
class System:
    """A system: its ``key`` in the catalogue, the ``command`` that installs packages, and what is in which of its ``packages``."""

    key: str
    command: str
    packages: Mapping[str, str]

    def install(self, lacking: Collection[str]) -> str:
        """The command that installs what is lacking; "" where this system has packages for none of it."""
        wanted = (self.packages.get(name, "") for name in lacking)
        names = dict.fromkeys(package for packages in wanted for package in packages.split())
        return " ".join((self.command, *names)) if names else ""


#: Kylin and UOS: desktops have Debian's packages. HarfBuzz-Subset only makes PDFs faster, and apt installs nothing at all where
#: it does not know one package, so it is not asked for there.
SYSTEMS = (
    System("debian", "sudo apt-get install", _DEBIAN | {"HarfBuzz-Subset": "libharfbuzz-subset0"}),
    System("fedora", "sudo dnf install", _RED_HAT | {FANDOL: "texlive-fandol", NOTO: _FEDORA_NOTO}),
    System("kylin", "sudo apt-get install", _DEBIAN),
    System("kylin-server", "sudo yum install", _RED_HAT),
    System(
        "macos",
        "brew install",
        dict.fromkeys(_LIBRARIES, "pango") | {FANDOL: "font-fandol", NOTO: "font-noto-serif-cjk-sc"},
    ),
    System("windows", "pacman -S", dict.fromkeys(_LIBRARIES, "mingw-w64-ucrt-x86_64-pango")),
)


def commands(lacking: Collection[str]) -> Iterator[tuple[str, str]]:
    """For each system its key in the catalogue and the command that installs what is lacking."""
    for system in SYSTEMS:
        if command := system.install(lacking):
            yield system.key, command


def in_checkout() -> bool:
    """Whether this is a checkout of the repository, which ``make setup`` sets up."""
    return (Path(workplan.__file__).parents[2] / "tools" / "setup.sh").is_file()
