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

if TYPE_CHECKING:
    from workplan.layout.masthead import Fitted
    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Attachment, Letter, Official

Context = dict[str, object]


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
