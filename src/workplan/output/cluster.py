"""Plans built by the workers of a Dask cluster: the same calls as by processes of this computer, and the same bytes.

The workers share the file system with this computer, and have to be like it in all that decides about bytes; each is asked
before the first call, and looks again at each. Nothing else imports Dask.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import os
import threading
import time
import warnings
from collections import defaultdict
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.files import DRAFT, create
from workplan.output.one_plan import Outcome, built_beside_others
from workplan.output.several import Hands
from workplan.output.surroundings import of_computer
from workplan.source import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from distributed import Client

    from workplan.output.one_plan import Order

#: Seconds in which the scheduler has to answer, in which the first worker has to come, and for which all may be gone.
_ANSWER, _FIRST, _GONE = 10, 10, 30
#: What Dask itself must have in common here and there.
_DASK = ("dask", "distributed")
#: Differences of a worker that are told.
_TOLD = 4
#: A worker may have several threads, but has one working folder: it builds one plan at a time.
_ALONE = threading.Lock()


def elsewhere(orders: Sequence[Order], address: str) -> Generator[Outcome, None, None]:
    """The outcomes of plans, built by the workers of the scheduler at ``address``; raises Misuse where it has none that fit."""
    here = Path.cwd()
    with _connected(address) as client:
        like = computer()
        _refuse_unfit(client, address, orders, like)
        executor = client.get_executor(pure=False)
        hands = _Workers(client, executor, partial(built_there, here=here, like=like))
        try:
            yield from hands.outcomes(orders)
        finally:
            executor.shutdown(wait=False)
        for order in (*hands.begun, *hands.waiting):
            yield Outcome(order, code=2, misuse=Misuse("cluster-lost", address=address))


def built_there(order: Order, *, here: Path, like: Mapping[str, str]) -> Outcome:
    """Build a plan as a worker, seen from the folder ``here`` and on a computer ``like`` that of the caller."""
    with _ALONE, _seen_from(here):
        if what := _differences(like):
            return Outcome(order, code=2, misuse=Misuse("worker-differs", workers=_name(), what=what))
        outcome = built_beside_others(order.alone)
        gc.collect()
        return outcome


def fitness(here: Path, seen: Mapping[str, str], like: Mapping[str, str]) -> tuple[str, str]:
    """Why this worker cannot build for the caller, in a word, and what it is about; "" where it can.

    ``seen`` are files with their SHA-256, by the paths that the caller knows them by.
    """
    with _ALONE:
        if what := _differences(like):
            return "differs", what
        with suppress(OSError), _seen_from(here):
            for path, digest in seen.items():
                if _digest(Path(path)) != digest:
                    return "blind", str(here / Path(path).parent)
            return "", ""
        return "blind", str(here)


def _name() -> str:
    from distributed import get_worker  # noqa: PLC0415 - by a worker of Dask alone

    try:
        return str(get_worker().address)
    except ValueError:
        return ""


@contextmanager
def _seen_from(here: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(here)
    try:
        yield
    finally:
        os.chdir(before)


def computer() -> dict[str, str]:
    """What this computer has to have in common with a worker."""
    return of_computer() | {name: version(name) for name in _DASK}


def _differences(like: Mapping[str, str]) -> str:
    """What this computer has otherwise, with both values where they are versions."""
    ours = computer()
    names = [name for name in sorted(like.keys() | ours.keys()) if like.get(name) != ours.get(name)]
    told = [f"{name} {ours.get(name) or '–'} ≠ {like.get(name) or '–'}" for name in names[:_TOLD]]
    return ", ".join((*told, *("…" for _ in names[_TOLD : _TOLD + 1])))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra that most do without
    except ImportError as fault:
        raise Misuse("no-dask") from fault
    # What goes wrong is said here, in words of our own.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    logging.getLogger("tornado").setLevel(logging.CRITICAL)
    _refuse_silent(address)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that versions differ is asked below
        try:
            client = Client(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise Misuse("no-scheduler", address=address, reason=str(fault)) from fault
        try:
            yield client
        finally:
            client.close(timeout=_ANSWER)


def _refuse_silent(address: str) -> None:
    """Raise Misuse where no scheduler answers: a client that found none would complain in its own words as it ends."""
    from distributed.comm.core import connect  # noqa: PLC0415 - as above
    from distributed.security import Security  # noqa: PLC0415 - as above

    faults: list[Exception] = [TimeoutError(f"{_ANSWER} s")]

    async def reach() -> None:
        found = await connect(address, timeout=_ANSWER, **Security().get_connection_args("client"))
        found.abort()

    def ask() -> None:
        try:
            asyncio.run(reach())
            faults.clear()
        except Exception as fault:  # noqa: BLE001 - the caller tells it
            faults[:] = [fault]

    # In a thread that may be left: with one that accepts and says nothing, giving up waits for an answer as well.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_ANSWER + 1)
    try:
        if faults:
            raise faults[0]
    except (OSError, ValueError, RuntimeError, TypeError) as fault:  # the last: tls:// without keys, ucx:// without UCX
        raise Misuse("no-scheduler", address=address, reason=str(fault)) from fault


def _refuse_unfit(client: Client, address: str, orders: Sequence[Order], like: Mapping[str, str]) -> None:
    """Raise Misuse where a worker differs from this computer or does not see the same files, or where there is none."""
    try:
        client.wait_for_workers(1, timeout=_FIRST)
    except TimeoutError as fault:
        raise Misuse("no-workers", address=address) from fault
    with _probes(orders) as seen:
        answers = client.run(fitness, Path.cwd(), seen, like, on_error="return")
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for worker, answer in answers.items():
        groups[reason(answer)].append(str(worker))
    for (kind, what), workers in groups.items():
        if kind:
            raise _misfit(kind, " ".join(sorted(workers)), what)


def _misfit(kind: str, workers: str, what: str) -> Misuse:
    if kind == "without":
        return Misuse("worker-without", workers=workers, what=what)
    if kind == "fault":
        return Misuse("worker-fault", workers=workers, what=what)
    return Misuse("worker-blind" if kind == "blind" else "worker-differs", workers=workers, what=what)


def reason(answer: tuple[str, str] | BaseException) -> tuple[str, str]:
    """What a worker answered, as ``fitness`` says it; an exception is one that it could not even ask itself."""
    if isinstance(answer, (ImportError, AttributeError)):
        return "without", str(answer)
    return ("fault", f"{type(answer).__name__}: {answer}") if isinstance(answer, BaseException) else answer


@contextmanager
def _probes(orders: Sequence[Order]) -> Iterator[dict[str, str]]:
    """Files that a worker has to see: those of the plans, and one that stands where the files are written for a moment."""
    frames = (order.source.folder / DOCUMENT for order in orders)
    seen = {str(path): digest for path in frames if (digest := _digest(path))}
    with suppress(FileNotFoundError):  # the folder goes where nothing was in it
        for out in {order.out for order in orders}:
            probe = out / f"{DRAFT}{os.urandom(16).hex()}.part"
            try:
                out.mkdir(parents=True, exist_ok=True)
                create(probe, probe.name.encode())
            except OSError as fault:
                raise Misuse("cannot-write", path=str(out), reason=fault.strerror or type(fault).__name__) from fault
            seen[str(probe)] = _digest(probe)
        yield seen
    for path in seen:
        if Path(path).name.startswith(DRAFT):
            Path(path).unlink(missing_ok=True)
            with suppress(OSError):
                Path(path).parent.rmdir()


class _Workers(Hands):
    """The workers of a cluster. Dask itself begins again elsewhere what one had in hand that went, and waits for ever for the first."""

    def __init__(self, client: Client, executor: Executor, build: Callable[[Order], Outcome]) -> None:
        super().__init__(executor, build)
        self._client = client
        self._seen = time.monotonic()

    def look(self) -> None:
        """See whether any worker is there, or was not long ago."""
        if self._client.scheduler_info()["workers"]:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _GONE:
            raise BrokenExecutor

    def fault(self, order: Order, fault: Exception) -> Outcome:
        """An outcome that tells why Dask itself says that there is none."""
        from distributed import KilledWorker  # noqa: PLC0415 - as above

        if isinstance(fault, KilledWorker):
            return Outcome(order, code=2, misuse=Misuse("plan-killed"))
        what = f"{type(fault).__name__}: {fault}"
        return Outcome(order, code=2, misuse=Misuse("worker-fault", workers="", what=what))
