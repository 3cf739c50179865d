"""The bytes of a web page to a tree, by the encoding that it declares."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from workplan.diagnostic import Misuse
from workplan.importing.package import MOST_ELEMENTS
from workplan.importing.readers.html.blocks import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
#: A tag of a thousand characters and more; what stands in quotes may have brackets.
_LONG_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*'){1000,}""")
#: What of a page is kept that is read flat, as it is not shown or parts lines.
_KEPT = frozenset({"html", "head", "body", "title", "script", "style", "br", "p"})
_FLAT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_MOST_ATTRIBUTES = 500
#: Where a declaration must stand (the standard says 1,024 bytes; pages with long comments above it exist).
_HEAD = 16384
#: Chinese encodings that are declared are read as the one that has all their characters.
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "936"})


def tree(content: bytes, file: str) -> HtmlElement:
    """The page as a tree; nothing that it links to is fetched. Raises Misuse where there is nothing in it."""
    text = decoded(content)
    if text.count("<") > MOST_ELEMENTS:
        raise Misuse("import-elements", path=file, limit=MOST_ELEMENTS)
    if any(_has_many(found[0]) for found in _LONG_TAG.finditer(text)):
        raise Misuse("import-broken", path=file)
    root = _parsed(text, file)
    if root is None:
        root = _parsed(_FLAT.sub(_flat, text), file)
    if root is None:
        raise Misuse("import-broken", path=file)
    return root


def _parsed(text: str, file: str) -> HtmlElement | None:
    """The tree of a page; None where it nests so deeply that the parser drops the rest."""
    # Without its bounds for usual pages the parser goes down to 2,048: size and number of elements are bounded above.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        found: HtmlElement | None = html.document_fromstring(
            text.replace("\0", "").encode(errors="ignore"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise Misuse("import-no-text", path=file) from fault
    if found is None:
        raise Misuse("import-no-text", path=file)
    return None if any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log) else found


def _flat(tag: re.Match[str]) -> str:
    """A tag of a page that is read without its structure: blocks follow one another, and what is in a line has no tag."""
    name = tag[2].lower()
    if name in _KEPT:
        return tag[0]
    return "<p>" if name in BLOCKS else ""


def _has_many(tag: str) -> bool:
    """Whether a tag has an absurd number of attributes, whose cost grows with its square."""
    return len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES


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
