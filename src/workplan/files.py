"""Takes a file from disk within bounds, puts one there whole or not at all, and lets what is only passing go."""

from __future__ import annotations

import atexit
import errno
import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows has none
    _HOLDS = False
else:
    _HOLDS = True

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: How the names of drafts begin and end; what is between cannot be guessed.
DRAFT = ".workplan-"
#: Such names, and those of drafts that earlier versions left.
_DRAFTS = re.compile(r"\.workplan-[0-9a-f]{32}\.part|\.[0-9a-f]{16}\.\d+\.part")
#: How a file is opened that must not be there yet.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class NotPlainError(OSError):
    """What stands at a path is no plain file: a pipe, a device, a socket."""


class ChangedError(OSError):
    """A file holds something else by now than when its change was worked out."""


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


def put(path: Path, content: bytes, *, before: bytes | None = None) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it, even where the power fails.

    A link stays a link, and a file keeps its owner and who may read and write it. What nobody may write is left alone:
    PermissionError. Where ``before`` is given and the file holds something else by now, it is left alone too: ChangedError.
    What an earlier call left of its draft, because it was killed, goes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a device or a pipe, which must not be replaced by a file
        path.write_bytes(content)
        return
    target = path.resolve()
    found = writable(target)
    sweep(target.parent)
    draft = target.with_name(f"{DRAFT}{os.urandom(16).hex()}.part")
    opened = os.open(draft, _NEW, 0o600 if found else 0o666)
    try:
        hold(opened)
        _fill(opened, content)
        os.fsync(opened)
        if not _HOLDS:  # Windows renames no open file
            opened = _closed(opened)
        if found is not None:
            _made_like(draft, found)
        if before is not None:
            _expect(target, content, before)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    finally:
        _closed(opened)


def put_all(contents: Mapping[Path, bytes], known: Mapping[Path, bytes] | None = None) -> None:
    """Write several files, all of them or none: where one cannot be written, what stood before stands again.

    ``known`` has what some of them held when their change was worked out; ChangedError as for ``put``.
    """
    before: dict[Path, bytes | None] = {}
    made: list[Path] = []
    try:
        for path, content in contents.items():
            made += [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            old = path.read_bytes() if path.is_file() else None
            put(path, content, before=known.get(path) if known else None)
            before[path] = old  # what could not be put in its place is as it was
    except BaseException:
        with suppress(OSError):
            for path, old in before.items():
                path.unlink(missing_ok=True) if old is None else put(path, old)
            for folder in sorted(set(made), key=lambda one: len(one.parts), reverse=True):
                folder.rmdir()
        raise


def create(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file that is not there yet; FileExistsError where anything stands in its place, a link too."""
    opened = os.open(path, _NEW, mode)
    try:
        _fill(opened, content)
    finally:
        os.close(opened)


def _fill(opened: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(opened, rest) :]


def _closed(opened: int) -> int:
    """Close a file that may have been closed before; none is -1."""
    if opened >= 0:
        os.close(opened)
    return -1


def writable(target: Path) -> os.stat_result | None:
    """What stands in a file's place, None where nothing does; a rename would not ask whether it may be written.

    Raises PermissionError where it may not.
    """
    if not target.exists():
        return None
    found = target.stat()
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return found


def _made_like(draft: Path, found: os.stat_result) -> None:
    """Give a draft the permissions of the file that it replaces, and its owner where we may."""
    made = draft.stat()
    if (made.st_uid, made.st_gid) != (found.st_uid, found.st_gid):
        with suppress(OSError):  # only root may give files away
            os.chown(draft, found.st_uid, found.st_gid)
    draft.chmod(stat.S_IMODE(found.st_mode))


def _expect(target: Path, content: bytes, before: bytes) -> None:
    """Make sure that a file is as it was when its change was worked out, or changed in the very same way."""
    now = target.read_bytes() if target.exists() else b""
    if now not in (before, content):
        raise ChangedError(errno.EBUSY, os.strerror(errno.EBUSY), str(target))


def hold(opened: int) -> bool:
    """Hold an open file or folder against all other calls until it is closed; whether nobody else holds it.

    True too where the system, or a network drive, keeps no such list.
    """
    if not _HOLDS:
        return True
    try:
        flock(opened, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def sweep(folder: Path) -> None:
    """Remove the drafts that killed calls left in a folder; those of calls that still run are held by them."""
    if not _HOLDS:
        return
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _DRAFTS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _drop_unheld(folder / entry.name)


def _drop_unheld(draft: Path) -> None:
    with suppress(OSError):
        opened = os.open(draft, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            if hold(opened):
                draft.unlink()
        finally:
            os.close(opened)


#: Folders that go when this process ends.
_PASSING: set[str] = set()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_PASSING.clear)


def passing(folder: str) -> None:
    """Let a folder go when this process ends. A copy of the process has none at first, and calls ``let_go`` itself."""
    _PASSING.add(folder)


@atexit.register
def let_go() -> None:
    """Remove the folders that go when this process ends."""
    if not _PASSING:
        return
    from shutil import rmtree  # noqa: PLC0415 - for few processes

    while _PASSING:
        rmtree(_PASSING.pop(), ignore_errors=True)
