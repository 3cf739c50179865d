"""What a font file says of its faces itself: families, style and PostScript name, from its ``name`` and ``OS/2`` tables.

Fontconfig hands out these names as its rules rewrite them, and rules are everybody's own: the same files chosen by them
are bold under one account and regular under another. So faces are chosen by what stands in the files.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Weights of styles by the words in their names, in Fontconfig's measure (80 regular, 200 bold); the first that fits holds.
_STYLES = (
    *(("extralight", 40), ("ultralight", 40), ("demilight", 55), ("semilight", 55), ("light", 50), ("thin", 0)),
    *(("semibold", 180), ("demibold", 180), ("extrabold", 205), ("ultrabold", 205), ("bold", 200)),
    *(("black", 210), ("heavy", 210), ("medium", 100)),
)
REGULAR = 80
#: The same by the weight classes of OS/2, for styles whose names say nothing.
_CLASSES = {100: 0, 200: 40, 300: 50, 400: REGULAR, 500: 100, 600: 180, 700: 200, 800: 205, 900: 210}
_SLANTED = ("italic", "oblique")
_FAMILY, _STYLE, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY, _TYPOGRAPHIC_STYLE = 1, 2, 4, 6, 16, 17
_WINDOWS = 3
#: Encodings of names by platform and number; Macintosh's own are left out but for the plain one.
_ENCODINGS = {(3, 0): "utf-16-be", (3, 1): "utf-16-be", (3, 10): "utf-16-be", (3, 3): "gbk", (3, 4): "big5"}
_ENCODINGS |= {(1, 0): "mac-roman", (1, 25): "gbk"} | {(0, number): "utf-16-be" for number in range(7)}
#: No table of names is longer.
_LONGEST = 1 << 20
#: No file holds more faces.
_MOST_FACES = 256


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a face: ``families`` in the file's order, its ``postscript`` name, and the ``full`` names, that one included.

    ``weight`` is what they say of it (80 regular, 200 bold), and ``slanted`` whether they say italic.
    """

    families: tuple[str, ...]
    postscript: str
    full: tuple[str, ...]
    weight: int
    slanted: bool


@lru_cache(maxsize=4096)
def of(file: str, index: int) -> Names | None:
    """The names of the face ``index`` of a font file; None where they cannot be read."""
    try:
        with Path(file).open("rb") as font:
            tables = _tables(font, index)
            names = list(_names(_read(font, *tables[b"name"])))
            heavy = _read(font, tables[b"OS/2"][0], 6) if b"OS/2" in tables else b""
    except (OSError, KeyError, ValueError, struct.error):
        return None
    return _told(names, struct.unpack(">H", heavy[4:6])[0] if len(heavy) == 6 else 0)  # noqa: PLR2004 - as asked


def every(file: str) -> tuple[Names, ...]:
    """The names of all faces of a font file; none where it is no font."""
    faces = (of(file, index) for index in range(_MOST_FACES))
    return tuple(found for found in takewhile(bool, faces) if found)


def _told(names: list[tuple[int, str]], heavy: int) -> Names | None:
    """What the names say of a face whose weight class is ``heavy``."""

    def called(*numbers: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for number, text in names if number in numbers))

    families, postscript = called(_TYPOGRAPHIC_FAMILY, _FAMILY), called(_POSTSCRIPT)
    if not (families and postscript):
        return None
    # A face beside the usual four has a family of its own for old programs, in which it is called regular.
    styles = (*called(_TYPOGRAPHIC_STYLE), *called(_STYLE), *(name.partition("-")[2] for name in postscript))
    words = [re.sub(r"[\s-]", "", style.casefold()) for style in styles]
    return Names(
        families=families,
        postscript=postscript[0],
        full=(*postscript, *called(_FULL)),
        weight=next(
            (weight for part, weight in _STYLES for word in words if part in word), _CLASSES.get(heavy, REGULAR)
        ),
        slanted=any(part in word for part in _SLANTED for word in words),
    )


def _read(font: BinaryIO, start: int, length: int) -> bytes:
    font.seek(start)
    return font.read(min(length, _LONGEST))


def _tables(font: BinaryIO, index: int) -> dict[bytes, tuple[int, int]]:
    """Where each table of a face lies in the file: its start and length in bytes."""
    start = 0
    if _read(font, 0, 4) == b"ttcf":
        (held,) = struct.unpack(">I", _read(font, 8, 4))
        if index >= held:
            raise KeyError(index)
        (start,) = struct.unpack(">I", _read(font, 12 + 4 * index, 4))
    elif index:
        raise KeyError(index)
    (count,) = struct.unpack(">H", _read(font, start + 4, 2))
    entries = struct.iter_unpack(">4sIII", _read(font, start + 12, 16 * count))
    return {tag: (at, length) for tag, _, at, length in entries}


def _names(table: bytes) -> Iterator[tuple[int, str]]:
    """The names in a table by what they name; those in Unicode first, so that a name in another encoding is no second one."""
    count, strings = struct.unpack(">HH", table[2:6])
    records = list(struct.iter_unpack(">6H", table[6 : 6 + 12 * count]))
    for platform, encoding, _, number, length, at in sorted(records, key=lambda one: one[0] != _WINDOWS):
        if code := _ENCODINGS.get((platform, encoding)):
            text = table[strings + at : strings + at + length].decode(code, "replace").strip("\0 ")
            if text and "\ufffd" not in text:
                yield number, text
