"""What the Word template of the document gets: plain texts and lists in their final words, so that it needs no logic.

``official.docx``: ``document``, everything printed in reading order (``TemplateBlock``: ``role``, ``section``, ``text``,
``blocks``, ``rows``). The same values by name: ``marks`` (``text``, and whether it is the 份号: ``serial``), ``status``,
``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or ``title``, ``to``, ``blocks``,
``attachment_list``, ``signature``, ``date``, ``note``), ``label``, ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``, ``attachment_list``,
``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and ``imprint`` (None or
``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx import template_values
from workplan.render.docx.addressed_text import AddressedText
from workplan.render.docx.template_values import SectionValues
from workplan.view.blocks import Imprint, list_line, listed_name
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official
    from workplan.view.sequence import Paragraph

Context = dict[str, object]

_MARKS = (Role.SERIAL, Role.SECRECY, Role.URGENCY)


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""
    values = [SectionValues(section, official, opened) for section in official.sections]
    head, notice, main, imprint = (_of(kind, official, opened) for kind in ("head", "notice", "main", "imprint"))
    masthead = template_values.masthead(official)
    attached = (one for one in values if one.section.kind == "attachment")
    return {
        "document": [place for one in values for place in one.places(masthead)],
        "marks": [{"text": head.text(one), "serial": one.role is Role.SERIAL} for one in head.section.all(*_MARKS)],
        "status": head.one(Role.STATUS),
        "masthead": masthead,
        "number": AddressedText.joined(one.one(Role.NUMBER) for one in (head, notice, main)),
        "notice": _text(notice) if notice.section.blocks else None,
        **_text(main),
        "label": main.one(Role.LABEL),
        "subtitle": main.one(Role.SUBTITLE),
        "speaker": main.one(Role.SPEAKER),
        "attachments": [_attachment(one, list_line(official, one.section)) for one in attached],
        "imprint": _imprint(imprint) if imprint.section.blocks else None,
    }


def _of(kind: str, official: Official, opened: Opened) -> SectionValues:
    return SectionValues(official.section(kind), official, opened)


def _text(values: SectionValues) -> Context:
    """The values that the notice and the plan both have."""
    return {
        "title": values.one(Role.TITLE),
        "to": values.one(Role.RECIPIENTS),
        "blocks": values.blocks,
        "attachment_list": values.each(Role.LISTED),
        "signature": values.each(Role.SIGNATURE),
        "date": values.one(Role.DATE),
        "note": values.one(Role.NOTE),
    }


def _attachment(values: SectionValues, line: Paragraph | None) -> Context:
    """An attachment's values, with its line in a 附件说明."""
    return {
        "label": values.one(Role.LABEL),
        "listed": AddressedText(listed_name(line), line.address, line.role) if line else AddressedText(""),
        "title": values.one(Role.TITLE),
        "blocks": values.blocks,
    }


def _imprint(values: SectionValues) -> Imprint:
    return Imprint(values.one(Role.COPIES), values.one(Role.OFFICE), values.one(Role.ISSUED))
