"""What templates and tables see: printed words, numbers, rows and sheets. New objects, never edits of the plan.

The view of a plan is made once and kept with it, whoever asks for it: rules, renderers, comparison.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from workplan.view import document, duty, wording
from workplan.view.sequence import Role
from workplan.view.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered
    from workplan.view.assignments import Load, Sheet, TaskRow
    from workplan.view.blocks import Official
    from workplan.view.sequence import Block

__all__ = ["View", "loads", "of", "official", "rows", "sheets"]


class View:
    """All that is made from one plan for print; each part of it when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._worded: dict[str, tuple[Block, ...]] = {}

    def worded(self, numbered: Numbered) -> tuple[Block, ...]:
        """The printed paragraphs of an item (or clause) and of all below it, and the tables there."""
        below = (block for child in numbered.items for block in self.worded(child))
        return (*self.own(numbered), *below)

    def own(self, numbered: Numbered) -> tuple[Block, ...]:
        """What is printed of the item itself."""
        if numbered.address not in self._worded:
            self._worded[numbered.address] = tuple(wording.own_blocks(numbered))
        return self._worded[numbered.address]

    @cached_property
    def rows(self) -> tuple[TaskRow, ...]:
        """The plan's duties as task rows, in printed order."""
        return duty.rows(self.plan, self.own)

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """One load for each unit or group that the rows name, in the registry's order."""
        return duty.loads(self.plan, self.rows)

    @cached_property
    def texts(self) -> tuple[tuple[Scalar, Role], ...]:
        """The plan's own texts that print, each once and with its first role, in printed order.

        Numbers given by hand are none; phrases that name units and stand on task sheets alone come last.
        """
        runs = ((run, element.role) for element in self.official.elements for run in element.runs)
        found = [(run.scalar, role) for run, role in runs if run.start is not None and not run.number]
        found += [(phrase, Role.UNITS) for numbered in self.plan.naming() for phrase in phrases(numbered)]
        seen: dict[tuple[str, int], tuple[Scalar, Role]] = {}
        for scalar, role in found:
            seen.setdefault((scalar.file.name, scalar.start), (scalar, role))
        return tuple(seen.values())

    @cached_property
    def official(self) -> Official:
        """The official document."""
        return document.official(self.plan, self.worded, lambda: self.rows)

    def sheets(
        self, units: Sequence[str], blanks: tuple[str, ...] = (), *, return_by: str = "", signed: bool = False
    ) -> tuple[Sheet, ...]:
        """A task sheet for each of ``units``, as ``sheets`` says."""
        from workplan.view import sheet  # noqa: PLC0415 - nobody needs sheets to check a plan

        asked = sheet.Asked(blanks, return_by, signed)
        return sheet.sheets(self.plan, self.official, self.rows, units, asked)


def of(plan: Plan) -> View:
    """The view of a plan: made once, and gone with the plan."""
    kept = vars(plan)  # a plan is compared by identity, and everything in it is frozen: what is made from it stays true
    if "view" not in kept:
        kept["view"] = View(plan)
    return cast("View", kept["view"])


def rows(plan: Plan) -> tuple[TaskRow, ...]:
    """The plan's duties as task rows, in printed order."""
    return of(plan).rows


def loads(plan: Plan) -> tuple[Load, ...]:
    """One load for each unit or group that the rows name, in the registry's order."""
    return of(plan).loads


def official(plan: Plan) -> Official:
    """The official document."""
    return of(plan).official


def sheets(
    plan: Plan, units: Sequence[str], blanks: tuple[str, ...] = (), *, return_by: str = "", signed: bool = False
) -> tuple[Sheet, ...]:
    """A task sheet for each of ``units`` (names of the registry), with room for ``blanks`` to fill in.

    ``return_by`` is the day, in words, by which it should be back; ``signed`` gives room to sign below everything.
    """
    return of(plan).sheets(units, blanks, return_by=return_by, signed=signed)
