"""The new official document in Word with tracked changes: accepted it says what the new plan says, rejected the old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diff.marked.align import align
from workplan.diff.marked.blocks import Merger, line
from workplan.diff.marked.links import links
from workplan.diff.marked.revision import Revision
from workplan.render import docx
from workplan.render.docx.markup import BODY, LEVELS, W
from workplan.render.docx.properties import style_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.diff.change import Comparison
    from workplan.diff.marked.align import Line
    from workplan.diff.report.subject import Subject
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official

#: The styles of running text; every other names a place of the document.
_RUNNING = ("", BODY, *LEVELS)


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
    lines = _lines(one, here.styles.names()), _lines(other, there.styles.names())
    merger = Merger(Revision(author, date, _first(body)))
    merged = merger.merge(one, other, align(*lines, links(comparison, *lines)))
    for block in other:
        body.remove(block)
    for place, block in enumerate(merged):
        body.insert(place, block)
    return docx.packed(there, sides[1])


def _content(body: _Element) -> list[_Element]:
    return [child for child in body if child.tag != f"{W}sectPr"]


def _lines(blocks: list[_Element], names: dict[str, str]) -> list[Line]:
    return [line(block, "" if (style := style_of(block, names)) in _RUNNING else style) for block in blocks]


def _first(body: _Element) -> int:
    """A number that no mark of the template has."""
    taken = (number for element in body.iter() if (number := element.get(f"{W}id", "")).isdigit())
    return max(map(int, taken), default=0) + 1
