"""What a reporter of comparisons is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan import view
from workplan.source import Revision

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.plan.compiled import Plan
    from workplan.resources.messages import Catalogue
    from workplan.resources.templates import Templates
    from workplan.source import Source
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


def called(old: Source, new: Source) -> tuple[str, str]:
    """What the sides are called: by their folders' names, where those are one and the same by where they were read."""
    if old.plan != new.plan:
        return old.plan, new.plan
    return _place(old), _place(new)


def _place(source: Source) -> str:
    """A plan's folder as the user would name it, with its revision where it has one."""
    if isinstance(source, Revision):
        return f"{source.revision}:{source.folder}" if source.folder else source.revision
    return source.label(".")
