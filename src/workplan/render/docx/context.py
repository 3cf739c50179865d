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
from workplan.render.docx.printed import Printed, said
from workplan.view.blocks import Imprint
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.layout.masthead import Fitted
    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official
    from workplan.view.rows import Due, Entry, Sheet
    from workplan.view.rows import Role as Duty
    from workplan.view.section import Section
    from workplan.view.sequence import Paragraph

Context = dict[str, object]

_ROLES: dict[Duty, str] = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_NUMERALS = "一二三"
_MARKS = (Role.SERIAL, Role.SECRECY, Role.URGENCY)


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""
    head, main = official.section("head"), official.section("main")
    return {
        "marks": [_mark(mark) for mark in head.all(*_MARKS)],
        "status": _said(head, Role.STATUS),
        "masthead": _masthead(typeset.masthead(official), head.all(Role.MASTHEAD)),
        "number": _said(head, Role.NUMBER),
        "notice": official.notice and _text(official.section("notice"), official, opened),
        **_text(main, official, opened),
        "subtitle": _said(main, Role.SUBTITLE),
        "speaker": _said(main, Role.SPEAKER),
        "attachment_list": [said(line.elements) for line in main.all(Role.LISTED)],
        "attachments": [_attachment(one, line, official, opened) for one, line in _attached(official)],
        "imprint": official.imprint and _imprint(official.section("imprint")),
    }


def _said(section: Section, role: Role) -> Printed:
    """What the paragraph of that role says; an empty text where there is none."""
    return said(element for paragraph in section.all(role) for element in paragraph.elements)


def _in_lines(paragraph: Paragraph, lines: Iterable[str]) -> Printed:
    """What a paragraph of one element says, in the lines that it is printed in."""
    return Printed("\n".join(lines), paragraph.address, paragraph.role)


def _mark(mark: Paragraph) -> Context:
    return {"text": said(mark.elements), "serial": mark.role is Role.SERIAL}


def _text(section: Section, official: Official, opened: Opened) -> Context:
    """What the notice and the plan both have: title and signature in their printed lines."""
    names, date = section.all(Role.SIGNATURE), _said(section, Role.DATE)
    broken = typeset.signature_lines([name.lines for name in names], date, seal=official.setting.seal)
    return {
        "title": _title(section, official),
        "to": _said(section, Role.RECIPIENTS),
        "blocks": Blocks(section.body, opened.styles, opened.width),
        "signature": [_in_lines(name, lines) for name, lines in zip(names, broken, strict=True)],
        "date": date,
        "note": _said(section, Role.NOTE),
    }


def _attached(official: Official) -> Iterator[tuple[Section, Paragraph]]:
    """Each attachment with its line in the 附件说明."""
    sections = [section for section in official.sections if section.kind == "attachment"]
    return zip(sections, official.section("main").all(Role.LISTED), strict=True)


def _attachment(section: Section, line: Paragraph, official: Official, opened: Opened) -> Context:
    """An attachment; the text block of a turned page is as wide as that of the others is high."""
    width = opened.height if section.is_wide else opened.width
    return {
        "label": _said(section, Role.LABEL),
        "listed": Printed("".join(run.text for run in line.runs[1:]), line.address, line.role),
        "title": _title(section, official),
        "blocks": Blocks(section.body, opened.styles, width),
    }


def _title(section: Section, official: Official) -> Printed:
    names = (*official.issuers, *official.names)
    return Printed.joined(_in_lines(one, typeset.title_lines(one.lines, names)) for one in section.all(Role.TITLE))


def _masthead(fitted: Fitted | None, said_by: tuple[Paragraph, ...]) -> Context:
    """The mark: a ``line`` of its own or two, or ``stacked`` names with the suffix beside them (7.2.4)."""
    lines = fitted.lines if fitted else ()
    # One name may stand in two lines; of several each has its own.
    owners = said_by if len(said_by) == len(lines) else said_by * len(lines)
    names = [_in_lines(owner, (line.text,)) for owner, line in zip(owners, lines, strict=True)]
    suffix = Printed(fitted.suffix, said_by[-1].address, Role.MASTHEAD) if fitted and fitted.suffix else Printed("")
    broken = (text for place, name in enumerate(names) for text in ("\n" if place else "", name))
    return {
        "names": names,
        "suffix": suffix,
        "line": Printed.joined((*broken, suffix)),
        "stacked": fitted is not None and fitted.beside,
    }


def _imprint(section: Section) -> Imprint:
    return Imprint(*(_said(section, role) for role in (Role.COPIES, Role.OFFICE, Role.ISSUED)))


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
