"""One run of Python in a process of its own, and what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor and on the clock, and the peak of memory of the largest process in MB."""

    processor: float
    wall: float
    memory: float


def as_installed() -> None:
    """Compile the sources of a checkout, as pip does when it installs: else every call might read them anew."""
    sources = Path(__file__).resolve().parents[2] / "src"
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(sources)], check=False)  # noqa: S603 - our own


def cost(arguments: Sequence[str], place: Path, well: tuple[int, ...] = (0,)) -> Cost:
    """What Python with those arguments costs in a folder, helpers that it starts included; it must end ``well``.

    No peak of memory is told that lies below that of the caller, which the system hands on: measure from a small program.
    """
    started = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(place)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.execv(sys.executable, (sys.executable, *arguments))  # noqa: S606 - our own
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in well:
        message = f"{arguments} ended with {status} in {place}"
        raise SystemExit(message)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024)
