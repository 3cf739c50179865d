"""Puts finished files on disk: each whole or not at all, with a manifest, and without leftovers of an earlier build."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse, visible_json
from workplan.files import put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.output.make import Made

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
    return (visible_json(json.dumps(shape, ensure_ascii=False, indent=2)) + "\n").encode()


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
