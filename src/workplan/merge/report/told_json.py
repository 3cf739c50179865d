"""The account of a merge for programs: keys may be added, none is ever renamed or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.merge.base import Known
from workplan.render.task_json import VERSION, Shape, dump

if TYPE_CHECKING:
    from workplan.merge.account import Account, CopyAccount
    from workplan.merge.remarks import Remark
    from workplan.merge.told import Told


def as_json(account: Account) -> bytes:
    """All that a merge has to tell, as one object."""
    shape: Shape = {
        "version": VERSION,
        "plan": account.plan,
        "written": account.written,
        "complete": account.complete,
        "files": [change.file for change in account.changes],
        "copies": [_copy(copy) for copy in account.copies],
    }
    return dump(shape)


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
