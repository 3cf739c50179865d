"""Finished files until all of a build are there: a few in memory, many in one file of their own that nobody else can open."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping

from workplan.diagnostic import Misuse

#: Bytes that are held in memory: the documents and sheets of a usual plan.
_IN_MEMORY = 16 * 1024 * 1024
#: For files that are too large for memory: where the system has it, the usual place may itself be memory.
_LARGE = "/var/tmp"  # noqa: S108 - the file has no name there, or only its owner may read it


class Spool(Mapping[str, bytes]):
    """Files by their path, in the order in which they came; each is read again whenever somebody asks for it.

    So a build of a thousand sheets needs no more memory for them than one of ten. Raises Misuse where the disk is full.
    """

    def __init__(self) -> None:
        """Begin without files."""
        self._folder = _LARGE if os.access(_LARGE, os.W_OK) else tempfile.gettempdir()
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=self._folder)  # noqa: SIM115 - it lives as long as this
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, path: str, content: bytes) -> None:
        """Add a file."""
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(content)
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            raise Misuse("cannot-write", path=self._folder, reason=reason) from fault
        self._places[path] = start, len(content)

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
