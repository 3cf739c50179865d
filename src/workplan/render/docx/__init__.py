"""DOCX: the official document and the task sheets, from Word templates that users edit in Word.

The template says what stands where and in which named style; what depends on the length of a text (the masthead's size, the
place of the signature) is set after it is filled. Hidden in the file are the element of each paragraph and the plan that it was
made from, so that it can be compared with the plan again; ``clean`` leaves that out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx import address, arrange, bookmarks, context, endings, extent, origin, sessions, sheet_context
from workplan.render.docx.origin import DocumentKind
from workplan.render.docx.template import Opened, Properties, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.render.docx.extent import Ending
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

__all__ = ["filled", "official", "packed", "sheet"]


def official(official: Official, templates: Templates, *, clean: bool = False) -> bytes:
    """The official document as a DOCX file; raises Refusal where the template ``official.docx`` is broken."""
    return packed(filled(official, templates), official, clean=clean)


def filled(official: Official, templates: Templates) -> Opened:
    """The official document before it is packed: its body may still be changed; raises Refusal as ``official`` does.

    Its runs know which elements they print: ``address.addresses``.
    """
    opened = Opened(templates, "official.docx")
    arrange.official(opened, opened.fill(context.official(official, opened)), official)
    return opened


def packed(
    opened: Opened, official: Official, *, clean: bool = False, kind: DocumentKind = DocumentKind.OFFICIAL
) -> bytes:
    """The file of a filled official document; ``clean`` leaves out what its readers do not see, ``kind`` says what it became."""
    # A document with its changes marked keeps each paragraph in one piece, as the changes are.
    signed = extent.of(official).endings if kind is DocumentKind.OFFICIAL else ()
    _finish(opened, "" if clean else origin.origin_of(official.plan, official.files, kind), signed)
    return pack(opened, Properties(official.name, "、".join(official.issuers)), official.faces)


def sheet(sheet: Sheet, templates: Templates, *, clean: bool = False) -> bytes:
    """The task sheet of a unit as a DOCX file; raises Refusal where the template ``sheet.docx`` is broken."""
    opened = Opened(templates, "sheet.docx")
    arrange.sheet(opened, opened.fill(sheet_context.sheet(sheet)))
    _finish(opened, "" if clean else origin.origin_of(sheet.plan, sheet.files, DocumentKind.SHEET))
    return pack(opened, Properties(f"{sheet.unit}任务清单", sheet.issuer), ())


def _finish(opened: Opened, made_from: str, signed: Sequence[Ending] = ()) -> None:
    """Turn the addresses of the runs into bookmarks, and record ``made_from`` as a property; neither where it is empty.

    ``signed`` are the paragraphs above signatures; a bookmark goes around both halves of one that is parted.
    """
    root = opened.part.element
    bookmarks.clear(root)
    if made_from:
        bookmarks.put(opened.part)
    origin.put(opened.part, made_from)
    bookmarks.sweep(root)
    endings.arrange(root.body, signed, opened.styles.names())
    sessions.forget(root, opened.settings)
    address.strip(root)
