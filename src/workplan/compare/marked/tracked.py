"""The new official document in Word with tracked changes: accepted it says what the new plan says, rejected the old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.marked.blocks import Merger
from workplan.compare.marked.pairs import Pairs
from workplan.compare.marked.revision_marks import RevisionMarks
from workplan.render import docx
from workplan.render.docx.markup import W
from workplan.render.docx.origin import DocumentKind

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.compare.change import Comparison
    from workplan.compare.subject import Subject
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official


def write(subject: Subject) -> bytes:
    """The report: the document of the new plan with tracked changes."""
    return tracked(subject.comparison, subject.officials(), subject.templates, subject.author, subject.date)


def tracked(
    comparison: Comparison, sides: tuple[Official, Official], templates: Templates, author: str, date: str = ""
) -> bytes:
    """The DOCX of the old and the new document; ``author`` is who is named for the changes, ``date`` when (as Word writes it, "" leaves it out).

    Raises Refusal where the template is broken.
    """
    here, there = (docx.filled(side, templates) for side in sides)
    body = there.part.element.body
    one, other = _content(here.part.element.body), _content(body)
    revision = RevisionMarks(author, date, _first(body))
    merged = Merger(revision, Pairs(comparison)).merge(one, other)
    for block in other:
        body.remove(block)
    for place, block in enumerate(merged):
        body.insert(place, block)
    return docx.packed(there, sides[1], kind=DocumentKind.MARKED if revision.any else DocumentKind.OFFICIAL)


def _content(body: _Element) -> list[_Element]:
    return [child for child in body if child.tag != f"{W}sectPr"]


def _first(body: _Element) -> int:
    """A number that no mark of the template has."""
    taken = (number for element in body.iter() if (number := element.get(f"{W}id", "")).isdigit())
    return max(map(int, taken), default=0) + 1
