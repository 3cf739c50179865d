"""What may be missing: space, rights, file handles, a home, a place for temporary files."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ground import (
    FILLED,
    NAME,
    NEW,
    ROUGH,
    Ground,
    Outcome,
    contents,
    faults,
    limited,
    log_of,
    next_is_right,
    project,
    ran,
    told,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Nobody's number, on every system.
NOBODY = 65534
#: What is taken away from whom: a path below the project, and its rights.
RIGHTS = (
    *(("build", 0o555), (f"build/{NAME}", 0o555), (f"build/{NAME}", 0o000), (f"build/{NAME}/sheets", 0o555)),
    *((f"build/{NAME}/sheets", 0o000), (f"build/{NAME}/official.txt", 0o444), (f"build/{NAME}/official.txt", 0o000)),
    *((f"build/{NAME}/manifest.json", 0o444), (f"build/{NAME}/manifest.json", 0o000)),
    *((f"plan/{NAME}/tasks.yaml", 0o000), (f"plan/{NAME}", 0o000), ("plan", 0o000), ("plan/units.yaml", 0o000)),
)
#: What a build of this plan need not write: everything else it has to refuse.
_HARMLESS = {"build": 0o555}
#: What a small disk gives a file, in bytes, and what the plans on it take of that.
_BLOCK, _PLANS = 4096, 8
IS_ROOT = os.geteuid() == 0
#: Root without the power to read and write everything.
POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


def _build(ground: Ground, root: Path, what: str, before: Callable[[], object], codes: tuple[int, ...]) -> Outcome:
    """A build of the new state over the old one, with something missing, and one when it is there again."""
    kept = FILLED
    code = ran(root, "build", "-o", "build", before=before)
    folder = root / "build" / NAME
    wrong = faults(folder, (ground.light.old, ground.light.new), kept) + told(root)
    if code not in codes:
        wrong.append(f"ended with {code}")
    wrong += next_is_right(root, folder, ground.light.new, kept) + told(root)
    return Outcome(what, code, wrong=wrong)


def _root(ground: Ground, name: str) -> Path:
    root = project(ground.top / name, NEW)
    ground.light.started(root / "build", filled=True)
    return root


def short_files(ground: Ground, number: int) -> Outcome:
    """No file may grow beyond a limit, in steps from nothing to more than is needed."""
    root = _root(ground, f"s{number}")
    most = (number + 1) * 1024
    made = _build(ground, root, "files limited in size", limited(resource.RLIMIT_FSIZE, most), (0, 2))
    shutil.rmtree(root)
    return made


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[None]:
    """A file system of so many bytes."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)  # noqa: S603, S607 - ours
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)  # noqa: S603, S607 - ours


