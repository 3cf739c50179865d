"""The ``git`` program, asked without touching anything: no index, no work tree, no pager, no network, in no language."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Self

from workplan.diagnostic import Misuse
from workplan.source.program import Program, SlowError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: What a hook or a shell may have set about *its* repository; ours is the one that the folder is in.
_ITS_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_QUIET = {
    "LC_ALL": "C",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_HEADER = re.compile(rb"([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d{1,18})\n")
#: A mode and a name in a tree; the name of the object follows in bytes.
_ENTRY = re.compile(rb"([0-7]{1,7}) ([^\0]+)\0")
#: An object is kept no further: of a file this long the reader says that it is too long.
_MOST_KEPT = 16 * 1024 * 1024
_LONGEST_LINE = 4096
_FOLDER, _LINK = "40000", "120000"
#: A link that leads to a link, and so on, is followed this far.
_LINKS = 8


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", "-C", os.fspath(folder), "-c", "protocol.allow=never", "-c", "core.quotePath=false", *arguments]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _ITS_OWN} | _QUIET


@dataclass(frozen=True, slots=True)
class Ended:
    """What a call of git came to."""

    returncode: int
    stdout: bytes
    stderr: bytes


def ask(folder: Path, *arguments: str) -> Ended:
    """Run git in a folder and take its answer, whatever it is; Misuse where there is no git, or one that does not answer."""
    with _started(folder, arguments) as program:
        try:
            output, code = program.answer()
        except SlowError as error:
            raise Misuse("git-slow") from error
        return Ended(code, output, program.complaint() if code else b"")


def _started(folder: Path, arguments: Sequence[str]) -> Program:
    try:
        return Program(_command(folder, arguments), _environment())
    except FileNotFoundError as error:
        raise Misuse("no-git") from error
    except OSError as error:
        raise Misuse("git-failed", reason=error.strerror or type(error).__name__) from error


def answer(folder: Path, *arguments: str) -> bytes:
    """What git prints; Misuse with git's own reason where it fails."""
    ended = ask(folder, *arguments)
    if ended.returncode:
        raise Misuse("git-failed", reason=reason(ended.stderr))
    return ended.stdout


def reason(complaint: bytes) -> str:
    """The first line of what git says of a failure."""
    lines = os.fsdecode(complaint).strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "git"


@dataclass(frozen=True, slots=True)
class GitObject:
    """One of git's objects, as it is stored."""

    id: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One name in a tree: what mode it has and which object it is."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether it holds other entries."""
        return self.mode == _FOLDER

    @property
    def is_file(self) -> bool:
        """Whether it is a file itself, neither a folder nor a link nor another repository."""
        return self.mode.startswith("100")


class GitObjects:
    """The objects of the repository that a folder is in, read through one process; each is read once.

    Names go to git on its standard input and paths do not go there at all, so that no locale and no odd character matters.
    """

    def __init__(self, folder: Path) -> None:
        self._cache: dict[str, GitObject] = {}
        self._program = _started(folder, ("cat-file", "--batch"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self._program.__exit__(*ended)

    def get(self, name: str) -> GitObject | None:
        """The object of that name (an id, a revision, ``REV^{tree}``), or None where there is none."""
        if name in self._cache:
            return self._cache[name]
        if "\n" in name or "\0" in name:
            return None
        try:
            made = self._read(name)
        except SlowError as error:
            raise Misuse("git-slow") from error
        if made is not None:
            self._cache[made.id] = made
        return made

    def _read(self, name: str) -> GitObject | None:
        found = _HEADER.fullmatch(self._ask(name))
        if found is None:
            return None
        size = int(found[3])
        content = self._program.take(size + 1, _MOST_KEPT)
        return GitObject(found[1].decode(), found[2].decode(), content[:size])

    def _ask(self, name: str) -> bytes:
        """The first line of git's answer; Misuse with git's reason where there is none."""
        line = b""
        with suppress(OSError):  # it has ended; why, it says below
            self._program.write(os.fsencode(name) + b"\n")
            line = self._program.line(_LONGEST_LINE + len(name) * 4)
        if not line:
            raise Misuse("git-failed", reason=reason(self._program.complaint()))
        return line

    def stored(self, entry: TreeEntry) -> GitObject:
        """The object that a tree names; Misuse where the repository has lost it."""
        found = self.get(entry.id)
        if found is None:
            raise Misuse("git-broken", object=entry.id)
        return found

    def tree(self, tree: str) -> dict[str, TreeEntry]:
        """The entries of a tree by their names; none where it is not there."""
        found = self.get(tree)
        if found is None or found.kind != "tree":
            return {}
        entries: dict[str, TreeEntry] = {}
        content, place, width = found.content, 0, len(found.id) // 2
        while place < len(content):
            entry = _ENTRY.match(content, place)
            if entry is None or entry.end() + width > len(content):
                raise Misuse("git-broken", object=found.id)
            place = entry.end() + width
            entries[os.fsdecode(entry[2])] = TreeEntry(entry[1].decode(), content[entry.end() : place].hex())
        return entries

    def find(self, tree: str, path: str, links: int = _LINKS) -> TreeEntry | None:
        """What stands at a path below a tree, through links that stay inside it; None where nothing does."""
        entry, walked = TreeEntry(_FOLDER, tree), ""
        for name in filter(None, path.split("/")):
            if not entry.is_folder:
                return None
            step = self.tree(entry.id).get(name)
            if step is not None and step.mode == _LINK:
                step = self._target(tree, walked, step, links)
            if step is None:
                return None
            entry, walked = step, join(walked, name)
        return entry

    def _target(self, tree: str, folder: str, link: TreeEntry, links: int) -> TreeEntry | None:
        found = self.get(link.id)
        target = normpath(join(folder, os.fsdecode(found.content))) if found else ".."
        if not links or target.startswith(("/", "..")):
            return None
        return self.find(tree, "" if target == "." else target, links - 1)


def top(path: str) -> str:
    """The folder that a path in a tree stands in; "" for the top."""
    return dirname(path.rstrip("/"))
