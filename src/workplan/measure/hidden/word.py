"""What a DOCX hides, read from its unchanged parts (ECMA-376, transitional and strict)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.archive import Archive
from workplan.measure.hidden.found import HiddenKind, of_kind
from workplan.measure.kinds import body_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from lxml.etree import _Element

    from workplan.measure.hidden.found import Hidden

#: A part with none of these has nothing to find, and is not parsed. Every tracked change has an author.
_SIGNS = (
    b"bookmarkStart",
    b"author",
    b":comment ",
    b"vanish",
    b"rsid",
    b"paraId",
    b"TargetMode",
    b"docVar",
    b"<!DOCTYPE",
)
#: A property with a value, except for the usual template, which says nothing.
_PROPERTY = re.compile(
    rb"<(?:\w+:)?property\b|<(?:\w+:)?(?:creator|lastModifiedBy|Company|Manager|Template)\b[^>]*(?<!/)>"
    rb"(?!\s*</|\s*Normal(?:\.dot[mx]?)?\s*</)"
)
#: The beginning of a part in an encoding in which the signs above would look different.
_OTHER_ENCODING = re.compile(
    rb"""\A(?!(?:\xef\xbb\xbf)?\s*<[^\0])|\A[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)""", re.IGNORECASE
)
_STYLES = re.compile(r"word/(?:.*/)?styles[^/]*\.xml", re.IGNORECASE)
_EMBEDDED = re.compile(r".*/embeddings/[^/]+", re.IGNORECASE)
_MACROS = re.compile(r"(?:.*/)?vbaProject\.bin", re.IGNORECASE)
_DISTINCT = (HiddenKind.EXTERNAL_LINKS, HiddenKind.PEOPLE, HiddenKind.REVISION_IDS)
#: Least number of characters of a name that counts as printed wherever the text has it; a shorter one must be a line.
_LEAST_PRINTED = 4


def hidden(content: bytes, file: str) -> tuple[Hidden, ...]:
    """What a DOCX hides, in the order of ``HiddenKind``. Raises Misuse where a part is broken or unpacks to an absurd size."""
    archive = Archive(content, file)
    names = [entry.filename for entry in archive.entries]
    every: dict[HiddenKind, list[str]] = {kind: [] for kind in HiddenKind}
    every[HiddenKind.ATTACHMENTS] = [name.rpartition("/")[2] for name in names if _EMBEDDED.fullmatch(name)]
    every[HiddenKind.MACROS] = [name.rpartition("/")[2] for name in names if _MACROS.fullmatch(name)]
    for kind, text in _in_parts(archive):
        every[kind].append(text)
    for kind in _DISTINCT:
        every[kind] = list(dict.fromkeys(filter(None, every[kind])))
    every[HiddenKind.PEOPLE] = _unprinted(every[HiddenKind.PEOPLE], archive)
    return tuple(of_kind(kind, texts) for kind, texts in every.items() if texts)


def _in_parts(archive: Archive) -> Iterator[tuple[HiddenKind, str]]:
    """Everything that the parts hide; hyperlinks last, so that the examples begin with rarer links."""
    signs: tuple[bytes, ...] = _SIGNS
    styles = frozenset[str]()
    links: list[str] = []
    for entry in sorted(archive.parts, key=lambda one: _STYLES.fullmatch(one.filename) is None):
        content = archive.read(entry)
        if not _promises(entry.filename, content, signs):
            continue
        from workplan.measure.hidden import markup  # noqa: PLC0415 - lxml is loaded only where it has something to read

        root = _root(archive, entry, content)
        if _STYLES.fullmatch(entry.filename):
            styles |= markup.hidden_styles(root)
            signs = (*_SIGNS, b"Style") if styles else _SIGNS
        for look in markup.LOOKS:
            yield from look(root)
        yield from ((HiddenKind.HIDDEN_TEXT, text) for text in markup.hidden_text(root, styles))
        links += markup.hyperlinks(root)
    yield from ((HiddenKind.EXTERNAL_LINKS, target) for target in links)


def _promises(name: str, content: bytes, signs: tuple[bytes, ...]) -> bool:
    """Whether there may be something to find in a part: in most there is not, and they are not parsed."""
    if not content:
        return False
    if _OTHER_ENCODING.match(content[:200]) or any(sign in content for sign in signs):
        return True
    return not name.startswith("word/") and _PROPERTY.search(content) is not None


def _root(archive: Archive, entry: ZipInfo, content: bytes) -> _Element:
    from workplan.measure.markup import parsed  # noqa: PLC0415 - likewise

    root = parsed(content)
    if root is None:
        raise archive.broken(entry)
    return root


def _unprinted(people: list[str], archive: Archive) -> list[str]:
    """The people whose names the body does not print: an office that signs the document is not hidden in its properties."""
    if not people:
        return people
    from workplan.measure.hidden import markup  # noqa: PLC0415 - likewise

    body = next(entry for entry in archive.parts if entry.filename == body_part(archive))
    root = _root(archive, body, archive.read(body))
    whole, lines = markup.printed(root), frozenset(markup.lines(root))

    def is_printed(name: str) -> bool:
        plain = "".join(name.split())
        alone = plain in lines or f"{plain}文件" in lines
        return alone if len(plain) < _LEAST_PRINTED else plain in whole

    return [name for name in people if not is_printed(name)]
