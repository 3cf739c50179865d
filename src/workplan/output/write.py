"""Puts finished files on disk as one transaction, with a manifest that is true or absent, and keeps what people did to them.

First all files that do not stand there already are written as drafts, so that a full disk changes nothing. Then the intent is recorded, the manifest goes,
the drafts take their places, what went from the plan goes, and the new manifest ends it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Misuse, Severity, Span
from workplan.files import DRAFT, put, writable
from workplan.output import record
from workplan.output.kept import set_aside
from workplan.output.record import INTENT, MANIFEST, Record
from workplan.output.staging import alone, staged, swept, undisturbed
from workplan.source import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from workplan.output.result import Made


@dataclass(frozen=True, slots=True)
class Written:
    """What a build left on disk: its files below the folder, the manifest last, and what it found there of other people's.

    ``finished`` is False where an earlier build was cut short and this one, of some files only, could not make up for it: then
    there is no manifest.
    """

    paths: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    finished: bool


def write(made: Made, out: Path, plan: str, *, everything: bool, under: str = "") -> Written:
    """Write all files below the folder ``plan`` in ``out``, or in the folders ``under`` there.

    A build of ``everything`` removes what earlier builds wrote and this one did not: a department that is no longer named must
    not find last week's sheet. A file that this computer could not make goes in any build, for what is there says what the plan
    said before, and the manifest lists it as missing. A file that is not as a build made it is kept beside the new one, and told. Raises Misuse where
    the folder cannot be written, leads elsewhere or holds a plan.
    """
    folder = out / under / plan
    try:
        _refuse_elsewhere(folder, out, made.files)
        if not made.files and record.read(folder) == Record():
            return Written((), (), finished=True)
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            swept(folder)
            return _written(made, folder, plan, everything=everything)
    except OSError as error:
        raise Misuse(
            "cannot-write", path=_named(error, folder), reason=error.strerror or type(error).__name__
        ) from error


def _named(error: OSError, folder: Path) -> str:
    """The file that could not be written, in place of a draft the folder."""
    path = str(error.filename2 or error.filename or folder)
    return str(folder) if DRAFT in path else path


def _refuse_elsewhere(folder: Path, out: Path, files: Collection[str]) -> None:
    for path in files:
        os.fsencode(path)  # pathlib takes a name that the environment cannot write for one that is not there
    if os.path.lexists(folder / DOCUMENT):
        raise Misuse("out-is-plan", path=str(folder))
    for place in (folder, *sorted({(folder / path).parent for path in files})):
        target = record.leads_out(place, out)
        if target:
            raise Misuse("out-leads-out", path=str(place), target=target)


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a folder is to be like after a build.

    ``listed`` are the files with their digests, ``units`` the stems of the sheets, ``missing`` the files that could not be made;
    ``going`` are those that go, and ``left`` is what an earlier build has left to do.
    """

    listed: Mapping[str, str]
    units: Mapping[str, str]
    missing: frozenset[str]
    going: Collection[str]
    left: Mapping[str, str]


def _aim(made: Made, known: Record, folder: Path, digests: Mapping[str, str], *, everything: bool) -> _Aim:
    missing = frozenset(made.missing)
    going = {path for path in missing if os.path.lexists(folder / path)}
    if everything:
        gone = sorted(going | (known.made.keys() - digests.keys()))
        return _Aim(listed=digests, units=made.units, missing=missing, going=gone, left={})
    stay = (path for path in known.made if path not in missing and _is_file(folder / path))
    listed = {path: known.standing(folder, path) for path in stay} | {**digests}
    return _Aim(
        listed=listed,
        units={**known.units, **made.units},
        missing=missing | (known.missing - listed.keys()),
        going=sorted(going),
        left=known.left(folder, [*digests, *missing]),
    )


def _written(made: Made, folder: Path, plan: str, *, everything: bool) -> Written:
    known = record.read(folder)
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in made.files.items()}
    modes = {path: mode for path in (*made.files, MANIFEST) if (mode := _mode(folder / path)) is not None}
    _mode(folder / INTENT)
    aim = _aim(made, known, folder, digests, everything=everything)
    manifest = record.manifest(plan, aim.listed, aim.units, aim.missing)
    standing = {path for path, digest in digests.items() if _digest(folder / path) == digest}
    if len(standing) == len(digests) and not (aim.going or aim.left) and _ended_with(folder, manifest):
        return Written((*made.files, MANIFEST), (), finished=True)
    after = _with(known.made, digests)
    with (
        _ready(folder, digests, aim.going),
        staged(folder, modes, made.files, {MANIFEST: manifest}, leaving=standing) as drafts,
        undisturbed(),
    ):
        work = _Work(folder, known, after, aim.missing)
        findings = list(work.cleared(INTENT))
        pending = {**aim.left, **digests, **dict.fromkeys(aim.going, "")}
        put(folder / INTENT, record.intent(plan, Record(after, aim.units, pending, aim.missing)))
        findings += (*work.cleared(MANIFEST), *work.replaced(drafts), *work.removed(aim.going))
        if aim.left:
            put(folder / INTENT, record.intent(plan, Record(after, aim.units, aim.left, aim.missing)))
        else:
            drafts[MANIFEST].replace(folder / MANIFEST)
            (folder / INTENT).unlink()
    paths = (*made.files, *(() if aim.left else (MANIFEST,)))
    return Written(paths, tuple(findings), finished=not aim.left)


