"""A DOCX with what import does not ask for: what hangs on its texts, its comments, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.importing.package import Package
from workplan.importing.readers.docx.inline import left_out
from workplan.importing.readers.docx.names import name, value
from workplan.importing.readers.docx.parts import parts
from workplan.importing.readers.docx.reader import Reader
from workplan.importing.readers.docx.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element

    from workplan.importing.record import Reading, Revisions

_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WORD_2012 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment; ``answers`` is the identifier of the one that it answers, ``done`` says that it was ticked off."""

    said: str
    author: str
    date: str
    answers: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Its reading, comments by identifier in their order, custom properties by name, and who saved it last, as it says."""

    reading: Reading
    comments: Mapping[str, Remark]
    properties: Mapping[str, str]
    editor: str


def read(content: bytes, file: str, revisions: Revisions, wanted: Callable[[str], bool]) -> Whole:
    """All of a DOCX, with the bookmarks whose names are ``wanted``; raises Misuse as ``reader.read`` does."""
    found = parts(Package(content, file), file)
    watch = Watch(wanted=wanted, goes=left_out(revisions), file=file)
    reader = Reader(found, file, revisions, watch)
    reading = reader.reading()
    return Whole(
        reading=reading,
        comments=dict(_comments(found.tree("comments"), found.tree("commentsExtended"), reader)),
        properties=dict(_properties(found.tree("custom-properties"))),
        editor=next(_texts(found.tree("core-properties"), "lastModifiedBy"), ""),
    )


def _comments(root: _Element | None, more: _Element | None, reader: Reader) -> Iterator[tuple[str, Remark]]:
    found = [one for one in (root if root is not None else ()) if name(one) == "w:comment"]
    # What is said of a comment is said of its last paragraph.
    lasts = {key: one for one in found for key in _paragraph_ids(one)}
    told = {one.get(f"{_WORD_2012}paraId", ""): one for one in (more if more is not None else ())}
    for one in found:
        extended = next((told[key] for key in reversed(_paragraph_ids(one)) if key in told), None)
        parent = None if extended is None else lasts.get(extended.get(f"{_WORD_2012}paraIdParent", ""))
        yield (
            value(one, "id"),
            Remark(
                said=reader.text_of(one).strip(),
                author=value(one, "author"),
                date=value(one, "date"),
                answers=value(parent, "id"),
                done=extended is not None and extended.get(f"{_WORD_2012}done") in _ON,
            ),
        )


def _paragraph_ids(comment: _Element) -> list[str]:
    return [key for one in comment.iter("{*}p") if (key := one.get(f"{_WORD_2010}paraId"))]


def _properties(root: _Element | None) -> Iterator[tuple[str, str]]:
    for one in root.iter("{*}property") if root is not None else ():
        yield one.get("name", ""), "".join(one.itertext()).strip()


def _texts(root: _Element | None, wanted: str) -> Iterator[str]:
    for one in root.iter(f"{{*}}{wanted}") if root is not None else ():
        yield (one.text or "").strip()
