"""Reads what a Word document says out of sight: its bookmarks, the numbers of its paragraphs, and what it was made from."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as found:
        return {name: found.read(name) for name in found.namelist()}


def root(document: bytes) -> _Element:
    return etree.fromstring(parts(document)["word/document.xml"])


@dataclass
class Bookmark:
    """A bookmark: its name, its number, and the text between its ends (deleted text apart)."""

    name: str
    key: str
    text: str = ""
    closed: bool = False


def bookmarks(document: bytes) -> list[Bookmark]:
    """The bookmarks in the order they begin."""
    found: dict[str, Bookmark] = {}
    for node in root(document).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        key = node.get(f"{W}id", "")
        if node.tag == f"{W}bookmarkStart":
            assert key not in found, "a number twice"
            found[key] = Bookmark(node.get(f"{W}name", ""), key)
        elif node.tag == f"{W}bookmarkEnd":
            found[key].closed = True
        else:
            for one in found.values():
                one.text += "" if one.closed else node.text or ""
    assert all(one.closed for one in found.values())
    return list(found.values())


def paragraph_ids(document: bytes) -> list[str]:
    return [key for paragraph in root(document).iter(f"{W}p") if (key := paragraph.get(PARAGRAPH_ID))]


def printed(document: bytes) -> Iterator[tuple[_Element, str]]:
    """The paragraphs that say something."""
    for paragraph in root(document).iter(f"{W}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        if text.strip():
            yield paragraph, text


def made_from(document: bytes) -> str | None:
    """The property ``workplan``; None where there is none."""
    custom = parts(document).get("docProps/custom.xml")
    if custom is None:
        return None
    found = [one for one in etree.fromstring(custom).iter(_PROPERTY) if one.get("name") == "workplan"]
    assert len(found) <= 1
    return "".join(found[0].itertext()) if found else None
