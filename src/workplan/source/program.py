"""Another program's output, taken within bounds: of time, for one that sleeps, and of memory, for one that never stops."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from queue import Empty, Full, Queue
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Seconds that the program may let us wait for the next piece of its answer.
PATIENCE = 20.0
#: The most bytes of a whole answer, and of complaints; what goes beyond is not an answer to what was asked.
MOST = 256 * 1024 * 1024
_COMPLAINTS = 64 * 1024
_PIECE = 64 * 1024
#: Number of pieces that wait to be taken; then the program waits.
_WAITING = 16


class SlowError(Exception):
    """The program did not answer in time, or without end."""


class Program:
    """A program that runs; what it prints is read by threads of ours, so that neither side can block the other for ever.

    The threads end with its output, or with ours: a child of a killed program that keeps its output open holds up nothing.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - no shell; what the user names stays an argument
            list(command),
            bufsize=0,  # no lock that a waiting thread would hold as the interpreter ends
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
        )
        self._pieces: Queue[bytes] = Queue(_WAITING)
        self._held = b""
        self._complaints = bytearray()
        self._ended = threading.Event()
        assert self._process.stdout is not None  # noqa: S101 - they are pipes
        assert self._process.stderr is not None  # noqa: S101 - likewise
        self._reading = [
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True),
        ]
        for thread in self._reading:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self._ended.set()
        self._close_input()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for thread in self._reading:
            thread.join(1.0)

    def write(self, content: bytes) -> None:
        """Bytes to its input; OSError where it has ended."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(content)
        self._process.stdin.flush()

    def line(self, most: int) -> bytes:
        """The next line with its end, or what is left of the output; SlowError past ``most`` bytes."""
        while b"\n" not in self._held:
            if len(self._held) > most:
                raise SlowError
            more = self._next()
            if not more:
                break
            self._held += more
        end = self._held.find(b"\n") + 1 or len(self._held)
        line, self._held = self._held[:end], self._held[end:]
        return line

    def take(self, count: int, most: int) -> bytes:
        """The next ``count`` bytes, of which no more than ``most`` are kept; fewer where the output ends."""
        kept: list[bytes] = []
        left, room = count, most
        while left:
            piece = self._held or self._next()
            if not piece:
                break
            part, self._held = piece[:left], piece[left:]
            left -= len(part)
            kept.append(part[:room])
            room -= len(kept[-1])
        return b"".join(kept)

    def answer(self) -> tuple[bytes, int]:
        """All that it prints, once its input is closed, and its exit code."""
        self._close_input()
        pieces = []
        size = 0
        while piece := self._held or self._next():
            self._held = b""
            pieces.append(piece)
            size += len(piece)
            if size > MOST:
                raise SlowError
        try:
            return b"".join(pieces), self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise SlowError from error

    def complaint(self) -> bytes:
        """What it has said of a failure, as far as it is kept."""
        self._reading[1].join(1.0)
        return bytes(self._complaints)

    def _close_input(self) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def _next(self) -> bytes:
        """The next piece of output; b"" at its end."""
        try:
            piece = self._pieces.get(timeout=PATIENCE)
        except Empty as error:
            raise SlowError from error
        if not piece:
            self._pieces.put(piece)  # who asks again learns the same
        return piece

    def _read(self, output: IO[bytes]) -> None:
        with output:
            piece = b"-"
            while piece and not self._ended.is_set():
                piece = output.read(_PIECE)
                while not self._ended.is_set():
                    with suppress(Full):
                        self._pieces.put(piece, timeout=0.1)
                        break

    def _listen(self, output: IO[bytes]) -> None:
        with output:
            while piece := output.read(_PIECE):
                self._complaints += piece[: _COMPLAINTS - len(self._complaints)]
