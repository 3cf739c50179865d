"""What the Word templates are handed: plain texts and lists, worded already, so that a template needs no logic.

``official.docx``: ``status``, ``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or
``title``, ``to``, ``blocks``, ``signature``, ``date``, ``note``), ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``,
``attachment_list``, ``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and
``imprint`` (None or ``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.

``sheet.docx``: ``unit``, ``title``, ``status``, ``reference``, ``about``, ``groups`` (``title``, ``rows`` of ``number``,
``section``, ``title``, ``text``, ``roles``, ``others``, ``timed``), ``timed``, ``blanks``, ``possible``; and ``sheet``
itself, as every other sheet template has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx.markup import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Block, Masthead, Official
    from workplan.view.rows import Due, Entry, Role, Sheet

Context = dict[str, object]

_ROLES: dict[Role, str] = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_NUMERALS = "一二三"


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""

    def blocks(some: tuple[Block, ...]) -> Blocks:
        return Blocks(some, opened.styles, opened.width)

    notice = official.notice
    return {
        "status": official.status,
        "masthead": _masthead(official.masthead),
        "number": official.number,
        "notice": notice
        and {
            "title": _lines(notice.title),
            "to": notice.to,
            "blocks": blocks(notice.blocks),
            "signature": [_lines(lines) for lines in notice.signature],
            "date": notice.date,
            "note": notice.note,
        },
        "title": _lines(official.title),
        "subtitle": official.subtitle,
        "speaker": official.speaker,
        "to": official.to,
        "blocks": blocks(official.blocks),
        "attachment_list": list(official.attachment_list),
        "signature": [_lines(lines) for lines in official.signature],
        "date": official.date,
        "note": official.note,
        "attachments": [
            {"label": one.label, "listed": one.listed, "title": _lines(one.title), "blocks": blocks(one.blocks)}
            for one in official.attachments
        ],
        "imprint": official.imprint,
    }


def _lines(lines: tuple[str, ...]) -> str:
    """Printed lines of one paragraph."""
    return "\n".join(lines)


def _masthead(masthead: Masthead | None) -> Context:
    """The mark: one ``line``, or ``stacked`` names with the suffix beside them (7.2.4); empty where there is none."""
    names, suffix = (masthead.names, masthead.suffix) if masthead else ((), "")
    return {
        "names": list(names),
        "suffix": suffix,
        "line": "".join(names) + suffix,
        "stacked": len(names) > 1,
    }


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
    counts = ((word, sum(entry.roles[:1] == (role,) for entry in sheet.entries)) for role, word in _ROLES.items())
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
