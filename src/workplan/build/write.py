"""Puts finished files on disk: each whole or not at all, with a manifest, and without leftovers of an earlier build."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.build.make import Made

MANIFEST = "manifest.json"


def write(made: Made, folder: Path, plan: str, *, everything: bool) -> tuple[str, ...]:
    """Write all files below ``folder`` and return their paths there, the manifest last.

    A build of ``everything`` removes what an earlier build wrote and this one did not: a department that is no longer
    named must not find last week's sheet. Raises Misuse where the folder cannot be written.
    """
    earlier = _earlier(folder)
    try:
        for path, content in made.files.items():
            put(folder / path, content)
        digests = {path: hashlib.sha256(content).hexdigest() for path, content in made.files.items()}
        if everything:
            for path in earlier["files"].keys() - digests.keys():
                (folder / path).unlink(missing_ok=True)
            units = made.units
        else:
            kept = {path: digest for path, digest in earlier["files"].items() if (folder / path).is_file()}
            digests, units = {**kept, **digests}, {**earlier["units"], **made.units}
        put(folder / MANIFEST, _manifest(plan, digests, units))
    except OSError as error:
        path = error.filename or str(folder)
        raise Misuse("cannot-write", path=str(path), reason=error.strerror or type(error).__name__) from error
    return (*made.files, MANIFEST)


def put(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    A link stays a link, and a file keeps who may read and write it. What nobody may write is left alone: PermissionError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a device or a pipe, which must not be replaced by a file
        path.write_bytes(content)
        return
    target = path.resolve()
    mode = _mode(target)
    draft = target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int | None:
    """The permissions of a file that is there; a rename would not ask for the one to write."""
    if not target.exists():
        return None
    mode = stat.S_IMODE(target.stat().st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode


def _manifest(plan: str, digests: Mapping[str, str], units: Mapping[str, str]) -> bytes:
    """Every file with its SHA-256, and for each unit its sheets."""
    shape = {
        "version": 1,
        "plan": plan,
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(digests.items())],
        "units": {
            unit: sorted(
                path for path in digests if PurePosixPath(path).with_suffix("") == PurePosixPath("sheets", stem)
            )
            for unit, stem in units.items()
        },
    }
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()


def _earlier(folder: Path) -> dict[str, dict[str, Any]]:
    """What the manifest of an earlier build lists; nothing where there is none, or none of ours."""
    nothing: dict[str, dict[str, Any]] = {"files": {}, "units": {}}
    try:
        shape = json.loads((folder / MANIFEST).read_bytes())
        files = {str(item["path"]): str(item["sha256"]) for item in shape["files"]}
        units = {str(unit): PurePosixPath(paths[0]).stem for unit, paths in shape["units"].items() if paths}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return nothing
    inside = {path: digest for path, digest in files.items() if _is_inside(path)}
    return {"files": inside, "units": units}


def _is_inside(path: str) -> bool:
    """Whether a path of a manifest stays below its folder, whoever wrote it."""
    parts = Path(path).parts
    return bool(parts) and not Path(path).is_absolute() and ".." not in parts and "\\" not in path and ":" not in path
