"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Misuse, nearest
from workplan.output.formats import FORMATS, ON_DEMAND, TO_FILL_IN, lacks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.plan.compiled import Plan

#: Where a hand-out stands: a folder for each unit, with its covering text, and all sheets in one file.
BUNDLE_FOLDER, COVERING = "bundle", "说明"
WHOLE = f"{BUNDLE_FOLDER}/任务清单汇编"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is asked for; empty ``formats`` and ``units`` mean all. ``jobs`` 0 lets the number of sheets decide.

    ``return_by`` is the day, in words, by which sheets to fill in should be back, and ``signed`` says that they should be signed. ``bundle`` adds what is handed out: all sheets in one file, and a folder for each unit. ``clean`` leaves out of the files what only tells where they came from. ``beyond`` are the formats of a group, such as
    ``sheets.pdf``, that this computer cannot make: ``makeable`` finds them.
    """

    only: str = ""
    formats: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    members: bool = False
    blanks: tuple[str, ...] = ()
    return_by: str = ""
    signed: bool = False
    bundle: bool = False
    jobs: int = 0
    clean: bool = False
    beyond: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether the build makes all files of the plan, so that files of an earlier one may go."""
        return not (self.only or self.formats or self.units)

    def of(self, group: str) -> tuple[str, ...]:
        """The formats to make of ``official``, ``sheets`` or ``assignments``."""
        if self.only not in ("", group) or (self.units and group != "sheets"):
            return ()
        alone = self.only == group or bool(self.units)
        usual = {name for name in FORMATS[group] if (group, name) not in ON_DEMAND and self._fillable(group, name)}
        known = {name for name in FORMATS[group] if alone or self._fillable(group, name)}
        asked = (name for name in FORMATS[group] if name in (self.formats & known if self.formats else usual))
        return tuple(name for name in asked if f"{group}.{name}" not in self.beyond)

    def _fillable(self, group: str, name: str) -> bool:
        """Whether a format that is made to be filled in is for sheets that come back, or is none of those."""
        return self.signed or (group, name) not in TO_FILL_IN

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

    def paths(self, stems: Iterable[str]) -> Iterator[str]:
        """The paths of all files of a build; ``stems`` are those of its task sheets."""
        for group in ("official", "assignments"):
            yield from (f"{group}.{name}" for name in self.of(group))
        named = tuple(stems)
        yield from (f"sheets/{stem}.{name}" for name in self.of("sheets") for stem in named)
        if self.bundle and "pdf" in self.of("sheets") and named:
            yield f"{WHOLE}.pdf"
        if self.bundle and self.of("sheets"):
            yield from (f"{BUNDLE_FOLDER}/{stem}/{COVERING}.txt" for stem in named)


def makeable(plan: Plan, wanted: Wanted) -> tuple[Wanted, tuple[Diagnostic, ...]]:
    """The part of a build that this computer can make, and what it lacks for the rest."""
    from workplan import view  # noqa: PLC0415 - as above

    official, findings = view.official(plan), list[Diagnostic]()
    beyond = set[str]()
    for group in FORMATS:
        for name in wanted.of(group):
            if found := lacks(group, name, official):
                beyond.add(f"{group}.{name}")
                findings += [one for one in found if one not in findings]
    return replace(wanted, beyond=frozenset(beyond)), tuple(findings)
