"""Names that templates could use once, each with the new name for the same: the finding for an old name says the new one."""

from __future__ import annotations

import re
from pathlib import PurePath

from workplan.diagnostic import Arguments, Diagnostic, Refusal, Span

#: By the first word of a template's file name: old names, and the names to use instead.
REMOVED: dict[str, dict[str, str]] = {
    "redline": {"mark": "sign"},
    "sheet": {
        "reference": "sheet.lines",
        "about": "sheet.lines",
        "groups": "sheet.blocks",
        "rows": "sheet.blocks",
        "roles": "sheet.lines",
        "others": "sheet.lines",
        "timed": "sheet.lines",
        "possible": "sheet.possible",
    },
}
_UNKNOWN = re.compile(r"'(?P<name>\w+)' is undefined|has no attribute '(?P<attribute>\w+)'")


def refused(template: str, fault: Exception, place: Span) -> Refusal | None:
    """The finding for an error that an old name in the template caused; None for any other error.

    ``template`` is the file name of the template.
    """
    match = _UNKNOWN.search(str(fault))
    name = match["name"] or match["attribute"] if match else ""
    new = REMOVED.get(PurePath(template).name.partition(".")[0], {}).get(name)
    if new is None:
        return None
    arguments: Arguments = {"name": name, "new": new}
    return Refusal(Diagnostic("template", place, arguments, variant="gone"))
