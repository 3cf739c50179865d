"""Reads edited copies of the official document, in whatever Word, WPS or LibreOffice saved them; refuses what cannot come home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.record import Revisions
from workplan.importing.sniff import Kind, kind_of
from workplan.merge.returned import Returned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.merge.returned import Line
    from workplan.render.docx.origin import DocumentKind

#: Kinds that LibreOffice turns into DOCX first.
_OLDER = (Kind.DOC, Kind.WPS)
#: Why import refuses what is no document of a word processor.
_OTHER = frozenset({"import-kind", "import-picture", "import-archived-page"})
#: Longest copy, in characters: ten times the longest issued document that is known.
_MOST_CHARACTERS = 600_000


def read_copy(content: bytes, name: str, revisions: Revisions = Revisions.ACCEPT) -> Returned:
    """An edited copy; ``name`` is what the user calls it. Raises Misuse as ``read_copies`` does."""
    return read_copies([(name, content)], revisions)[0]


def read_copies(copies: Sequence[tuple[str, bytes]], revisions: Revisions = Revisions.ACCEPT) -> tuple[Returned, ...]:
    """Edited copies by what the user calls them; LibreOffice opens those of older kinds together.

    Raises Misuse for the first that cannot be read, is none of a Word file's kinds, is a task sheet, or has the changes between
    two plans marked in it.
    """
    older = [place for place, (name, content) in enumerate(copies) if _kind(content, name) in _OLDER]
    contents = [content for _, content in copies]
    if older:
        from workplan.resources import office  # noqa: PLC0415 - few copies are of older kinds

        made = office.docx_of_all([(copies[place][1], copies[place][0]) for place in older])
        for place, content in zip(older, made, strict=True):
            contents[place] = content
    return tuple(_returned(content, name, revisions) for (name, _), content in zip(copies, contents, strict=True))


def _kind(content: bytes, name: str) -> Kind:
    try:
        kind = kind_of(content, name)
    except Misuse as refused:
        if refused.key in _OTHER:
            raise Misuse("merge-kind", path=name) from refused
        raise
    if kind not in (Kind.DOCX, *_OLDER):
        raise Misuse("merge-kind", path=name)
    return kind


def _returned(content: bytes, name: str, revisions: Revisions) -> Returned:
    from workplan.importing.readers.docx import whole  # noqa: PLC0415 - it loads lxml
    from workplan.merge.lines import lines_of  # noqa: PLC0415 - likewise
    from workplan.render.docx import bookmarks, origin  # noqa: PLC0415 - it loads all that writes a DOCX

    found = whole.read(content, name, revisions, bookmarks.is_ours)
    lines, loose = lines_of(found.reading.pieces, found.comments)
    made_from = origin.read(found.properties.get(origin.NAME, ""))
    _refuse(made_from.kind, lines, name)
    return Returned(
        name=name,
        plan=made_from.plan,
        blobs=made_from.files,
        lines=lines,
        editor=found.editor,
        records=found.reading.records,
        loose=loose,
    )


def _refuse(kind: DocumentKind, lines: Sequence[Line], name: str) -> None:
    """Misuse for a file that is ours and no copy of the official document, and for one that is absurdly long."""
    from workplan.render.docx import bookmarks, origin  # noqa: PLC0415 - likewise

    if kind is origin.DocumentKind.MARKED:
        raise Misuse("merge-marked", path=name)
    if kind is origin.DocumentKind.SHEET or bookmarks.is_sheet(mark.name for line in lines for mark in line.marks):
        raise Misuse("merge-sheet", path=name)
    count = sum(len(line.text) for line in lines)
    if count > _MOST_CHARACTERS:
        raise Misuse("merge-long", path=name, count=count, limit=_MOST_CHARACTERS)
