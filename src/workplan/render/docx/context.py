"""What the Word templates are handed: plain texts and lists, worded already, so that a template needs no logic.

``official.docx``: ``document``, everything printed in reading order (``pieces.Piece``: ``role``, ``section``, ``text``,
``blocks``, ``rows``). The same values by name: ``marks`` (``text``, and whether it is the 份号: ``serial``), ``status``,
``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or ``title``, ``to``, ``blocks``,
``signature``, ``date``, ``note``), ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``, ``attachment_list``,
``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and ``imprint`` (None or
``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.

``sheet.docx``: ``unit``, ``title``, ``status``, ``reference``, ``about``, ``groups`` (``title``, ``rows`` of ``number``,
``section``, ``title``, ``text``, ``roles``, ``others``, ``timed``), ``timed``, ``blanks``, ``possible``; and ``sheet``
itself, as every other sheet template has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx import pieces
from workplan.render.docx.pieces import Told
from workplan.render.docx.printed import Printed
from workplan.view.blocks import Imprint
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official
    from workplan.view.rows import Due, Entry, Sheet
    from workplan.view.rows import Role as Duty
    from workplan.view.sequence import Paragraph

Context = dict[str, object]

_ROLES: dict[Duty, str] = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_NUMERALS = "一二三"
_MARKS = (Role.SERIAL, Role.SECRECY, Role.URGENCY)


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""
    told = [Told(section, official, opened) for section in official.sections]
    head, notice, main, imprint = (_of(kind, official, opened) for kind in ("head", "notice", "main", "imprint"))
    mark = pieces.masthead(official)
    attached = zip(
        (one for one in told if one.section.kind == "attachment"), main.section.all(Role.LISTED), strict=True
    )
    return {
        "document": [piece for one in told for piece in one.pieces(mark)],
        "marks": [{"text": head.text(one), "serial": one.role is Role.SERIAL} for one in head.section.all(*_MARKS)],
        "status": head.one(Role.STATUS),
        "masthead": mark,
        "number": head.one(Role.NUMBER),
        "notice": _text(notice) if notice.section.blocks else None,
        **_text(main),
        "subtitle": main.one(Role.SUBTITLE),
        "speaker": main.one(Role.SPEAKER),
        "attachment_list": main.each(Role.LISTED),
        "attachments": [_attachment(*one) for one in attached],
        "imprint": _imprint(imprint) if imprint.section.blocks else None,
    }


def _of(kind: str, official: Official, opened: Opened) -> Told:
    return Told(official.section(kind), official, opened)


def _text(told: Told) -> Context:
    """What the notice and the plan both have."""
    return {
        "title": told.one(Role.TITLE),
        "to": told.one(Role.RECIPIENTS),
        "blocks": told.blocks,
        "signature": told.each(Role.SIGNATURE),
        "date": told.one(Role.DATE),
        "note": told.one(Role.NOTE),
    }


def _attachment(told: Told, line: Paragraph) -> Context:
    """An attachment, with its line in the 附件说明."""
    return {
        "label": told.one(Role.LABEL),
        "listed": Printed("".join(run.text for run in line.runs[1:]), line.address, line.role),
        "title": told.one(Role.TITLE),
        "blocks": told.blocks,
    }


def _imprint(told: Told) -> Imprint:
    return Imprint(told.one(Role.COPIES), told.one(Role.OFFICE), told.one(Role.ISSUED))


def sheet(sheet: Sheet) -> Context:
    """A task sheet's values."""
    kinds = (("任务", sheet.tasks), ("保障措施", sheet.safeguards), ("职责", sheet.duties))
    present = [(title, entries) for title, entries in kinds if entries]
    return {
        "sheet": sheet,
        "unit": sheet.unit,
        "title": sheet.title,
        "status": sheet.status,
        "reference": f"依据《{sheet.title}》{_bracketed(sheet.number, sheet.date)}",
        "about": _about(sheet),
        "groups": [
            {"title": f"{mark}、{title}（{len(entries)}项）", "rows": [_row(entry) for entry in entries]}
            for mark, (title, entries) in zip(_NUMERALS, present, strict=False)
        ],
        "timed": any(entry.row.due or entry.row.targets for entry in sheet.entries),
        "blanks": list(sheet.blanks),
        "possible": [f"{one.group}：{'；'.join(one.places)}" for one in sheet.possible],
    }


def _bracketed(*parts: str) -> str:
    inside = "，".join(part for part in parts if part)
    return f"（{inside}）" if inside else ""


def _about(sheet: Sheet) -> list[str]:
    """Whose sheet it is, who asks, and how much there is to do."""
    kinds = (("任务", sheet.tasks), ("保障措施", sheet.safeguards), ("职责", sheet.duties))
    contents = "，".join(f"{kind}{len(entries)}项" for kind, entries in kinds if entries)
    counts = ((word, sum(role in entry.roles for entry in sheet.entries)) for role, word in _ROLES.items())
    parts = "，".join(f"{word}{count}项" for word, count in counts if count)
    lines = (
        ("印发单位：", sheet.issuer),
        ("单位全称：", sheet.full if sheet.full != sheet.unit else ""),
        ("隶属：", sheet.within),
        ("成员：", "、".join(sheet.members)),
        ("本清单：", f"{contents}；本单位{parts}" if parts else contents),
    )
    return [label + text for label, text in lines if text]


def _row(entry: Entry) -> Context:
    row = entry.row
    roles = [_ROLES[role] for role in entry.roles]
    via = [f"（通过{'、'.join(entry.via)}）"] if entry.via else []
    return {
        "number": row.number,
        "section": row.section or row.part,
        "title": row.title,
        "text": [line for line in row.text.split("\n") if line],
        "roles": ["、".join(roles), *via],
        "others": list(_others(entry)),
        "timed": [
            *(_due(due) for due in row.due),
            *(f"{target.name}：{target.text}" if target.name else target.text for target in row.targets),
        ],
    }


def _others(entry: Entry) -> Iterator[str]:
    """The other units by role; a list that the plan leaves open keeps its 等."""
    named, unlisted = dict(entry.others), entry.row.open_roles
    for role, word in _ROLES.items():
        label = f"{'其他' if role in entry.roles else ''}{word}单位"
        if role in named:
            yield f"{label}：{'、'.join(named[role])}{'等' if role in unlisted else ''}"
        elif role in unlisted:
            yield f"{label}：原文以“等”字结尾，未逐一列明"


def _due(due: Due) -> str:
    """The words of a deadline, and the day they mean where they do not name it themselves."""
    if due.date is None:
        return due.text
    year, month, day = (int(part) for part in due.date.split("-"))
    named = f"{year}年{month}月{day}日"
    return due.text if named in due.text else f"{due.text}（{named}）"
