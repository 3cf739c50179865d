"""Ids of paragraphs as Word has them (``w14:paraId``), made from the element each prints: a second hint beside its bookmark."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
#: The attribute of a paragraph.
ID = f"{{{_W14}}}paraId"
_IGNORABLE = f"{{{_MC}}}Ignorable"
#: The ids that Word accepts are below this.
_BELOW = 0x80000000


def number(root: _Element, printed: Mapping[_Element, str]) -> None:
    """Give each paragraph that prints something an id, made from the address of its first element; no two ids are the same."""
    _declare(root)
    taken: set[str] = set()
    for paragraph in root.iter(f"{W}p"):
        if paragraph not in printed and (own := paragraph.get(ID)):
            if own in taken:
                del paragraph.attrib[ID]  # a paragraph of the template that was repeated
            taken.add(own)
    for paragraph, address in printed.items():
        own = next(key for place in count() if (key := paragraph_id(address, place)) not in taken)
        taken.add(own)
        paragraph.set(ID, own)


def paragraph_id(address: str, place: int = 0) -> str:
    """The id of the paragraph that begins with the element at ``address``; ``place`` counts those that share one."""
    digest = hashlib.sha256(f"{address} {place}".encode()).digest()
    return f"{int.from_bytes(digest[:4], 'big') % (_BELOW - 1) + 1:08X}"


def _declare(root: _Element) -> None:
    """Declare the namespace at the root, as one that readers may ignore."""
    if _W14 not in root.nsmap.values():
        kept = [prefix for prefix in root.nsmap if prefix]
        etree.cleanup_namespaces(root, top_nsmap={"w14": _W14, "mc": _MC}, keep_ns_prefixes=[*kept, "w14", "mc"])
    prefix = next(prefix for prefix, uri in root.nsmap.items() if uri == _W14)
    ignorable = root.get(_IGNORABLE, "").split()
    if prefix and prefix not in ignorable:
        root.set(_IGNORABLE, " ".join([*ignorable, prefix]))
