"""Which findings are told, and how gravely: nothing of this is known to the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.check.suppress.ignore_comments import ignored
from workplan.check.suppress.levels import levelled, misplaced
from workplan.check.suppress.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Diagnostic
    from workplan.language.model import Document
    from workplan.language.scalar import File
    from workplan.language.syntax import Node

__all__ = ["Selection", "reported"]


def reported(
    findings: Iterable[Diagnostic], document: Document, files: Iterable[tuple[File, Node]], selection: Selection
) -> Iterator[Diagnostic]:
    """What to tell of the findings of a plan: less what comments ignore, at its levels, and as the call selects."""
    left = ignored((*findings, *misplaced(document)), files)
    return selection.of(levelled(left, document, selection.asked))
