"""The life of plans through revisions and years: each step is a comparison, told for all, for one task or for one unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.compare.plans import compare
from workplan.compiler import compile_readable
from workplan.diagnostic import Misuse, nearest
from workplan.source import year_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.compare.change import Change, Comparison, Entry, RegistryChange
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Book
    from workplan.source import Revision
    from workplan.source.commits import Commit, CommitChange

#: What tells two states of a plan apart: its folder and the ids of its files.
_State = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """What one revision did to one plan: ``folder`` is the plan's, ``origin`` that of the plan it was compared with.

    They differ where a year begins: it is compared with the year before; and where a plan's folder was ``renamed``. ``origin``
    is "" for the first plan of all; ``comparison`` is None where the revision's plan has errors, so that nothing can be said.
    """

    commit: Commit
    folder: str
    origin: str
    comparison: Comparison | None
    old: Plan
    new: Plan
    renamed: bool = False


class History:
    """Compiles every state once, and compares every pair of states once."""

    def __init__(self) -> None:
        self._plans: dict[_State, Plan | None] = {}
        self._comparisons: dict[tuple[_State | None, _State | None], Comparison] = {}
        self._good: dict[str, Revision] = {}

    def steps(self, commits: Iterable[CommitChange], only: str = "") -> Iterator[HistoryStep]:
        """The steps of all plans, or of the plan in the folder ``only`` under all the names that folder had, oldest first."""
        kept = (step for commit in commits for step in self._steps(commit))
        return iter(_of_plan(tuple(kept), only)) if only else kept

    def _steps(self, commit: CommitChange) -> Iterator[HistoryStep]:
        renamed = _renamed(commit)
        for folder in dict.fromkeys((*commit.before, *commit.after)):
            origin = renamed.get(folder, "")
            step = None if folder in renamed.values() else self._step(commit, folder, origin)
            if step is not None:
                yield replace(step, renamed=bool(origin))

    def _step(self, commit: CommitChange, folder: str, renamed: str) -> HistoryStep | None:
        before, after = commit.before.get(folder), commit.after.get(folder)
        if before is not None and after is not None and before.ids == after.ids:
            self._keep(folder, after)
            return None
        origin, old = folder, before
        if renamed:
            origin, old = renamed, commit.before[renamed]
        elif before is None:
            origin = max((path for path in commit.after if _order(path) < _order(folder)), key=_order, default="")
            old = commit.after.get(origin)
        if old is not None and self._plan(origin, old) is None:
            old = self._good.get(origin)
        plan = self._plan(folder, after) if after is not None else None
        if after is not None and plan is None:
            known = self._plan(origin, old) if old is not None else None
            return (
                HistoryStep(commit=commit.commit, folder=folder, origin=origin, comparison=None, old=known, new=known)
                if known is not None
                else None
            )
        self._keep(folder, after)
        return self._compared(commit.commit, (folder, after), (origin if old is not None else "", old))

    def _compared(
        self, commit: Commit, new: tuple[str, Revision | None], old: tuple[str, Revision | None]
    ) -> HistoryStep | None:
        (folder, after), (origin, before) = new, old
        second = self._plan(folder, after) if after is not None else None
        first = self._plan(origin, before) if before is not None else None
        if first is None and second is None:
            return None
        there = first if first is not None else _emptied(second)
        here = second if second is not None else _emptied(first)
        pair = (_state(origin, before), _state(folder, after))
        if pair not in self._comparisons:
            self._comparisons[pair] = compare(there, here, (origin, folder))
        return HistoryStep(
            commit=commit, folder=folder, origin=origin, comparison=self._comparisons[pair], old=there, new=here
        )

    def _keep(self, folder: str, revision: Revision | None) -> None:
        """The last state of each plan that is without errors."""
        if revision is not None and self._plan(folder, revision) is not None:
            self._good[folder] = revision

    def _plan(self, folder: str, revision: Revision) -> Plan | None:
        """The plan without errors, or None."""
        state = (folder, revision.ids)
        if state not in self._plans:
            result = compile_readable(revision)
            self._plans[state] = result.plan if result.clean else None
        return self._plans[state]


def _renamed(commit: CommitChange) -> dict[str, str]:
    """The plans whose folder has another name since a revision, with the name before: known by files that stayed the same."""
    found: dict[str, str] = {}
    for folder in sorted(commit.after.keys() - commit.before.keys()):
        gone = commit.before.keys() - commit.after.keys() - set(found.values())
        shared = {path: len(_files(commit.before[path]) & _files(commit.after[folder])) for path in gone}
        best = max(sorted(shared), key=shared.__getitem__, default="")
        if best and shared[best]:
            found[folder] = best
    return found


def _files(revision: Revision) -> set[tuple[str, str]]:
    """A plan's own files, without the registry that all plans share."""
    return {(name, identity) for name, identity in revision.ids if not name.startswith("../")}


