"""The revisions that touch the plans, oldest first, and the plans as they stood in each."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import join
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.source.git import GitObjects, answer
from workplan.source.revision import read_plan
from workplan.source.revspec import plans_in, prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workplan.source.revision import Revision

#: Log entries as lines of fields parted by NUL, whatever the user's settings say.
_LOG = ("-c", "log.showSignature=false", "log", "--topo-order", "--reverse", "--no-merges", "--no-color")
#: Of a line that is no answer of git's, so much is shown.
_SHOWN = 80
_FIELDS = "--format=%H%x00%P%x00%as%x00%an%x00%s"


@dataclass(frozen=True, slots=True)
class Commit:
    """One revision as git tells it; ``parents`` is empty for the first, and where a shallow clone ends."""

    id: str
    parents: tuple[str, ...]
    date: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class CommitChange:
    """A revision with the plans as they stood before and after it, by their folders."""

    commit: Commit
    before: dict[str, Revision]
    after: dict[str, Revision]


def moments(folder: Path, plans: str) -> Iterator[CommitChange]:
    """Every revision of the current branch that touches the plans in ``plans``, oldest first; mergers say nothing new.

    Objects are read once; raises Misuse where there is no history.
    """
    with GitObjects(folder) as objects:
        if objects.get("HEAD") is None:
            raise Misuse("no-commits")
        for commit in _commits(folder, plans):
            before = _plans(objects, commit.parents[0], plans) if commit.parents else {}
            yield CommitChange(commit, before, _plans(objects, commit.id, plans))


def _commits(folder: Path, plans: str) -> Iterator[Commit]:
    climb = "/".join(
        ".." for _ in filter(None, prefix_of(folder, "HEAD").split("/"))
    )  # paths count from the folder here
    listed = answer(folder, *_LOG, "--encoding=UTF-8", _FIELDS, "HEAD", "--", join(climb, plans))
    for line in filter(None, listed.decode(errors="replace").split("\n")):
        fields = line.split("\0", 4)
        if len(fields) < _FIELDS.count("%x00") + 1:
            raise Misuse("git-failed", reason=line[:_SHOWN])
        name, parents, date, author, subject = fields
        yield Commit(id=name, parents=tuple(parents.split()), date=date, author=author, subject=subject)


def _plans(objects: GitObjects, commit: str, plans: str) -> dict[str, Revision]:
    found = objects.get(f"{commit}^{{tree}}")
    if found is None:
        return {}
    short = commit[:10]
    return {path: read_plan(objects, found.id, short, path) for path in plans_in(objects, found.id, plans)}
