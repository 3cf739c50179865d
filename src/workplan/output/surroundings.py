"""What the bytes of a file depend on besides the plan: workplan itself, libraries, templates, faces.

Each is told by what it holds and never by where it lies, except that of a face the system's word is taken for when its file
was changed last: to read 100 MB for every build would take longer than most builds.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import sys
import unicodedata
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import workplan
from workplan.archive import Archive
from workplan.diagnostic import Misuse
from workplan.output.formats import FIXED
from workplan.resources import libraries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.resources.fonts import Choices
    from workplan.resources.templates import Templates

#: What writes files, with all that it stands on.
LIBRARIES = frozenset(
    {
        *(
            "brotli",
            "cffi",
            "cssselect2",
            "docxcompose",
            "docxtpl",
            "fonttools",
            "jinja2",
            "lxml",
            "markupsafe",
            "pillow",
        ),
        *("pycparser", "pydyf", "pyphen", "pypdfium2", "python-docx", "rjieba", "tinycss2", "tinyhtml5", "weasyprint"),
        *("typing-extensions", "webencodings", "xlsxwriter", "zopfli"),
    }
)
#: C libraries that lay text out, by the functions that tell their versions.
_SYSTEM = (
    (libraries.PANGO, "pango_version"),
    (libraries.HARFBUZZ, "hb_version_string"),
    (libraries.SUBSET, "hb_version_string"),
    (libraries.FONTCONFIG, "FcGetVersion"),
)
#: The name by which a template asks for the files of a plan.
_FILES = b"files"
_DISTRIBUTION = re.compile(r"(.+?)-([^-]+)\.dist-info")
#: Templates in Word's form, which are read by no other format.
_WORD = ".docx"
#: The formats that measure or print with the faces of this computer.
_WITH_FACES = frozenset({("official", "docx"), *product(("official", "sheets", "bundle"), FIXED)})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was there at one moment: workplan's own files, libraries, and the templates by name."""

    workplan: str
    libraries: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, str], ...]

    @classmethod
    def now(cls, templates: Templates) -> Surroundings:
        """As it is at this moment."""
        return cls(of_workplan(), of_libraries(), of_templates(templates))

    def of_format(self, group: str, form: str, choices: Choices) -> tuple[object, ...]:
        """All that a format of a group depends on besides the plan; ``choices`` are the plan's choices of faces."""
        own = f"{'official' if group == 'official' else 'sheet'}{_WORD}" if form == "docx" else ""
        templates = tuple(one for one in self.templates if not one[0].endswith(_WORD) or one[0] == own)
        return self.workplan, self.libraries, templates, of_faces(choices) if (group, form) in _WITH_FACES else ()


def of_computer() -> dict[str, str]:
    """What decides about the bytes of files on a computer, whatever the plan: versions by their names, digests of the rest.

    Two computers that agree in it make the same files. Unlike elsewhere here, of a face only what it holds counts: the same
    font was installed at other times on another computer.
    """
    from workplan.resources.templates import Templates  # noqa: PLC0415 - for builds on a cluster alone

    templates = of_templates(Templates())
    faces = [[face[:3] + face[5:] for face in stack if isinstance(face, tuple)] for stack in of_faces(())]
    digests = {"workplan": of_workplan(), "templates": repr(templates), "faces": repr(faces)}
    return dict(of_libraries()) | {
        name: hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12] for name, told in digests.items()
    }


def of_workplan() -> str:
    """The digest of workplan's own files: in a checkout they change while the version stays."""
    hashed = hashlib.sha256(workplan.__version__.encode())
    top = str(Path(workplan.__file__).parent)
    for name, content in _contents(top, leaving=("__pycache__", "templates")):
        hashed.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return hashed.hexdigest()


