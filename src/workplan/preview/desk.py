"""The desk: one plan compiled and printed anew whenever it is saved, the newest state first, the last good pages kept.

One thread builds; others ask. What they see is one immutable ``Build``, replaced as a whole.
"""

from __future__ import annotations

import gc
import hashlib
import time
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, RLock
from typing import TYPE_CHECKING

from workplan import view
from workplan.compiler import Result, compile_plan
from workplan.diagnostic import Misuse, Refusal, has_errors
from workplan.output.loading import loading
from workplan.output.locate import placed
from workplan.output.places import own_templates
from workplan.preview.document import official_texts, sheet_texts, shown
from workplan.preview.pictures import Pictures
from workplan.preview.placing import Moved
from workplan.resources.templates import Templates
from workplan.source.stamps import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workplan.language.scalar import File
    from workplan.plan.compiled import Plan
    from workplan.preview.document import Shown
    from workplan.preview.placing import Box
    from workplan.source import Directory
    from workplan.view.assignments import Sheet

#: Task sheets that are kept open.
_SHEETS = 8


@dataclass(frozen=True, slots=True)
class Good:
    """The last state that could be printed: the plan, the texts it was read from, and its pages."""

    revision: int
    plan: Plan
    files: Mapping[str, File]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Build:
    """What is known now: the findings of the newest state, and the last good one. ``fault`` is what kept it from being read."""

    revision: int = 0
    result: Result | None = None
    fault: Misuse | None = None
    good: Good | None = None
    seconds: float = 0.0