def full_disk(ground: Ground, number: int) -> Outcome:
    """A disk that has room for the old build and a little more, in steps; and plan files on a full one."""
    place = ground.top / f"d{number}"
    held = sum(-(-len(content) // _BLOCK) for content in ground.light.old.values()) + _PLANS
    size = (held + number) * _BLOCK
    with small_disk(place, size):
        project(place, NEW)
        project(place / "rough", ROUGH)
        ground.light.started(place / "build", filled=True)
        code = ran(place, "build", "-o", "build")
        wrong = faults(place / "build" / NAME, (ground.light.old, ground.light.new), FILLED) + told(place)
        if code not in (0, 2):
            wrong.append(f"ended with {code}")
        left = os.statvfs(place)
        (place / "filler").write_bytes(b"\0" * (left.f_bavail * left.f_frsize))
        wrong += _rewritten(place / "rough")
        (place / "filler").unlink()
        saved = ground.top / f"e{number}"
        shutil.copytree(place, saved)
    wrong += next_is_right(saved, saved / "build" / NAME, ground.light.new, FILLED)
    shutil.rmtree(saved)
    place.rmdir()
    return Outcome("full disk", code, wrong=wrong)


def _rewritten(root: Path) -> list[str]:
    """Lay out plan files for which there is no room."""
    before = contents(root / "plan")
    log_of(root).symlink_to(os.devnull)
    code = ran(root, "fmt")
    after = {path: content for path, content in contents(root / "plan").items() if not path.endswith(".part")}
    lost = [f"lost: {path}" for path in before if len(after.get(path, b"")) < len(before[path]) * 0.8]
    return lost + told(root) + ([] if code in (0, 2) else [f"fmt ended with {code}"])


def rights(ground: Ground, number: int) -> Outcome:
    """A folder or file that may not be written or read, by somebody for whom rights hold."""
    path, mode = RIGHTS[number]
    root = project(ground.top / f"r{number}", NEW)
    ground.whole.started(root / "build", filled=True)
    before = contents(root / "build")
    usual = (root / path).stat().st_mode & 0o777
    (root / path).chmod(mode)
    with log_of(root).open("ab") as log:
        command = [*(POWERLESS if IS_ROOT else ()), sys.executable, "-m", "workplan", "build", "-o", "build"]
        code = subprocess.run(command, cwd=root, stdout=log, stderr=log, check=False).returncode  # noqa: S603 - our own arguments
    (root / path).chmod(usual)
    wrong = [f"{path}: ended with {code}"] if code not in (1, 2) and mode != _HARMLESS.get(path) else []
    wrong += [f"{path}: something changed"] if code and contents(root / "build") != before else []
    wrong += faults(root / "build" / NAME, (ground.whole.old, ground.whole.new), FILLED) + told(root)
    wrong += next_is_right(root, root / "build" / NAME, ground.whole.new, FILLED, whole) + told(root)
    shutil.rmtree(root)
    return Outcome("rights taken away", code, wrong=wrong)


def handles(ground: Ground, number: int) -> Outcome:
    """Few file handles: in a copy of this process, where all is loaded, and in the real command, which must load itself."""
    root = _root(ground, f"h{number}")
    few = 3 + number
    if number % 2:
        made = _build(ground, root, "few file handles", limited(resource.RLIMIT_NOFILE, few), (0, 1, 2))
        shutil.rmtree(root)
        return made
    shutil.rmtree(root / "build")
    ground.whole.started(root / "build", filled=True)
    with log_of(root).open("ab") as log:
        command = [sys.executable, "-m", "workplan", "build", "-o", "build"]
        limit = limited(resource.RLIMIT_NOFILE, few)
        code = subprocess.run(command, cwd=root, stdout=log, stderr=log, preexec_fn=limit, check=False).returncode  # noqa: S603 - ours
    began = _began(root)
    folder = root / "build" / NAME
    wrong = faults(folder, (ground.whole.old, ground.whole.new), FILLED)
    wrong += told(root) if began else []
    log_of(root).unlink(missing_ok=True)
    wrong += next_is_right(root, folder, ground.whole.new, FILLED, whole)
    shutil.rmtree(root)
    return Outcome("few file handles", code, wrong=wrong)


def _began(root: Path) -> bool:
    """Whether Python itself could start: below some handles it says why it cannot, in its own way."""
    text = log_of(root).read_text(encoding="utf-8", errors="replace")
    return "Fatal Python error" not in text and "workplan" in text


def plan_handles(ground: Ground, number: int) -> Outcome:
    """``fmt`` and ``check --fix`` with few handles."""
    root = project(ground.top / f"k{number}", ROUGH)
    before = contents(root / "plan")
    command = ("fmt",) if number % 2 else ("check", "--fix")
    code = ran(root, *command, before=limited(resource.RLIMIT_NOFILE, 3 + number // 2))
    found = contents(root / "plan")
    wrong = [f"lost: {path}" for path in before if len(found.get(path, b"")) < len(before[path]) * 0.8]
    wrong += [f"left: {path}" for path in found if path.endswith(".part")] + told(root)
    shutil.rmtree(root)
    return Outcome("few file handles, plan files", code, wrong=wrong)
