"""What became of each edit of each copy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.diagnostic import Span
    from workplan.merge.edit import Edit


class Fate(StrEnum):
    """What became of an edit.

    TAKEN: it is in the plan. THERE: the plan says so already. CLASH: the plan, or another copy, says something else again.
    LEFT: the plan language has no place for it, or it only follows from something else. UNSURE: nobody can say whether
    the copy or the plan was changed, as the text that the copy was made from is not known.
    """

    TAKEN = "taken"
    THERE = "there"
    CLASH = "clash"
    LEFT = "left"
    UNSURE = "unsure"

    @property
    def is_home(self) -> bool:
        """Whether the plan says what the copy does."""
        return self in (Fate.TAKEN, Fate.THERE)


@dataclass(frozen=True, slots=True)
class Told:
    """One edit of one copy: ``today`` is what the plan said before (for a clash), ``span`` the place in its file.

    ``reason`` is a key of the catalogue for what was left; ``rival`` another copy that clashes.
    """

    copy: str
    edit: Edit
    fate: Fate
    today: str = ""
    span: Span | None = None
    reason: str = ""
    rival: str = ""
