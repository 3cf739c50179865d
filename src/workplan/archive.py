"""The parts of a DOCX, unpacked safely: the sizes that a file claims are checked first, and are limits while unpacking."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from workplan.diagnostic import Misuse

#: Largest number of bytes in one part, and in all parts together: much more than in any real document.
_LARGEST, _LARGEST_TOGETHER = 64 << 20, 256 << 20
#: A local header: its signature, 22 bytes that the directory has too, and the lengths of name and extra field.
_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 1


class Archive:
    """The entries of a package; its XML parts can be read."""

    def __init__(self, content: bytes, file: str) -> None:
        """Raises Misuse where the parts unpack to an absurd size."""
        self._content, self._file = content, file
        self.entries = tuple(zipfile.ZipFile(io.BytesIO(content)).infolist())
        self.parts = tuple(entry for entry in self.entries if _is_xml(entry.filename))
        together = sum(entry.file_size for entry in self.parts)
        largest = max(self.parts, key=lambda entry: entry.file_size)
        if largest.file_size > _LARGEST or together > _LARGEST_TOGETHER:
            raise Misuse("hidden-large", path=file, part=largest.filename)

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """The content of a part; Misuse where it is broken, locked or longer than it claims."""
        try:
            return unpacked(self._content, entry)
        except DamagedError as fault:
            raise self.broken(entry) from fault

    def broken(self, entry: zipfile.ZipInfo) -> Misuse:
        """What to raise where a part cannot be read."""
        return Misuse("hidden-part", path=self._file, part=entry.filename)


class DamagedError(ValueError):
    """A part that cannot be unpacked: broken, locked, packed in an unknown way, or not of the size that it claims."""


def unpacked(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The content of a part of a package; DamagedError where it has none. Never more is unpacked than the part claims."""
    try:
        found = _unpacked(content, entry)
    except (struct.error, zlib.error) as fault:
        raise DamagedError(entry.filename) from fault
    if found is None or len(found) != entry.file_size:
        raise DamagedError(entry.filename)
    return found


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether a part needs a password."""
    return bool(entry.flag_bits & _ENCRYPTED)


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    # ZipFile.read would unpack everything first and cut it afterwards.
    signature, name, extra = _HEADER.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _HEADER.size + name + extra
    packed = content[start : start + entry.compress_size]
    if signature != b"PK\x03\x04" or is_locked(entry):
        return None
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return None
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)


def _is_xml(name: str) -> bool:
    """Whether a part is XML; ``.psmdcp`` is the name of some programs for the core properties."""
    return name.lower().endswith((".xml", ".rels", ".psmdcp"))
