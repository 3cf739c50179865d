"""Which characters a font file has, and the font cut down to those that a document needs.

A face of 7 MB cut once to the characters of a plan (0.3 MB) makes every PDF of a build faster to write. HarfBuzz does
it in milliseconds; where its subset library is missing, fontTools does the same in about half a second a face. What is cut
for a plan is already as it will be embedded, so that for each file no more than its glyphs have to be picked out.
"""

from __future__ import annotations

import ctypes
import io
import os
import struct
import weakref
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.lengths import Em
from workplan.resources import libraries, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable

_DROPPED_TABLES = 3  # HB_SUBSET_SETS_DROP_TABLE_TAG
#: HB_SUBSET_FLAGS_NO_HINTING (a page is printed, or shown large), _RETAIN_GIDS and _DESUBROUTINIZE: glyphs that stand each
#: for itself are picked out far faster.
_NO_HINTING, _RETAIN_GLYPH_NUMBERS, _DESUBROUTINIZE = 1, 2, 4
_FLAGS = _NO_HINTING | _RETAIN_GLYPH_NUMBERS | _DESUBROUTINIZE
#: To prepare a face takes as long as to pick out of it so many times without, and each pick is then three times as fast.
_WORTH_PREPARING = 5
# Without substitutions and positioning a character is one glyph of one width: no ligature can change the PDF's text.
_DROPPED = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF"),
    *("LTSH", "PCLT", "SVG ", "VORG", "kern", "vhea", "vmtx"),
)

_DIRECTORY = 12  # bytes before the table directory of a font file
#: The ascent that every face is given.
ASCENT = Em(0.88)

_POINTER = ctypes.c_void_p


class _Extents(ctypes.Structure):
    _fields_ = (
        ("left", ctypes.c_int32),
        ("top", ctypes.c_int32),
        ("width", ctypes.c_int32),
        ("height", ctypes.c_int32),  # downwards, so negative
    )


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    library = libraries.load(libraries.HARFBUZZ)
    created = (
        "hb_blob_create",
        "hb_blob_create_from_file",
        "hb_face_create",
        "hb_font_create",
        "hb_face_reference_blob",
    )
    for name in created:
        getattr(library, name).restype = _POINTER
    library.hb_blob_get_data.restype = _POINTER
    library.hb_blob_create.argtypes = (ctypes.c_char_p, ctypes.c_uint, ctypes.c_int, _POINTER, _POINTER)
    library.hb_blob_create_from_file.argtypes = (ctypes.c_char_p,)
    library.hb_blob_get_length.argtypes = (_POINTER,)
    library.hb_face_create.argtypes = (_POINTER, ctypes.c_uint)
    library.hb_font_create.argtypes = library.hb_face_reference_blob.argtypes = (_POINTER,)
    library.hb_font_get_nominal_glyph.argtypes = (_POINTER, ctypes.c_uint32, ctypes.POINTER(ctypes.c_uint32))
    library.hb_face_get_upem.argtypes = (_POINTER,)
    library.hb_font_get_glyph_h_advance.argtypes = (_POINTER, ctypes.c_uint32)
    library.hb_font_get_glyph_extents.argtypes = (_POINTER, ctypes.c_uint32, ctypes.POINTER(_Extents))
    library.hb_blob_get_data.argtypes = (_POINTER, ctypes.POINTER(ctypes.c_uint))
    library.hb_set_add.argtypes = (_POINTER, ctypes.c_uint32)
    library.hb_blob_destroy.argtypes = library.hb_face_destroy.argtypes = (_POINTER,)
    return library


@lru_cache(maxsize=1)
def _subset_library() -> ctypes.CDLL | None:
    try:
        library = libraries.load(libraries.SUBSET)
    except libraries.LibraryMissingError:
        return None
    for name in ("create_or_fail", "unicode_set", "glyph_set", "set"):
        getattr(library, f"hb_subset_input_{name}").restype = _POINTER
    library.hb_subset_or_fail.restype = _POINTER
    if hasattr(library, "hb_subset_preprocess"):
        library.hb_subset_preprocess.restype = _POINTER
        library.hb_subset_preprocess.argtypes = (_POINTER,)
    for name in ("unicode_set", "glyph_set", "destroy"):
        getattr(library, f"hb_subset_input_{name}").argtypes = (_POINTER,)
    library.hb_subset_input_set.argtypes = (_POINTER, ctypes.c_int)
    library.hb_subset_input_set_flags.argtypes = (_POINTER, ctypes.c_uint)
    library.hb_subset_or_fail.argtypes = (_POINTER, _POINTER)
    return library


