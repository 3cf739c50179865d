"""Parses a part of a DOCX, which a stranger may have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parsed(content: bytes) -> _Element | None:
    """The root of a part; None where it is no XML, or has a document type, which OPC forbids (ECMA-376 part 2)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    if root.getroottree().docinfo.doctype:
        return None
    for fallback in list(root.iter(_FALLBACK)):  # what older programs show instead: the same content again
        parent = fallback.getparent()
        if parent is not None:
            parent.remove(fallback)
    return root
