"""Names that templates saw once, with what says the same now: whoever uses an old one is told the new one."""

from __future__ import annotations

import re
from pathlib import PurePath

from workplan.diagnostic import Arguments, Diagnostic, Refusal, Span

#: By what the template makes (the first word of its name): the old name, and the one to use.
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
    """The finding for a fault that comes of an old name in the template of that file name; None for any other fault."""
    found = _UNKNOWN.search(str(fault))
    name = found["name"] or found["attribute"] if found else ""
    new = REMOVED.get(PurePath(template).name.partition(".")[0], {}).get(name)
    if new is None:
        return None
    arguments: Arguments = {"name": name, "new": new}
    return Refusal(Diagnostic("template", place, arguments, variant="gone"))
