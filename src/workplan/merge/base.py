"""The plan that a copy was made from: by the git blobs that it names, else by the bookmarks that it bears; never from its text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workplan.compiler import compile_readable
from workplan.diagnostic import Misuse
from workplan.merge.printed import printed
from workplan.render.docx.bookmarks import element_of, says
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.merge.printed import Printed
    from workplan.merge.returned import Returned
    from workplan.plan.compiled import Plan
    from workplan.source import Directory, Source
    from workplan.source.revision import Revision

#: So many revisions are looked through for the one whose bookmarks a copy bears.
_MOST_REVISIONS = 40


class Known(StrEnum):
    """How the base of a copy is known.

    TODAY: the plan's files are still those that the copy names. BLOBS: git has those files. MARKS: the copy names none,
    but every bookmark in it is one that this plan (today's, or a revision's) puts there. NOT: nobody has the texts.
    """

    TODAY = "today"
    BLOBS = "blobs"
    MARKS = "marks"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Base:
    """The plan that a copy was made from, and how it is known; today's stands in where it is not."""

    plan: Printed
    known: Known


def base_of(copy: Returned, source: Directory, today: Plan) -> Base:
    """The base of a copy of a plan in a folder."""
    if copy.blobs:
        if dict(copy.blobs) == dict(today.files):
            return Base(printed(today), Known.TODAY)
        stored = _stored(copy, source, today)
        if stored is not None:
            return Base(stored, Known.BLOBS)
        return Base(printed(today), Known.NOT)
    return _by_marks(copy, source, today)


def _by_marks(copy: Returned, source: Directory, today: Plan) -> Base:
    """Of the states of a plan that put every bookmark of a copy there, the one of which it lacks least; the latest of several.

    A state that git does not have may hold what came after the copy was made: what the copy lacks of it nobody can tell.
    """
    best: tuple[int, Printed, bool] | None = None
    for plan, committed in _candidates(source, today):
        if _bears(copy, plan):
            lacking = _lacking(copy, plan)
            if best is None or lacking < best[0]:
                best = (lacking, plan, committed)
            if not lacking:
                break
    if best is None or (best[0] and not best[2]):
        return Base(printed(today), Known.NOT)
    return Base(best[1], Known.MARKS)


def _stored(copy: Returned, source: Directory, today: Plan) -> Printed | None:
    """The plan as the blobs have it that a copy names; None where git lacks one of them."""
    from workplan.source.git import GitObjects  # noqa: PLC0415 - most copies come back before the plan changes

    own = dict(today.files)
    files: dict[str, bytes] = {}
    try:
        with GitObjects(source.folder) as objects:
            for name, blob in copy.blobs:
                found = objects.get(blob) if blob.isalnum() else None
                if own.get(name) == blob:
                    files[name] = source.read(name)
                elif found is not None and found.kind == "blob":
                    files[name] = found.content
                else:
                    return None
    except Misuse:  # no git, no repository: nobody has the texts
        return None
    return _compiled(Memory(files, plan=copy.plan))


def _compiled(source: Source) -> Printed | None:
    plan = compile_readable(source).plan
    return printed(plan) if plan is not None else None


def _candidates(source: Directory, today: Plan) -> Iterator[tuple[Printed, bool]]:
    """Today's plan, then as it stood in each revision, the latest first; and whether git has that state."""
    states = _states(source)
    seen = {tuple(sorted(state.ids)) for state in states}
    own = tuple(sorted(today.files))
    yield printed(today), own in seen
    tried = {own}
    for state in states:
        ids = tuple(sorted(state.ids))
        if ids not in tried:
            tried.add(ids)
            if (plan := _compiled(state)) is not None:
                yield plan, True


def _states(source: Directory) -> list[Revision]:
    """The plan in the revisions of its repository, the latest first; none where there is none."""
    from workplan.source.commits import moments  # noqa: PLC0415 - likewise
    from workplan.source.revspec import prefix_in_repository  # noqa: PLC0415

    folder = source.folder.resolve()
    try:
        prefix = prefix_in_repository(folder)
        if not prefix:
            return []
        found = [one.after[prefix] for one in moments(folder, prefix.rpartition("/")[0]) if prefix in one.after]
    except Misuse:
        return []
    return found[::-1][:_MOST_REVISIONS]


def _lacking(copy: Returned, plan: Printed) -> int:
    """How many lines of a plan have no bookmark in a copy."""
    there = {element_of(mark.name) for line in copy.lines for mark in line.marks}
    return sum(line.mark not in there for line in plan.lines if line.text.strip())


def _bears(copy: Returned, plan: Printed) -> bool:
    """Whether a plan puts there every bookmark that a copy bears, around the same running text."""
    names = [mark.name for line in copy.lines for mark in line.marks]
    if not names or any(element_of(name) not in plan.elements for name in names):
        return False
    lines = {line.mark: line for line in plan.lines if plan.holders[line.holder].is_running and not line.row}
    running = [(lines[element_of(name)], name) for name in names if element_of(name) in lines]
    return all(says(name, line.number + line.text) for line, name in running)
