"""附件说明: where its lines begin (GB/T 9704 7.3.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.lengths import Em
from workplan.page.dimensions import INDENT

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = "附件："
_LABEL = re.compile(rf"(?:{_WORD})?(\d+\.)?")


def label(text: str) -> tuple[str, str]:
    """The words that begin the list and the number of an entry, read from an entry in the standard's form (附件：1.名称)."""
    found = _LABEL.match(text)
    return _WORD, (found and found[1]) or ""


def indents(lead: str, number: str, *, first: bool, width: Callable[[str], Em] = cells) -> tuple[Em, Em]:
    """The space before the first line of an entry, and before those that it turns over to.

    The ``first`` entry stands two 字 from the edge with the ``lead`` (附件：) before its ``number`` (1.), the others under what
    follows the lead; a turned-over line begins under the first character of the name. ``width`` measures what stands before it.
    """
    begins = INDENT if first else Em(INDENT + cells(lead))
    return begins, Em(begins + width((lead if first else "") + number))
