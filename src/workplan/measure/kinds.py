"""The kind of a file by its content, since its name may be wrong."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from workplan.diagnostic import Misuse
from workplan.resources import office

#: Number of bytes in which PDF readers look for the signature of a PDF.
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0"
#: The name under which Office stores a document with a password.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def kind_of(content: bytes, file: str) -> Literal["pdf", "docx"]:
    """The kind of a file; Misuse where it is neither, or locked."""
    if b"%PDF-" in content[:_HEAD]:
        return "pdf"
    if content.startswith(_OLE) and _LOCKED in content:
        raise Misuse("measure-locked", path=file)
    if not _is_docx(content):
        raise Misuse("measure-kind", path=file)
    return "docx"


def as_pdf(content: bytes, file: str) -> bytes:
    """The PDF of a PDF or DOCX; Misuse where it is neither, or locked, or LibreOffice cannot print it."""
    return content if kind_of(content, file) == "pdf" else office.pdf_of(content, file)


def _is_docx(content: bytes) -> bool:
    try:
        return "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return False
