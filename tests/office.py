"""Lets LibreOffice edit Word documents as a person would, and accept or reject all their tracked changes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from workplan.resources.office import program

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Changes"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">
Sub Resolve(orders As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue, kind(0) As New com.sun.star.beans.PropertyValue
  Dim order, parts, document, dispatcher
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each order In Split(orders, "|")
    parts = Split(order, "*")
    document = StarDesktop.loadComponentFromURL(parts(0), "_blank", 0, hidden())
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; parts(1), "", 0, Array())
    document.storeToURL(parts(2), kind())
    document.close(True)
  Next
  StarDesktop.terminate()
End Sub
</script:module>
"""
_COMMANDS = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def resolved(documents: Sequence[bytes], folder: Path) -> list[tuple[bytes, bytes]]:
    """Each document with all changes accepted, and with all rejected, as LibreOffice saves it."""
    basic = folder / "profile" / "user" / "basic" / "Standard"
    start = [program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    # The first start fills the profile, and would overwrite what is in it.
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=True, timeout=120)
    (basic / "script.xlb").write_text(_LIBRARY)
    (basic / "Changes.xba").write_text(_MODULE)
    orders = []
    for number, document in enumerate(documents):
        source = folder / f"{number}.docx"
        source.write_bytes(document)
        orders += [
            f"{source.as_uri()}*{command}*{(folder / f'{number}-{name}.docx').as_uri()}"
            for name, command in _COMMANDS.items()
        ]
    joined = "|".join(orders)
    macro = f'macro:///Standard.Changes.Resolve("{joined}")'
    subprocess.run([*start, macro], capture_output=True, check=True, timeout=300)
    return [
        (
            folder.joinpath(f"{number}-accepted.docx").read_bytes(),
            folder.joinpath(f"{number}-rejected.docx").read_bytes(),
        )
        for number in range(len(documents))
    ]


class Order(TypedDict):
    """A document to open, what to do in it, and where to save it; office_driver.py says which steps and forms there are."""

    open: str
    steps: Sequence[tuple[str, object]]
    save: Sequence[tuple[str, str]]


#: Who edits. No document is locked: what a killed LibreOffice leaves would keep the next one out.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse"><value>李明</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
#: Seconds for all orders of a call.
_PATIENCE = 300


@cache
def python() -> str:
    """The Python that can drive LibreOffice: Debian's own, or the one that LibreOffice brings; "" where there is none."""
    beside = [str(Path(program()).resolve().with_name(name)) for name in ("python", "python.exe")] if program() else []
    for one in ("/usr/bin/python3", "python3", *beside):
        if (
            shutil.which(one)
            and not subprocess.run([one, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return one
    return ""


def carry_out(orders: Sequence[Order], folder: Path) -> None:
    """Carry out the orders in one LibreOffice, which is gone afterwards; ``folder`` holds its profile."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (folder / "orders.json").write_text(json.dumps(orders), encoding="utf-8")
    script = Path(__file__).with_name("office_driver.py")
    process = subprocess.Popen(
        [python(), str(script), program(), str(user.parent), str(folder / "orders.json")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        said = process.communicate(timeout=_PATIENCE)[1]
    finally:
        if hasattr(os, "killpg"):
            _end(process.pid)
    assert process.returncode == 0, said


def _end(group: int) -> None:
    """End what is left of a process and of those that it started."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
