"""The extended properties of a finished document (``docProps/app.xml``): which program made it, and how much text it has.

A template carries those of the program that it was made with. The number of pages is left out, since only the program that
lays the document out knows it; it writes it when it saves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: The part that holds them.
PART = "docProps/app.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
#: What word processors count as 字数: every 字 and full-width mark, and every stretch of Latin letters, digits and signs.
_WORD = re.compile("[\\x21-\u02ff]+|[^\\s\\x00-\u02ff]")


def written(document: bytes) -> bytes:
    """The part for a document whose main part is ``document``."""
    texts = [text for text in _paragraphs(etree.fromstring(document)) if text.strip()]
    properties = {
        "Words": sum(len(_WORD.findall(text)) for text in texts),
        "Characters": sum(len("".join(text.split())) for text in texts),
        "Application": "workplan",
        "Paragraphs": len(texts),
        "CharactersWithSpaces": sum(map(len, texts)),
    }
    root = etree.Element(f"{{{_NAMESPACE}}}Properties", nsmap={None: _NAMESPACE})
    for name, value in properties.items():
        etree.SubElement(root, f"{{{_NAMESPACE}}}{name}").text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _paragraphs(root: _Element) -> Iterator[str]:
    """The text of each paragraph, without deleted text and without that of the paragraphs in its boxes."""
    for paragraph in root.iter(f"{W}p"):
        inside = (text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph)
        yield "".join(text.text or "" for text in inside)
