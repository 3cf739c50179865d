"""What the Word templates are handed: plain texts and lists, worded already, so that a template needs no logic.

``official.docx``: ``marks`` (``text``, and whether it is the 份号: ``serial``), ``status``, ``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or
``title``, ``to``, ``blocks``, ``signature``, ``date``, ``note``), ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``,
``attachment_list``, ``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and
``imprint`` (None or ``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.

``sheet.docx``: ``unit``, ``title``, ``status``, ``reference``, ``about``, ``groups`` (``title``, ``rows`` of ``number``,
``section``, ``title``, ``text``, ``roles``, ``others``, ``timed``), ``timed``, ``blanks``, ``possible``; and ``sheet``
itself, as every other sheet template has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render import typeset
from workplan.render.docx.markup import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.layout.masthead import Fitted
    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Attachment, Letter, Official
    from workplan.view.rows import Due, Entry, Role, Sheet

Context = dict[str, object]

_ROLES: dict[Role, str] = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_NUMERALS = "一二三"


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""
    return {
        "marks": [{"text": mark, "serial": mark.isdigit()} for mark in official.marks],
        "status": official.status,
        "masthead": _masthead(typeset.masthead(official)),
        "number": official.number,
        "notice": official.notice and _text(official.notice, official, opened),
        **_text(official, official, opened),
        "subtitle": official.subtitle,
        "speaker": official.speaker,
        "attachment_list": list(official.attachment_list),
        "attachments": [_attachment(one, official, opened) for one in official.attachments],
        "imprint": official.imprint,
    }


def _text(text: Letter | Official, official: Official, opened: Opened) -> Context:
    """What the notice and the plan both have: title and signature in their printed lines."""
    signature = typeset.signature_lines(text.signature, text.date, seal=official.setting.seal)
    return {
        "title": _title(text.title, official),
        "to": text.to,
        "blocks": Blocks(text.blocks, opened.styles, opened.width),
        "signature": ["\n".join(lines) for lines in signature],
        "date": text.date,
        "note": text.note,
    }


def _attachment(attachment: Attachment, official: Official, opened: Opened) -> Context:
    """An attachment; the text block of a turned page is as wide as that of the others is high."""
    width = opened.height if attachment.is_wide else opened.width
    return {
        "label": attachment.label,
        "listed": attachment.listed,
        "title": _title(attachment.title, official),
        "blocks": Blocks(attachment.blocks, opened.styles, width),
    }


def _title(lines: tuple[str, ...], official: Official) -> str:
    return "\n".join(typeset.title_lines(lines, (*official.issuers, *official.names)))


def _masthead(fitted: Fitted | None) -> Context:
    """The mark: a ``line`` of its own or two, or ``stacked`` names with the suffix beside them (7.2.4)."""
    names = [line.text for line in fitted.lines] if fitted else []
    suffix = fitted.suffix if fitted else ""
    return {
        "names": names,
        "suffix": suffix,
        "line": "\n".join(names) + suffix,
        "stacked": fitted is not None and fitted.beside,
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
