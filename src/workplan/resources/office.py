"""LibreOffice, where it is installed: prints a DOCX as PDF, turns other files into DOCX and XLSX. git alone is another program."""

from __future__ import annotations

import os
import shutil
import signal
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
#: Seconds: the first start of an installation takes ten, a document of hundreds of pages as many.
_PATIENCE = 30
#: Likewise for opening an old file, which is not laid out: 150 of them took a quarter of a second each.
_READING_PATIENCE = 25
#: Settings of LibreOffice by path, name and value: no linked picture or text is fetched (a document opened from a folder that
#: is no trusted location counts as untrusted), no macro runs, no link or cell is updated, no update is looked for.
_LOCKS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)


def program() -> str:
    """The path of LibreOffice; "" where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((path for path in _PLACES if Path(path).is_file()), "")


def pdf_of(document: bytes, name: str) -> bytes:
    """The PDF of a DOCX; Misuse where LibreOffice is missing, cannot open it or does not come to an end.

    ``name`` is what the user calls it. Links of the DOCX are not followed and its macros do not run.
    """
    if not program():
        raise Misuse("no-office")
    try:
        return _converted(document, "document.docx", "pdf:writer_pdf_Export", _PATIENCE)
    except subprocess.TimeoutExpired as fault:
        raise Misuse("office-slow", path=name, seconds=_PATIENCE) from fault
    except OSError as fault:
        raise Misuse("measure-broken", path=name) from fault


def docx_of(document: bytes, name: str) -> bytes:
    """The DOCX of an older Word or WPS file (or RTF, ODT); Misuse as for ``pdf_of``, which also holds for links and macros."""
    if not program():
        raise Misuse("import-no-office", path=name)
    try:
        return _converted(document, "document.doc", "docx:MS Word 2007 XML", _READING_PATIENCE)
    except subprocess.TimeoutExpired as fault:
        raise Misuse("import-slow", path=name, seconds=_READING_PATIENCE) from fault
    except OSError as fault:
        raise Misuse("import-broken", path=name) from fault


def xlsx_of(document: bytes, name: str) -> bytes:
    """The XLSX of an ODS or an older Excel or WPS table; Misuse as for ``pdf_of``, which also holds for links and macros."""
    if not program():
        raise Misuse("opinions-no-office", path=name)
    try:
        return _converted(document, "table.ods", "xlsx:Calc MS Excel 2007 XML", _READING_PATIENCE)
    except subprocess.TimeoutExpired as fault:
        raise Misuse("opinions-slow", path=name, seconds=_READING_PATIENCE) from fault
    except OSError as fault:
        raise Misuse("opinions-broken", path=name) from fault


def _converted(document: bytes, file: str, form: str, patience: int) -> bytes:
    """A document in another form, such as ``pdf:writer_pdf_Export``; OSError where LibreOffice made nothing of it."""
    # A profile of its own: one that is open on the desktop would take the order and print nothing.
    with tempfile.TemporaryDirectory(prefix="workplan-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, file), Path(folder, "made")
        source.write_bytes(document)
        profile = _locked_profile(Path(folder, "profile"))
        order = [
            program(),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            form,
            "--outdir",
            str(made),
            str(source),
        ]
        _run(order, patience)
        return (made / source.with_suffix(f".{form.partition(':')[0]}").name).read_bytes()


def _locked_profile(folder: Path) -> Path:
    """A new profile in which documents can neither fetch nor run anything."""
    user = folder / "user"
    user.mkdir(parents=True)
    entries = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _LOCKS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{entries}</oor:items>',
        encoding="utf-8",
    )
    return folder


def _run(order: list[str], patience: int) -> None:
    """Run LibreOffice to its end, or end it with everything that it started."""
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(patience)
    finally:
        # What is started as soffice is a wrapper: the program itself runs on without it.
        if process.poll() is None and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