def can_subset() -> bool:
    """Whether HarfBuzz's subset library is there; without it fonts are cut by fontTools, far slower."""
    return _subset_library() is not None


@lru_cache(maxsize=64)
def _face(file: str, index: int) -> int:
    """A face, for as long as the process lives: a build asks for the same few again and again.

    The system maps its file where it can, so that of 10 MB only what is asked for is read.
    """
    library = _library()
    # The system's own names of files are bytes everywhere but on Windows, where HarfBuzz wants UTF-8.
    blob = library.hb_blob_create_from_file(os.fsencode(file))
    if not library.hb_blob_get_length(blob):
        return _face_of(Path(file).read_bytes(), index)
    made = int(library.hb_face_create(blob, index))
    library.hb_blob_destroy(blob)  # the face holds it
    return made


def _face_of(data: bytes, index: int = 0) -> int:
    library = _library()
    # HarfBuzz copies the bytes (mode 0), so that they need not outlive this call.
    blob = library.hb_blob_create(data, len(data), 0, None, None)
    made = int(library.hb_face_create(blob, index))
    library.hb_blob_destroy(blob)
    return made


@lru_cache(maxsize=64)
def _font(file: str, index: int) -> int:
    return int(_library().hb_font_create(_face(file, index)))


@lru_cache(maxsize=100_000)
def glyph(file: str, index: int, character: str) -> int:
    """The glyph of a character in the face ``index`` of the font ``file``; 0 where the face has none."""
    found = ctypes.c_uint32()
    known = _library().hb_font_get_nominal_glyph(_font(file, index), ord(character), ctypes.byref(found))
    return found.value if known else 0


@lru_cache(maxsize=64)
def _em(file: str, index: int) -> int:
    return int(_library().hb_face_get_upem(_face(file, index)))


@lru_cache(maxsize=100_000)
def advance(file: str, index: int, character: str) -> Em:
    """The width of a character."""
    code = glyph(file, index, character)
    return Em(int(_library().hb_font_get_glyph_h_advance(_font(file, index), code)) / _em(file, index))


def ink(file: str, index: int, character: str) -> tuple[Em, Em]:
    """How far a character's ink reaches above and below the baseline (below it, the second is negative)."""
    box = _Extents()
    _library().hb_font_get_glyph_extents(_font(file, index), glyph(file, index, character), ctypes.byref(box))
    em = _em(file, index)
    return Em(box.top / em), Em((box.top + box.height) / em)


@lru_cache(maxsize=64)
def subset(file: str, index: int, characters: frozenset[str]) -> bytes:
    """The face as a font file of its own with these characters alone, always the same bytes.

    Glyphs keep their numbers, so that a PDF does not depend on what else the face was cut for.
    """
    cut = _by_harfbuzz(file, index, characters) if can_subset() else b""
    return _levelled(cut or _by_fonttools(file, index, characters))