def _of_plan(steps: Sequence[HistoryStep], folder: str) -> tuple[HistoryStep, ...]:
    """The steps of one plan, followed back through the names of its folder."""
    found: list[HistoryStep] = []
    for step in reversed(steps):
        if step.folder == folder:
            found.append(step)
            folder = step.origin if step.renamed else folder
    return tuple(reversed(found))


def of_task(steps: Sequence[HistoryStep], task: str) -> tuple[HistoryStep, ...]:
    """The steps with the changes of one task, by id or title; what it was split off or merged from is told as well."""
    known = {name for step in steps for entry in _entries(step) for name in _names(entry)}
    if task not in known:
        near = nearest(task, known)
        raise Misuse("unknown-task-near" if near else "unknown-task", name=task, near=near)
    wanted = {task}
    found: list[HistoryStep] = []
    for step in reversed(steps):
        kept = []
        for change in step.comparison.changes if step.comparison is not None else ():
            before, after = (_ids(side) for side in (change.old, change.new))
            if wanted & (before | after):
                kept.append(change)
            if wanted & after:
                wanted |= {entry.key for entry in (*change.old, *change.new) if wanted & _names(entry)}
                wanted |= {entry.key for entry in change.old}
        found += _with(step, kept)
    return tuple(reversed(found))


def of_unit(steps: Sequence[HistoryStep], spelling: str) -> tuple[HistoryStep, ...]:
    """The steps with the changes of what one unit has to do, under any of its names or through a group that lists it."""
    books = [book for step in steps for book in (step.old.book, step.new.book)]
    if not any(spelling in book.spellings for book in books):
        near = nearest(spelling, {known for book in books for known in book.spellings})
        raise Misuse("unknown-unit-near" if near else "unknown-unit", name=spelling, near=near)
    found: list[HistoryStep] = []
    for step in steps:
        old, new = _unit(step.old.book, spelling), _unit(step.new.book, spelling)
        changes = step.comparison.changes if step.comparison is not None else ()
        kept = [change for change in changes if _bears(change.old, old) or _bears(change.new, new)]
        own = {book.spellings[spelling] for book in (step.old.book, step.new.book) if spelling in book.spellings}
        registry = step.comparison.registry if step.comparison is not None else ()
        found += _with(step, kept, [one for one in registry if own & _concerned(one)])
    return tuple(found)


def _concerned(change: RegistryChange) -> set[str]:
    """The units that a change in the registry speaks of."""
    return {change.unit, *change.old.split("、"), *change.new.split("、")}


def with_changes(steps: Iterable[HistoryStep]) -> tuple[HistoryStep, ...]:
    """The steps that have anything to tell; what a revision changed in the registry is told once, with its latest plan."""
    found: list[HistoryStep] = []
    told: set[tuple[str, RegistryChange]] = set()
    for step in reversed(tuple(steps)):
        if step.comparison is None:
            found.append(step)
            continue
        news = [one for one in step.comparison.registry if (step.commit.id, one) not in told]
        told |= {(step.commit.id, one) for one in news}
        if step.comparison.changes or news:
            found.append(replace(step, comparison=replace(step.comparison, registry=tuple(news))))
    return tuple(reversed(found))


def _with(
    step: HistoryStep, changes: Sequence[Change], registry: Sequence[RegistryChange] = ()
) -> tuple[HistoryStep, ...]:
    if step.comparison is None or not (changes or registry):
        return ()
    kept = replace(step.comparison, changes=tuple(changes), renumbered=(), units=(), registry=tuple(registry))
    return (replace(step, comparison=kept),)


def _entries(step: HistoryStep) -> Iterator[Entry]:
    if step.comparison is not None:
        for match in step.comparison.matches:
            yield from (*match.old, *match.new)
        for change in step.comparison.changes:
            yield from (*change.old, *change.new)


def _names(entry: Entry) -> set[str]:
    return {entry.key, entry.title} - {""}


def _ids(entries: Iterable[Entry]) -> set[str]:
    return {name for entry in entries for name in _names(entry)}


def _unit(book: Book, spelling: str) -> frozenset[str]:
    """The units that stand for one in the book's year, whatever became of it since, with the groups that list them."""
    present = book.present.get(spelling, "")
    standing = [book.reforms.name(unit, book.year) for unit in book.reforms.units(present, book.year)]
    named = (book.spellings.get(spelling, ""), *standing)
    return frozenset({*named, *(group for unit in named for group in book.groups_of.get(unit, ()))} - {""})


def _bears(entries: Iterable[Entry], units: frozenset[str]) -> bool:
    return any(named.unit in units for entry in entries for named in entry.units)


def _emptied(plan: Plan | None) -> Plan:
    """A plan's frame without its parts: what there was before anything was written."""
    assert plan is not None  # noqa: S101 - one of the two sides is there
    frame = plan.document.model_copy(update={"parts": (), "attachments": ()})
    return replace(plan, document=frame, parts=(), attachments=())


def _state(folder: str, revision: Revision | None) -> _State | None:
    return (folder, revision.ids) if revision is not None else None


def _order(folder: str) -> tuple[bool, int, str]:
    return year_order(folder.rpartition("/")[2])
