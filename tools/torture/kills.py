"""Kills: builds, ``fmt`` and ``check --fix`` at random moments, and two builds of one folder at once."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from ground import (
    FILLED,
    NAME,
    NEW,
    OLD,
    ROUGH,
    Ground,
    Outcome,
    cache_of,
    contents,
    ended,
    faults,
    forked,
    has_drafts,
    killed,
    light,
    log_of,
    next_is_right,
    project,
    ran,
    told,
    whole,
)

if TYPE_CHECKING:
    from pathlib import Path

#: Of so many kills one hits the real command instead of a copy of this process.
_REAL = 10
#: Seconds that writing takes, at most: the moments of every other kill lie within them, from the first draft on.
_WRITING = 0.03
#: Of the trials in which somebody filled in a sheet.
_HALF = 0.5
#: Seconds by which the real command takes longer than a copy of this process.
_LOADING = 1.5


def real(root: Path, *arguments: str) -> int:
    """Start the command itself, and give its number."""
    with log_of(root).open("ab") as log:
        command = [sys.executable, "-m", "workplan", *arguments]
        names = {**os.environ, "XDG_CACHE_HOME": str(cache_of(root))}
        return subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=names).pid  # noqa: S603 - our own arguments


def _cut(folder: Path, call: tuple[str, ...], number: int, seconds: float, chance: random.Random) -> bool:
    """Start a call and kill it; whether it was cut short while it wrote into ``folder``, two levels below the project."""
    is_real, root = number % _REAL == 0, folder.parent.parent
    child = real(root, *call) if is_real else forked(root, call)
    if number % 2:
        killed(child, chance.random() * _WRITING, lambda: has_drafts(folder))
    else:
        killed(child, chance.random() * (seconds + _LOADING if is_real else seconds), None)
    return has_drafts(folder) or (folder / ".unfinished.json").exists()


def build(ground: Ground, number: int, seed: str) -> Outcome:
    """A build of the new state over the old one, killed; nothing of it is in the cache."""
    return _build(ground, f"b{number}", number, random.Random(f"{seed} build {number}"))  # noqa: S311 - to be repeated


def incremental(ground: Ground, number: int, seed: str) -> Outcome:
    """The same where the cache has the old state; every third time the cache is damaged before the next build."""
    chance = random.Random(f"{seed} incremental {number}")  # noqa: S311 - to be repeated
    return _build(ground, f"i{number}", number, chance, warm=True)


def _build(ground: Ground, name: str, number: int, chance: random.Random, *, warm: bool = False) -> Outcome:
    kept = FILLED if chance.random() < _HALF else {}
    clean, before = (ground.whole, whole) if number % _REAL == 0 else (ground.light, light)
    root = project(ground.top / name, NEW)
    if warm:
        shutil.copytree(cache_of(ground.top / "old"), cache_of(root))
    folder = clean.started(root / "build", filled=bool(kept)) / NAME
    writing = _cut(folder, ("build", "-o", "build"), number, ground.seconds, chance)
    wrong = faults(folder, (clean.old, clean.new), kept)
    if warm and number % 3 == 0:
        _damage(cache_of(root), chance)
    wrong += next_is_right(root, folder, clean.new, kept, before) + told(root)
    shutil.rmtree(root)
    shutil.rmtree(cache_of(root), ignore_errors=True)
    return Outcome("incremental build, killed" if warm else "build, killed", -9, writing, wrong)


def _damage(cache: Path, chance: random.Random) -> None:
    """Cut some files of a cache short, change a byte of others, and exchange yet others."""
    every = sorted(path for path in cache.rglob("*") if path.is_file())
    for path in chance.sample(every, len(every) // 2):
        content = path.read_bytes()
        changed = (
            content[: chance.randrange(len(content) + 1)],
            content[:-1] + bytes([content[-1] ^ 1]) if content else b"",
            chance.choice(every).read_bytes(),
        )
        path.write_bytes(chance.choice(changed))


def rewriting(command: str) -> tuple[str, ...]:
    """The arguments of a call that changes plan files."""
    return ("fmt",) if command == "fmt" else ("check", "--fix")


def rewrite(ground: Ground, number: int, seed: str, command: str) -> Outcome:
    """``fmt`` or ``check --fix`` of a plan, killed: every file says what it said before or what it is to say."""
    chance = random.Random(f"{seed} {command} {number}")  # noqa: S311 - to be repeated
    right = contents(_done(ground, command) / "plan")
    root = project(ground.top / f"{command}{number}", ROUGH)
    before = contents(root / "plan")
    writing = _cut(root / "plan" / NAME, rewriting(command), number, 0.2, chance)
    found = {path: content for path, content in contents(root / "plan").items() if not path.endswith(".part")}
    wrong = [f"lost: {path}" for path in before if found.get(path) not in (before[path], right[path])]
    ran(root, *rewriting(command))
    if contents(root / "plan") != right:
        wrong.append("the next call differs")
    wrong += told(root)
    shutil.rmtree(root)
    return Outcome(f"{command}, killed", -9, writing, wrong)


def _done(ground: Ground, command: str) -> Path:
    """The plan as the command leaves it, made once."""
    root = ground.top / f"done-{command}"
    if not root.exists():
        made = project(ground.top / f"doing-{command}-{os.getpid()}", ROUGH)
        ran(made, *rewriting(command))
        log_of(made).unlink(missing_ok=True)
        if root.exists():
            shutil.rmtree(made)
        else:
            made.rename(root)
    return root


def pair(ground: Ground, number: int, seed: str) -> Outcome:
    """Two builds into one folder at once, of both states; every third time one of them is killed."""
    chance = random.Random(f"{seed} pair {number}")  # noqa: S311 - to be repeated
    clean = ground.light
    roots = [project(ground.top / f"p{number}" / name, text) for name, text in (("one", OLD), ("two", NEW))]
    out = clean.started(ground.top / f"p{number}/build", filled=False)
    children = [forked(root, ("build", "-o", str(out))) for root in roots]
    if number % 3 == 0:
        killed(children.pop(), chance.random() * ground.seconds * 2, None)
    codes = [ended(child) for child in children]
    wrong = faults(out / NAME, (clean.old, clean.new), {})
    if number % 3 and contents(out / NAME) not in (clean.old, clean.new):
        wrong.append("neither the one nor the other")
    if any(codes):
        wrong.append(f"ended with {codes}")
    wrong += next_is_right(roots[1], out / NAME, clean.new, {})
    wrong += [line for root in roots for line in told(root)]
    shutil.rmtree(ground.top / f"p{number}")
    return Outcome("two builds at once", max(codes), wrong=wrong)
