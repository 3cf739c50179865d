"""What a reporter of comparisons is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.diff.change import Comparison
    from workplan.plan import Plan
    from workplan.resources.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Subject:
    """A comparison, the plans it compares, and the language to tell it in; ``colour`` asks for terminal colours."""

    comparison: Comparison
    old: Plan
    new: Plan
    words: Catalogue
    colour: bool = False
