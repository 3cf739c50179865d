"""A plan as it stands in a revision of a git repository, read from git's objects alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import basename, join, normpath
from typing import TYPE_CHECKING

from workplan.source.directory import DOCUMENT, REGISTRY, alike, is_plan_file
from workplan.source.git import top

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.source.directory import Source
    from workplan.source.git import GitObjects, TreeEntry


@dataclass(frozen=True, slots=True)
class Revision:
    """One plan in one revision: nothing is checked out, and neither index nor work tree is looked at.

    ``revision`` is what the user calls it, ``folder`` the plan's path from the repository's top; ``files`` holds what was
    read, by name, and ``ids`` names the same contents: two plans with the same ids say the same.
    """

    revision: str
    folder: str
    files: Mapping[str, bytes] = field(repr=False)
    ids: tuple[tuple[str, str], ...] = field(repr=False)
    beside: frozenset[str] = field(repr=False, default=frozenset())

    @property
    def plan(self) -> str:
        """The folder's name; for a plan at the top of its repository the revision's."""
        return basename(self.folder) or self.revision

    def read(self, file: str) -> bytes:
        """The bytes of a file of the plan."""
        if file not in self.files:
            raise FileNotFoundError(file)
        return self.files[file]

    def parts(self) -> tuple[str, ...]:
        """The YAML files of the folder; hidden ones do not count."""
        return tuple(sorted(name for name in self.files if "/" not in name))

    def misnamed(self, file: str) -> str:
        """The file beside a missing one whose name is nearly its own."""
        return alike(file, self.beside)

    def label(self, file: str) -> str:
        """The name that ``git show`` takes."""
        return f"{self.revision}:{normpath(join(self.folder, file))}"

    def others(self) -> tuple[Source, ...]:
        """None: a revision is read one plan at a time."""
        return ()


def is_plan(objects: GitObjects, tree: str, folder: str) -> bool:
    """Whether a folder below a tree holds a plan."""
    found = objects.find(tree, join(folder, DOCUMENT))
    return found is not None and found.is_file


def read_plan(objects: GitObjects, tree: str, revision: str, folder: str) -> Revision:
    """The plan in a folder below a tree; what is not there is missed when it is read."""
    inside = _files(objects, tree, folder)
    above = _files(objects, tree, top(folder)) if folder else {}
    entries = {name: entry for name, entry in inside.items() if is_plan_file(name)}
    registry = REGISTRY.removeprefix("../")
    if registry in above:
        entries[REGISTRY] = above[registry]
    found = {name: objects.stored(entry) for name, entry in sorted(entries.items())}
    return Revision(
        revision=revision,
        folder=folder,
        files={name: made.content for name, made in found.items()},
        ids=tuple((name, made.id) for name, made in found.items()),
        beside=frozenset((*inside, *(f"../{name}" for name in above))),
    )


def _files(objects: GitObjects, tree: str, folder: str) -> dict[str, TreeEntry]:
    """The files of a folder by name, links to files among them."""
    found = objects.find(tree, folder)
    names = objects.tree(found.id) if found is not None and found.is_folder else {}
    entries = {name: objects.find(tree, join(folder, name)) for name in names}
    return {name: entry for name, entry in entries.items() if entry is not None and entry.is_file}
