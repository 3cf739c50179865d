"""What the Word template of the document is handed: plain texts and lists, worded already, so that it needs no logic.

``official.docx``: ``marks`` (``text``, and whether it is the 份号: ``serial``), ``status``, ``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or
``title``, ``to``, ``blocks``, ``signature``, ``date``, ``note``), ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``,
``attachment_list``, ``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and
``imprint`` (None or ``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.
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
    from workplan.view.section import Section
    from workplan.view.sequence import Paragraph

Context = dict[str, object]

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
