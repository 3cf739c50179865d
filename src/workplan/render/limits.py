"""What templates and style sheets of users may cost, in time and memory: more is a finding, and the machine stays usable.

The shipped templates run without limits, since what they cost depends on the plan alone.
"""

from __future__ import annotations

import ctypes
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.resources.templates import Templates

#: Seconds that a template may take to be filled, and a page tree without text to be laid out.
SECONDS = 30
#: Characters that are laid out in a second where the machine is slow and busy.
PACE = 500
#: Number of characters that a template may print: a thousand times the longest plan.
LENGTH = 20_000_000
#: Bytes that may be taken on top of what the process has: filling the shipped templates takes less than a tenth.
MEMORY = 512 * 1024 * 1024
#: Seconds after which a limit is told again to code that has not noticed it: an exception in a callback from C is dropped.
_AGAIN = 0.5


class Expired(BaseException):
    """The time is over. No ``Exception``, since WeasyPrint passes over those of pictures and style sheets."""


class TooLongError(Exception):
    """More was printed than any document holds."""


#: What is raised at a limit.
REACHED = (Expired, MemoryError, TooLongError)


def refused(fault: BaseException, place: Span) -> Refusal:
    """The finding for a limit that was reached (``REACHED``) at that place of a template."""
    if isinstance(fault, Expired):
        return Refusal(Diagnostic("template", place, variant="time"))
    if isinstance(fault, MemoryError):
        most = f"{MEMORY // 1024 // 1024:,}"
        return Refusal(Diagnostic("template", place, {"most": most}, variant="memory"))
    return Refusal(Diagnostic("template", place, {"most": f"{LENGTH:,}"}, variant="length"))


@contextmanager
def limited(templates: Templates, *, characters: int = 0) -> Iterator[None]:
    """Raise ``Expired`` or MemoryError in the block where it takes too much, if the user has templates.

    ``characters`` is the length of a text that is laid out in it. Memory is limited where the system can (Linux).
    """
    if templates.own is None:
        yield
        return
    with _memory(), _time(SECONDS + characters / PACE):
        yield


@contextmanager
def _time(seconds: float) -> Iterator[None]:
    thread, ended, lock = threading.get_ident(), threading.Event(), threading.Lock()

    def watch() -> None:
        pause = seconds
        while not ended.wait(pause):
            with lock:
                if not ended.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Expired))
            pause = _AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        # With the lock nothing can be raised once the block is left.
        with lock:
            ended.set()


@contextmanager
def _memory() -> Iterator[None]:
    size = _size()
    if not size:
        yield
        return
    import resource  # noqa: PLC0415 - Windows has none, and no size either

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = [size + MEMORY, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(most), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """The address space of the process in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
