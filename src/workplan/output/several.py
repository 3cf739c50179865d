"""Plans built side by side: one call a plan, made by whatever executor, and none lost when one that makes them is killed."""

from __future__ import annotations

import gc
import os
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from contextlib import suppress
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, Refusal
from workplan.output.one_plan import Outcome, built_beside_others
from workplan.output.pool import KilledError, Workers, copies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from workplan.output.one_plan import Order

#: Fewer plans than this are built sooner by one process than by several that load everything themselves.
_WORTH_PROCESSES = 4
#: Seconds between two looks at whether those who make the plans are still there.
_LOOK = 5.0


def processes(orders: Sequence[Order], asked: int) -> int:
    """How many processes build some plans; 0 and 1 mean this one alone. ``asked`` 0 lets their number decide."""
    if asked:
        return min(asked, len(orders))
    least = 2 if copies() else _WORTH_PROCESSES
    return min(os.cpu_count() or 1, len(orders)) if len(orders) >= least else 0


def one_after_the_other(orders: Sequence[Order]) -> Iterator[Outcome]:
    """Build plans in this process."""
    faults: list[Exception] = []
    for order in orders:
        try:
            yield built_beside_others(order)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the others are built first
            faults.append(fault)
        gc.collect()  # a plan refers to itself: it would stay until much more has gathered
    if faults:
        raise faults[0]


def side_by_side(orders: Sequence[Order], count: int) -> Iterator[Outcome]:
    """Build plans in so many processes.

    What a process that was killed had in hand is made once more, at the end and by itself: most likely memory ran out. If that
    is killed as well it is told.
    """
    if copies():
        _load(orders[0])
    left = list(orders)
    again: list[Order] = []
    while left:
        pool = _Pool(min(count, len(left)))
        yield from pool.outcomes(left)
        left = pool.waiting if pool.begun else []
        again += pool.begun or pool.waiting
    for order in again:
        pool = _Pool(1)
        yield from pool.outcomes([order])
        if pool.begun or pool.waiting:
            yield Outcome(order, code=2, misuse=Misuse("plan-killed"))


class Hands:
    """Those who build plans, as an executor, and what they lost: orders that were ``begun``, and those still ``waiting``."""

    def __init__(self, executor: Executor, build: Callable[[Order], Outcome]) -> None:
        self._executor, self._build = executor, build
        self._calls: dict[Future[Outcome], Order] = {}
        self._faults: list[Exception] = []
        self.begun: list[Order] = []
        self.waiting: list[Order] = []

    def look(self) -> None:
        """See whether anybody is still there, while nothing comes; raises BrokenExecutor where nothing will."""

    def fault(self, order: Order, fault: Exception) -> Outcome | None:  # noqa: ARG002 - for those who know it
        """An outcome that tells what a call raised; None has it raised once all others are told."""
        return None

    def outcomes(self, orders: Sequence[Order]) -> Iterator[Outcome]:
        """The outcomes of plans as they come."""
        for order in orders:
            try:
                self._calls[self._executor.submit(self._build, order)] = order
            except BrokenExecutor:
                self.waiting.append(order)
        while self._calls:
            done, _ = wait(self._calls, _LOOK, FIRST_COMPLETED)
            yield from filter(None, map(self._came, done))
            try:
                self.look()
            except BrokenExecutor:
                self.waiting += self._calls.values()
                break
        if self._faults:
            raise self._faults[0]

    def _came(self, call: Future[Outcome]) -> Outcome | None:
        order = self._calls.pop(call)
        try:
            return call.result()
        except KilledError:
            self.begun.append(order)
        except (BrokenExecutor, CancelledError):
            self.waiting.append(order)
        except Exception as fault:  # noqa: BLE001 - whatever it is
            outcome = self.fault(order, fault)
            if outcome is None:
                self._faults.append(fault)
            return outcome
        return None


class _Pool:
    """Processes of this computer that build some plans and then end; ``begun`` and ``waiting`` are as those of Hands."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.begun: list[Order] = []
        self.waiting: list[Order] = []

    def outcomes(self, orders: Sequence[Order]) -> Iterator[Outcome]:
        with Workers(self._count) as pool:
            hands = Hands(pool, built_beside_others)
            try:
                yield from hands.outcomes([order.alone for order in orders])
            finally:
                pool.shutdown(cancel_futures=True)
        self.begun, self.waiting = hands.begun, hands.waiting


def _load(order: Order) -> None:
    """Load what building a plan takes, before this process is copied: so it is loaded once, and lies in memory once."""
    import workplan.check.rules.every  # noqa: PLC0415 - for builds of several plans alone
    import workplan.compiler  # noqa: PLC0415
    import workplan.output.hiding  # noqa: PLC0415
    import workplan.output.make  # noqa: PLC0415
    import workplan.output.write  # noqa: F401, PLC0415
    from workplan.output.formats import FORMATS, load  # noqa: PLC0415

    with suppress(Refusal):  # what this computer lacks is told of each plan
        for form in sorted({form for group in FORMATS for form in order.wanted.of(group)}):
            load(form)
    gc.collect()
    gc.freeze()
