"""Reads a PDF in a process of its own, within bounds of time and memory: nothing else ends PDFium in the middle of a page."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from workplan.importing.record import Reading

#: Seconds of processor time, seconds by the clock, and bytes that reading may take: 34 pages took one second and 44 MB.
_WORKING, _PATIENCE, _MEMORY = 5, 60, 400 << 20


def read(content: bytes, file: str) -> Reading:
    """The pieces of a PDF, as ``pages.read`` gives them; Misuse also where reading it does not come to an end."""
    package = Path(__file__).parents[4]
    order = [sys.executable, "-P", "-c", f"from {__name__} import answer; answer()", file]
    paths = os.pathsep.join(filter(None, (str(package), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            order,
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired as fault:
        raise Misuse("import-endless", path=file) from fault
    if done.returncode:
        raise Misuse("import-endless", path=file)
    found = pickle.loads(done.stdout)  # noqa: S301 - written by our own program
    if isinstance(found, Misuse):
        raise found
    read_pages: Reading = found
    return read_pages


def answer() -> None:
    """Read the PDF that comes in, and answer with what is read, or with why not."""
    _bound()
    from workplan.importing.readers.pdf import pages  # noqa: PLC0415 - bounded as well

    try:
        found: object = pages.read(sys.stdin.buffer.read(), sys.argv[1])
    except Misuse as refused:
        found = refused
    sys.stdout.buffer.write(pickle.dumps(found))
    sys.stdout.buffer.flush()
    # Nothing is left to be tidied, and PDFium need not give back what it holds.
    os._exit(0)


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_WORKING, _WORKING + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
