"""Words of the text that a key quotes: where they stand in what its item says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.language.model import TablePart
from workplan.language.scalar import Scalar
from workplan.language.syntax import walk

if TYPE_CHECKING:
    from workplan.language.model import Clause, Item
    from workplan.plan.numbering import Numbered


def said(numbered: Numbered) -> str:
    """Title and text of an item and of everything below it, a paragraph each."""
    return "\n".join(_words(below.item) for below in numbered.walk())


def _words(item: Item | Clause | TablePart | Scalar) -> str:
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, TablePart):
        return "\n".join(found.text for found in walk(item.node) if isinstance(found, Scalar))
    return "\n".join(part.text for part in (item.title, item.text) if part is not None)


def places(words: str, text: str) -> list[int]:
    """Where the words stand in a text; not within a longer number, as 2月底前 in 12月底前."""
    before = "(?<![0-9０-９.．])" if words[:1].isdigit() else ""
    after = "(?![0-9０-９])" if words[-1:].isdigit() else ""
    return [found.start() for found in re.finditer(before + re.escape(words) + after, text)] if words else []
