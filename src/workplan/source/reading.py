"""A file of a plan as text, or the finding that says why not."""

from __future__ import annotations

import codecs
import hashlib
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Span
from workplan.language.scalar import File
from workplan.source.directory import REGISTRY

if TYPE_CHECKING:
    from workplan.source.directory import Source

#: A plan file may not be larger: some thirty times the longest real plan, small enough to be refused at once.
MAX_BYTES = 8 * 1024 * 1024


def read_text(source: Source, file: str) -> tuple[File | None, tuple[Diagnostic, ...]]:
    """One file as text; None with a finding where it is missing, closed to us, too large or not UTF-8."""
    name = source.label(file)
    try:
        content = source.read(file)
    except (FileNotFoundError, NotADirectoryError):
        found = source.misnamed(file)
        variant = "misnamed" if found else "registry" if file == REGISTRY else ""
        arguments = {"file": name, "found": found, "right": file.rpartition("/")[2]}
        return None, (Diagnostic("missing-file", Span.whole(name), arguments, variant=variant),)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Diagnostic("unreadable-file", Span.whole(name), {"file": name, "reason": reason}),)
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f}"
        return None, (Diagnostic("file-size", Span.whole(name), {"size": size, "limit": MAX_BYTES // 1024 // 1024}),)
    return _decoded(name, content)


def other_texts(source: Source) -> tuple[str, ...]:
    """The files of the other plans that share the registry, as texts; those that cannot be read are left out."""
    texts = (read_text(other, file)[0] for other in source.others() for file in _files(other))
    return tuple(text.text for text in texts if text is not None)


def _files(source: Source) -> tuple[str, ...]:
    try:
        return source.parts()
    except OSError:
        return ()


def _decoded(name: str, content: bytes) -> tuple[File | None, tuple[Diagnostic, ...]]:
    text = content.removeprefix(codecs.BOM_UTF8)
    try:
        return File(name, text.decode(), _blob(content)), ()
    except UnicodeDecodeError as error:
        place = File(name, text[: error.start].decode() + "?")
        span = place.span(len(place.text) - 1, len(place.text))
        return None, (Diagnostic("encoding", span, variant=_foreign(content)),)


def _blob(content: bytes) -> str:
    """The name that git gives these bytes, which says what they are and protects nothing."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _foreign(content: bytes) -> str:
    """What a file that is not UTF-8 probably is; "" where nothing says."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf16"
    if b"\0" in content:
        return "binary"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "gbk"
