"""花脸稿: the new document in print, what went struck through, what came underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.marked.redline_model import marked
from workplan.render import pdf

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.compare.subject import Subject
    from workplan.resources.messages import Catalogue
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official


def write(subject: Subject) -> bytes:
    """The report: both documents in one."""
    return redline(subject.comparison, *subject.officials(), subject.templates, subject.words)


def redline(comparison: Comparison, old: Official, new: Official, templates: Templates, words: Catalogue) -> bytes:
    """The PDF; raises Refusal where a template is broken or a character has no face."""
    blocks = tuple(marked(comparison, old, new))
    context: dict[str, object] = {
        "blocks": blocks,
        "old": {"side": comparison.old, "name": old.name, "number": old.number, "date": old.date},
        "new": {"side": comparison.new, "name": new.name, "number": new.number, "date": new.date},
        "words": words.words("redline"),
        "language": words.language,
    }
    return pdf.pages("redline.pdf.html", "redline.css", context, templates, (new.faces, new.plan))
