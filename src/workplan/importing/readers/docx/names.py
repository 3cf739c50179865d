"""Names of WordprocessingML (ECMA-376, transitional and strict), in one short form for both."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_SHORT = dict.fromkeys(_WORD, "w:") | dict.fromkeys(_MATH, "m:")
#: Short names by full ones: a document has a few dozen, and asks for them at every element.
_KNOWN: dict[object, str] = {}
_MOST_KNOWN = 5000
_RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_OFF = frozenset({"0", "false", "off", "none"})


def name(element: _Element) -> str:
    """``w:p`` for a paragraph, ``m:t`` for text of a formula, the bare local name for any other vocabulary."""
    known = _KNOWN.get(element.tag)
    if known is None:
        space, _, local = str(element.tag).rpartition("}")
        known = _SHORT.get(space[1:], "") + local
        if len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[element.tag] = known
    return known


@cache
def _full(short: str) -> tuple[str, ...]:
    """The full names, transitional and strict, of a short one."""
    prefix, _, local = short.partition(":")
    return tuple(f"{{{space}}}{local}" for space in (_WORD if prefix == "w" else _MATH))


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first element below by a path of short names; None where there is none."""
    for step in path:
        element = None if element is None else next(element.iterchildren(*_full(step)), None)
    return element


def children(element: _Element | None, wanted: str) -> Iterator[_Element]:
    """The elements directly below that have a short name."""
    return iter(()) if element is None else element.iterchildren(*_full(wanted))


def value(element: _Element | None, attribute: str = "val") -> str:
    """An attribute in the vocabulary of its element; "" where either is missing."""
    if element is None:
        return ""
    space = str(element.tag).rpartition("}")[0]
    return str(element.get(f"{space}}}{attribute}", ""))


def number(element: _Element | None, attribute: str = "val", missing: int = 0) -> int:
    """The same as a whole number; ``missing`` where there is none. Some programs write halves."""
    said = value(element, attribute)
    try:
        return round(float(said))
    except (ValueError, OverflowError):
        return missing


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as ``w:b`` stands there and is not turned off."""
    return element is not None and value(element) not in _OFF


def relation(element: _Element, attribute: str = "id") -> str:
    """The identifier of a relationship, such as ``r:id``; "" where there is none."""
    return next((str(found) for space in _RELATION if (found := element.get(space + attribute))), "")
