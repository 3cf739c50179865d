"""What ``workplan build`` does: the plans that changed are compiled and made, by as many as there are hands, and told in order."""

import gc
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workplan.cli.outcomes import Told
from workplan.cli.progress import shown
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, visible
from workplan.output.one_plan import Order, Outcome, built, kept, settled
from workplan.output.places import own_templates, places
from workplan.output.result import Done
from workplan.output.wanted import Wanted
from workplan.source import Directory, find_plans

if TYPE_CHECKING:
    from workplan.output.places import Place
    from workplan.plan.compiled import Plan


__all__ = ["Builder", "Wanted"]


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds plans into folders of their names below ``out``; with a ``scheduler`` on the workers of its cluster."""

    session: Session
    wanted: Wanted
    out: Path
    fresh: bool = False
    timings: bool = False
    scheduler: str = ""

    def run_named(self, plans: Sequence[str], *, watching: bool, verifying: bool) -> None:
        """Do what ``run`` does for the plans that arguments mean; one that is missing ends the command with 2."""
        sources, lost = _named(self.session, plans, Path.cwd())
        try:
            self.run(sources, watching=watching, verifying=verifying)
        except typer.Exit:
            if not lost:
                raise
        if lost:
            raise typer.Exit(2)

    def run(self, sources: Sequence[Directory], *, watching: bool, verifying: bool) -> None:
        """Build some plans, once or whenever they are saved, or only look at what was built."""
        if verifying and (watching or self.fresh or self.scheduler):
            raise Misuse("verify-alone")
        if self.scheduler and self.wanted.jobs:
            raise Misuse("jobs-elsewhere")
        found = places(sources)
        if verifying:
            _verify(self.session, self.out, [found[source] for source in sources])
            return
        _tell_idle(self.session, self.wanted)
        if watching:
            self.session.say(self.session.words.text("cli.build.watching"))
            self._watch(sources, found)
        else:
            orders = [self._order(source, found[source]) for source in sources]
            # What a single plan leaves behind goes with the program; of several, it is looked for after each.
            with _collected_later() if len(orders) == 1 else nullcontext():
                self._build(orders, several=len(orders) > 1)

    def _order(self, source: Directory, place: "Place") -> Order:
        return Order(source=source, wanted=self.wanted, out=self.out, place=place, fresh=self.fresh)

    def _build(self, orders: Sequence[Order], *, several: bool) -> None:
        """Build some plans; where one cannot be made, the others are, and the command ends with what is wrong.

        With ``several`` in the call each line says of which plan it is, also where only one of them is built again.
        """
        told = Told(self.session, several=several, timings=self.timings)
        if self.scheduler:
            told.all(orders, self._on_cluster(orders))
        elif len(orders) > 1:
            told.all(orders, self._several(orders))
        elif several:
            told.tell(settled(partial(built, progress=self._progress), orders[0]))
        else:
            told.tell(built(orders[0], self._progress))
        if told.code:
            raise typer.Exit(told.code)

    def _several(self, orders: Sequence[Order]) -> Generator[Outcome, None, None]:
        """The outcomes of several plans as they come, those that were kept first."""
        changed = []
        for order in orders:
            outcome = settled(kept, order)
            if outcome:
                yield outcome
            else:
                changed.append(order)
        if not changed:
            return
        from workplan.output import several

        count = several.processes(changed, self.wanted.jobs)
        with self._plans(len(changed)) as step:
            fresh = several.side_by_side(changed, count) if count > 1 else several.one_after_the_other(changed)
            for outcome in fresh:
                step(outcome)
                yield outcome

    def _on_cluster(self, orders: Sequence[Order]) -> Generator[Outcome, None, None]:
        from workplan.output.cluster import elsewhere

        with self._plans(len(orders)) as step:
            for outcome in elsewhere(orders, self.scheduler):
                step(outcome)
                yield outcome

    def _watch(self, sources: Sequence[Directory], found: "Mapping[Directory, Place]") -> None:
        """Build the plans, then those that were saved, or whose templates were, until Ctrl-C; what is wrong is told each time."""
        from workplan.cli.watch import watch

        def build(changed: Sequence[Directory]) -> None:
            with _collected_later():
                try:
                    self._build([self._order(source, found[source]) for source in changed], several=len(sources) > 1)
                except typer.Exit:
                    pass
                except Misuse as misuse:
                    self.session.complain(self.session.words.text(f"misuse.{misuse.key}", misuse.arguments))
            gc.collect()

        watch(sources, build, beside=own_templates)

    def _progress(self, plan: "Plan") -> AbstractContextManager[Callable[[Done], None]]:
        """A bar for the files of one plan."""

        def total() -> Mapping[tuple[str, str], int]:
            from workplan.output.make import counts

            return counts(plan, self.wanted)

        return shown(self.session, total)

    @contextmanager
    def _plans(self, count: int) -> Iterator[Callable[[Outcome], None]]:
        """A bar for several plans, which moves by plans."""
        with shown(self.session, lambda: {("plan", ""): count}) as step:
            yield lambda outcome: step(Done(outcome.order.place.folder, outcome.seconds))


@contextmanager
def _collected_later() -> Iterator[None]:
    """Look for what is no longer needed when all is written and told: somebody waits. Renderers look for theirs themselves."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell_idle(session: Session, wanted: Wanted) -> None:
    """Say which options of the call do nothing: those of task sheets where none are made, and fields without a name."""
    idle = [
        name
        for name, given in (
            ("--blank", wanted.blanks),
            ("--members", wanted.members),
            ("--return-by", wanted.return_by),
        )
        if given
    ]
    for name in idle if not wanted.of("sheets") else ():
        session.say(session.words.text("cli.build.idle", {"option": name}))
    if wanted.of("sheets") and not all(text.strip() for text in wanted.blanks):
        session.say(session.words.text("cli.build.idle-empty"))


def _verify(session: Session, out: Path, found: "Sequence[Place]") -> None:
    """Say which files of builds are not as their manifests list them, and end with 1 where any is not."""
    from workplan.output.verify import differences

    differing = [(place, one) for place in found for one in differences(out / place.folder)]
    for place, one in differing:
        path = (out / place.folder / one.path).as_posix()
        line = session.words.text(f"cli.build.differs.{one.kind}", {"path": path, "plan": place.label})
        session.deliver(f"{visible(line)}\n".encode(), None)
    if differing:
        raise typer.Exit(1)
    names = session.words.text("summary.separator").join(place.label for place in found)
    session.say(session.words.text("cli.build.verified", {"plans": names}))


def _named(session: Session, plans: Sequence[str], here: Path) -> tuple[tuple[Directory, ...], bool]:
    """The plans that arguments mean, and whether one is missing; of several it is told, and keeps no other from being built.

    Raises Misuse where none of them is there.
    """
    if len(plans) <= 1:
        return find_plans(plans, here), False
    found: dict[Path, Directory] = {}
    lost: list[Misuse] = []
    for one in plans:
        try:
            found |= {source.folder.resolve(): source for source in find_plans((one,), here)}
        except Misuse as misuse:
            lost.append(misuse)
    if not found:
        raise lost[0]
    for absent in lost:
        session.complain(session.words.text(f"misuse.{absent.key}", absent.arguments))
    return tuple(found.values()), bool(lost)
