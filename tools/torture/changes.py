"""What may change from one machine to the next: clock, locale, zone, hash seed, user, home, and the place for temporary files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from ground import NAME, NEW, Ground, Outcome, contents, log_of, project, ran, told
from lacks import IS_ROOT, NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Variables of the environment, None for one that is taken away; the value ``{none}`` is a folder that is not there.
ENVIRONMENTS: tuple[Mapping[str, str | None], ...] = (
    *({"LC_ALL": name, "LANG": name} for name in ("C", "POSIX", "zh_CN.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8")),
    *({"TZ": zone} for zone in ("Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "nonsense")),
    *({"PYTHONHASHSEED": seed} for seed in ("0", "1", "4294967295")),
    *({"HOME": home} for home in (None, "{none}", "/dev/null")),
    *({"TMPDIR": place, "TMP": None, "TEMP": None} for place in ("{none}", "/dev/null", "/proc")),
    *({"XDG_CACHE_HOME": "{none}"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}, {"COLUMNS": "20", "TERM": "dumb"}),
)
#: How a build ends that could not make everything.
INCOMPLETE = 2
MANIFEST = "manifest.json"
#: Seconds by which the clock is wrong.
CLOCKS = (-1_500_000_000, -86_400, 86_400, 2_000_000_000, 60_000_000_000)


def environment(ground: Ground, number: int) -> Outcome:
    """The real command in another environment."""
    root = project(ground.top / f"v{number}", NEW)
    change = ENVIRONMENTS[number]
    names = {**os.environ, **{name: (value or "").replace("{none}", f"{root}/none") for name, value in change.items()}}
    for name in (name for name, value in change.items() if value is None):
        names.pop(name, None)
    return _same(ground, root, next(iter(change)), _command(root, names))


def user(ground: Ground, number: int) -> Outcome:
    """Another user (where this one may become one), and another mask of rights."""
    root = project(ground.top / f"u{number}", NEW)
    if IS_ROOT:
        for found in (root, *root.rglob("*")):
            os.chown(found, NOBODY, NOBODY)
    mask = (0o077, 0o000, 0o027)[number]

    def other() -> None:
        os.umask(mask)
        if IS_ROOT:
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    return _same(ground, root, "user and umask", ran(root, "build", "-o", "build", before=other))


def clock(ground: Ground, number: int) -> Outcome:
    """A clock that is wrong, as Python's ``time`` tells it, with files from the future and the past."""
    root = project(ground.top / f"c{number}", NEW)
    for path in root.rglob("*.yaml"):
        os.utime(path, (max(time.time() + CLOCKS[number], 0),) * 2)

    def wrong() -> None:
        real, local, mean = time.time, time.localtime, time.gmtime
        vars(time)["time"] = lambda: real() + CLOCKS[number]
        vars(time)["localtime"] = lambda seconds=None: local(time.time() if seconds is None else seconds)
        vars(time)["gmtime"] = lambda seconds=None: mean(time.time() if seconds is None else seconds)

    return _same(ground, root, "clock", ran(root, "build", "-o", "build", before=wrong))


def _command(root: Path, names: dict[str, str]) -> int:
    command = [sys.executable, "-m", "workplan", "build", "-o", "build"]
    with log_of(root).open("ab") as log:
        ended = subprocess.run(command, cwd=root, env=names, stdout=log, stderr=log, check=False)  # noqa: S603 - our own arguments
    return ended.returncode


def _same(ground: Ground, root: Path, what: str, code: int) -> Outcome:
    """Whether the build is as a clean one, was refused in words, or lacks what this computer cannot make, and says so."""
    made, clean = contents(root / "build" / NAME), ground.whole.new
    refused = code in (1, 2) and not made
    partial = code == INCOMPLETE and _is_part(made, clean)
    wrong = told(root) + ([] if code == 0 or refused or partial else [f"ended with {code}"])
    if made != clean and not (refused or partial):
        wrong.append("other bytes")
    shutil.rmtree(root)
    return Outcome(f"other {what}", code, wrong=[f"{what}: {line}" for line in wrong])


def _is_part(made: Mapping[str, bytes], clean: Mapping[str, bytes]) -> bool:
    """Whether files are those of a clean build, as where the faces are somebody else's, but for those that the manifest misses."""
    files = {name: content for name, content in made.items() if name != MANIFEST}
    missing = set(json.loads(made.get(MANIFEST, b"{}")).get("missing", ()))
    return all(clean.get(name) == content for name, content in files.items()) and missing == set(clean) - set(made)
