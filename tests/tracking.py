"""Accepts or rejects every tracked change of a Word document as the format lays it down, and reads what is then there."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CAME, WENT = ("ins", "moveTo"), ("del", "moveFrom")
_RANGES = tuple(f"{W}{name}Range{end}" for name in ("moveFrom", "moveTo") for end in ("Start", "End"))
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_LETTERS = {f"{W}br": "\n", f"{W}tab": "\t"}

#: A paragraph as Word would show it: its format, and each character with the format of its run; a table: its rows of cells.
Told = tuple[object, ...]


def body(document: bytes) -> _Element:
    """The body without its bookmarks, which say nothing to a reader."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        found = etree.fromstring(parts.read("word/document.xml")).find(f"{W}body")
    assert found is not None
    for mark in list(found.iter(*_BOOKMARKS)):
        _parent(mark).remove(mark)
    return found


def accepted(document: bytes) -> _Element:
    return _resolved(body(document), CAME, WENT)


def rejected(document: bytes) -> _Element:
    found = _resolved(body(document), WENT, CAME)
    for change in list(found.iter(f"{W}pPrChange", f"{W}rPrChange")):
        properties, (old,) = _parent(change), change
        kept = [child for child in properties if etree.QName(child).localname in ("rPr", "sectPr")]
        properties[:] = [*old, *(kept if properties.tag == f"{W}pPr" else [])]
    return found


def _resolved(found: _Element, stays: tuple[str, ...], goes: tuple[str, ...]) -> _Element:
    _drop_rows(found, goes)
    ended = [paragraph for paragraph in found.iter(f"{W}p") if _ends(paragraph, goes)]
    for run in _holders(found, goes):
        _parent(run).remove(run)
    for run in _holders(found, stays):
        place = _parent(run).index(run)
        _parent(run)[place : place + 1] = list(run)
    for mark in list(found.iter(*_RANGES)):
        _parent(mark).remove(mark)
    for paragraph in ended:
        _join(paragraph)
    return found


def _drop_rows(found: _Element, goes: tuple[str, ...]) -> None:
    """Rows that go, and tables of which none is left."""
    for row in list(found.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in goes):
            _parent(row).remove(row)
    for table in list(found.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            _parent(table).remove(table)


def _ends(paragraph: _Element, names: tuple[str, ...]) -> bool:
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in names)


def _holders(found: _Element, names: tuple[str, ...]) -> list[_Element]:
    """The marks that hold runs."""
    return [one for one in found.iter(*(f"{W}{name}" for name in names)) if one.find(f"{W}r") is not None]


def _join(paragraph: _Element) -> None:
    """A paragraph whose end goes becomes part of the next; one that is empty may go before a table."""
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    assert following is not None, "the last paragraph has nothing to be joined with"
    if rest:
        assert following.tag == f"{W}p"
        start = 1 if following.find(f"{W}pPr") is not None else 0
        following[start:start] = rest
    _parent(paragraph).remove(paragraph)


def _parent(element: _Element) -> _Element:
    found = element.getparent()
    assert found is not None
    return found


def said(element: _Element) -> str:
    """The text in a mark."""
    return "".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText"))


def told(holder: _Element) -> list[Told]:
    """Everything that a document says, with its format."""
    return list(_told(holder))


def _told(holder: _Element) -> Iterator[Told]:
    for child in holder:
        if child.tag == f"{W}p":
            yield ("p", _format(child), *_letters(child))
        elif child.tag == f"{W}tbl":
            yield (
                "tbl",
                *(tuple(tuple(_told(cell)) for cell in row.iterfind(f"{W}tc")) for row in child.iterfind(f"{W}tr")),
            )


def _format(paragraph: _Element) -> tuple[bytes, ...]:
    properties = paragraph.find(f"{W}pPr")
    skipped = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")
    return tuple(_plain(child) for child in properties if child.tag not in skipped) if properties is not None else ()


def _letters(paragraph: _Element) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        look = () if properties is None else tuple(_plain(one) for one in properties if one.tag != f"{W}rPrChange")
        for child in run:
            if child.tag in (f"{W}t", f"{W}delText"):
                yield from ((letter, look) for letter in child.text or "")
            elif child.tag != f"{W}rPr" and child.get(f"{W}type") != "page":
                yield _LETTERS.get(str(child.tag), str(child.tag)), look


def _plain(element: _Element) -> bytes:
    return etree.tostring(element, method="c14n")


def lines(holder: _Element) -> list[str]:
    """The text of each paragraph that says something, in order."""
    found = ("".join(letter for letter, _ in _letters(paragraph)) for paragraph in holder.iter(f"{W}p"))
    return [line for line in found if line]
