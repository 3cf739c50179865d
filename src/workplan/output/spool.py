"""Finished files until all of a build are there: a few in memory, many in one file of their own that nobody else can open."""

from __future__ import annotations

import io
import weakref
from collections.abc import Iterator, Mapping
from typing import IO

from workplan.diagnostic import Misuse

#: Bytes that are held in memory: the documents and sheets of a usual plan.
_IN_MEMORY = 16 * 1024 * 1024


class Spool(Mapping[str, bytes]):
    """Files by their path, in the order in which they came; each is read again whenever somebody asks for it.

    So a build of a thousand sheets needs no more memory for them than one of ten. Raises Misuse where the disk is full.
    """

    def __init__(self) -> None:
        """Begin without files."""
        self._file: IO[bytes] = io.BytesIO()
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, path: str, content: bytes) -> None:
        """Add a file, or another one in its place."""
        start = self._file.seek(0, io.SEEK_END)
        if start + len(content) > _IN_MEMORY and isinstance(self._file, io.BytesIO):
            self._file = _on_disk(self._file.getbuffer())
            weakref.finalize(self, self._file.close)
        try:
            self._file.write(content)
        except OSError as fault:
            raise _full(fault) from fault
        self._places[path] = start, len(content)

    @property
    def on_disk(self) -> bool:
        """Whether they were too many for memory."""
        return not isinstance(self._file, io.BytesIO)

    def only(self, paths: Mapping[str, str]) -> None:
        """Keep those files alone, each under a path of its own: ``paths`` says of each new path which file it is.

        Paths of files that are not here are left out.
        """
        self._places = {path: self._places[own] for path, own in paths.items() if own in self._places}

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file."""
        start, length = self._places[path]
        self._file.seek(start)
        return self._file.read(length)

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self._places)

    def __len__(self) -> int:
        """The number of files."""
        return len(self._places)


def _on_disk(content: memoryview) -> IO[bytes]:
    """A file with this content that goes when nobody holds it any more, however the program ends."""
    import tempfile  # noqa: PLC0415 - few builds are so large

    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - as said
        file.write(content)
    except OSError as fault:
        raise _full(fault) from fault
    return file


def _full(fault: OSError) -> Misuse:
    import tempfile  # noqa: PLC0415 - as above

    return Misuse("cannot-write", path=tempfile.gettempdir(), reason=fault.strerror or type(fault).__name__)
