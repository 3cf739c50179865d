"""The installed faces, asked of Fontconfig itself: what it lists is what the PDF's text engine can use.

What they are called and how bold they are is read from their files: Fontconfig tells it as its rules rewrite it.
The library is the one that WeasyPrint loads, so no program (``fc-list``) has to be started and found.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.resources import font_names, libraries

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM_FONTS = 0  # FcSetSystem
_FOUND = 0  # FcResultMatch
_VERSION_ONE = 0x10000  # Fontconfig gives versions as 16.16 fixed point


@dataclass(frozen=True, slots=True)
class Face:
    """One installed face: all ``families`` it answers to, its ``file`` and ``index`` there, and its ``weight`` by its own names.

    80 is regular, 200 bold. ``postscript`` is the name that a PDF shows, ``full`` holds the names of this face alone (宋体 粗体),
    ``version`` is the font's own.
    """

    families: tuple[str, ...]
    file: str
    index: int
    weight: int
    postscript: str
    version: str
    full: tuple[str, ...] = ()
    slanted: bool = False


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("patterns", ctypes.POINTER(ctypes.c_void_p)),
    )


def _strings(library: ctypes.CDLL, pattern: int, key: bytes) -> Iterator[str]:
    value = ctypes.c_char_p()
    place = 0
    while library.FcPatternGetString(ctypes.c_void_p(pattern), key, place, ctypes.byref(value)) == _FOUND:
        yield os.fsdecode(value.value or b"")
        place += 1


def _integer(library: ctypes.CDLL, pattern: int, key: bytes) -> int:
    value = ctypes.c_int()
    found = library.FcPatternGetInteger(ctypes.c_void_p(pattern), key, 0, ctypes.byref(value)) == _FOUND
    return value.value if found else 0


def _face(library: ctypes.CDLL, pattern: int) -> Face:
    file, index = next(_strings(library, pattern, b"file"), ""), _integer(library, pattern, b"index")
    version = f"{_integer(library, pattern, b'fontversion') / _VERSION_ONE:.3f}"
    if own := font_names.of(file, index):
        return Face(
            families=own.families,
            file=file,
            index=index,
            weight=own.weight,
            postscript=own.postscript,
            version=version,
            full=own.full,
            slanted=own.slanted,
        )
    return Face(
        families=tuple(_strings(library, pattern, b"family")),
        file=file,
        index=index,
        weight=_integer(library, pattern, b"weight"),
        postscript=next(_strings(library, pattern, b"postscriptname"), ""),
        version=version,
    )


@lru_cache(maxsize=1)
def installed() -> tuple[Face, ...]:
    """Every installed static face, in an order that does not depend on the disk; raises LibraryMissingError."""
    library = libraries.load(libraries.FONTCONFIG)
    library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    library.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    library.FcConfigDestroy.argtypes = (ctypes.c_void_p,)
    config = library.FcInitLoadConfigAndFonts()
    if not config:
        return ()
    try:
        fonts = library.FcConfigGetFonts(config, _SYSTEM_FONTS)
        found = [_face(library, fonts[0].patterns[place]) for place in range(fonts[0].count)] if fonts else []
    finally:
        library.FcConfigDestroy(config)
    # A high half-word in the index marks an instance of a variable font, which cannot be cut to its characters simply.
    static = (face for face in found if face.file and face.postscript and face.index < _VERSION_ONE)
    return tuple(sorted(static, key=lambda face: (face.postscript, face.file, face.index)))
