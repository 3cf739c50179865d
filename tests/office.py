"""Lets LibreOffice accept or reject all tracked changes of Word documents, and gives back what it then has."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from workplan.resources.office import program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
