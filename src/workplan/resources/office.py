"""LibreOffice, where it is installed: prints a DOCX as PDF. Nothing else in workplan starts a program."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from workplan.diagnostic import Misuse

_NAMES = ("soffice", "libreoffice")
#: Where installers put it without telling the search path.
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
#: Seconds: the first start of an installation takes ten, a long document twenty.
_PATIENCE = 180


def program() -> str:
    """The path of LibreOffice; "" where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((path for path in _PLACES if Path(path).is_file()), "")


def pdf_of(document: bytes, name: str) -> bytes:
    """The PDF of a DOCX; Misuse where LibreOffice is missing or cannot open it. ``name`` is what the user calls it."""
    office = program()
    if not office:
        raise Misuse("no-office")
    # A profile of its own: one that is open on the desktop would take the order and print nothing.
    with tempfile.TemporaryDirectory(prefix="workplan-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(document)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        order = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(order, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 - our own arguments
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise Misuse("measure-broken", path=name) from fault