@dataclass
class Desk:
    """The plan in ``source``, kept built; ``tell`` is called with ``busy`` and ``state`` from the thread that builds."""

    source: Directory
    tell: Callable[[str, int], None] = lambda _name, _revision: None
    now: Build = field(default_factory=Build)
    pictures: Pictures = field(default_factory=Pictures)
    _printing: RLock = field(default_factory=RLock)
    _sheets: dict[object, Shown] = field(default_factory=dict)
    _settled: bool = False

    def build(self) -> Build:
        """Compile and print the plan as it is on disk; what is wrong with it is in the result."""
        self.tell("busy", self.now.revision)
        begun = time.thread_time()
        old = self.now
        new = replace(old, revision=old.revision + 1, fault=None)
        try:
            result = compile_plan(self.source)
            new = replace(new, result=result)
            if result.plan is not None and result.clean:
                with self._printing:
                    new = self._printed(new, result.plan)
        except Misuse as misuse:
            new = replace(new, result=None, fault=misuse)
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            path = str(fault.filename or self.source.folder)
            new = replace(new, result=None, fault=Misuse("cannot-read", path=path, reason=reason))
        except Exception as fault:  # noqa: BLE001 - an error of workplan, told like any other: the next save is built again
            traceback.print_exc()
            new = replace(new, result=None, fault=Misuse("preview-failed", reason=f"{type(fault).__name__}: {fault}"))
        self.now = new = replace(new, seconds=time.thread_time() - begun)
        if old.good is not None and new.good is not old.good:
            old.good.shown.opened.close()
        self.tell("state", new.revision)
        self._tidy()
        return new

    def _printed(self, new: Build, plan: Plan) -> Build:
        """The same with the plan's pages, or with what kept them from being printed."""
        official = view.official(plan)
        before = new.good.shown if new.good is not None else None
        result = new.result
        try:
            with loading():
                from workplan.render import pdf  # noqa: PLC0415 - slow to load, and may be missing
            drawn = pdf.drawn_official(official, self._templates())
        except Refusal as refusal:
            found = placed(refusal, plan).diagnostics
            known = result.diagnostics if result is not None else ()
            files = result.files if result is not None else {}
            return replace(new, result=Result(plan, (*known, *found), files))
        pages = shown(drawn, official_texts(official), before)
        return replace(new, good=Good(new.revision, plan, result.files if result is not None else {}, pages))

    def _templates(self) -> Templates:
        return Templates(own_templates(self.source))

    def _tidy(self) -> None:
        """Look for what WeasyPrint dropped; what is loaded once and stays is left out of the search."""
        gc.collect()
        if not self._settled:
            gc.freeze()
            self._settled = True

    def watch(self, wait: Callable[[], None], stop: Event) -> None:
        """Build, and build again whenever the plan's files are others than before, until ``stop``; ``wait`` returns when to look."""
        seen = None
        while not stop.is_set():
            try:
                latest = stamp(self.source, own_templates(self.source))
            except OSError:
                latest = {}
            if seen is None or latest != seen:
                seen = latest
                self.build()
            else:
                wait()

    @property
    def clean(self) -> bool:
        """Whether the newest state has no errors."""
        result = self.now.result
        return result is not None and not has_errors(result.diagnostics)

    def boxes(self, file: str, start: int, end: int) -> dict[int, list[Box]]:
        """Where a place in a file, as it is now, is printed on the pages that are shown."""
        good, result = self.now.good, self.now.result
        if good is None or file not in good.files:
            return {}
        latest = result.files.get(file) if result is not None else None
        text = good.files[file].text
        start, end = Moved(text, latest.text if latest is not None else text).back(start, end)
        return good.shown.placed.boxes(file, start, end)

    def at(self, file: str, line: int) -> dict[int, list[Box]]:
        """Where a line (from 1) of a file is printed; where it prints nothing, the next text that does. {} for a foreign file."""
        good, result = self.now.good, self.now.result
        if good is None:
            return {}
        name = _named(file, good.files)
        known = good.files.get(name)
        latest = result.files.get(name, known) if result is not None else known
        if known is None or latest is None:
            return {}
        lines = latest.text.splitlines(keepends=True)
        if not 1 <= line <= len(lines):
            return {}
        start = sum(map(len, lines[: line - 1]))
        found = self.boxes(name, start, start + len(lines[line - 1].rstrip("\r\n")))
        if found:
            return found
        start, _ = Moved(known.text, latest.text).back(start, start)
        return good.shown.placed.after(name, start)

    def known_sheet(self, key: object) -> tuple[str, int | None]:
        """The digest of a sheet, and how many pages it has where it was made."""
        known = self._sheets.get(key)
        return _short(key), len(known.leaves) if known is not None else None

    def sheet(self, unit: str) -> tuple[Sheet, Shown]:
        """The task sheet of a unit with its pages; KeyError for a unit that has none, Refusal where it cannot be printed."""
        good = self.now.good
        if good is None or unit not in {load.unit for load in view.loads(good.plan)}:
            raise KeyError(unit)
        (made,) = view.sheets(good.plan, (unit,))
        key = sheet_key(made)
        with self._printing:
            known = self._sheets.pop(key, None)
            if known is None:
                with loading():
                    from workplan.render import pdf  # noqa: PLC0415 - as above
                ((_, drawn),) = pdf.drawn_sheets((made,), self._templates())
                known = shown(drawn, sheet_texts(made))
            self._sheets[key] = known  # the latest last
            while len(self._sheets) > _SHEETS:
                self._sheets.pop(next(iter(self._sheets))).opened.close()
        return made, known


def _short(key: object) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:20]


def sheet_key(sheet: Sheet) -> object:
    """What two task sheets have in common that look alike and come from the same lines."""
    texts = sheet_texts(sheet)
    return tuple(
        (one.address, *((run.text, run.face, run.span().file, run.span().line) for run in one.runs)) for one in texts
    )


def _named(file: str, files: Mapping[str, File]) -> str:
    """The file that a name means: as findings write it, or only its last part."""
    if file in files:
        return file
    plain = Path(file).as_posix().removeprefix("./")
    return next((name for name in files if name.endswith(f"/{plain}") or plain.endswith(f"/{name}")), "")
