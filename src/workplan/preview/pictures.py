"""Pictures of pages, kept within bounds: the least lately used go first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

#: Bytes of pictures that are kept.
_MOST = 24 * 1024 * 1024


class Pictures:
    """Pictures by the digest of their page and its scale."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str, scale: float) -> bytes | None:
        """A picture that was kept."""
        with self._lock:
            found = self._kept.get((digest, scale))
            if found is not None:
                self._kept.move_to_end((digest, scale))
            return found

    def put(self, digest: str, scale: float, picture: bytes) -> None:
        """Keep a picture as long as there is room."""
        with self._lock:
            self._size -= len(self._kept.pop((digest, scale), b""))
            self._kept[digest, scale] = picture
            self._size += len(picture)
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])
