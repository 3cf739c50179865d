"""What the table of opinions (意见采纳情况表) says in print: headings, decisions, and the words of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.merge.opinions.row import RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.merge.opinions.row import Row

NUMBER, PLACE, ORIGINAL, OPINION = "序号", "位置", "原文", "意见（修改为／批注）"
UNITS, PEOPLE, NOTE, DECISION, REASON = "提出单位", "提出人", "备注", "采纳情况", "理由"
HEADINGS = (NUMBER, PLACE, ORIGINAL, OPINION, UNITS, PEOPLE, NOTE, DECISION, REASON)
ADOPTED, PARTLY, REJECTED = "采纳", "部分采纳", "不采纳"
DECISIONS = (ADOPTED, PARTLY, REJECTED)
#: Stands in place of words that are to go.
DELETED = "（删去）"
#: So many 字 of a neighbouring text say where something goes, and so many numbers of other rows are named.
_BRIEF, _NAMED = 20, 12


def original(row: Row) -> str:
    """What the column 原文 says."""
    if row.kind is RowKind.ADDED:
        return clean(f"（新增，在{_behind(row)}）")
    if row.kind is RowKind.COMMENT and not row.original:
        return "（未指明原文）" if row.holder else "（全文）"
    return clean(row.original)


def opinion(row: Row) -> str:
    """What the column 意见 says."""
    if row.kind is RowKind.COMMENT:
        return clean(f"批注：{row.proposed}")
    if row.kind is RowKind.MOVED:
        return clean(f"（移到{_behind(row)}）")
    return clean(row.proposed) or DELETED


def note(row: Row) -> str:
    """What the column 备注 says: which other rows this one has to be seen with, and whom the registry does not know."""
    notes = []
    if row.kind is RowKind.CHANGED and "".join(row.original.split()) == "".join(row.proposed.split()) and row.hunks:
        notes.append("文字未改，只改分段")
    if row.rivals:
        notes.append(f"与序号{_numbers(row.rivals)}冲突，只能采纳一条")
    if row.joint:
        notes.append(f"与序号{_numbers([number for group in row.joint for number in group])}是同一处合并，须一并采纳")
    if row.beside:
        notes.append(f"与序号{_numbers(row.beside)}同改一句，可一并采纳")
    if row.strangers:
        who = "" if len(row.units) == 1 else "：" + "、".join(row.strangers)
        notes.append(f"单位名册中没有提出单位{who}")
    return clean("；".join(notes))


def _behind(row: Row) -> str:
    if not row.behind:
        return "最前面"
    title = "".join(row.neighbour.split()).partition("。")[0]
    brief = title if len(title) <= _BRIEF else f"{title[:_BRIEF]}……"
    return f"“{brief or row.behind}”之后"


def _numbers(numbers: Sequence[int]) -> str:
    named = "、".join(map(str, numbers[:_NAMED]))
    return f"{named}等{len(numbers)}条" if len(numbers) > _NAMED else named
