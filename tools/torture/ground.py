"""What is tortured: a small plan in two states, their clean builds, and what must hold of a folder after whatever happened."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.cli import main
from workplan.output import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

FRAME = 'issuer: 示例区人民政府办公室\ntitle: 2026年工作要点\nparts: [tasks]\nnumber: ""\ndate: 2026-01-05\n'
REGISTRY = "units:\n" + "".join(f"  - {{name: 区{name}局}}\n" for name in ("教育", "财政", "水务", "民政"))
#: A sheet that somebody filled in, of a unit that stays and of one that goes; where they stand, and what they hold.
FILLED = {"sheets/区教育局.md": "甲科已填写\n", "sheets/区民政局.md": "乙科已填写\n"}
#: What is wrong on purpose: a layout for ``fmt``, and slips for ``check --fix``.
ROUGH = "kind:   tasks\ntitle: 重点任务\nitems:\n" + "".join(
    f"  - title:   任务{number}\n    text: 到年底,完成{number}项,并,公开。\n    units: 区教育局\n"
    for number in range(40)
)
NAME = "2026"


def tasks(units: Sequence[str], word: str) -> str:
    """A part with a task for each unit."""
    items = "".join(
        f"  - title: 任务{n}\n    text: {word}第{n}项。\n    units: 区{unit}局\n" for n, unit in enumerate(units)
    )
    return f"kind: tasks\ntitle: 重点任务\nitems:\n{items}"


OLD = tasks(("教育", "财政", "民政"), "完成")
NEW = tasks(("教育", "财政", "水务"), "办好")


@dataclass
class Outcome:
    """What one trial showed: the code with which the call ended, whether it was cut short at writing, and what is wrong."""

    what: str
    code: int = 0
    writing: bool = False
    wrong: list[str] = field(default_factory=list)


def project(folder: Path, text: str) -> Path:
    """A project with the plan in one of its states."""
    plan = folder / "plan" / NAME
    plan.mkdir(parents=True)
    (plan.parent / "units.yaml").write_text(REGISTRY, encoding="utf-8")
    (plan / "document.yaml").write_text(FRAME, encoding="utf-8")
    (plan / "tasks.yaml").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path; links are files that hold where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = bytes(path.readlink())
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def log_of(folder: Path) -> Path:
    """Where calls for a project say what they say: beside it, so that it may lie on a full disk."""
    return folder.with_name(f"{folder.name}.log")


def cache_of(folder: Path) -> Path:
    """Where the builds of a project keep their files: each project has a cache of its own."""
    return folder.with_name(f"{folder.name}.cache")


def light() -> None:
    """Leave PDFs out of builds: they take nine tenths of the time, and are written as all files are."""
    for group, names in formats.FORMATS.items():
        formats.FORMATS[group] = tuple(name for name in names if name != "pdf")


def forked(folder: Path, arguments: Sequence[str], before: Callable[[], object] = light) -> int:
    """Start a call of workplan as a copy of this process, in which all is loaded, and give its number."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        log = os.open(log_of(folder), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.chdir(folder)
        os.environ["XDG_CACHE_HOME"] = str(cache_of(folder))
        for stream in (1, 2):
            os.dup2(log, stream)
        os.close(log)
        before()
        main(list(arguments))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - what gets through is what is looked for
        import traceback  # noqa: PLC0415 - hardly ever

        traceback.print_exc()
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a call; that of the signal that killed it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ran(folder: Path, *arguments: str, before: Callable[[], object] = light) -> int:
    """Run a call to its end."""
    return ended(forked(folder, arguments, before))


def killed(child: int, moment: float, drafts: Callable[[], bool] | None) -> bool:
    """Kill a call after ``moment`` seconds, counted from its first draft where ``drafts`` tells of one; False if it was done."""
    if drafts is not None:
        while not drafts():
            if os.waitpid(child, os.WNOHANG)[0]:
                return False
    time.sleep(moment)
    done, _ = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return not done


def has_drafts(folder: Path) -> bool:
    """Whether a draft is in a folder."""
    try:
        return any(path.name.startswith(".workplan-") for path in folder.iterdir())
    except OSError:
        return False


def faults(folder: Path, whole: Sequence[Mapping[str, bytes]], kept: Mapping[str, str]) -> list[str]:
    """What is wrong in a build's folder, of which the files may be those of several builds."""
    found = contents(folder)
    wrong = [f"work lost: {text!r}" for text in kept.values() if text.encode() not in found.values()]
    theirs = {text.encode() for text in kept.values()}
    for path, content in found.items():
        known = {build[path] for build in whole if path in build} | theirs
        if not path.startswith(".") and path != "manifest.json" and content not in known:
            wrong.append(f"half file: {path}")
    if "manifest.json" in found:
        for one in json.loads(found["manifest.json"])["files"]:
            content = found.get(one["path"], b"")
            if hashlib.sha256(content).hexdigest() != one["sha256"] and content not in theirs:
                wrong.append(f"untrue manifest: {one['path']}")
    return wrong


def next_is_right(
    root: Path, folder: Path, clean: Mapping[str, bytes], kept: Mapping[str, str], before: Callable[[], object] = light
) -> list[str]:
    """Build once more without a fault, and say what differs from a clean build."""
    wrong = [] if ran(root, "build", "-o", str(folder.parent), before=before) == 0 else ["the next build failed"]
    found = contents(folder)
    aside = {path: content for path, content in found.items() if "（留存" in path}
    if {path: content for path, content in found.items() if path not in aside} != clean:
        wrong.append("the next build differs")
    if sorted(aside.values()) != sorted(text.encode() for text in kept.values()):
        wrong.append("kept files differ")
    return wrong


def told(root: Path) -> list[str]:
    """What no call may say."""
    log = log_of(root)
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    log.unlink(missing_ok=True)
    return [f"traceback: {text.rstrip().splitlines()[-1][:100]}"] if "Traceback" in text else []


def whole() -> None:
    """Leave nothing out."""


@dataclass(frozen=True)
class Clean:
    """The clean builds of both states: their folders, and the bytes of each."""

    out: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    @classmethod
    def built(cls, top: Path, name: str, before: Callable[[], object]) -> Clean:
        """Build them."""
        made = []
        for state in ("old", "new"):
            out = top / f"{name}-{state}"
            if ran(top / state, "build", "-o", str(out), before=before):
                raise SystemExit(log_of(top / state).read_text(encoding="utf-8"))
            made.append(contents(out / NAME))
        return cls(top / f"{name}-old", *made)

    def started(self, out: Path, *, filled: bool) -> Path:
        """A folder with the old build, in which people may have filled something in."""
        shutil.copytree(self.out, out)
        if filled:
            for path, text in FILLED.items():
                (out / NAME / path).write_text(text, encoding="utf-8")
        return out


@dataclass(frozen=True)
class Ground:
    """Where all of it takes place: clean builds with PDFs, as the command makes them, and without; and what one takes."""

    top: Path
    whole: Clean
    light: Clean
    seconds: float

    @classmethod
    def laid_out(cls, top: Path) -> Ground:
        """Lay it out and build all states."""
        project(top / "old", OLD)
        project(top / "new", NEW)
        full = Clean.built(top, "whole", whole)
        start = time.perf_counter()
        small = Clean.built(top, "light", light)
        return cls(top, full, small, (time.perf_counter() - start) / 2)


def limited(kind: int, most: int) -> Callable[[], None]:
    """A limit of the system, for a call without PDFs."""

    def limit() -> None:
        light()
        resource.setrlimit(kind, (most, most))

    return limit
