"""How the time of a comparison grows with the plan: ``python tools/benchmark_diff.py`` prints seconds and the exponent.

The plans are made up of the phrases of the 2022 plan. Half of the tasks of the second one are edited, with ids and without;
then every task is reworded, without ids. Seconds are those of the processor, the best of three.
"""

from __future__ import annotations

import math
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from edits import KINDS, edited, made_up, seeded
from workplan.compare.plans import compare

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (300, 1000, 3000)


def seconds(count: int, *, ids: bool, all_reworded: bool) -> float:
    """The time of a comparison of two plans of so many tasks."""
    chance = seeded(count)
    before = made_up(count, chance)
    edits = ["reword"] * (count - 1) if all_reworded else chance.choices(("add", "drop", *KINDS), k=count // 2)
    after, _ = edited(before, edits, 0.3, chance)
    old, new = before.plan(), after.plan(ids=ids)
    return min(_timed(lambda: compare(old, new)) for _ in range(3))


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    """Time comparisons of each kind."""
    cases = (("half edited, with ids", True, False), ("half edited, without ids", False, False))
    for name, ids, all_reworded in (*cases, ("all reworded, without ids", False, True)):
        times = [seconds(count, ids=ids, all_reworded=all_reworded) for count in SIZES]
        print(name)
        for count, taken in zip(SIZES, times, strict=True):
            print(f"  {count:5} tasks {taken:6.2f} s")
        for (few, fast), (many, slow) in pairwise(zip(SIZES, times, strict=True)):
            print(f"  {few} to {many}: exponent {math.log(slow / fast) / math.log(many / few):.2f}")
        whole = math.log(times[-1] / times[0]) / math.log(SIZES[-1] / SIZES[0])
        print(f"  {SIZES[0]} to {SIZES[-1]}: exponent {whole:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
