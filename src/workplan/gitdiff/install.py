"""Git's own diff taught to speak of tasks and units: the lines in ``.gitattributes`` and the settings that go with them."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan import __version__
from workplan.diagnostic import Misuse
from workplan.files import put
from workplan.gitdiff import OTHER_VERSION
from workplan.source import leads_out, plans_folder
from workplan.source.git import answer, ask
from workplan.source.revspec import prefix_in_repository

if TYPE_CHECKING:
    from pathlib import Path

NAME = "workplan"
ATTRIBUTES = ".gitattributes"
_LINE = f"*.yaml diff={NAME}"
#: Words for ``--word-diff``: numbers and Latin words whole, else a character; by bytes, so that no locale cuts one in two.
_WORDS = os.fsdecode(b"[A-Za-z0-9.]+|[\xc0-\xff][\x80-\xbf]+|[^[:space:]]")
#: Hunk headers show the title that a change stands under.
_HEADINGS = "^(【.*】)$"
#: Whether git keeps our lines, and where it does.
_CACHED, _KEPT = f"diff.{NAME}.cachetextconv", f"refs/notes/textconv/{NAME}"
#: Without it git writes the file 重点任务.yaml as "\\351\\207\\215…"; whether it was ours to set, so that only then it goes.
_QUOTED, _OURS = "core.quotePath", "workplan.quotePath"


@dataclass(frozen=True, slots=True)
class Installed:
    """What was done: the file and the settings that were changed, none where all was as it should be.

    ``shared`` settings hold for several work trees: git keeps them once for all that belong to a repository.
    """

    file: str
    changed: tuple[str, ...]
    shared: bool = False


def install(here: Path) -> Installed:
    """Set git up for the plans of the nearest ``plan`` folder; raises Misuse. A second time it changes nothing."""
    folder = _folder(here)
    path = folder / ATTRIBUTES
    text = _read(path)
    changed = []
    if _LINE not in text.splitlines():
        _write(path, f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{_LINE}\n")
        changed.append(_shown(path, here))
    for name, value in _settings().items():
        if _setting(folder, "--local", name) != value:
            if name == _CACHED:  # what git kept before may be what was shown where workplan failed
                _forget(folder)
            answer(folder, "config", "--local", "--replace-all", name, value)
            changed.append(name)
    if _setting(folder, "--type=bool", _QUOTED) != "false":
        for name, value in ((_QUOTED, "false"), (_OURS, "true")):
            answer(folder, "config", "--local", "--replace-all", name, value)
        changed.append(_QUOTED)
    return Installed(_shown(path, here), tuple(changed), _shared(folder))


def remove(here: Path) -> Installed:
    """Take back what ``install`` did, and nothing else."""
    folder = _folder(here)
    path = folder / ATTRIBUTES
    lines = _read(path).splitlines(keepends=True)
    kept = [line for line in lines if line.strip() != _LINE]
    changed = []
    if kept != lines:
        if kept:
            _write(path, "".join(kept))
        else:
            path.unlink()
        changed.append(_shown(path, here))
    if _setting(folder, "--local", _OURS):
        ask(folder, "config", "--local", "--unset-all", _OURS)
        if _setting(folder, "--local", _QUOTED) == "false":
            ask(folder, "config", "--local", "--unset-all", _QUOTED)
            changed.append(_QUOTED)
    _forget(folder)
    changed += [name for name in _settings() if not ask(folder, "config", "--local", "--unset-all", name).returncode]
    return Installed(_shown(path, here), tuple(changed), _shared(folder))


def _shared(folder: Path) -> bool:
    """Whether the repository has several work trees."""
    return ask(folder, "worktree", "list", "--porcelain").stdout.count(b"worktree ") > 1


def _setting(folder: Path, kind: str, name: str) -> str:
    """The value of a setting as git itself would use it, "" where there is none; ``kind`` is an option of ``git config``.

    Asking through ``ask`` would give the value of its own call for ``core.quotePath``.
    """
    listed = ask(folder, "config", kind, "--show-scope", "--get-all", name).stdout
    values = [line.partition("\t") for line in os.fsdecode(listed).splitlines()]
    own = [value for scope, _, value in values if scope != "command"]
    return own[-1] if own else ""


def _forget(folder: Path) -> None:
    """Drop what git has kept of our lines; it keeps them as notes on the files' texts."""
    ask(folder, "update-ref", "-d", _KEPT)


def _settings() -> dict[str, str]:
    """Git's settings; the program is this one, and where it is gone the text itself is compared.

    Git keeps the lines of each text as long as the call stays as it is, so it says the version. It would keep the text itself as
    well where the program is gone or fails, and other lines where the program is of another version: then it is told to keep
    nothing more, until it is set up again.
    """
    program = f'{shlex.quote(sys.executable)} -P -m workplan.gitdiff.textconv "$1" {__version__} 2>/dev/null'
    off = f"git config --local {_CACHED} false 2>/dev/null || :"
    call = f'{program}; case $? in 0) return;; {OTHER_VERSION});; *) cat "$1";; esac; {off}'
    return {
        f"diff.{NAME}.textconv": f"convert() {{ {call}; }}; convert",
        f"diff.{NAME}.xfuncname": _HEADINGS,
        f"diff.{NAME}.wordRegex": _WORDS,
        _CACHED: "true",
    }


def _folder(here: Path) -> Path:
    folder = plans_folder(here)
    if folder is None:
        raise Misuse("no-plan")
    if prefix_in_repository(folder) is None:
        raise Misuse("nothing-to-set-up", path=folder.as_posix())
    return folder


def _read(path: Path) -> str:
    target = leads_out(path, path.parent)
    if target is not None:
        raise Misuse("leads-out", path=str(path), target=str(target))
    try:
        return path.read_bytes().decode(errors="surrogateescape") if path.exists() else ""
    except OSError as error:
        raise Misuse("cannot-read", path=str(path), reason=error.strerror or type(error).__name__) from error


def _write(path: Path, text: str) -> None:
    try:
        put(path, text.encode(errors="surrogateescape"))
    except OSError as error:
        raise Misuse("cannot-create", path=str(path), reason=error.strerror or type(error).__name__) from error


def _shown(path: Path, here: Path) -> str:
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
