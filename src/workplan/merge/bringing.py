"""Edited copies into a plan, from their bytes to an account and the files that change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, Refusal
from workplan.importing.record import Deed
from workplan.language.edit import Change
from workplan.merge.account import Account, CopyAccount
from workplan.merge.base import Known, base_of
from workplan.merge.edits import understood
from workplan.merge.home import revised
from workplan.merge.merging import Copy, merge
from workplan.merge.printed import printed
from workplan.merge.remarks import kept
from workplan.merge.signs import bare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workplan.compiler import Result
    from workplan.merge.base import Base
    from workplan.merge.edits import Understood
    from workplan.merge.returned import Returned
    from workplan.plan.compiled import Plan
    from workplan.source import Directory

#: What came into a copy and no plan can hold.
_LOST = (Deed.NOTED, Deed.FLATTENED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy that was read and held against its base."""

    returned: Returned
    base: Base
    understood: Understood

    @property
    def account(self) -> CopyAccount:
        """What there is to tell of it before its edits are judged."""
        return CopyAccount(
            file=self.returned.name,
            known=self.base.known,
            told=(),
            remarks=self.understood.remarks,
            outside=self.understood.outside,
            lost=[record.text for record in self.returned.records if record.deed in _LOST],
        )


@dataclass(frozen=True, slots=True)
class Brought:
    """The account of a merge, the files that change, and the plan as it then is."""

    account: Account
    result: Result


def named_plan(copies: Sequence[Returned]) -> str:
    """The plan that copies name; Misuse where they name none, or several."""
    names = dict.fromkeys(copy.plan for copy in copies if copy.plan)
    if not names:
        raise Misuse("merge-no-plan", path=copies[0].name)
    if len(names) > 1:
        raise Misuse("merge-plans", plans="、".join(names))
    return next(iter(names))


def taken(source: Directory, plan: Plan, copies: Sequence[Returned], own: Path | None) -> list[Taken]:
    """Some copies, each held against the plan that it was made from; ``own`` is the folder of the user's templates, if any."""
    found: list[Taken] = []
    bases: dict[tuple[tuple[str, str], ...], Base] = {}
    for copy in copies:
        # Copies of one draft have one base; those that name none are told apart by what they bear.
        base = bases.get(copy.blobs) or base_of(copy, source, plan)
        if copy.blobs:
            bases[copy.blobs] = base
        said = _of_template(base.plan.plan, own) if own is not None else frozenset()
        found.append(Taken(copy, base, understood(base.plan, copy, said)))
    return found


@lru_cache(maxsize=2)
def _of_template(plan: Plan, own: Path) -> frozenset[str]:
    """What the user's template says beside the plan, paragraph by paragraph without blanks: in a fresh document no mark is on it."""
    from workplan import view  # noqa: PLC0415 - few projects have templates of their own
    from workplan.merge.reading import read_copy  # noqa: PLC0415 - likewise
    from workplan.render import docx  # noqa: PLC0415 - likewise
    from workplan.resources.templates import Templates  # noqa: PLC0415 - likewise

    try:
        fresh = read_copy(docx.official(view.official(plan), Templates(own)), own.as_posix())
    except (Misuse, Refusal):  # what is wrong with a template says the build
        return frozenset()
    return frozenset(bare(line.text) for line in fresh.lines if not line.marks)


def brought(
    source: Directory,
    result: Result,
    plan: Plan,
    copies: Sequence[Taken],
    *,
    comments: bool = False,
) -> Brought:
    """What becomes of the edits of some copies; nothing is written. ``comments`` keeps their remarks as comments of YAML."""
    own = [
        Copy(one.returned.name, one.base.plan, one.understood.edits, known=one.base.known is not Known.NOT)
        for one in copies
    ]
    merged = merge(source, result, plan, own)
    changed = dict(merged.changed)
    if comments and merged.result.plan is not None:
        made = kept(printed(merged.result.plan), [remark for one in copies for remark in one.understood.remarks])
        changed |= revised(source, merged.result, made)
    accounts = []
    for one in copies:
        told = [each for each in merged.told if each.copy == one.returned.name]
        accounts.append(replace(one.account, told=told))
    changes = tuple(
        Change(source.label(name), source.read(name), content)
        for name, content in changed.items()
        if content != source.read(name)
    )
    return Brought(Account(plan.name, accounts, changes, written=False), merged.result)
