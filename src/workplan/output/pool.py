"""Processes that work side by side, as an ``Executor``; killed at any moment, one of them is told and nothing waits for it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing import current_process, get_context
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from workplan.files import let_go

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
T = TypeVar("T")
#: A call, and where its result goes.
_Call = tuple["Future[Any]", Any, Any, Any]
_KILLED = "a worker was ended from outside"


class KilledError(BrokenExecutor):
    """The worker that made a call was ended from outside; calls that nobody had begun end with BrokenExecutor itself."""


class Workers(Executor):
    """Processes that have all begun, and are known, before the first call is handed out.

    Each has a line of its own, on which it is told what to do and tells what came out: when it dies, the line ends, in the middle
    of a result too. Python's own pool shares one line and its locks among all, and may then wait for ever. ``workers`` are the
    processes, each with our end of its line.
    """

    def __init__(self, count: int) -> None:
        """Begin ``count`` processes."""
        self._waiting: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._ended = False
        self._broken = False
        self.workers: list[tuple[BaseProcess, Connection]] = []
        with _interrupts_held():
            for _ in range(count):
                self.workers.append(_begun([line for _, line in self.workers]))
        self._threads = [threading.Thread(target=self._serve, args=worker, daemon=True) for worker in self.workers]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called, which has to be one of a module; raises BrokenExecutor where a worker was killed."""
        future: Future[T] = Future()
        with self._lock:
            if self._broken:
                raise BrokenExecutor(_KILLED)
            if self._ended:
                message = "no calls after the end"
                raise RuntimeError(message)
            self._waiting.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """Let the workers end when all calls are done, or at once where those that wait are cancelled."""
        with self._lock:
            self._ended = True
        if cancel_futures:
            for future, *_ in self._drained():
                future.cancel()
            for process, _ in self.workers:
                process.terminate()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _serve(self, process: BaseProcess, line: Connection) -> None:
        """Hand calls to one worker as long as there are any."""
        with line:
            while (call := self._waiting.get()) is not None:
                future, *work = call
                if not future.set_running_or_notify_cancel():
                    continue
                try:
                    line.send(work)
                    is_right, result = line.recv()
                except (EOFError, OSError):  # the worker is gone
                    self._break()  # first, so that who learns of the one finds no other that seems to wait
                    future.set_exception(KilledError(_KILLED))
                    break
                except Exception as fault:  # noqa: BLE001 - what cannot be sent is told to who wants to send it
                    future.set_exception(fault)
                else:
                    future.set_result(result) if is_right else future.set_exception(result)
        process.join()

    def _break(self) -> None:
        """Fail all that waits."""
        with self._lock:
            self._broken = True
        for future, *_ in self._drained():
            if future.set_running_or_notify_cancel():
                future.set_exception(BrokenExecutor(_KILLED))
        for _ in self._threads:
            self._waiting.put(None)

    def _drained(self) -> Iterator[_Call]:
        with suppress(Empty):
            while True:
                if (call := self._waiting.get_nowait()) is not None:
                    yield call


def may_begin() -> bool:
    """Whether this process may begin others: Python lets none that is itself a worker of some pool."""
    return not current_process().daemon


def copies() -> bool:
    """Whether a worker begins as a copy of this process, which costs nothing, and not from nothing, loading everything itself.

    That is where the system makes copies well, and no other thread could hold something at that moment.
    """
    return sys.platform == "linux" and hasattr(os, "fork") and threading.active_count() == 1


def _begun(lines: list[Connection]) -> tuple[BaseProcess, Connection]:
    """A worker, and our end of its line; ``lines`` are those of the others, of which a copy has copies."""
    copied = copies()
    context = get_context("fork") if copied else get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_work, args=(its, [ours, *lines] if copied else []), daemon=True)
    process.start()
    its.close()  # so that the line ends with the worker
    return process, ours


def _work(line: Connection, copied: list[Connection]) -> None:
    """The life of a worker: it does what it is told until nobody is there any more."""
    # Ctrl-C is the main process's to answer: a worker would only print a traceback. It ends workers by SIGTERM, upon which
    # they put away what is half.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: _leave(number, asked))
    sys.unraisablehook = lambda _: None  # the end is told by what follows
    for one in copied:
        one.close()  # or our end would stay open in here when the main process is gone
    try:
        with suppress(EOFError, OSError):
            while not asked:  # a library may have swallowed it
                function, arguments, named = line.recv()
                try:
                    result = True, function(*arguments, **named)
                except Exception as fault:  # noqa: BLE001 - whoever waits for it gets it
                    result = False, fault
                line.send(result)
    finally:
        let_go()


def _leave(number: int, asked: list[int]) -> None:
    asked.append(number)
    sys.exit(128 + number)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait while workers are started: they inherit that, and are deaf to it before any of their code runs."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
