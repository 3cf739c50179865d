"""The parts of a zipped document (DOCX, OFD), unpacked within bounds; the list of parts is judged before any is opened."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from workplan.archive import DamagedError, is_locked, unpacked
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Largest number of bytes in a part that is parsed: twenty times what the longest real document had, and some ten times as
#: much memory when it is a tree.
LARGEST_PART = 24 << 20
#: Largest number of bytes in all parts together, pictures included, and of parts.
_LARGEST_TOGETHER, _MOST_PARTS = 1 << 30, 20_000
#: Most elements in all parts that are parsed, or in a web page: the longest real document had a ninth of it.
MOST_ELEMENTS = 300_000
#: How many times its packed size a part may unpack to. Text packs to a thirtieth, repeated markup to a hundredth.
_MOST_RATIO = 400
_RATIO_COUNTS_FROM = 1 << 20


class Package:
    """A zip file of parts. Raises Misuse where it is broken, where its parts are locked or would unpack to an absurd size."""

    def __init__(self, content: bytes, file: str) -> None:
        """``file`` is what the user calls it."""
        self._content, self._file = content, file
        self._elements = 0
        try:
            entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as fault:
            raise Misuse("import-broken", path=file) from fault
        self._entries = {entry.filename: entry for entry in entries}
        self.names = frozenset(self._entries)
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_TOGETHER:
            raise Misuse("import-unpacks", path=file)
        for entry in entries:
            self._refuse(entry)

    def _refuse(self, entry: zipfile.ZipInfo) -> None:
        packed = max(entry.compress_size, 1)
        if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > _MOST_RATIO * packed:
            raise Misuse("import-unpacks", path=self._file)

    def read(self, name: str) -> bytes:
        """The content of a part; Misuse where it is missing, broken, locked or too large."""
        entry = self._entries.get(name)
        if entry is None:
            raise Misuse("import-part", path=self._file, part=name)
        if is_locked(entry):
            raise Misuse("import-locked", path=self._file)
        if entry.file_size > LARGEST_PART:
            raise Misuse("import-unpacks", path=self._file)
        try:
            return unpacked(self._content, entry)
        except DamagedError as fault:
            raise Misuse("import-part", path=self._file, part=name) from fault

    def tree(self, name: str) -> _Element:
        """A part as XML, with nothing of it fetched or expanded; Misuse where it is none or has a document type."""
        from lxml import etree  # noqa: PLC0415 - sniffing asks for the names of parts only

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
            raise Misuse("import-part", path=self._file, part=name) from fault
        if root.getroottree().docinfo.doctype:
            raise Misuse("import-part", path=self._file, part=name)
        self._elements += int(root.xpath("count(//*)"))
        if self._elements > MOST_ELEMENTS:
            raise Misuse("import-elements", path=self._file, limit=MOST_ELEMENTS)
        return root

    def beside(self, name: str, target: str) -> str:
        """The part that ``name`` means by ``target``; "" where there is none, or where it leads out of the package."""
        folder = "" if target.startswith("/") else posixpath.dirname(name)
        found = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
        return found if found in self.names else ""
