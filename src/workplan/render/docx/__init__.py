"""DOCX: the official document and the task sheets, from Word templates that users edit in Word.

The template holds what stands where and in which named style; what depends on the length of a text (the masthead's
size, where the signature stands) is set after it is filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx import address, arrange, context, sheet_context
from workplan.render.docx.template import Opened, Properties, pack

if TYPE_CHECKING:
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official
    from workplan.view.rows import Sheet

__all__ = ["filled", "official", "packed", "sheet"]


def official(official: Official, templates: Templates) -> bytes:
    """The official document as a DOCX file; raises Refusal where the template ``official.docx`` is broken."""
    return packed(filled(official, templates), official)


def filled(official: Official, templates: Templates) -> Opened:
    """The official document before it is packed: its body may still be changed; raises Refusal as ``official`` does.

    Its runs know what they print: ``address.addresses``.
    """
    opened = Opened(templates, "official.docx")
    arrange.official(opened, opened.fill(context.official(official, opened)), official)
    return opened


def packed(opened: Opened, official: Official) -> bytes:
    """The file of a filled official document."""
    address.strip(opened.part.element)
    return pack(opened, Properties(official.name, "、".join(official.issuers)), official.faces)


def sheet(sheet: Sheet, templates: Templates) -> bytes:
    """The task sheet of a unit as a DOCX file; raises Refusal where the template ``sheet.docx`` is broken."""
    opened = Opened(templates, "sheet.docx")
    arrange.sheet(opened, opened.fill(sheet_context.sheet(sheet)))
    address.strip(opened.part.element)
    return pack(opened, Properties(f"{sheet.unit}任务清单", sheet.issuer), ())
