"""A file of a plan as text, or the finding that says why not."""

from __future__ import annotations

import codecs
import hashlib
from typing import TYPE_CHECKING

from workplan.diagnostic import Arguments, Diagnostic, Span
from workplan.files import NotPlainError, TooLargeError
from workplan.language.scalar import File
from workplan.source.directory import DOCUMENT, MAX_BYTES, REGISTRY, LeadsOutError

if TYPE_CHECKING:
    from workplan.source.directory import Source


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
    except TooLargeError as error:
        return None, (_too_large(name, error.size),)
    except OSError as error:
        return None, (_unreadable(name, error),)
    if len(content) > MAX_BYTES:
        return None, (_too_large(name, len(content)),)
    return _decoded(name, content)


def by_label(source: Source) -> dict[str, str]:
    """The files of a plan by what findings call them; of a folder that cannot be read those that every plan has."""
    return {source.label(name): name for name in (DOCUMENT, REGISTRY, *_files(source))}


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
    plain = content.removeprefix(codecs.BOM_UTF8)
    try:
        return File(name, plain.decode(), _blob(content), bom=plain != content), ()
    except UnicodeDecodeError as error:
        place = File(name, plain[: error.start].decode() + "?")
        span = place.span(len(place.text) - 1, len(place.text))
        return None, (Diagnostic("encoding", span, variant=_foreign(content)),)


def _unreadable(name: str, error: OSError) -> Diagnostic:
    if isinstance(error, LeadsOutError):
        arguments: Arguments = {"file": name, "target": str(error.target)}
        return Diagnostic("unreadable-file", Span.whole(name), arguments, variant="leads-out")
    if isinstance(error, NotPlainError):
        return Diagnostic("unreadable-file", Span.whole(name), {"file": name}, variant="not-plain")
    reason = error.strerror or type(error).__name__
    return Diagnostic("unreadable-file", Span.whole(name), {"file": name, "reason": reason})


def _too_large(name: str, size: int) -> Diagnostic:
    arguments: Arguments = {"size": f"{size / 1024 / 1024:.1f}", "limit": MAX_BYTES // 1024 // 1024}
    return Diagnostic("file-size", Span.whole(name), arguments)


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
