"""All that a merge has to tell, before it is worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.language.edit import Change
    from workplan.merge.base import Known
    from workplan.merge.remarks import Remark
    from workplan.merge.returned import Line
    from workplan.merge.told import Told


@dataclass(frozen=True, slots=True)
class CopyAccount:
    """One copy: how its base is known, what became of its edits, its comments, and what stands outside of its text.

    ``lost`` are pictures and the like that came into it.
    """

    file: str
    known: Known
    told: Sequence[Told]
    remarks: Sequence[Remark]
    outside: Sequence[Line] = ()
    lost: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A merge: the plan, its copies, the files that change, and whether they were ``written``."""

    plan: str
    copies: Sequence[CopyAccount]
    changes: Sequence[Change]
    written: bool

    @property
    def complete(self) -> bool:
        """Whether every edit is in the plan."""
        return all(one.fate.is_home for copy in self.copies for one in copy.told) and not any(
            copy.outside or copy.lost for copy in self.copies
        )
