"""One plan from its folder to its files on disk: what is done here, by another process or on another computer alike."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from workplan.diagnostic import Misuse, Refusal, Severity
from workplan.output import unchanged
from workplan.output.cache import usual
from workplan.output.places import own_templates
from workplan.output.surroundings import Surroundings
from workplan.output.unchanged import Build
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from workplan.diagnostic import Diagnostic
    from workplan.language.scalar import File
    from workplan.measure.hidden.found import Hidden
    from workplan.output.places import Place
    from workplan.output.result import Done, Made
    from workplan.output.wanted import Wanted
    from workplan.output.write import Written
    from workplan.plan.compiled import Plan
    from workplan.source import Directory

    #: Given a compiled plan, a context whose value is told of each file when it is there.
    Progress = Callable[[Plan], AbstractContextManager[Callable[[Done], None]]]


_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Order:
    """A plan to be built, what of it, and where to; with ``fresh`` nothing is taken from the cache."""

    source: Directory
    wanted: Wanted
    out: Path
    place: Place
    fresh: bool = False

    @property
    def alone(self) -> Order:
        """The same for a process that works beside others, and starts none itself."""
        return replace(self, wanted=replace(self.wanted, jobs=1))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order, without the files themselves: it is small, and goes from process to process.

    Either ``written`` says what stands on disk, or ``findings`` why nothing does (``code`` is that of Refusal), or ``misuse``
    what the call or the computer lacks. ``findings`` of a written plan say why files are ``missing``; those that the computer
    could not make are ``lacking``. ``files`` are the texts that findings speak of. ``done`` are the files that were made, None
    for a plan that was kept whole.
    """

    order: Order
    warnings: int = 0
    findings: tuple[Diagnostic, ...] = ()
    files: Mapping[str, File] = field(default_factory=dict)
    faulty: bool = False
    code: int = 0
    misuse: Misuse | None = None
    written: Written | None = None
    lacking: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    hidden: Mapping[str, tuple[Hidden, ...]] = field(default_factory=dict)
    done: tuple[Done, ...] | None = None
    seconds: float = 0.0


@contextmanager
def unseen(_: Plan) -> Iterator[Callable[[Done], None]]:
    """Progress that nobody looks at."""
    yield lambda _: None


def built(order: Order, progress: Progress = unseen) -> Outcome:
    """Build a plan, taking what earlier builds kept; raises Misuse and OSError for what is wrong with the call or the computer."""
    call = _call(order)  # with what is there before a file is made: it may change meanwhile
    return _kept(order, call) or _made(order, call, progress)


def built_beside_others(order: Order) -> Outcome:
    """Build one of several plans: whatever is wrong with it is in the outcome, and stops no other."""
    return settled(built, order)


def settled(build: Callable[[Order], _Found], order: Order) -> _Found | Outcome:
    """What ``build`` gives for a plan; in place of Misuse and OSError an outcome that tells them."""
    begun = time.monotonic()
    try:
        outcome = build(order)
    except Misuse as misuse:
        return Outcome(order, code=2, misuse=misuse)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        path = str(fault.filename or order.source.folder)
        return Outcome(order, code=2, misuse=Misuse("cannot-read", path=path, reason=reason))
    return replace(outcome, seconds=time.monotonic() - begun) if isinstance(outcome, Outcome) else outcome


def kept(order: Order) -> Outcome | None:
    """The outcome for a plan that is as it was when it was built last, with its files on disk; None for any other."""
    return _kept(order, _call(order))


def _kept(order: Order, call: unchanged.Call) -> Outcome | None:
    build = call.find()
    return None if build is None else replace(_put(order, build), warnings=build.warnings)


def _call(order: Order) -> unchanged.Call:
    templates = Templates(own_templates(order.source))
    return unchanged.Call(order.source, order.wanted, Surroundings.now(templates), usual(fresh=order.fresh))


def _made(order: Order, call: unchanged.Call, progress: Progress) -> Outcome:
    from workplan import view  # noqa: PLC0415 - a plan that was kept needs none of this
    from workplan.compiler import compile_plan  # noqa: PLC0415 - likewise
    from workplan.output.hiding import in_files  # noqa: PLC0415 - likewise
    from workplan.output.locate import placed  # noqa: PLC0415 - likewise

    witness = unchanged.Witness(order.source)
    result = compile_plan(witness)
    if result.plan is None or not result.clean:
        return Outcome(order, findings=result.diagnostics, files=result.files, faulty=True, code=1)
    warnings = sum(finding.severity is Severity.WARNING for finding in result.diagnostics)
    done: list[Done] = []
    try:
        made = _files(order, call, result.plan, done, progress)
    except Refusal as refusal:
        found = placed(refusal, result.plan).diagnostics
        return Outcome(order, warnings=warnings, findings=found, files=result.files, code=refusal.code)
    build = Build(made, warnings, in_files(made, call.cache))
    if not made.missing:
        call.keep(build, witness, view.official(result.plan).faces)
    outcome = _put(order, build)
    files = result.files if outcome.findings else {}
    return replace(outcome, warnings=warnings, files=files, done=tuple(done))


def _files(order: Order, call: unchanged.Call, plan: Plan, done: list[Done], progress: Progress) -> Made:
    """The files of a plan in memory; their findings have places. ``done`` gets each that is there."""
    from workplan.output.locate import placed_findings  # noqa: PLC0415 - as above
    from workplan.output.make import make  # noqa: PLC0415 - as above

    with progress(plan) as step:

        def both(one: Done) -> None:
            done.append(one)
            step(one)

        made = make(plan, order.wanted, Templates(own_templates(order.source)), both, (call.cache, call.around))
    return replace(made, findings=placed_findings(made.findings, plan))


def _put(order: Order, build: Build) -> Outcome:
    from workplan.output.write import write  # noqa: PLC0415 - as above

    made, place = build.made, order.place
    written = write(made, order.out, place.name, everything=order.wanted.everything, under=place.under)
    code = 0 if not made.missing else 2 if made.lacking else 1
    return Outcome(
        order,
        findings=made.findings,
        code=code,
        written=written,
        lacking=made.lacking,
        refused=made.refused,
        hidden=build.hidden,
    )
