"""Ends of paragraphs where marks need care: the last of all, and insertions that meet across one.

LibreOffice takes an insertion at the end of a paragraph and one at the beginning of the next for one that holds the
paragraph's end, and joins the paragraphs when it is rejected. Here a deletion comes to stand between them.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W
from workplan.render.docx.properties import remove

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from workplan.compare.marked.revision_marks import RevisionKind, RevisionMarks

#: What of a paragraph's properties is no format.
NO_FORMAT = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")
_ENDS: tuple[RevisionKind, ...] = ("del", "ins")


def part(blocks: Sequence[_Element], revision: RevisionMarks) -> None:
    """Part the insertions of neighbours in place; only those where the first paragraph's end is not inserted itself."""
    # From the end: what is done to a paragraph may change what it begins with.
    for block, following in reversed(list(pairwise(blocks))):
        if _open(block) and block[-1].tag == f"{W}ins" and _begins(following) == f"{W}ins":
            _close(block, revision)


def finish(blocks: Sequence[_Element], revision: RevisionMarks) -> None:
    """Mark the last paragraphs in place where they came or went: the end of the last of all is nobody's to take away.

    The ends before it go in its stead, so that what stood before keeps its words and takes over the last end.
    """
    for name in _ENDS:
        marked = list(takewhile(lambda block: _mark(block, name) is not None, reversed(blocks)))  # noqa: B023 - used at once
        if marked and len(marked) < len(blocks):
            _shift([blocks[-1 - len(marked)], *reversed(marked)], name, revision)


def _mark(block: _Element, name: str) -> _Element | None:
    """The mark of a paragraph's end."""
    return block.find(f"{W}pPr/{W}rPr/{W}{name}") if block.tag == f"{W}p" else None


def _shift(paragraphs: Sequence[_Element], name: RevisionKind, revision: RevisionMarks) -> None:
    """Move the marks of ends one paragraph up, and let the last have the format of the first where it takes it over."""
    first, last = paragraphs[0], paragraphs[-1]
    mark = _mark(last, name)
    assert mark is not None  # noqa: S101 - all but the first have one
    remove(mark)
    revision.end(first, name)
    change = first.find(f"{W}pPr/{W}pPrChange")
    now = look(first)
    if name == "del":
        before = look(last)
        properties = revision.properties(last)
        properties[:] = [*deepcopy(now), *(child for child in properties if child.tag in NO_FORMAT)]
    else:
        before, now = (deepcopy(change[0]) if change is not None else now), look(last)
    if etree.tostring(before, method="c14n") != etree.tostring(now, method="c14n"):
        revision.changed(revision.properties(last), before)


def look(paragraph: _Element) -> _Element:
    """The paragraph's own properties, as far as they are format."""
    properties = paragraph.find(f"{W}pPr")
    made = etree.Element(f"{W}pPr") if properties is None else deepcopy(properties)
    for child in [child for child in made if child.tag in NO_FORMAT]:
        made.remove(child)
    return made


def _open(block: _Element) -> bool:
    """Whether a paragraph's end stands on both sides."""
    ends = block.tag == f"{W}p" and len(block) > 1
    return ends and all(block.find(f"{W}pPr/{W}rPr/{W}{name}") is None for name in ("ins", "moveTo"))


def _begins(block: _Element) -> object:
    """What a paragraph begins with."""
    return next((child.tag for child in block if child.tag != f"{W}pPr"), None) if block.tag == f"{W}p" else None


def _close(paragraph: _Element, revision: RevisionMarks) -> None:
    """Let the deletion before the last insertion follow it; where there is none, the last character is put anew."""
    inserted = paragraph[-1]
    before = inserted.getprevious()
    if before is not None and before.tag == f"{W}del":
        inserted.addnext(before)
    elif before is not None and before.tag == f"{W}r":
        _again(before, inserted, revision)


def _again(run: _Element, inserted: _Element, revision: RevisionMarks) -> None:
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
    deleted = revision.element("del")
    deleted.append(went)
    inserted.insert(0, came)
    inserted.addnext(deleted)
    last.text = last.text[:-1]
