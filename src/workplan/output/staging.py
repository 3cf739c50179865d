"""What a build needs around its work: the folder to itself, new files on disk before old ones go, and no Ctrl-C in between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.files import DRAFT, create, hold, sweep

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path
    from types import FrameType

#: Seconds for which another build of the same folder is waited for, and between two looks. Writing takes less than one.
_PATIENCE, _PAUSE = 30.0, 0.05
_STAGE = re.compile(re.escape(DRAFT) + r"[0-9a-f]{32}\.part")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep all other builds out of a folder; raises Misuse where one does not end. Where no file can be held nobody is kept out."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        yield
        return
    try:
        last = time.monotonic() + _PATIENCE
        while not hold(opened):
            if time.monotonic() > last:
                raise Misuse("folder-busy", path=str(folder))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(opened)


@contextmanager
def staged(
    folder: Path, modes: Mapping[str, int], *files: Mapping[str, bytes], leaving: Container[str] = ()
) -> Iterator[dict[str, Path]]:
    """All files but those that are left out, written into a folder of drafts that only we can enter, by their paths.

    What is still there afterwards goes.
    """
    stage = folder / f"{DRAFT}{os.urandom(16).hex()}.part"
    stage.mkdir(0o700)
    try:
        drafts: dict[str, Path] = {}
        for group in files:
            for path in (one for one in group if one not in leaving):
                drafts[path] = draft = stage / str(len(drafts))
                create(draft, group[path])
                if path in modes:
                    draft.chmod(modes[path])
        yield drafts
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def swept(folder: Path) -> None:
    """Remove the drafts that builds left when they were killed, and those of earlier versions."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _STAGE.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
    for part in (folder, folder / "sheets"):
        sweep(part)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Answer Ctrl-C and SIGTERM afterwards; what is done here takes moments, and half done it would be worth less than the old files."""
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    if signal.SIGTERM in asked:
        signal.raise_signal(signal.SIGTERM)
    if signal.SIGINT in asked and before[signal.SIGINT] is not signal.SIG_IGN:
        raise KeyboardInterrupt