def _digest(place: Path) -> str:
    """The digest of what stands in a place; "" for nothing, or nothing that can be read."""
    with suppress(OSError):
        return record.digest(place)
    return ""


def _ended_with(folder: Path, manifest: bytes) -> bool:
    """Whether the build before ended, and with this manifest."""
    return not os.path.lexists(folder / INTENT) and _digest(folder / MANIFEST) == hashlib.sha256(manifest).hexdigest()


@contextmanager
def _ready(folder: Path, wanted: Collection[str], going: Collection[str]) -> Iterator[None]:
    """Make sure of the folders of files before anything changes: that they are there, and that files in them may come and go.

    Those that are new go again where the build does not come to its end.
    """
    fresh: list[Path] = []
    try:
        for place in sorted({(folder / path).parent for path in wanted}):
            for above in (*reversed(place.parents), place):
                if not above.is_dir():
                    above.mkdir(exist_ok=True)
                    fresh.append(above)
        for place in sorted({(folder / path).parent for path in (*wanted, *going)}):
            _refuse_closed(place)
        yield
    except BaseException:  # Ctrl-C too
        for place in reversed(fresh):
            with suppress(OSError):
                place.rmdir()
        raise


def _refuse_closed(place: Path) -> None:
    """Raise PermissionError for a folder in which files may not come and go."""
    if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _with(made: Mapping[str, tuple[str, ...]], digests: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What builds have made, and this one makes."""
    new = {path: (*(one for one in made.get(path, ()) if one != digest), digest) for path, digest in digests.items()}
    return {**made, **new}


def _mode(target: Path) -> int | None:
    """The permissions that a new file takes over from the one in its place; OSError where none can be put there."""
    if target.is_symlink():
        return None
    found = writable(target)
    if found is not None and not stat.S_ISREG(found.st_mode):
        kind = IsADirectoryError if stat.S_ISDIR(found.st_mode) else FileExistsError
        raise kind(None, "", str(target))
    return None if found is None else stat.S_IMODE(found.st_mode)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@dataclass(frozen=True, slots=True)
class _Work:
    """The changes to a folder, once everything that they need is on disk; each yields what was kept for people.

    ``known`` is what earlier builds made, ``after`` the digests of that and of what this build makes, ``missing`` what could not
    be made.
    """

    folder: Path
    known: Record
    after: Mapping[str, tuple[str, ...]]
    missing: Collection[str]

    def cleared(self, name: str) -> Iterator[Diagnostic]:
        """Make room for the manifest or the intent; what is none of ours is kept, and an intent of ours is replaced later."""
        place = self.folder / name
        if not os.path.lexists(place):
            return
        if not record.is_ours(place):
            yield self._kept(name)
        elif name == INTENT:
            return
        with suppress(FileNotFoundError):
            place.unlink()

    def replaced(self, drafts: Mapping[str, Path]) -> Iterator[Diagnostic]:
        """Put the new files in their places."""
        for path, draft in drafts.items():
            if path == MANIFEST:
                continue
            if self._is_theirs(path):
                yield self._kept(path)
            draft.replace(self.folder / path)

    def removed(self, going: Collection[str]) -> Iterator[Diagnostic]:
        """Remove what earlier builds made and the plan no longer has, or this computer cannot make."""
        for path in going:
            place = self.folder / path
            if place.is_dir() and not place.is_symlink():
                continue
            if self._is_theirs(path):
                yield self._kept(path, gone=True)
            with suppress(FileNotFoundError, NotADirectoryError):
                place.unlink()

    def _is_theirs(self, path: str) -> bool:
        """Whether something stands there that no build made."""
        place = self.folder / path
        if place.is_symlink():
            return True
        now = record.digest(place)
        return bool(now) and now not in self.after.get(path, ())

    def _kept(self, path: str, *, gone: bool = False) -> Diagnostic:
        kept = set_aside(self.folder / path)
        arguments = {"file": path, "kept": kept.name}
        ours, lacking = path in self.known.made, path in self.missing
        variant = "foreign" if not ours else "missing" if gone and lacking else "gone" if gone else ""
        return Diagnostic("kept-file", Span.whole(kept.as_posix()), arguments, Severity.WARNING, variant=variant)
