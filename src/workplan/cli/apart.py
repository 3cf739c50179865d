"""Measures a file in a process of its own: a file that makes PDFium crash, hang or swell does so to that process alone."""

from __future__ import annotations

import signal
import time
import traceback
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from workplan.measure import MeasureReport
    from workplan.measure.hidden import Hidden

#: Seconds that the process may take: an official document of a hundred pages takes five.
SECONDS = 20.0
#: Bytes of its address space, of which the libraries have a part before anything is read.
MEMORY = 900 << 20


def examined(content: bytes, file: str) -> tuple[tuple[Hidden, ...] | Misuse, MeasureReport | Misuse]:
    """What a file hides, and the report on it; each may be the Misuse that says why there is none.

    LibreOffice is started by this process, everything else is done by the other one. A file on which that one ends before
    its time, or has no time or memory left, gives Misuse for what it had not yet told.
    """
    from workplan.measure.kinds import as_pdf

    try:
        printed: bytes | Misuse = as_pdf(content, file)
    except Misuse as refused:
        printed = refused
    told: list[Any] = []
    ours, theirs = get_context("spawn").Pipe(duplex=False)
    worker = get_context("spawn").Process(target=_work, args=(theirs, content, printed, file), daemon=True)
    worker.start()
    theirs.close()
    try:
        ended = _listen(ours, told)
    finally:
        worker.kill()
        worker.join()
        ours.close()
    missing = Misuse("measure-crashed" if ended else "measure-slow", path=file, seconds=int(SECONDS))
    hides, report = [*told, missing, missing][:2]
    return hides, report


def _listen(ours: Connection, told: list[Any]) -> bool:
    """Take both answers as they come; False where the time ran out, True where all came or no more can come."""
    until = time.monotonic() + SECONDS
    with suppress(EOFError, OSError):
        while len(told) < 2:  # noqa: PLR2004 - what is hidden, and the report
            if not ours.poll(max(until - time.monotonic(), 0.0)):
                return False
            match ours.recv():
                case str(fault):
                    raise RuntimeError(fault)
                case answer:
                    told.append(answer)
    return True


def _work(theirs: Connection, content: bytes, printed: bytes | Misuse, file: str) -> None:
    """The other process: tell what the file hides, then how it measures; or, of a fault of the program, where it is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to answer
    _limit_memory()
    try:
        from workplan.measure import hidden, measured_as_printed

        theirs.send(hidden.look(file, content))
        theirs.send(printed if isinstance(printed, Misuse) else measured_as_printed(content, printed, file))
    except Misuse as refused:
        theirs.send(refused)
    except MemoryError:
        theirs.send(Misuse("measure-crashed", path=file))
    except Exception:  # noqa: BLE001 - the first process raises it
        theirs.send(traceback.format_exc())
    theirs.close()


def _limit_memory() -> None:
    """Where the system can: what asks for more gets a MemoryError, or ends in PDFium."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
