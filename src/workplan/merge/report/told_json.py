"""The account of a merge for programs: keys may be added, none is ever renamed or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.merge.base import Known
from workplan.render.task_json import VERSION, Shape, dump
from workplan.report.json import shape as findings_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.diagnostic import Diagnostic
    from workplan.merge.account import Account, CopyAccount
    from workplan.merge.remarks import Remark
    from workplan.merge.told import Told
    from workplan.resources.messages import Catalogue


def as_json(account: Account, findings: Sequence[Diagnostic], words: Catalogue) -> bytes:
    """All that a merge has to tell, as one object; ``findings`` are those of the plan as it then is, and of opinions."""
    shape: Shape = {
        "version": VERSION,
        "plan": account.plan,
        "written": account.written,
        "complete": account.complete,
        "files": [change.file for change in account.changes],
        "copies": [_copy(copy) for copy in account.copies],
    }
    return dump(shape | found(account.plan, findings, words))


def nothing(plan: str, findings: Sequence[Diagnostic], words: Catalogue, error: str = "") -> bytes:
    """The same where nothing was merged, since the plan has the ``findings``, or for the ``error`` that a person is told."""
    shape: Shape = {"version": VERSION, "plan": plan, "written": False, "complete": False, "files": [], "copies": []}
    return dump(shape | found(plan, findings, words) | {"error": error or None})


def found(plan: str, findings: Sequence[Diagnostic], words: Catalogue) -> Shape:
    """What is wrong with a plan, if anything."""
    return {"diagnostics": findings_shape(plan, findings, words)["diagnostics"]} if findings else {}


def _copy(copy: CopyAccount) -> Shape:
    return {
        "file": copy.file,
        "base": str(copy.known),
        "edits": [_told(one, known=copy.known is not Known.NOT) for one in copy.told],
        "comments": [_remark(one) for one in copy.remarks],
        "outside": [line.text.strip() for line in copy.outside],
        "lost": list(copy.lost),
    }


def _told(told: Told, *, known: bool) -> Shape:
    edit, span = told.edit, told.span
    place: Shape = {"file": span.file, "line": span.line, "column": span.column} if span else {}
    return {
        "fate": str(told.fate),
        "kind": str(edit.kind),
        "place": edit.place,
        "address": edit.holder or None,
        "before": edit.before if known else None,
        "after": edit.after,
        "today": told.today or None,
        "rival": told.rival or None,
        "reason": told.reason or None,
        "authors": list(edit.authors),
        "date": edit.date or None,
        **place,
    }


def _remark(remark: Remark) -> Shape:
    return {
        "place": remark.place,
        "words": remark.words,
        "text": remark.said,
        "author": remark.author or None,
        "date": remark.date or None,
    }
