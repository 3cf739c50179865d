"""The numbers that a browser puts before the items of ordered lists: they are no text of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.importing.readers.counters import worded

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The kinds of ordered lists, in the words of the table of counters.
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_MOST_DIGITS = 8


def numbers(root: _Element) -> dict[_Element, str]:
    """The numbers of all items below an element that have one."""
    found: dict[_Element, str] = {}
    for around in root.iter("ol"):
        if _UNNUMBERED.search(around.get("style") or ""):
            continue
        form = _FORMS.get(around.get("type") or "1", "decimal")
        count = whole(around.get("start"), 1)
        for item in around.iterchildren("li"):
            count = whole(item.get("value"), count)
            if not _UNNUMBERED.search(item.get("style") or ""):
                found[item] = f"{worded(count, form)}."
            count += 1
    return found


def whole(said: str | None, missing: int) -> int:
    """A whole number that an attribute says; ``missing`` where it says none."""
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else missing
