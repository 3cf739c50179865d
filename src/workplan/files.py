"""Takes a file from disk within bounds, and puts one there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class NotPlainError(OSError):
    """What stands at a path is no plain file: a pipe, a device, a socket."""


class TooLargeError(OSError):
    """A file is larger than it may be; ``size`` is what it says of itself, in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))
        self.size = size


def take(path: Path, most: int) -> bytes:
    """The bytes of a plain file of at most ``most`` bytes.

    Raises NotPlainError and TooLargeError before anything is read, other OSErrors where it cannot be; nothing waits for
    the other end of a pipe, and a file that grows while it is read (or says it is empty and is not) is cut off.
    """
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _refuse(os.fstat(opened), path, most)
        with os.fdopen(opened, "rb", closefd=False) as file:
            content = file.read(most + 1)
    finally:
        os.close(opened)
    if len(content) > most:
        raise TooLargeError(len(content))
    return content


def _refuse(found: os.stat_result, path: Path, most: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NotPlainError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    if found.st_size > most:
        raise TooLargeError(found.st_size)


def put(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    A link stays a link, and a file keeps who may read and write it. What nobody may write is left alone: PermissionError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a device or a pipe, which must not be replaced by a file
        path.write_bytes(content)
        return
    target = path.resolve()
    mode = _mode(target)
    draft = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def put_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none: where one cannot be written, what stood before stands again."""
    before: dict[Path, bytes | None] = {}
    made: list[Path] = []
    try:
        for path, content in contents.items():
            made += [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            before[path] = path.read_bytes() if path.is_file() else None
            put(path, content)
    except BaseException:
        with suppress(OSError):
            for path, old in before.items():
                path.unlink(missing_ok=True) if old is None else put(path, old)
            for folder in sorted(set(made), key=lambda one: len(one.parts), reverse=True):
                folder.rmdir()
        raise


def _mode(target: Path) -> int | None:
    """The permissions of a file that is there; a rename would not ask for the one to write."""
    if not target.exists():
        return None
    mode = stat.S_IMODE(target.stat().st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode
