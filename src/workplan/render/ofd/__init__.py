"""OFD (GB/T 33190-2016), the fixed pages of Chinese archives: the pages of the PDF, glyph by glyph, with the same faces.

What the PDF draws is put down once more in the words of the other format: the same glyphs at the same places, rules and tables as
paths, narrowed mastheads by a matrix. Where a template draws what neither has a path nor a glyph (a picture, a shading), all
but the text of that page is one picture below the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render import pdf
from workplan.render.html import iso
from workplan.render.ofd import package
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

#: What archives look a document up by, besides title and issuer.
_NUMBER = "发文字号"


def official(official: Official, templates: Templates, *, clean: bool = False) -> bytes:
    """The official document, page by page as its PDF; raises as that does."""
    made = pdf.latest(official, templates, clean=clean)
    date = next((section.text(Role.DATE) for section in official.sections if section.text(Role.DATE)), "")
    return package.write(made, iso(date), {_NUMBER: official.number})


def sheets(sheets: Sequence[Sheet], templates: Templates) -> Iterator[tuple[Sheet, bytes]]:
    """Each task sheet, page by page as its PDF; raises as that does."""
    for sheet, made in pdf.drawn_sheets(sheets, templates):
        yield sheet, package.write(made, iso(sheet.date), {_NUMBER: sheet.number})
