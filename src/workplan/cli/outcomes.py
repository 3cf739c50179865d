"""What is said of a build: of each plan what was found in it, what was written, and what the files hide."""

import sys
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from pathlib import PurePath
from typing import TYPE_CHECKING

from workplan.cli.progress import Timings
from workplan.cli.session import Session
from workplan.diagnostic import Diagnostic
from workplan.output.one_plan import Order, Outcome
from workplan.output.record import MANIFEST
from workplan.output.result import Done

if TYPE_CHECKING:
    from workplan.measure.hidden.found import Hidden


class Told:
    """Tells outcomes one after the other, and knows with which code the build ends.

    Of ``several`` plans each line says which plan it is about. What the computer lacks is told once for all.
    """

    def __init__(self, session: Session, *, several: bool, timings: bool) -> None:
        self.code = 0
        self._session = session
        self._several, self._timings = several, timings
        self._findings: list[Diagnostic] = []

    def all(self, orders: Sequence[Order], outcomes: Generator[Outcome, None, None]) -> None:
        """Everything about some plans, in their order whatever comes first.

        Beside a bar it is said when that is gone; what has come is said also where the rest is cut short.
        """
        waiting, come = [order.place.folder for order in orders], dict[str, Outcome]()
        at_once = not self._session.colours(sys.stderr)
        try:
            with closing(outcomes):
                for outcome in outcomes:
                    come[outcome.order.place.folder] = outcome
                    while at_once and waiting and waiting[0] in come:
                        self.tell(come.pop(waiting.pop(0)))
        finally:
            for folder in waiting:
                if folder in come:
                    self.tell(come[folder])

    def tell(self, outcome: Outcome) -> None:
        """Everything that is to be said of a plan."""
        self.code = max(self.code, outcome.code)
        label = outcome.order.place.label
        if outcome.faulty:
            from workplan.cli.compiled import show
            from workplan.compiler import Result

            show(self._session, label, Result(None, outcome.findings, dict(outcome.files)))
        elif outcome.warnings:
            self._say("summary.warnings", plan=label, count=outcome.warnings)
        if outcome.misuse:
            misuse = self._session.words.text(f"misuse.{outcome.misuse.key}", outcome.misuse.arguments)
            self._session.complain(self._session.words.text("cli.build.of-plan", {"plan": label, "what": misuse}))
        elif outcome.written is None:
            if not outcome.faulty:
                self._session.report(outcome.findings, outcome.files)
            self._say("cli.build.nothing-of" if self._several else "cli.build.blocked", plan=label)
        else:
            self._written(outcome)

    def _say(self, key: str, **arguments: str | int) -> None:
        self._session.say(self._session.words.text(key, arguments))

    def _written(self, outcome: Outcome) -> None:
        written, order = outcome.written, outcome.order
        assert written is not None  # noqa: S101 - the caller has looked
        if self._timings:
            timings = Timings(f"{order.place.folder}/" if self._several else "")
            kept = (Done(path, kept=True) for path in written.paths if path != MANIFEST)
            for done in kept if outcome.done is None else outcome.done:
                timings.add(done)
            self._session.say(timings.table(self._session.words))
        findings = [one for one in outcome.findings if one not in self._findings]
        self._findings += findings
        self._session.report(findings, outcome.files)
        folder = PurePath(order.out, order.place.folder).as_posix()
        if written.paths:
            self._say("cli.build.written", count=len(written.paths), folder=folder)
        else:
            self._say("cli.build.nothing-of" if self._several else "cli.build.blocked", plan=order.place.label)
        self._session.report(written.findings, {})
        for key, missing in (("missing", outcome.lacking), ("refused", outcome.refused)):
            if missing:
                self._say(f"cli.build.{key}", folder=folder, files=self._summed(missing))
        if not written.finished:
            self._say("cli.build.unfinished", folder=folder, plan=order.place.label)
        self._tell_hidden(outcome.hidden, f"{order.place.folder}/" if self._several else "", clean=order.wanted.clean)

    def _summed(self, paths: Sequence[str]) -> str:
        """Paths in short: those of sheets by their number and format."""
        sheets = Counter(path.rpartition(".")[2] for path in paths if "/" in path)
        several = (f"sheets/*.{form} ({count})" for form, count in sheets.items())
        alone = (path for path in paths if "/" not in path)
        return self._session.words.text("summary.separator").join((*alone, *several))

    def _tell_hidden(self, hidden: "Mapping[str, tuple[Hidden, ...]]", below: str, *, clean: bool) -> None:
        """Say what the files hide, one line for the document in each format, and one for all its sheets."""
        for name, found in hidden.items():
            if found:
                from workplan.measure.hidden import wording

                what = wording.what(found, self._session.words)
                self._say("cli.build.hides-still" if clean else "cli.build.hides", file=below + name, what=what)
