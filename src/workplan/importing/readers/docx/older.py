"""Old Word and WPS files, RTF and ODT: LibreOffice makes a DOCX of them, which is read like any other."""

from __future__ import annotations

from workplan.importing.readers.docx import reader
from workplan.importing.record import Reading, Revisions
from workplan.resources import office


def read(content: bytes, file: str, revisions: Revisions = Revisions.ACCEPT) -> Reading:
    """The pieces of an older file. Raises Misuse where LibreOffice is missing or cannot open it, and as for DOCX."""
    return reader.read(office.docx_of(content, file), file, revisions)
