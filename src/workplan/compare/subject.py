"""What a reporter of comparisons is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan import view

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.plan.compiled import Plan
    from workplan.resources.messages import Catalogue
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official


@dataclass(frozen=True, slots=True)
class Subject:
    """A comparison, the plans it compares, and the language to tell it in; ``colour`` asks for terminal colours.

    ``author`` and ``date`` are named for tracked changes; a date of "" is left out.
    """

    comparison: Comparison
    old: Plan
    new: Plan
    words: Catalogue
    templates: Templates
    colour: bool = False
    author: str = "workplan"
    date: str = ""

    def officials(self) -> tuple[Official, Official]:
        """The documents that the plans print."""
        return view.official(self.old), view.official(self.new)
