"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, nearest
from workplan.output.formats import FORMATS

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is asked for; empty ``formats`` and ``units`` mean all. ``jobs`` 0 lets the number of sheets decide.

    ``clean`` leaves out of the files what only tells where they came from.
    """

    only: str = ""
    formats: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    members: bool = False
    blanks: tuple[str, ...] = ()
    jobs: int = 0
    clean: bool = False

    @property
    def everything(self) -> bool:
        """Whether the build makes all files of the plan, so that files of an earlier one may go."""
        return not (self.only or self.formats or self.units)

    def of(self, group: str) -> tuple[str, ...]:
        """The formats to make of ``official``, ``sheets`` or ``assignments``."""
        if self.only not in ("", group) or (self.units and group != "sheets"):
            return ()
        return tuple(name for name in FORMATS[group] if not self.formats or name in self.formats)

    def sheet_units(self, plan: Plan) -> tuple[str, ...]:
        """The units that get a sheet, in the registry's order; raises Misuse for one that the plan has nothing for."""
        from workplan import view  # noqa: PLC0415 - options are read before it is known whether a plan has to be

        named = {load.unit for load in view.loads(plan)}
        listed = {member for group in named for member in plan.book.members(group)}
        if not self.units:
            chosen = named | (listed if self.members else set())
        else:
            chosen = set()
            for spelling in self.units:
                unit = plan.book.spellings.get(spelling, "")
                if unit not in named | listed:
                    near = nearest(spelling, [*named, *listed])
                    raise Misuse("unknown-unit-near" if near else "unknown-unit", name=spelling, near=near)
                chosen |= {unit, *(plan.book.members(unit) if self.members else ())}
        return tuple(sorted(chosen, key=plan.book.order.__getitem__))
