"""What single elements of a paragraph say: the characters of a text or a symbol, one of several forms, a picture's name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from workplan.importing.readers.docx.names import child, name, value

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What stands for a character.
MARKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_SURROGATES = range(0xD800, 0xE000)


def is_on_attribute(node: _Element, attribute: str) -> bool:
    """Whether a switch that is an attribute is on."""
    return value(node, attribute) in {"1", "true", "on"}


def words(node: _Element) -> str:
    """The characters of ``w:t``: line ends in the file are blanks, and blanks at its ends count only where it says so."""
    said = (node.text or "").replace("\n", " ")
    return said if node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else said.strip(" ")


def symbol(node: _Element) -> str:
    """The character of ``w:sym``, in the private area as Word stores it; "" where its number is none."""
    try:
        code = int(value(node, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0 < code <= sys.maxunicode and code not in _SURROGATES else ""


def alternative(node: _Element) -> _Element:
    """What of several forms of the same content is read: the first, or what older programs get where there is no other."""
    return next((one for one in node if name(one) == "Choice"), next(iter(node), node))


def base(node: _Element) -> _Element:
    """What stands below the readings of ``w:ruby``."""
    found = child(node, "w:rubyBase")
    return node if found is None else found


def picture_name(figure: _Element) -> str:
    """What a picture or object is called in the file; "" where it has no name."""
    for one in figure.iter():
        said = one.get("descr") or one.get("title") or one.get("alt") or ""
        if said.strip():
            return " ".join(said.split())
    return next((str(one.get("name")) for one in figure.iter("{*}docPr") if one.get("name")), "")
