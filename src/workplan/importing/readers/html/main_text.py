"""Which part of a page is the document: the smallest element that holds nearly all of its prose, and the title above it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from workplan.importing.marks import bare
from workplan.importing.readers.html.blocks import tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from lxml.etree import _Element

    from workplan.importing.readers.html.blocks import Block

#: The share of the prose that an element must hold to be gone into, and of a block's characters that make it navigation.
_SHARE, _LINKED = 0.8, 0.5
_PROSE = re.compile(r"[。；，：、]")
_TITLE_CLASS = re.compile(r"title|biaoti|bt\b", re.IGNORECASE)
_TITLE_NAMES = ("ArticleTitle", "og:title", "title")
#: Fewest characters of a title; shorter ones are names of sites and columns.
_SHORTEST_TITLE = 6
#: Most names of a page that are looked at.
_MOST_NAMES = 8
_HEADINGS = frozenset({"h1", "h2", "h3"})


def main(root: _Element, blocks: Sequence[Block]) -> _Element:
    """The smallest element that holds nearly all of the prose of a page."""
    weights: dict[_Element, int] = {}
    total = 0
    for block in blocks:
        weight = _weight(block)
        total += weight
        weights[block.element] = weights.get(block.element, 0) + weight
    for one in reversed(list(root.iter())):
        if (weight := weights.get(one, 0)) and (around := one.getparent()) is not None:
            weights[around] = weights.get(around, 0) + weight
    chosen = root
    tables = {block.element for block in blocks if block.table is not None}
    while (inner := next((one for one in chosen if weights.get(one, 0) >= _SHARE * total > 0), None)) is not None:
        if tag(inner) in {"p", "span", "li"} or inner in tables:
            break
        chosen = inner
    return chosen


def title(root: _Element, blocks: Sequence[Block], document: AbstractSet[_Element]) -> Block | None:
    """The block outside of the document that has its title; None where the document has it itself, or the page has none.

    ``document`` has all elements of the document.
    """
    inside = [block for block in blocks if block.element in document]
    names = [name for name in _names(root) if len(name) >= _SHORTEST_TITLE]
    first = bare("".join(block.text for block in inside[:8]))
    before: list[Block] = []
    for block in blocks:
        if inside and block is inside[0]:
            break
        before.append(block)
    for block in reversed(before):
        said = bare(block.text)
        if (
            len(said) >= _SHORTEST_TITLE
            and _looks_like_one(block)
            and any(said in name or name in said for name in names)
        ):
            return None if said in first else block
    return None


def trailing(document: Sequence[Block]) -> list[Block]:
    """The blocks at the end of a document that are links of the page: 打印, 关闭. Files to take along (附件) are its own."""
    found: list[Block] = []
    for block in reversed(document):
        linked = block.length > 0 and block.linked > _LINKED * block.length
        if block.table is not None or not linked or block.text.strip().startswith("附"):
            break
        found.append(block)
    return found


def _weight(block: Block) -> int:
    """How much prose a block has: none where most of it is links, or it stands at the edge of the page."""
    if block.linked > _LINKED * block.length or not (block.table is not None or _PROSE.search(block.text)):
        return 0
    return 0 if block.around else block.length


def _looks_like_one(block: Block) -> bool:
    near = [block.element, *islice(block.element.iterancestors(), 2)]
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
    said += ["".join(one.itertext()) for one in islice(root.iter("title"), _MOST_NAMES)]
    return [bare(one) for one in said[: 2 * _MOST_NAMES]]
