"""What kind of file it is, by its content: the name is asked only where two kinds have the same content."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NoReturn

from workplan.diagnostic import Misuse
from workplan.importing.package import Package

#: Largest file that is read, in bytes: the longest issued document with its pictures had a hundredth of it.
MOST_BYTES = 64 << 20
#: Where the signs of a kind must stand.
_HEAD = 8192
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|center|article|section)\b", re.IGNORECASE
)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml|\A(?:\xef\xbb\xbf)?\s*<\w+:\w+")
_WORD_XML = (b"schemas.microsoft.com/office/word/2003", b"schemas.microsoft.com/office/2006/xmlPackage")
_ARCHIVED_PAGE = re.compile(rb"\A\s*(?:From|MIME-Version|Content-Type|Subject):", re.IGNORECASE)
#: Names of streams in a compound file, as its directory has them.
_WORD_STREAM, _LOCKED_STREAM, _MACRO_STREAM = (
    name.encode("utf-16-le") for name in ("WordDocument", "EncryptedPackage", "_VBA_PROJECT")
)
#: In the head of a Word 97 document (MS-DOC 2.5.1, FibBase): the flags, and the bit that says it is encrypted.
_FLAGS, _ENCRYPTED = 10, 0x01
_TYPES = "[Content_Types].xml"
_MACROS = (b"macroEnabled", b"vbaProject")


class Kind(StrEnum):
    """A kind of file that can be read."""

    DOCX = "docx"
    DOC = "doc"
    WPS = "wps"
    PDF = "pdf"
    HTML = "html"
    OFD = "ofd"
    TEXT = "text"
    MARKDOWN = "markdown"


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a file; ``name`` is what the user calls it. Raises Misuse with the reason where it cannot be imported."""
    head = content[:_HEAD]
    if not content.strip():
        raise Misuse("import-empty", path=name)
    if len(content) > MOST_BYTES:
        raise Misuse("import-large", path=name, limit=MOST_BYTES >> 20)
    if head.startswith(_ZIP):
        return _zipped(content, name)
    if head.startswith(_COMPOUND):
        return _compound(content, name)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_PICTURES):
        raise Misuse("import-picture", path=name)
    return _text(head, name)


def _text(head: bytes, name: str) -> Kind:
    ending = name.lower().rpartition(".")[2]
    if head.startswith(b"{\\rtf"):
        return Kind.DOC
    if _ARCHIVED_PAGE.match(head):
        raise Misuse("import-archived-page", path=name)
    plain = head.replace(b"\0", b"") if head.startswith(_UTF16) else head
    if _XML.match(plain) and any(sign in plain for sign in _WORD_XML):
        return Kind.DOC
    if _HTML.search(plain) and (
        plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or ending in {"html", "htm"}
    ):
        return Kind.HTML
    if b"\0" in head and not head.startswith(_UTF16):
        _other(name)
    return Kind.MARKDOWN if ending in {"md", "markdown"} else Kind.TEXT


def _zipped(content: bytes, name: str) -> Kind:
    package = Package(content, name)
    if "OFD.xml" in package.names:
        return Kind.OFD
    if "mimetype" in package.names and package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        if any(one.startswith("Basic/") for one in package.names):
            raise Misuse("import-macros", path=name)
        return Kind.DOC
    if _TYPES not in package.names:
        _other(name)
    types = package.read(_TYPES)
    if b"wordprocessingml" not in types and b"ms-word" not in types:
        _other(name)
    if any(sign in types for sign in _MACROS):
        raise Misuse("import-macros", path=name)
    return Kind.DOCX


def _compound(content: bytes, name: str) -> Kind:
    if _LOCKED_STREAM in content:
        raise Misuse("import-locked", path=name)
    if _WORD_STREAM not in content:
        _other(name)
    if _is_encrypted(content):
        raise Misuse("import-locked", path=name)
    if _MACRO_STREAM in content:
        raise Misuse("import-macros", path=name)
    return Kind.WPS if name.lower().endswith(".wps") else Kind.DOC


def _is_encrypted(content: bytes) -> bool:
    """Whether the main stream of a Word 97 document says so; False where the stream is not where its entry says."""
    entry = content.find(_WORD_STREAM)
    # An entry of the directory has its name first, its first sector 116 bytes on (MS-CFB 2.6.1); sectors follow the header.
    sector = int.from_bytes(content[entry + 116 : entry + 120], "little")
    size = 1 << int.from_bytes(content[30:32], "little") % 16
    start = (sector + 1) * size
    head = content[start : start + 32]
    return head.startswith(b"\xec\xa5") and bool(head[_FLAGS + 1] & _ENCRYPTED)


def _other(name: str) -> NoReturn:
    raise Misuse("import-kind", path=name)
