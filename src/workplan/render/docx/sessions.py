"""Word's ids of editing sessions: a template has them from those who edited it, and no file made from it needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx.markup import W
from workplan.render.docx.properties import remove

if TYPE_CHECKING:
    from lxml.etree import _Element

_IDS = tuple(f"{W}{name}" for name in ("rsidR", "rsidRPr", "rsidP", "rsidRDefault", "rsidSect", "rsidTr", "rsidDel"))


def forget(body: _Element, settings: _Element) -> None:
    """Remove them from a document and its settings."""
    for listed in list(settings.iterchildren(f"{W}rsids")):
        remove(listed)
    for element in body.iter():
        for name in _IDS:
            element.attrib.pop(name, None)
