"""The bytes of a web page to a tree, by the encoding that it declares."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
#: Where a declaration must stand (the standard says 1,024 bytes; pages with long comments above it exist).
_HEAD = 16384
#: Chinese encodings that are declared are read as the one that has all their characters.
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "936"})


def tree(content: bytes, file: str) -> HtmlElement:
    """The page as a tree; nothing that it links to is fetched. Raises Misuse where there is nothing in it."""
    text = decoded(content)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        found: HtmlElement | None = html.document_fromstring(
            text.replace("\0", "").encode(errors="ignore"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise Misuse("import-no-text", path=file) from fault
    if found is None:
        raise Misuse("import-no-text", path=file)
    return found


def decoded(content: bytes) -> str:
    """The text of a page: by its byte order mark, its declaration where that fits, else UTF-8, else GB 18030."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    declared = _DECLARED.search(content[:_HEAD])
    said = declared[1].decode("ascii").lower() if declared else "utf-8"
    for encoding in ("gb18030" if said in _CHINESE else said, "utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030" if said in _CHINESE else "utf-8", errors="replace")
