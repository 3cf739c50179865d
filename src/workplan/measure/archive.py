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
            unpacked = self._unpacked(entry)
        except (struct.error, zlib.error) as fault:
            raise self.broken(entry) from fault
        if len(unpacked) != entry.file_size:
            raise self.broken(entry)
        return unpacked

    def broken(self, entry: zipfile.ZipInfo) -> Misuse:
        """What to raise where a part cannot be read."""
        return Misuse("hidden-part", path=self._file, part=entry.filename)

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        # ZipFile.read would unpack everything first and cut it afterwards.
        signature, name, extra = _HEADER.unpack_from(self._content, entry.header_offset)
        start = entry.header_offset + _HEADER.size + name + extra
        packed = self._content[start : start + entry.compress_size]
        if signature != b"PK\x03\x04" or entry.flag_bits & _ENCRYPTED:
            raise self.broken(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            return packed
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise self.broken(entry)
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)


def _is_xml(name: str) -> bool:
    """Whether a part is XML; ``.psmdcp`` is the name of some programs for the core properties."""
    return name.lower().endswith((".xml", ".rels", ".psmdcp"))
