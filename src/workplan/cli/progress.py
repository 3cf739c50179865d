"""What is told of a build while it runs, and afterwards of how long each file took."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workplan.cli.session import Session
from workplan.output.result import Done

if TYPE_CHECKING:
    from workplan.resources.messages import Catalogue

#: What a file of a group and format costs beside the others: a bar that counts files stands still at each PDF.
_COSTS = {
    ("official", "pdf"): 70,
    ("official", "ofd"): 8,
    ("official", "docx"): 15,
    ("official", "html"): 2,
    ("sheets", "pdf"): 10,
    ("sheets", "ofd"): 10,
    ("sheets", "docx"): 2,
    ("assignments", "xlsx"): 15,
}
_MINUTE = 60


class Timings:
    """How long each file took; ``below`` stands before their paths."""

    def __init__(self, below: str = "") -> None:
        self._below = below
        self._done: list[Done] = []

    def add(self, done: Done) -> None:
        """A file is there."""
        self._done.append(done)

    def table(self, words: "Catalogue") -> str:
        """The files that were made, the slowest first, then how many were kept."""
        made = sorted((one for one in self._done if not one.kept), key=lambda one: -one.seconds)
        kept = len(self._done) - len(made)
        lines = [
            words.text("cli.build.timing", {"seconds": f"{one.seconds:7.3f}", "file": self._below + one.path})
            for one in made
        ]
        total = f"{sum(one.seconds for one in made):7.3f}"
        return "\n".join((*lines, words.text("cli.build.timed", {"seconds": total, "count": len(made), "kept": kept})))


@contextmanager
def shown(session: Session, counts: Callable[[], Mapping[tuple[str, str], int]]) -> Iterator[Callable[[Done], None]]:
    """A bar on a terminal that moves with the work, with the time left and the slowest file; silence elsewhere.

    ``counts`` says how many files of each group and format there will be.
    """
    if not session.colours(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    beside: dict[str, Any] = dict.fromkeys(("done", "left", "slowest", "path"), "")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        *(TextColumn(f"{{task.fields[{one}]}}") for one in beside),
    )
    # Without a thread of its own, which would forbid copies of this process; it moves when a file is there.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        work = Work(counts(), session.words)
        task = bar.add_task(session.words.text("cli.build.progress"), total=work.total, **beside)

        def step(done: Done) -> None:
            work.step(done)
            told = work.told()
            bar.update(task, total=work.total, completed=work.completed, refresh=True, **told)

        yield step


class Work:
    """How far a build is: what is done of what there is to do, in the measure of ``_COSTS``."""

    def __init__(self, counts: Mapping[tuple[str, str], int], words: "Catalogue") -> None:
        self.total = sum(_COSTS.get(kind, 1) * count for kind, count in counts.items())
        self.completed = 0
        self._count, self._done = sum(counts.values()), 0
        self._words = words
        self._began = time.monotonic()
        self._slowest = Done("")
        self._last = ""

    def step(self, done: Done) -> None:
        """A file is there; one that was kept was no work."""
        group = done.path.partition("/")[0].partition(".")[0]
        cost = _COSTS.get((group, done.path.rpartition(".")[2]), 1)
        self._done, self._last = self._done + 1, done.path
        if done.kept:
            self.total -= cost
            return
        self.completed += cost
        self._slowest = max(self._slowest, done, key=lambda one: one.seconds)

    def told(self) -> dict[str, Any]:
        """What stands beside the bar."""
        slowest = self._slowest
        seconds = {"file": slowest.path, "seconds": f"{slowest.seconds:.1f}"}
        return {
            "done": f"{self._done}/{self._count}",
            "left": self._words.text("cli.build.left", {"time": self._left()}) if self.completed else "",
            "slowest": self._words.text("cli.build.slowest", seconds) if slowest.seconds >= 1 else "",
            "path": self._last,
        }

    def _left(self) -> str:
        """The time for what is left at the pace of what is done, as minutes and seconds."""
        passed = time.monotonic() - self._began
        left = round(passed * (self.total - self.completed) / self.completed)
        return f"{left // _MINUTE}:{left % _MINUTE:02}"
