"""A file to what its reader hands on: the reader of its kind is loaded when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.importing.record import Revisions
from workplan.importing.sniff import Kind, kind_of

if TYPE_CHECKING:
    from workplan.importing.record import Reading

#: Kinds whose lines may end where those of a page did.
_WRAPPED = (Kind.TEXT, Kind.MARKDOWN)


def reading_of(content: bytes, name: str, *, revisions: Revisions = Revisions.ACCEPT) -> tuple[Kind, Reading]:
    """The kind of a file, and what its reader hands on.

    Raises Misuse for what is refused: its kind, its size, what it hides, what it lacks.
    """
    kind = kind_of(content, name)
    return kind, _READERS[kind](content, name, revisions)


def is_wrapped(kind: Kind) -> bool:
    """Whether a file of that kind may hold lines as a page broke them."""
    return kind in _WRAPPED


def _docx(content: bytes, name: str, revisions: Revisions) -> Reading:
    from workplan.importing.readers.docx import reader  # noqa: PLC0415 - it loads lxml

    return reader.read(content, name, revisions)


def _office(content: bytes, name: str, revisions: Revisions) -> Reading:
    from workplan.importing.readers.docx import older  # noqa: PLC0415 - likewise

    return older.read(content, name, revisions)


def _pdf(content: bytes, name: str, _: Revisions) -> Reading:
    from workplan.importing.readers.pdf import reader  # noqa: PLC0415 - it loads PDFium

    return reader.read(content, name)


def _html(content: bytes, name: str, _: Revisions) -> Reading:
    from workplan.importing.readers.html import reader  # noqa: PLC0415 - it loads lxml

    return reader.read(content, name)


def _ofd(content: bytes, name: str, _: Revisions) -> Reading:
    from workplan.importing.readers.ofd import reader  # noqa: PLC0415 - likewise

    return reader.read(content, name)


def _text(content: bytes, name: str, _: Revisions) -> Reading:
    from workplan.importing.readers import plain  # noqa: PLC0415 - one kind of many

    return plain.read(content, name)


def _markdown(content: bytes, name: str, _: Revisions) -> Reading:
    from workplan.importing.readers import plain  # noqa: PLC0415 - likewise

    return plain.read(content, name, markdown=True)


_READERS = {
    Kind.DOCX: _docx,
    Kind.DOC: _office,
    Kind.WPS: _office,
    Kind.PDF: _pdf,
    Kind.HTML: _html,
    Kind.OFD: _ofd,
    Kind.TEXT: _text,
    Kind.MARKDOWN: _markdown,
}
