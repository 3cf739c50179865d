"""What workplan knows of the files in a build's folder: the manifest of a finished build, and the intent of one under way.

The intent is written before anything changes and goes when the manifest stands; where it is found, a build was cut short.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import visible_json
from workplan.files import TooLargeError, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MANIFEST = "manifest.json"
INTENT = ".unfinished.json"
#: A manifest may not be larger, in bytes: some hundred thousand files.
_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """What builds have put into a folder.

    ``made`` has each file's SHA-256 by its path, several where it is not sure which of them stands; ``units`` the stem of each
    unit's sheets. ``pending`` is what a build that was cut short meant to do: the digest of a file, "" for one that was to go.
    ``missing`` are the files that the computer could not make.
    """

    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    def left(self, folder: Path, paths: Iterable[str]) -> dict[str, str]:
        """What is still pending when a build of those paths is done."""
        given = set(paths)
        return {path: one for path, one in self.pending.items() if path not in given and digest(folder / path) != one}

    def standing(self, folder: Path, path: str) -> str:
        """The digest under which a file is listed: that of its bytes where they are ours, otherwise that of ours."""
        known = self.made[path]
        now = digest(folder / path) if len(known) > 1 else ""
        return now if now in known else known[-1]


def read(folder: Path) -> Record:
    """What the manifest and the intent in a folder say together; an empty record where there is neither, or none of ours."""
    found, intent = (_record(folder / name) for name in (MANIFEST, INTENT))
    finished, begun = found or Record(), intent or found or Record()
    made = dict(finished.made)
    for path, digests in begun.made.items():
        made[path] = tuple(dict.fromkeys((*made.get(path, ()), *digests)))
    return replace(begun, made=made, units={**finished.units, **begun.units})


def is_ours(path: Path) -> bool:
    """Whether a manifest or an intent is one that a build wrote."""
    return _record(path) is not None


def manifest(plan: str, digests: Mapping[str, str], units: Mapping[str, str], missing: Iterable[str] = ()) -> bytes:
    """Every file with its SHA-256, for each unit its sheets, and the files that could not be made."""
    sheets: dict[PurePosixPath, list[str]] = {}
    for path in sorted(digests):
        sheets.setdefault(PurePosixPath(path).with_suffix(""), []).append(path)
    shape = {
        "version": 1,
        "plan": plan,
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(digests.items())],
        "units": {unit: sheets.get(PurePosixPath("sheets", stem), []) for unit, stem in units.items()},
        "missing": sorted(missing),
    }
    return _dumped(shape)


def intent(plan: str, record: Record) -> bytes:
    """What a build is about to do, and all that is known of the folder before it does."""
    shape = {
        "version": 1,
        "plan": plan,
        "files": [{"path": path, "sha256": list(digests)} for path, digests in sorted(record.made.items())],
        "units": {},
        "stems": dict(record.units),
        "pending": [{"path": path, "sha256": one} for path, one in sorted(record.pending.items())],
        "missing": sorted(record.missing),
    }
    return _dumped(shape)


def digest(path: Path) -> str:
    """The SHA-256 of a plain file; "" where there is none."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def _dumped(shape: Mapping[str, Any]) -> bytes:
    return (visible_json(json.dumps(shape, ensure_ascii=False, indent=2)) + "\n").encode()


def _record(path: Path) -> Record | None:
    """What a manifest or an intent says of files that stay below its folder, whoever wrote it; None for anything else.

    Raises OSError where one is there and cannot be read: without it nobody's files could be told from our own.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        shape = json.loads(take(path, _MOST))
        if shape["version"] != 1:
            return None
        made = {str(one["path"]): _digests(one["sha256"]) for one in shape["files"]}
        stems = {str(unit): PurePosixPath(paths[0]).stem for unit, paths in shape["units"].items() if paths}
        stems |= {str(unit): str(stem) for unit, stem in shape.get("stems", {}).items()}
        pending = {str(one["path"]): str(one["sha256"]) for one in shape.get("pending", ())}
        missing = frozenset(path for path in map(str, shape.get("missing", ())) if _is_below(path))
    except (FileNotFoundError, TooLargeError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    inside = _inside(made, path.parent)
    return Record(inside, stems, {path: one for path, one in pending.items() if path in inside}, missing)


def _digests(listed: str | list[str]) -> tuple[str, ...]:
    return (listed,) if isinstance(listed, str) else tuple(map(str, listed))


def _inside(made: Mapping[str, tuple[str, ...]], folder: Path) -> dict[str, tuple[str, ...]]:
    """The files that stay below the folder: neither their paths nor links in it lead out."""
    named = {path: digests for path, digests in made.items() if digests and _is_below(path)}
    above = {(folder / path).parent for path in named}
    out = {place for place in above if leads_out(place, folder)}
    return {path: digests for path, digests in named.items() if (folder / path).parent not in out}


def _is_below(path: str) -> bool:
    parts = Path(path).parts
    below = bool(parts) and not Path(path).is_absolute() and ".." not in parts
    return below and not set(path) & set("\\:\0")


def leads_out(path: Path, folder: Path) -> str:
    """Where a link takes a path out of a folder; "" where none does. The folder itself may be reached by a link."""
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    return "" if real.is_relative_to(top) else str(real)
