"""Which part of a page is the document: the smallest element that holds nearly all of its prose, and the title above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.importing.readers.html.blocks import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from workplan.importing.readers.html.blocks import Block

#: The share of the prose that an element must hold to be gone into, and of a block's characters that make it navigation.
_SHARE, _LINKED = 0.8, 0.5
_PROSE = re.compile(r"[。；，：、]")
_AROUND = frozenset({"nav", "header", "footer", "aside"})
_TITLE_CLASS = re.compile(r"title|biaoti|bt\b", re.IGNORECASE)
_TITLE_NAMES = ("ArticleTitle", "og:title", "title")
#: Fewest characters of a title; shorter ones are names of sites and columns.
_SHORTEST_TITLE = 6
_HEADINGS = frozenset({"h1", "h2", "h3"})


def main(root: _Element, blocks: Sequence[Block]) -> _Element:
    """The smallest element that holds nearly all of the prose of a page."""
    weights: dict[_Element, int] = {}
    total = 0
    for block in blocks:
        weight = _weight(block)
        total += weight
        for one in (block.element, *block.element.iterancestors()) if weight else ():
            weights[one] = weights.get(one, 0) + weight
    chosen = root
    while (inner := next((one for one in chosen if weights.get(one, 0) >= _SHARE * total > 0), None)) is not None:
        if tag(inner) in {"p", "table", "span", "li"} and tag(inner) != "table":
            break
        chosen = inner
    return chosen


def title(root: _Element, blocks: Sequence[Block], chosen: _Element) -> Block | None:
    """The block outside of the document that has its title; None where the document has it itself, or the page has none."""
    inside = [block for block in blocks if _is_in(block.element, chosen)]
    names = [name for name in _names(root) if len(name) >= _SHORTEST_TITLE]
    first = _bare("".join(block.text for block in inside[:8]))
    before: list[Block] = []
    for block in blocks:
        if inside and block is inside[0]:
            break
        before.append(block)
    for block in reversed(before):
        said = _bare(block.text)
        if (
            len(said) >= _SHORTEST_TITLE
            and _looks_like_one(block)
            and any(said in name or name in said for name in names)
        ):
            return None if said in first else block
    return None


def _weight(block: Block) -> int:
    """How much prose a block has: none where most of it is links, or it stands at the edge of the page."""
    if block.linked > _LINKED * block.length or not (block.table is not None or _PROSE.search(block.text)):
        return 0
    if any(tag(one) in _AROUND for one in block.element.iterancestors()):
        return 0
    return block.length


def _looks_like_one(block: Block) -> bool:
    near = [block.element, *list(block.element.iterancestors())[:2]]
    return any(
        tag(one) in _HEADINGS or _TITLE_CLASS.search(f"{one.get('class') or ''} {one.get('id') or ''}") for one in near
    )


def _names(root: _Element) -> list[str]:
    """What the page says it is called."""
    said = [
        one.get("content") or ""
        for one in root.iter("meta")
        if (one.get("name") or one.get("property")) in _TITLE_NAMES
    ]
    return [_bare(one) for one in (*said, *("".join(one.itertext()) for one in root.iter("title")))]


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_in(element: _Element, outer: _Element) -> bool:
    return element is outer or any(one is outer for one in element.iterancestors())
