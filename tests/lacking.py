"""Computers that lack something: real processes from which C libraries, or all faces but some, are hidden."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from repositories import ROOT
from workplan.resources.fontconfig import installed

#: What WeasyPrint loads, by parts of the names of the files.
EVERY_LIBRARY = ("gobject", "pango", "harfbuzz", "fontconfig")
#: Python runs this by itself as it starts, in workers too: both ways to load a library fail for those that are hidden.
_HIDING = """\
import ctypes, os
import _cffi_backend
HIDDEN = os.environ["HIDDEN_LIBRARIES"].split()
def hidden(name):
    return name is not None and any(one in os.path.basename(str(name)) for one in HIDDEN)
init, load = ctypes.CDLL.__init__, _cffi_backend.load_library
def refusing(self, name, *more, **named):
    if hidden(name):
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")
    init(self, name, *more, **named)
def refused(name=None, *more):
    if hidden(name):
        raise OSError(f"cannot load library {name!r}")
    return load(name, *more)
ctypes.CDLL.__init__, _cffi_backend.load_library = refusing, refused
"""


class Computer:
    """A computer that lacks ``libraries``, and all font files but those in the folders ``fonts`` (None: it has ours); its home and its rules of Fontconfig are new."""

    def __init__(
        self,
        place: Path,
        libraries: tuple[str, ...] = (),
        fonts: tuple[Path, ...] | None = None,
        package: Path | None = None,
    ) -> None:
        self.home = place / "home"
        hiding = place / "hiding"
        for folder in (self.home, hiding):
            folder.mkdir(parents=True)
        (hiding / "sitecustomize.py").write_text(_HIDING, "utf-8")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(self.home),
            "PYTHONPATH": os.pathsep.join((str(hiding), str(package or ROOT / "src"))),
            "HIDDEN_LIBRARIES": " ".join(libraries),
            "WORKPLAN_LANG": "en",
        }
        known = {str(Path(face.file).parent) for face in installed()} if fonts is None else map(str, fonts)
        listed = "".join(f"<dir>{folder}</dir>" for folder in (*sorted(known), self.home / ".local/share/fonts"))
        settings = place / "fonts.conf"
        settings.write_text(f"<fontconfig>{listed}<cachedir>{place}/cache</cachedir></fontconfig>", encoding="utf-8")
        self.environment["FONTCONFIG_FILE"] = str(settings)

    def run(self, *arguments: str | Path, cwd: Path | None = None, told: str = "") -> subprocess.CompletedProcess[str]:
        """What ``workplan`` does there; ``told`` is what it reads from its standard input. No traceback, no foreign banner."""
        command = [sys.executable, "-m", "workplan", *map(str, arguments)]
        ended = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            cwd=cwd,
            input=told,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in ended.stderr
        assert "WeasyPrint could not" not in ended.stdout + ended.stderr
        return ended
