"""A round of opinions: returned copies to the table, and the filled-in table to a merge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Misuse
from workplan.merge.base import Known, base_of
from workplan.merge.bringing import Taken, brought
from workplan.merge.edit import Kind
from workplan.merge.edits import Understood
from workplan.merge.opinions import sheet
from workplan.merge.opinions.applied import adopted
from workplan.merge.opinions.collect import collect
from workplan.merge.opinions.copy import Copy, PlacedComment
from workplan.merge.opinions.stored import Origin
from workplan.merge.report.worded import placed
from workplan.merge.returned import Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic
    from workplan.merge.bringing import Brought
    from workplan.merge.edit import Edit
    from workplan.merge.opinions.collect import Opinions
    from workplan.merge.opinions.table import Table
    from workplan.merge.printed import Printed
    from workplan.merge.remarks import Remark
    from workplan.plan.compiled import Plan
    from workplan.resources.messages import Catalogue
    from workplan.source import Directory


def gathered(plan: Plan, copies: Sequence[Taken], words: Catalogue) -> tuple[Opinions, bytes]:
    """The opinions in some copies, and the table of them as XLSX.

    Raises Misuse where the copies were made from different states of the plan, or nobody knows from which.
    """
    first = copies[0]
    for one in copies:
        if one.base.known is Known.NOT:
            raise Misuse("opinions-no-base", path=one.returned.name)
        if one.base.plan.plan.files != first.base.plan.plan.files:
            raise Misuse("opinions-bases", path=one.returned.name, other=first.returned.name)
    base = first.base.plan
    own = [_copy(one, words) for one in copies]
    found = collect(own, _texts(base), plan.book)
    origin = Origin(plan.name, base.plan.files)
    return found, sheet.write(found, origin, view.official(base.plan).name)


def _texts(base: Printed) -> dict[str, str]:
    return {address: holder.text for address, holder in base.holders.items()}


def _copy(taken: Taken, words: Catalogue) -> Copy:
    understood = taken.understood
    edits = [edit for edit in understood.edits if edit.kind is not Kind.RENUMBERED]
    comments = [_placed(remark, taken.base.plan, words) for remark in understood.remarks]
    comments += [_renumbered(edit, words) for edit in understood.edits if edit.kind is Kind.RENUMBERED]
    return Copy(
        taken.returned.name,
        tuple(replace(edit, place=placed(edit.place, words)) for edit in edits),
        tuple(comments),
    )


def _placed(remark: Remark, base: Printed, words: Catalogue) -> PlacedComment:
    text = base.holders[remark.holder].text if remark.holder in base.holders else ""
    return PlacedComment(
        holder=remark.holder,
        place=placed(remark.place, words),
        words=remark.words,
        said=remark.said,
        author=remark.author,
        date=remark.date,
        start=max(text.find(remark.words), 0),
    )


def _renumbered(edit: Edit, words: Catalogue) -> PlacedComment:
    """A number that somebody typed over: numbers are counted, so that it is something to think about."""
    said = f"编号“{edit.before}”改为“{edit.after.split('。')[0][:20]}”"
    return PlacedComment(holder=edit.holder, place=placed(edit.place, words), words=edit.before, said=said)


@dataclass(frozen=True, slots=True)
class Applied:
    """The adopted rows of a table brought into a plan, and what is told of its rows."""

    brought: Brought
    diagnostics: tuple[Diagnostic, ...]
    decisions: Mapping[str, int]


def applied(source: Directory, result: Result, plan: Plan, table: Table) -> Applied:
    """Bring the rows that are marked 采纳 into a plan; nothing is written.

    Raises Misuse where git lacks the plan that the table was made for.
    """
    made_for = Returned(table.file, table.origin.plan, table.origin.blobs, ())
    base = base_of(made_for, source, plan)
    if base.known is Known.NOT:
        raise Misuse("opinions-no-base", path=table.file)
    found = adopted(table, _texts(base.plan))
    understood = Understood(tuple(_addressed(found.edits, base.plan)), (), ())
    return Applied(
        brought(source, result, plan, [Taken(made_for, base, understood)]), found.diagnostics, found.decisions
    )


def _addressed(edits: Sequence[Edit], base: Printed) -> Iterator[Edit]:
    """The edits with their places as the plan tells them."""
    for edit in edits:
        yield replace(edit, place=base.place(edit.holder or edit.behind))
