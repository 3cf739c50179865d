"""The C libraries that a PDF needs: whether this computer has them, and what each is called in the packages of its system.

They are those that WeasyPrint loads; nothing is loaded with WeasyPrint itself, which complains on standard output where one is
missing. DOCX, web pages, tables and texts need none of them.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from workplan.diagnostic import Diagnostic, Lacking, Span

#: Where WeasyPrint looks on Windows, unless this variable says otherwise.
_FOLDERS_VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"
_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
#: The oldest Pango that WeasyPrint works with.
_OLDEST_PANGO = (1, 44)


@dataclass(frozen=True, slots=True)
class Library:
    """A library: what people call it, and the names of its ``files`` on one system or another."""

    name: str
    files: tuple[str, ...]


def _named(name: str, stem: str, major: str) -> Library:
    """A library by the names that Linux, macOS and Windows give it."""
    files = f"lib{stem}.so.{major}", f"lib{stem}.{major}.dylib", f"lib{stem}.dylib", f"lib{stem}-{major}.dll"
    return Library(name, (*files, f"{stem}-{major}", stem))


PANGO = _named("Pango", "pango-1.0", "0")
HARFBUZZ = _named("HarfBuzz", "harfbuzz", "0")
FONTCONFIG = _named("Fontconfig", "fontconfig", "1")
#: Cuts fonts to size. PDFs are made without it too, but that takes ten times as long.
SUBSET = _named("HarfBuzz-Subset", "harfbuzz-subset", "0")
#: Without one of these there is no PDF.
NEEDED = (_named("GObject", "gobject-2.0", "0"), PANGO, _named("PangoFT2", "pangoft2-1.0", "0"), HARFBUZZ, FONTCONFIG)


class LibraryMissingError(Lacking):
    """A C library that the PDF needs cannot be loaded; ``library`` is its name."""

    def __init__(self, library: str) -> None:
        super().__init__(finding(library))
        self.library = library

    def __reduce__(self) -> tuple[type[LibraryMissingError], tuple[str]]:
        return type(self), (self.library,)


def finding(*libraries: str) -> Diagnostic:
    """What is said where ``libraries`` are missing: it stands in no file of the plan."""
    return Diagnostic("missing-library", Span.nowhere(), {"libraries": " ".join(libraries)})


def load(library: Library) -> ctypes.CDLL:
    """Load a library; raises LibraryMissingError where it is not there."""
    _look_in_folders()
    for file in library.files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    raise LibraryMissingError(library.name)


@lru_cache(maxsize=1)
def _look_in_folders() -> None:
    """On Windows libraries are looked for in the folders where WeasyPrint looks for them."""
    add = getattr(os, "add_dll_directory", None)
    if add is None:
        return
    for folder in os.environ.get(_FOLDERS_VARIABLE, _FOLDERS).split(";"):
        with suppress(OSError):
            add(folder)


def has(library: Library) -> bool:
    """Whether this computer has a library."""
    try:
        load(library)
    except LibraryMissingError:
        return False
    return True


def pango_version() -> tuple[int, int, int]:
    """The version of Pango; raises LibraryMissingError where it is not there."""
    number = int(load(PANGO).pango_version())
    return number // 10_000, number // 100 % 100, number % 100


@lru_cache(maxsize=1)
def missing() -> tuple[str, ...]:
    """The names of the libraries that a PDF needs and this computer lacks; a Pango that is too old is one of them."""
    absent = [library.name for library in NEEDED if not has(library)]
    if PANGO.name not in absent and pango_version()[:2] < _OLDEST_PANGO:
        absent.append(f"{PANGO.name}>={'.'.join(map(str, _OLDEST_PANGO))}")
    return tuple(absent)
