"""What the Word template of the document is handed: plain texts and lists, worded already, so that it needs no logic.

``official.docx``: ``document``, everything printed in reading order (``pieces.Piece``: ``role``, ``section``, ``text``,
``blocks``, ``rows``). The same values by name: ``marks`` (``text``, and whether it is the 份号: ``serial``), ``status``,
``masthead`` (``names``, ``suffix``, ``line``, ``stacked``), ``number``, ``notice`` (None or ``title``, ``to``, ``blocks``,
``signature``, ``date``, ``note``), ``title``, ``subtitle``, ``speaker``, ``to``, ``blocks``, ``attachment_list``,
``signature``, ``date``, ``note``, ``attachments`` (``label``, ``listed``, ``title``, ``blocks``) and ``imprint`` (None or
``cc``, ``office``, ``date``). ``{{p … .blocks }}`` prints paragraphs and tables in their styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx import template_values
from workplan.render.docx.addressed_text import Printed
from workplan.render.docx.template_values import Told
from workplan.view.blocks import Imprint
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official
    from workplan.view.sequence import Paragraph

Context = dict[str, object]

_MARKS = (Role.SERIAL, Role.SECRECY, Role.URGENCY)


def official(official: Official, opened: Opened) -> Context:
    """The official document's values."""
    told = [Told(section, official, opened) for section in official.sections]
    head, notice, main, imprint = (_of(kind, official, opened) for kind in ("head", "notice", "main", "imprint"))
    mark = template_values.masthead(official)
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