def _levelled(data: bytes) -> bytes:
    """Give the face the ascent and descent that CJK faces share, 0.88 and 0.12 em.

    Without that a line with one rare character from another face would be taller than its neighbours and move the
    page off its grid of 22 lines.
    """
    font = bytearray(data)
    tables = {
        bytes(font[at : at + 4]): int.from_bytes(font[at + 8 : at + 12], "big")
        for at in range(_DIRECTORY, _DIRECTORY + 16 * int.from_bytes(font[4:6], "big"), 16)
    }
    (em,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    ascent, descent = round(em * ASCENT), round(em * (1 - ASCENT))
    struct.pack_into(">hhh", font, tables[b"hhea"] + 4, ascent, -descent, 0)
    if b"OS/2" in tables:
        struct.pack_into(">hhhHH", font, tables[b"OS/2"] + 68, ascent, -descent, 0, ascent, descent)
    return bytes(font)


def picked(data: bytes, glyphs: Iterable[int]) -> bytes:
    """The glyphs of those numbers alone, of a face that ``subset`` cut; "" where HarfBuzz cannot cut.

    They keep their numbers, and so does what a page says of them.
    """
    return _pickable(data).pick(glyphs) if can_subset() else b""


def picked_narrow(data: bytes, glyphs: Iterable[int], thousandths: int) -> bytes:
    """The glyphs of those numbers, of a face that is embedded in a PDF, with widths smaller by so many thousandths of the em.

    All of its glyphs where HarfBuzz cannot cut; raises ValueError where widths cannot be changed.
    """
    cut = b""
    if can_subset():
        face = _face_of(data)
        cut = _cut(face, (), glyphs, _FLAGS & ~_DESUBROUTINIZE)
        _library().hb_face_destroy(face)
    return narrowed.narrowed(cut or data, thousandths)


def prepare(data: bytes) -> None:
    """Make ready a face out of which glyphs will be picked many times: copies of this process need not do it again."""
    if can_subset():
        _pickable(data).prepare()


class _Pickable:
    """A face out of which glyphs are picked, a few times or many; HarfBuzz has its memory back when nobody asks for it any more."""

    def __init__(self, data: bytes) -> None:
        self._times = 0
        self._hold(_face_of(data), _FLAGS)

    def _hold(self, face: int, flags: int) -> None:
        self._face, self._flags = face, flags
        self._give_back = weakref.finalize(self, _library().hb_face_destroy, face)
        self._give_back.atexit = False

    def pick(self, glyphs: Iterable[int]) -> bytes:
        """The face with these glyphs alone, always the same bytes."""
        self._times += 1
        if self._times == _WORTH_PREPARING:
            self.prepare()
        return _cut(self._face, (), glyphs, self._flags)

    def prepare(self) -> None:
        """Make picking faster; without effect the second time, and with HarfBuzz before 6."""
        cutter = _subset_library()
        if not hasattr(cutter, "hb_subset_preprocess") or self._flags != _FLAGS:
            return
        ready, give_back = int(cutter.hb_subset_preprocess(self._face)), self._give_back  # type: ignore[union-attr]
        self._hold(ready, _FLAGS & ~_DESUBROUTINIZE)
        give_back()


_pickable = lru_cache(maxsize=16)(_Pickable)


def _by_harfbuzz(file: str, index: int, characters: frozenset[str]) -> bytes:
    return _cut(_face(file, index), map(ord, characters), (), _FLAGS)


def _cut(face: int, characters: Iterable[int], glyphs: Iterable[int], flags: int) -> bytes:
    """The face with these characters and these glyphs, as a font file; "" where HarfBuzz fails."""
    cutter, library = _subset_library(), _library()
    order = cutter.hb_subset_input_create_or_fail() if cutter else None
    if cutter is None or not order:
        return b""
    dropped = (int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    for wanted, members in (
        (cutter.hb_subset_input_unicode_set(order), characters),
        (cutter.hb_subset_input_glyph_set(order), glyphs),
        (cutter.hb_subset_input_set(order, _DROPPED_TABLES), dropped),
    ):
        for one in members:
            library.hb_set_add(wanted, one)
    cutter.hb_subset_input_set_flags(order, flags)
    cut = cutter.hb_subset_or_fail(face, order)
    cutter.hb_subset_input_destroy(order)
    if not cut:
        return b""
    blob = library.hb_face_reference_blob(cut)
    length = ctypes.c_uint()
    data = ctypes.string_at(library.hb_blob_get_data(blob, ctypes.byref(length)), length.value)
    library.hb_blob_destroy(blob)
    library.hb_face_destroy(cut)
    return data


def _by_fonttools(file: str, index: int, characters: frozenset[str]) -> bytes:
    from fontTools import subset as cutter  # noqa: PLC0415 - slow to import and rarely needed
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = cutter.Options(
        layout_features=[], drop_tables=list(_DROPPED), notdef_outline=True, retain_gids=True, hinting=False
    )
    work = cutter.Subsetter(options)
    work.populate(text="".join(sorted(characters)))
    font = TTFont(io.BytesIO(Path(file).read_bytes()), fontNumber=index, lazy=True, recalcTimestamp=False)
    work.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
