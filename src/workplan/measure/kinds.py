"""The kind of a file by its content, since its name may be wrong."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import Literal

from workplan.archive import Archive
from workplan.diagnostic import Misuse
from workplan.resources import office

#: Number of bytes in which PDF readers look for the signature of a PDF.
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0"
#: The name under which Office stores a document with a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
#: Where the body of a DOCX is, unless the table of its parts says otherwise: some programs write document2.xml.
_USUAL_BODY = "word/document.xml"
_TYPES = "[Content_Types].xml"
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")
_MAIN = re.compile(rb"ContentType\s*=\s*[\"'][^\"']*word[^\"']*\.(?:document|template)[^\"']*\.main\+xml[\"']")
_PART = re.compile(rb"PartName\s*=\s*[\"']/([^\"']+)[\"']")
#: The most paragraphs that are printed: LibreOffice takes seconds for them, and no official document has as many.
MOST_PARAGRAPHS = 20_000
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s>/]")
#: What a package raises that is cut short, or packed in an unknown way.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, EOFError, NotImplementedError)


def kind_of(content: bytes, file: str) -> Literal["pdf", "docx"]:
    """The kind of a file; Misuse where it is neither, or locked."""
    if b"%PDF-" in content[:_HEAD]:
        return "pdf"
    if content.startswith(_OLE) and _LOCKED in content:
        raise Misuse("measure-locked", path=file)
    if not _has_body(content, file):
        raise Misuse("measure-kind", path=file)
    return "docx"


def as_pdf(content: bytes, file: str) -> bytes:
    """The PDF of a PDF or DOCX; Misuse where it is neither, is locked or too long, or LibreOffice cannot print it."""
    if kind_of(content, file) == "pdf":
        return content
    archive = Archive(content, file)
    body = body_part(archive)
    paragraphs = sum(len(_PARAGRAPH.findall(archive.read(entry))) for entry in archive.parts if entry.filename == body)
    if paragraphs > MOST_PARAGRAPHS:
        raise Misuse("measure-long", path=file, paragraphs=f"{paragraphs:,}", most=f"{MOST_PARAGRAPHS:,}")
    return office.pdf_of(content, file)


def body_part(archive: Archive) -> str:
    """The name of the part of a DOCX that has its body; "" where the package has none."""
    names = frozenset(entry.filename for entry in archive.parts)
    types = next((archive.read(entry) for entry in archive.parts if entry.filename == _TYPES), b"")
    mains = (entry for entry in _OVERRIDE.findall(types) if _MAIN.search(entry))
    named = (part[1].decode("utf-8", "replace") for entry in mains if (part := _PART.search(entry)))
    return next((name for name in (*named, _USUAL_BODY) if name in names), "")


def _has_body(content: bytes, file: str) -> bool:
    try:
        return body_part(Archive(content, file)) != ""
    except _DAMAGED:
        return False