@lru_cache(maxsize=1)
def of_libraries() -> tuple[tuple[str, str], ...]:
    """The libraries that write files, each with its version, those of the system too."""
    found: dict[str, str] = {}
    for place in reversed(sys.path):  # the first on the path is the one that is imported
        with suppress(OSError):
            for entry in os.scandir(place or "."):
                if (one := _DISTRIBUTION.fullmatch(entry.name)) and (known := _normal(one[1])) in LIBRARIES:
                    found[known] = one[2]
    found |= {library.name: _version(library, function) for library, function in _SYSTEM}
    found |= {"python": f"{sys.version_info[0]}.{sys.version_info[1]}", "zlib": zlib.ZLIB_RUNTIME_VERSION}
    found |= {"unicode": unicodedata.unidata_version, "epoch": os.environ.get("SOURCE_DATE_EPOCH", "")}
    return tuple(sorted(found.items()))


def of_templates(templates: Templates) -> tuple[tuple[str, str], ...]:
    """The files of the template folders, by their names and digests; of one name the user's own counts."""
    found: dict[str, str] = {}
    for folder in reversed(templates.folders):
        found |= {name: hashlib.sha256(content).hexdigest() for name, content in _contents(str(folder))}
    return tuple(sorted(found.items()))


def ask_for_files(templates: Templates) -> bool:
    """Whether a template of the user's may print which files a plan is made of: all of them change with any."""
    if templates.own is None:
        return False
    return any(_FILES in _plain(name, content) for name, content in _contents(str(templates.own)))


def _plain(name: str, content: bytes) -> bytes:
    """The words of a template; in one of Word's any of them may be parted by marks."""
    if not name.endswith(_WORD):
        return content
    try:
        opened = Archive(content, name)
        texts = [opened.read(part) for part in opened.parts]
    except (zipfile.BadZipFile, Misuse, OSError, ValueError):
        return _FILES  # whatever is wrong with it is told when it is used
    return re.sub(rb"<[^>]*>", b"", b"".join(texts))


@lru_cache(maxsize=8)
def of_faces(choices: Choices) -> tuple[tuple[object, ...], ...]:
    """The faces that may print a document, in the order in which they are tried."""
    from workplan.resources import fonts  # noqa: PLC0415 - loads C libraries

    try:
        western = tuple(fonts.find(family) for role, family in choices if role == fonts.WESTERN)
        stacks = [(fonts.WESTERN, tuple(face for face in western if face))]
        stacks += [(role, fonts.stack(role, choices)) for role in fonts.ROLES]
    except libraries.LibraryMissingError as fault:
        return (("none", str(fault)),)
    return tuple(
        (role, *((face.postscript, face.index, *state_of_font(face.file)) for face in faces)) for role, faces in stacks
    )


@lru_cache(maxsize=64)
def state_of_font(file: str) -> tuple[object, ...]:
    """What a font file is known by: its size, when it was changed, and its table of contents, which has checksums."""
    try:
        with Path(file).open("rb") as font:
            found = os.fstat(font.fileno())
            return found.st_size, found.st_mtime_ns, found.st_ctime_ns, hashlib.sha256(font.read(4096)).hexdigest()
    except OSError:
        return ()


def _contents(top: str, below: str = "", leaving: tuple[str, ...] = ("__pycache__",)) -> Iterator[tuple[str, bytes]]:
    """The files below a folder by their names from there, in order; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(f"{top}/{below}"), key=lambda one: one.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in leaving:
                yield from _contents(top, f"{below}{entry.name}/")
        elif entry.is_file():
            yield below + entry.name, _content(entry.path)


def _content(path: str) -> bytes:
    """What a file holds; of one that cannot be read that it cannot, which is something else than that it is not there."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half as long as by Path
            return file.read()
    except OSError as error:
        return f"\0{type(error).__name__}".encode()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _version(library: libraries.Library, function: str) -> str:
    """What a C library says of its version; "" where it is not there."""
    try:
        told = getattr(libraries.load(library), function)
    except (libraries.LibraryMissingError, AttributeError):
        return ""
    told.restype = ctypes.c_char_p if function.endswith("string") else ctypes.c_int
    said = told()
    return said.decode() if isinstance(said, bytes) else str(said)
