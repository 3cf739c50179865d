"""Finished files of earlier builds, kept under the digest of all that they are made of.

It is a folder that may be deleted, damaged or shared by several runs at any time: an entry says itself what it holds, one that
does not hold it is none, and where nothing can be kept everything is made anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.files import DRAFT, create, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How entries begin; other forms of them get another number.
_MARK = b"workplan 1\n"
_LENGTH = hashlib.sha256().digest_size
#: Bytes that the folder may hold, what of them stays when it is full, and the largest entry.
MOST = 512 * 1024 * 1024
_STAYS = MOST * 3 // 4
_LARGEST = 64 * 1024 * 1024
#: Characters of a key that name the folder it is in, and how many such folders are looked at to know how much all hold.
_SPREAD, _LOOKED_AT = 2, 8
#: Seconds after which an entry that is used is marked as used again, and after which a draft is nobody's.
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Cache:
    """Files by keys (64 hexadecimal digits), below ``folder``; None keeps nothing. ``fresh`` finds nothing, and still keeps."""

    folder: Path | None = None
    fresh: bool = False

    def get(self, key: str) -> bytes | None:
        """The bytes that were kept under a key; None where there are none, or not those."""
        if self.folder is None or self.fresh:
            return None
        path = self._path(self.folder, key)
        try:
            kept = take(path, _LARGEST)
        except OSError:
            return None
        head, content = kept[: len(_MARK) + _LENGTH], kept[len(_MARK) + _LENGTH :]
        if head != _MARK + _seal(key, content):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY:
                os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key, whole or not at all; where that fails nothing is said."""
        if self.folder is None or len(content) > _LARGEST // 2:
            return
        path = self._path(self.folder, key)
        draft = path.with_name(f"{DRAFT}{os.urandom(16).hex()}.part")
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                create(draft, _MARK + _seal(key, content) + content, 0o600)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)

    def trim(self, keys: Iterable[str]) -> None:
        """Let what was not used for longest go where the folder holds too much, and drafts that killed runs left.

        Keys are spread evenly, so the folders of the ``keys`` that were put there last tell how much all of them hold: only where
        that may be too much is everything looked at.
        """
        if self.folder is None:
            return
        with suppress(OSError):
            some = sorted({key[:_SPREAD] for key in keys})[:_LOOKED_AT]
            held = sum(size for name in some for _, size, _ in _entries(self.folder / name))
            if held * 16**_SPREAD <= MOST * len(some):
                return
            found = [
                entry
                for above in os.scandir(self.folder)
                if above.is_dir(follow_symlinks=False)
                for entry in _entries(Path(above))
            ]
            over = sum(size for _, size, _ in found) - MOST
            over += (MOST - _STAYS) * (over > 0)
            for _, size, path in sorted(found):
                if over > 0:
                    path.unlink(missing_ok=True)
                    over -= size

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:_SPREAD] / key


def usual(*, fresh: bool = False) -> Cache:
    """The cache of this user, where the system has such things; one that keeps nothing where it has no place for them."""
    with suppress(OSError, RuntimeError):
        return Cache(_home() / "workplan" / "files", fresh=fresh)
    return Cache()


def _home() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) if local else Path.home() / "AppData/Local"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _seal(key: str, content: bytes) -> bytes:
    """What only this content under this key has."""
    return hashlib.sha256(key.encode() + b"\0" + content).digest()


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each entry of one of the folders was used last, and its size; drafts of runs that are long over go."""
    now = time.time()
    for entry in os.scandir(folder):
        state = entry.stat(follow_symlinks=False)
        if entry.name.startswith(DRAFT) and now - state.st_mtime > _DAY:
            Path(entry.path).unlink(missing_ok=True)
        else:
            yield state.st_mtime, state.st_size, Path(entry.path)
