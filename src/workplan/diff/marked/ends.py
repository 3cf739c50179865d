"""Insertions that meet across the end of a paragraph, kept apart.

LibreOffice takes an insertion at the end of a paragraph and one at the beginning of the next for one that holds the
paragraph's end, and joins the paragraphs when it is rejected. Here a deletion comes to stand between them.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.render.docx.markup import W
from workplan.render.docx.properties import remove

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from workplan.diff.marked.revision import Revision


def part(blocks: Sequence[_Element], revision: Revision) -> None:
    """Part the insertions of neighbours in place; only those where the first paragraph's end is not inserted itself."""
    # From the end: what is done to a paragraph may change what it begins with.
    for block, following in reversed(list(pairwise(blocks))):
        if _open(block) and block[-1].tag == f"{W}ins" and _begins(following) == f"{W}ins":
            _close(block, revision)


def _open(block: _Element) -> bool:
    """Whether a paragraph's end stands on both sides."""
    ends = block.tag == f"{W}p" and len(block) > 1
    return ends and all(block.find(f"{W}pPr/{W}rPr/{W}{name}") is None for name in ("ins", "moveTo"))


def _begins(block: _Element) -> object:
    """What a paragraph begins with."""
    return next((child.tag for child in block if child.tag != f"{W}pPr"), None) if block.tag == f"{W}p" else None


def _close(paragraph: _Element, revision: Revision) -> None:
    """Let the deletion before the last insertion follow it; where there is none, the last character is put anew."""
    inserted = paragraph[-1]
    before = inserted.getprevious()
    if before is not None and before.tag == f"{W}del":
        inserted.addnext(before)
    elif before is not None and before.tag == f"{W}r":
        _again(before, inserted, revision)


def _again(run: _Element, inserted: _Element, revision: Revision) -> None:
    """Delete the last character of a run behind the insertion, and insert it at its beginning."""
    last = run[-1]
    if last.tag != f"{W}t" or not last.text:
        return
    came, went = deepcopy(run), deepcopy(run)
    for copied in (came, went):
        copied[-1].text = last.text[-1]
        for child in copied[:-1]:
            if child.tag != f"{W}rPr":
                copied.remove(child)
    change = came.find(f"{W}rPr/{W}rPrChange")
    if change is not None:
        remove(change)
        went[0][:] = list(went[0].find(f"{W}rPrChange")[0])  # type: ignore[index]
    went[-1].tag = f"{W}delText"
    deleted = revision.mark("del")
    deleted.append(went)
    inserted.insert(0, came)
    inserted.addnext(deleted)
    last.text = last.text[:-1]
